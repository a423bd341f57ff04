"""Addresses of this app, under /api/."""

from django.urls import path

from backend.clients.api import views

urlpatterns = [
    path("branches/<int:branch_id>/clients", views.ListClients.as_view()),
    path("clients/<int:client_id>", views.GetClient.as_view()),
    path("clients/<int:client_id>/pin", views.ConfirmClientPin.as_view()),
    path("clients/<int:client_id>/key-safe", views.SetKeySafeCode.as_view()),
    path("clients/<int:client_id>/key-safe/reveal", views.RevealKeySafeCode.as_view()),
    path("package-lines/<int:line_id>/change", views.ChangePackageLine.as_view()),
    path("packages/<int:package_id>/suspend", views.SuspendPackage.as_view()),
]
