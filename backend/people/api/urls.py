"""Addresses of this app, under /api/."""

from django.urls import path

from backend.people.api import views

urlpatterns = [
    path("branches/<int:branch_id>/carers", views.ListCarers.as_view()),
    path("carers/<int:carer_id>", views.GetCarer.as_view()),
]
