"""Signing in; signing out is Django's own view."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from dadkhah.web.accounts import devices, throttle
from dadkhah.web.accounts.forms import SignIn

__all__ = ["sign_in"]


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in; the answer to a failure is one and the same, whatever was wrong."""
    form = SignIn(request, data=request.POST or None)
    following = _following(request)
    if request.method == "POST":
        username = request.POST.get("username", "")
        device = devices.known(request, username)
        if throttle.must_wait(username, device):
            context = {"form": SignIn(request), "next": following, "wait": True}
            return render(request, "accounts/sign_in.html", context, status=429)
        if form.is_valid():
            throttle.forget(username, device)
            return _signed_in(request, form, following)
        throttle.failed(username, device)
    return render(request, "accounts/sign_in.html", {"form": form, "next": following})


def _signed_in(request: HttpRequest, form: SignIn, following: str) -> HttpResponse:
    login(request, form.get_user())
    answer = redirect(following)
    if request.POST.get("own_browser"):
        devices.remember(answer, request.POST["username"])
    return answer


def _following(request: HttpRequest) -> str:
    """Give the page to go to afterwards, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else resolve_url("overview")
