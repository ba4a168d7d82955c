"""Pages of the register: search, and one person."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dadkhah.web.custody.access import reader_of
from dadkhah.web.people import queries, register
from dadkhah.web.people.forms import PeopleFilter
from dadkhah.web.sources import queries as sources

__all__ = ["of_mention", "people", "person"]

NARROWER = ("list", "place", "year", "conflicts", "unidentified")


def people(request: HttpRequest) -> HttpResponse:
    """Search the register; spelling and script do not matter."""
    reader = reader_of(request)
    form = PeopleFilter(request.GET)
    wanted = form.wanted()
    rows = register.page(reader, wanted, request.LANGUAGE_CODE[:2])
    shown = rows[: register.PAGE]
    more = shown[-1].id if len(rows) > register.PAGE else ""
    context = {
        "people": shown,
        "more": more,
        "form": form,
        "wanted": wanted,
        "lists": sources.collections(reader),
        "whole": sources.reads_all(reader),
        "documented": queries.documented(reader),
        "narrowed": any(wanted[name] for name in NARROWER),
    }
    part = request.htmx and request.htmx.target == "found"
    return render(request, "people/_found.html" if part else "people/list.html", context)


def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """Show one person: every value with its sources, conflicts side by side."""
    found = queries.person(reader_of(request), person_id)
    if found is None:
        raise Http404
    heading = found.heading(request.LANGUAGE_CODE[:2])
    return render(request, "people/person.html", {"person": found, "heading": heading})


def of_mention(request: HttpRequest, mention_id: str) -> HttpResponse:
    """Go from one source's account of a person to the person."""
    found = queries.of_mention(reader_of(request), mention_id)
    if found is None:
        raise Http404
    return redirect("people:person", person_id=found)
