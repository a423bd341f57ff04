"""Addresses of this app, under /api/."""

from django.urls import URLPattern, path

from backend.rota.api import proposals, runs

urlpatterns: list[URLPattern] = [
    path("rotas/<int:rota_id>/runs", runs.Runs.as_view()),
    path("runs/<int:run_id>", runs.Run.as_view()),
    path("runs/<int:run_id>/events", runs.RunEvents.as_view()),
    path("runs/<int:run_id>/cancel", runs.CancelRun.as_view()),
    path("proposals/<int:proposal_id>", proposals.Proposal.as_view()),
    path("proposals/<int:proposal_id>/accept", proposals.AcceptProposal.as_view()),
    path("proposals/<int:proposal_id>/reject", proposals.RejectProposal.as_view()),
]
