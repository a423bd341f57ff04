"""Addresses of this app, under /api/."""

from django.urls import path

from backend.accounts.api import views

urlpatterns = [
    path("session", views.Session.as_view()),
    path("session/sign-in", views.SignIn.as_view()),
    path("session/sign-out", views.SignOut.as_view()),
]
