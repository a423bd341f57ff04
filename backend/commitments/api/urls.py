"""Addresses of this app, under /api/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
