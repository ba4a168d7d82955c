"""Pages of the log."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dadkhah.custody.policy import Policy, read_policy
from dadkhah.web.custody import outside, queries, timing
from dadkhah.web.custody.access import reader_of
from dadkhah.web.custody.forms import LogFilter

__all__ = ["checkpoints", "entry", "log"]


def log(request: HttpRequest) -> HttpResponse:
    """Show the log, newest first."""
    form = LogFilter(request.GET)
    wanted = form.wanted()
    rows = queries.page(reader_of(request), wanted["before"], wanted["action"])
    more = rows[queries.PAGE - 1].index if len(rows) > queries.PAGE else None
    context = {"entries": rows[: queries.PAGE], "more": more, "size": queries.size(), **wanted}
    return render(request, "custody/log.html", context)


def entry(request: HttpRequest, index: int) -> HttpResponse:
    """Show one entry, its records and its proof."""
    reader = reader_of(request)
    found = queries.entry(reader, index)
    if found is None:
        raise Http404
    context = {
        "entry": found,
        "held": queries.held(reader, index),
        "proof": queries.proof(index),
    }
    return render(request, "custody/entry.html", context)


def checkpoints(request: HttpRequest) -> HttpResponse:
    """Show who vouches for the log: its key, witnesses, outside clocks; and what that proves."""
    from dadkhah.web import case  # it stands above this room: it begins a case through its actions

    reader_of(request)
    folder = case.current()
    said = case.read(folder)
    rule = read_policy(said.policy) if said.policy else Policy()
    heads = outside.heads(
        verifier=said.verifier, witnesses=rule.keys, times=timing.folder_of(folder)
    )
    context = {"heads": heads, "verifier": said.verifier, "policy": said.policy}
    return render(request, "custody/checkpoints.html", context)
