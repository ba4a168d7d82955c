"""The page of posts at a chosen day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dadkhah.web.custody.access import reader_of
from dadkhah.web.posts import queries
from dadkhah.web.posts.forms import DayForm

__all__ = ["posts"]


def posts(request: HttpRequest) -> HttpResponse:
    """Show who is said to have held which post, on a chosen day or at any time."""
    form = DayForm(request.GET if "on" in request.GET else None)
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    found = queries.tenures(reader_of(request))
    held, undated = queries.at(found, day) if day else ({}, [])
    context = {"form": form, "day": day, "day_text": day.isoformat() if day else ""}
    context |= {"held": held, "undated": undated, "all": found}
    return render(request, "posts/list.html", context)
