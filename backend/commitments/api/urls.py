"""Addresses of this app, under /api/."""

from django.urls import path

from backend.commitments.api import views

urlpatterns = [
    path("branches/<int:branch_id>/commitments", views.GetBranchCommitments.as_view()),
    path("branches/<int:branch_id>/commitments/packages", views.ListPackageCommitments.as_view()),
    path("organisation/commitments", views.GetOrganisationCommitments.as_view()),
]
