"""Sign in and out on a page of the server's own."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from backend.core.pages.private import SIGN_IN, page, private_page

HOME = "/member/ballots/"
TEMPLATE = "accounts/sign_in.html"


@page("GET", "POST")
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Sign in and go on to `next`, which must be an address of our own."""
    way = _way_on(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(way)
    if request.method != "POST":
        return render(request, TEMPLATE, {"next": way})
    username, password = request.POST.get("username", ""), request.POST.get("password", "")
    user = authenticate(request, username=username, password=password)
    if user is None:
        return render(
            request, TEMPLATE, {"next": way, "username": username, "is_wrong": True}, status=400
        )
    login(request, user)
    return HttpResponseRedirect(way)


@private_page("POST")
def sign_out_page(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    answer = HttpResponseRedirect(resolve_url(SIGN_IN))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _way_on(request: HttpRequest) -> str:
    given = request.POST.get("next") or request.GET.get("next") or HOME
    is_ours = url_has_allowed_host_and_scheme(
        given, allowed_hosts=None, require_https=request.is_secure()
    )
    return given if is_ours else HOME
