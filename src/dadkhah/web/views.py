"""The first page, and the pages for what went wrong."""

from __future__ import annotations

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dadkhah.web.contributions.views import not_ours
from dadkhah.web.custody.access import reader_of
from dadkhah.web.overview import overview as gather

__all__ = ["bad_request", "failed", "forbidden", "not_found", "overview"]

OTHER_NAME = "This server does not answer to this name.\nاین کارساز به این نام پاسخ نمی‌دهد.\n"


def overview(request: HttpRequest) -> HttpResponse:
    """Show what is known, what disagrees and what changed."""
    return render(request, "overview.html", {"found": gather(reader_of(request))})


def bad_request(
    request: HttpRequest,
    exception: Exception,
) -> HttpResponse:
    """Say that a request could not be understood."""
    if isinstance(exception, DisallowedHost):  # no page can be made that does not ask for the host
        return HttpResponse(OTHER_NAME, status=400, content_type="text/plain; charset=utf-8")
    return render(request, "wrong.html", {"status": 400}, status=400)


def forbidden(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - Django's form of a handler
    reason: str = "",
) -> HttpResponse:
    """Say that this reader may not do this; `reason` tells that a check against forgery failed."""
    if reason and request.path == reverse("contribute:form"):
        return not_ours(request)
    return render(request, "wrong.html", {"status": 403}, status=403)


def not_found(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 - Django's form of a handler
) -> HttpResponse:
    """Say that there is nothing here that this reader may see."""
    return render(request, "wrong.html", {"status": 404}, status=404)


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the store may be what failed
    """Say that dadkhah failed, without asking the store for anything."""
    return render(None, "failed.html", status=500)
