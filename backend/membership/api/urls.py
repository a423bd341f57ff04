"""Addresses of this app, under /api/."""

from django.urls import path

from backend.membership.api import views

urlpatterns = [
    path("entities", views.ListEntities.as_view()),
    path("control-statement", views.GetControlStatement.as_view()),
    path("control-history", views.GetControlHistory.as_view()),
    path("memberships/mine", views.ListMyMemberships.as_view()),
    path("register", views.GetRegister.as_view()),
    path("register/file", views.DownloadRegister.as_view()),
    path("full-register", views.GetFullRegister.as_view()),
    path("full-register/file", views.DownloadFullRegister.as_view()),
]
