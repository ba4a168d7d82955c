"""Pages of the register: search, one person, and the linkages that made it."""

from __future__ import annotations

from itertools import islice

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_bidi

from dadkhah.errors import LinkageError
from dadkhah.web.custody.access import reader_of
from dadkhah.web.people import queries, register
from dadkhah.web.people.forms import PeopleFilter
from dadkhah.web.sources import queries as sources

__all__ = ["changes", "of_mention", "people", "person", "run", "runs"]

MOST_CHANGES = 500
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
    """Show one person: every value with its sources, conflicts side by side.

    An address that led to a person before leads to whoever has that account now.
    """
    found = queries.person(reader_of(request), person_id, whole="all" in request.GET)
    if found is None:
        return of_mention(request, person_id)
    heading = found.heading(request.LANGUAGE_CODE[:2])
    return render(request, "people/person.html", {"person": found, "heading": heading})


def of_mention(request: HttpRequest, mention_id: str) -> HttpResponse:
    """Go from one source's account of a person to the person."""
    found = queries.of_mention(reader_of(request), mention_id)
    if found is None:
        raise Http404
    return redirect("people:person", person_id=found)


@login_required
def runs(request: HttpRequest) -> HttpResponse:
    """List the linkages that were run, the newest first."""
    from dadkhah.web.people import runs as kept

    return render(request, "people/runs.html", {"runs": kept.runs(reader_of(request))})


@login_required
def run(request: HttpRequest, run_id: str) -> HttpResponse:
    """Show one linkage: what it learned, what it found, what it could not do."""
    from dadkhah.web.people import runs as kept

    found = kept.run(reader_of(request), run_id, rtl=get_language_bidi())
    if found is None:
        raise Http404
    return render(request, "people/run.html", {"found": found})


@login_required
def changes(request: HttpRequest) -> HttpResponse:
    """List, person by person, what the last linkage changed against the one before."""
    from dadkhah.web.people import comparing

    if not sources.reads_all(reader_of(request)):
        raise Http404
    try:
        found = list(islice(comparing.changes(), MOST_CHANGES + 1))
    except LinkageError as error:
        messages.info(request, str(error))
        return redirect("people:runs")
    context = {"changes": found[:MOST_CHANGES], "more": len(found) > MOST_CHANGES}
    return render(request, "people/changes.html", context)
