"""The page "How many?"."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dadkhah.web.custody.access import reader_of
from dadkhah.web.custody.shown import persian
from dadkhah.web.estimate import queries

__all__ = ["how_many"]


def how_many(request: HttpRequest) -> HttpResponse:
    """Show reported, documented and estimated numbers apart, with what each of them counts."""
    found = queries.how_many(reader_of(request), rtl=persian())
    return render(request, "estimate/how_many.html", {"found": found})
