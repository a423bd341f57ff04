"""Addresses of this app, under /api/."""

from django.urls import URLPattern, path

from backend.exchange.api import views

urlpatterns: list[URLPattern] = [
    path("imports", views.CheckImport.as_view()),
    path("imports/<int:import_id>", views.GetImport.as_view()),
    path("imports/<int:import_id>/apply", views.ApplyImport.as_view()),
    path("branches/<int:branch_id>/export", views.ExportBranch.as_view()),
]
