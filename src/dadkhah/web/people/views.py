"""Pages of the register: search, one person, and the judging of pairs."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dadkhah.errors import DadkhahError
from dadkhah.web.custody.access import reader_of
from dadkhah.web.people import queries, review
from dadkhah.web.people.forms import JudgementForm, PeopleFilter
from dadkhah.web.sources import queries as sources

__all__ = ["of_mention", "pair", "pairs", "people", "person"]

NARROWER = ("list", "place", "year", "conflicts", "unidentified")


def people(request: HttpRequest) -> HttpResponse:
    """Search the register; spelling and script do not matter."""
    reader = reader_of(request)
    form = PeopleFilter(request.GET)
    wanted = form.wanted()
    rows = queries.page(reader, wanted)
    shown = rows[: queries.PAGE]
    more = f"{shown[-1].sort_key}|{shown[-1].id}" if len(rows) > queries.PAGE else ""
    context = {
        "people": shown,
        "more": more,
        "form": form,
        "wanted": wanted,
        "lists": sources.collections(reader),
        "whole": sources.reads_all(reader),
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


@login_required
def pairs(request: HttpRequest) -> HttpResponse:
    """List the pairs of accounts that are left for someone to judge."""
    rows = review.pairs(reader_of(request), request.GET.get("before", ""))
    shown = rows[: review.PAGE]
    more = f"{shown[-1].probability}|{shown[-1].pk}" if len(rows) > review.PAGE else ""
    return render(request, "people/pairs.html", {"pairs": shown, "more": more})


@login_required
def pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Show two accounts side by side, and take a judgement with its reason."""
    reader = reader_of(request)
    found = review.pair(reader, pair_id)
    if found is None:
        raise Http404
    form = JudgementForm(request.POST or None)
    if request.method == "POST":
        if not reader.edits:
            raise PermissionDenied
        if form.is_valid() and _judged(request, found, form):
            following = review.next_pair(reader, pair_id)
            return redirect("people:pair", following) if following else redirect("people:pairs")
    return render(request, "people/pair.html", {"found": found, "form": form})


def _judged(request: HttpRequest, found: review.Pair, form: JudgementForm) -> bool:
    """Keep the judgement; say so, or say why it could not be kept."""
    # linkage loads slowly, and no other page needs it
    from dadkhah.web.people import actions

    try:
        actions.judge(
            by=reader_of(request).author,
            left=found.left.pk,
            right=found.right.pk,
            decision=form.cleaned_data["decision"],
            why=form.cleaned_data["why"],
        )
    except DadkhahError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The judgement is kept. It can be replaced, never erased."))
    return True
