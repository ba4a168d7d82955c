"""The first page, and the pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dadkhah.web.custody.access import reader_of
from dadkhah.web.overview import overview as gather

__all__ = ["bad_request", "failed", "forbidden", "not_found", "overview"]


def overview(request: HttpRequest) -> HttpResponse:
    """Show what is known, what disagrees and what changed."""
    return render(request, "overview.html", {"found": gather(reader_of(request))})


def bad_request(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 - Django's form of a handler
) -> HttpResponse:
    """Say that a request could not be understood."""
    return render(request, "wrong.html", {"status": 400}, status=400)


def forbidden(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - Django's form of a handler
    reason: str = "",  # noqa: ARG001 - the same view answers a failed CSRF check
) -> HttpResponse:
    """Say that this reader may not do this."""
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
