"""Addresses of the sign-in without a script."""

from django.urls import path

from backend.accounts.pages.sign_in import sign_in_page, sign_out_page
from backend.core.pages.private import SIGN_IN

urlpatterns = [
    path("member/sign-in", sign_in_page, name=SIGN_IN),
    path("member/sign-out", sign_out_page, name="sign_out_page"),
]
