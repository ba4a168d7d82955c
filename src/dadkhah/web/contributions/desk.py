"""The queue of contributions, and the desk at which one of them is decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dadkhah.errors import DadkhahError
from dadkhah.web.contributions import deciding, pictures, queries, reasons
from dadkhah.web.contributions.forms import (
    AcceptForm,
    LetOutForm,
    PictureForm,
    ReasonForm,
    SayForm,
    TakeDownForm,
)
from dadkhah.web.contributions.tongues import language_of
from dadkhah.web.custody.access import Reader, reader_of
from dadkhah.web.people import register
from dadkhah.web.sources import custody_events
from dadkhah.web.sources.models import Source
from dadkhah.web.sources.queries import stored_path

__all__ = ["decide", "drawn", "one", "queue"]

STATES = ("received", "asked", "accepted", "published", "rejected", "hidden", "withdrawn")
FOUND = 12


def _officer(request: HttpRequest) -> Reader:
    reader = reader_of(request)
    if not reader.edits:
        raise PermissionDenied
    return reader


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits, or what is in one state."""
    reader = _officer(request)
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    before = request.GET.get("before", "")
    rows = queries.queue(reader, state, int(before) if before.isdecimal() else None)
    counts = queries.counts(reader)
    context = {
        "rows": rows[: queries.PAGE],
        "more": rows[queries.PAGE - 1].entry if len(rows) > queries.PAGE else None,
        "state": state,
        "states": [(name, counts.get(name, 0)) for name in STATES if counts.get(name)],
    }
    return render(request, "contributions/queue.html", context)


@login_required
def one(request: HttpRequest, contribution: str) -> HttpResponse:
    """Show one contribution whole, with what can be decided about it."""
    return _desk(request, contribution, {})


@login_required
@require_POST
def decide(request: HttpRequest, contribution: str, deed: str) -> HttpResponse:
    """Do one of the deeds, and come back to the desk."""
    reader = _officer(request)
    if deed not in DEEDS:
        raise Http404
    if queries.account(reader, contribution, language_of(request)) is None:
        raise Http404
    kind, act = DEEDS[deed]
    form = kind(request.POST)
    if not form.is_valid():
        return _desk(request, contribution, {deed: form}, status=422)
    try:
        act(reader.author, contribution, form.cleaned_data)
    except DadkhahError as refusal:
        form.add_error(None, _in_their_language(refusal))
        return _desk(request, contribution, {deed: form}, status=422)
    messages.success(request, _("The decision is kept."))
    return redirect("contributions:one", contribution=contribution)


def _in_their_language(refusal: DadkhahError) -> str:
    said = [gettext(text) for text in (refusal.what, refusal.todo) if text]
    return f"{' '.join(said)} [{refusal.code}]"


@login_required
def drawn(request: HttpRequest, digest: str) -> FileResponse:
    """Show the picture drawn anew from a file that came; never the file itself."""
    row = queries.derivative(_officer(request), digest)
    path = stored_path(digest)
    if row is None or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/jpeg", filename=f"{digest[:16]}.jpg")


def _desk(
    request: HttpRequest, contribution: str, forms: dict[str, Form], status: int = 200
) -> HttpResponse:
    reader, language = _officer(request), language_of(request)
    found = queries.account(reader, contribution, language)
    if found is None:
        raise Http404
    source = Source.objects.filter(pk=found.row.source_id).first()
    if source is not None:
        custody_events.note_seen(reader, source)
    sought = request.GET.get("q", "")[:200]
    first = {"about": found.row.about, "decision": found.row.decision}
    context = {
        "found": found,
        "reasons": reasons.said(),
        "contact": queries.has_contact(contribution),
        "q": sought,
        "people": register.page(reader, {"q": sought}, request.LANGUAGE_CODE[:2])[:FOUND]
        if sought
        else [],
        "accept": forms.get("accept") or AcceptForm(initial=first),
        "refuse": forms.get("refuse") or ReasonForm(),
        "ask": forms.get("ask") or SayForm(),
        "publish": forms.get("publish") or SayForm(),
        "retract": forms.get("retract") or SayForm(),
        "mine": found.row.by == reader.author,
        "picture": forms.get("picture") or PictureForm(auto_id=False),
        "let_out": forms.get("let-out") or LetOutForm(auto_id=False),
        "take_down": forms.get("take-down") or TakeDownForm(auto_id=False),
        "chosen": str(forms["accept"]["about"].value() or "") if "accept" in forms else "",
        "author": reader.author,
    }
    return render(request, "contributions/desk.html", context, status=status)


def _ask(by: str, contribution: str, said: dict[str, Any]) -> None:
    deciding.ask(by=by, contribution=contribution, question=said["said"])


def _accept(by: str, contribution: str, said: dict[str, Any]) -> None:
    deciding.accept(
        by=by,
        contribution=contribution,
        about=said["about"],
        decision=said["decision"],
        withhold=said["withhold"],
    )


def _publish(by: str, contribution: str, said: dict[str, Any]) -> None:
    deciding.publish(by=by, contribution=contribution, ground=said["said"])


def _retract(by: str, contribution: str, said: dict[str, Any]) -> None:
    deciding.retract(by=by, contribution=contribution, decision=said["said"])


def _refuse(by: str, contribution: str, said: dict[str, Any]) -> None:
    deciding.refuse(
        by=by, contribution=contribution, reason=said["reason"], decision=said["decision"]
    )


def _hide(by: str, contribution: str, _: dict[str, Any]) -> None:
    deciding.hide(by=by, contribution=contribution)


def _picture(by: str, contribution: str, said: dict[str, Any]) -> None:
    pictures.propose(by=by, contribution=contribution, **said)


def _let_out(by: str, contribution: str, said: dict[str, Any]) -> None:
    pictures.let_out(by=by, contribution=contribution, claim=said["claim"], ground=said["said"])


def _take_down(by: str, contribution: str, said: dict[str, Any]) -> None:
    pictures.take_down(by=by, contribution=contribution, claim=said["claim"])


Deed = Callable[[str, str, dict[str, Any]], None]
DEEDS: dict[str, tuple[type[Form], Deed]] = {
    "ask": (SayForm, _ask),
    "accept": (AcceptForm, _accept),
    "publish": (SayForm, _publish),
    "retract": (SayForm, _retract),
    "refuse": (ReasonForm, _refuse),
    "hide": (Form, _hide),
    "picture": (PictureForm, _picture),
    "let-out": (LetOutForm, _let_out),
    "take-down": (TakeDownForm, _take_down),
}
