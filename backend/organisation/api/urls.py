"""Addresses of this app, under /api/."""

from django.urls import path

from backend.organisation.api import views

urlpatterns = [
    path("branches", views.ListBranches.as_view()),
    path("organisation/skills", views.ListSkills.as_view()),
    path("organisation/rules", views.ListRulesInForce.as_view()),
]
