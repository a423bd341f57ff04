"""Addresses of this app, under /api/."""

from django.urls import URLPattern, path

from backend.rota.api import board, my, proposals, publications, runs, scenarios, visits, weeks

urlpatterns: list[URLPattern] = [
    path("branches/<int:branch_id>/weeks", board.BranchWeeks.as_view()),
    path("branches/<int:branch_id>/weeks/<str:week>/open", weeks.OpenWeek.as_view()),
    path("branches/<int:branch_id>/commitments/carers", weeks.ListCarerCommitments.as_view()),
    path("rotas/<int:rota_id>/board", board.Board.as_view()),
    path("rotas/<int:rota_id>/problem", board.RotaProblem.as_view()),
    path("rotas/<int:rota_id>/publication-preview", publications.PublicationPreview.as_view()),
    path("rotas/<int:rota_id>/publish", publications.PublishRota.as_view()),
    path("rotas/<int:rota_id>/publications", publications.Publications.as_view()),
    path("visits/<int:visit_id>", visits.Visit.as_view()),
    path("visits/<int:visit_id>/candidates", visits.VisitCandidates.as_view()),
    path("visits/<int:visit_id>/why", visits.ExplainVisit.as_view()),
    path("visits/<int:visit_id>/assign", visits.AssignVisit.as_view()),
    path("visits/<int:visit_id>/unassign", visits.UnassignVisit.as_view()),
    path("visits/<int:visit_id>/lock", visits.LockVisit.as_view()),
    path("visits/<int:visit_id>/unlock", visits.UnlockVisit.as_view()),
    path("my/weeks/<str:week>", my.MyWeek.as_view()),
    path("my/weeks/<str:week>/changes", my.MyChanges.as_view()),
    path("my/weeks/<str:week>/changes/seen", my.MyChangesSeen.as_view()),
    path("my/visits/<int:visit_id>", my.MyVisit.as_view()),
    path("my/visits/<int:visit_id>/key-safe", my.MyKeySafe.as_view()),
    path("rotas/<int:rota_id>/runs", runs.Runs.as_view()),
    path("rotas/<int:rota_id>/scenarios", scenarios.Scenarios.as_view()),
    path("scenarios/<int:scenario_id>", scenarios.OneScenario.as_view()),
    path("scenarios/<int:scenario_id>/cancel", scenarios.CancelScenario.as_view()),
    path("runs/<int:run_id>", runs.Run.as_view()),
    path("runs/<int:run_id>/events", runs.RunEvents.as_view()),
    path("runs/<int:run_id>/cancel", runs.CancelRun.as_view()),
    path("proposals/<int:proposal_id>", proposals.Proposal.as_view()),
    path("proposals/<int:proposal_id>/accept", proposals.AcceptProposal.as_view()),
    path("proposals/<int:proposal_id>/reject", proposals.RejectProposal.as_view()),
]
