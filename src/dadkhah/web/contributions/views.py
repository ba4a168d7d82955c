"""Pages for everybody: send, come back with the receipt code, read what was published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dadkhah.errors import AccessError
from dadkhah.web.contributions import (
    blank_form,
    gate,
    picture,
    proof,
    queries,
    questions,
    reasons,
    sending,
    sound,
    subjects,
    tickets,
    withdrawing,
)
from dadkhah.web.contributions.forms import KINDS, AddForm, ContributionForm
from dadkhah.web.contributions.kept_pages import kept
from dadkhah.web.contributions.sending import Sent
from dadkhah.web.contributions.tongues import in_language, language_of
from dadkhah.web.custody.access import PUBLIC

__all__ = [
    "add", "contribute", "not_ours", "one", "picture_of", "published", "receipt", "rules",
    "sound_of", "traces", "withdraw",
]  # fmt: skip

REFUSED = 422
NO_COOKIE = gettext_lazy(
    "Your browser did not send the cookie that goes with this form. Your text is below: allow"
    " cookies for this page, then send again."
)


@in_language
def contribute(request: HttpRequest) -> HttpResponse:
    """Show the form, and take what it brings."""
    if request.method != "POST":
        return _blank(request, subjects.read(request.GET.get("about", "")))
    form = ContributionForm(request.POST, _files(request))
    sent = _send(request, form) if form.is_valid() else None
    if sent is None:
        return _again(request, form)
    return render(request, "contributions/sent.html", {"sent": sent})


def _files(request: HttpRequest) -> Any:
    return request.FILES


def _send(request: HttpRequest, form: ContributionForm) -> Sent | None:
    """Keep what the form brings, or say in the form why it is not taken now."""
    said, language = form.cleaned_data, language_of(request)
    ticket = tickets.opened(request.POST.get("ticket", ""))
    before = sending.sent_before(ticket, said["words"]) if ticket else None
    if before:
        return before
    why = gate.refusal(ticket, said, language)
    if ticket is None or why:
        form.add_error(None, why)
        return None
    names = ("about", "kind", "words", "show_email", "files", "name", "contact")
    try:
        return sending.send(
            ticket=ticket, language=language, **{n: said[n] for n in names if n in said}
        )
    except AccessError:
        form.add_error(None, _("This picture was answered before. Your text is below; try again."))
        return None


def _blank(request: HttpRequest, about: str) -> HttpResponse:
    def make(marks: Mapping[str, Any]) -> bytes:
        form = ContributionForm(initial=_first(about))
        return _form(request, form, about, marks).content

    return blank_form.filled(request, about, language_of(request), make)


def _first(written: str) -> dict[str, str]:
    """Give what a form holds at first."""
    about = subjects.read(written)
    return {"about": about, "kind": "comment" if about == subjects.WHOLE else "memory"}


@in_language
def not_ours(request: HttpRequest) -> HttpResponse:
    """Give back what was typed into a form that came without the cookie given with it.

    One that came without a ticket too was begun on a page of the memorial, and goes on here.
    """
    if not request.POST.get("ticket"):
        begun = _first(request.POST.get("about", "")) | {"words": request.POST.get("words", "")}
        return _again(request, ContributionForm(initial=begun), status=200)
    form = ContributionForm(request.POST, _files(request))
    form.add_error(None, NO_COOKIE)
    return _again(request, form, status=403)


def _again(request: HttpRequest, form: ContributionForm, status: int = REFUSED) -> HttpResponse:
    """Give the form back with all that was typed, and with a new ticket."""
    ticket = tickets.issue()
    own = {
        "ticket": ticket, "question": questions.ask(ticket, language_of(request)),
        "challenge": proof.challenge(ticket), "typed": True,
    }  # fmt: skip
    return _form(request, form, subjects.read(request.POST.get("about", "")), own, status)


def _form(
    request: HttpRequest, form: ContributionForm, about: str, own: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "form": form,
        "kinds": KINDS,
        "chosen": form["kind"].value(),
        "about": about,
        "subject": subjects.subject(PUBLIC, about, language_of(request)),
        "sealed": bool(settings.CONTRIBUTION_RECIPIENTS),
        "size": picture.SIZE,
        **own,
    }
    return render(request, "contributions/contribute.html", context, status=status)


@in_language
def picture_of(request: HttpRequest, sealed: str) -> HttpResponse:
    """Draw the picture of a ticket."""
    ticket = tickets.opened(sealed)
    if ticket is None or not ticket.fresh:
        raise Http404
    return HttpResponse(picture.draw(ticket, language_of(request)), content_type="image/png")


@in_language
def sound_of(request: HttpRequest, sealed: str) -> HttpResponse:
    """Speak the digits of a ticket."""
    ticket = tickets.opened(sealed)
    if ticket is None or not ticket.fresh:
        raise Http404
    return HttpResponse(sound.speak(ticket, language_of(request)), content_type="audio/wav")


@in_language
def receipt(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt code, and show the contribution that it opens."""
    if request.method != "POST":
        return render(request, "contributions/receipt.html", {})
    return _opened(request, AddForm(), "")


@in_language
def add(request: HttpRequest) -> HttpResponse:
    """Add words to the contribution of a receipt code."""
    form, note = AddForm(request.POST), ""
    found = queries.by_receipt(request.POST.get("code", ""), language_of(request))
    if found and form.is_valid():
        try:
            sending.add(contribution=found.row, words=form.cleaned_data["words"])
            form, note = AddForm(), _("It was added.")
        except AccessError:
            form.add_error(None, _("Nothing can be added to this any more."))
    return _opened(request, form, note)


@in_language
def withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw the contribution of a receipt code, once that is confirmed."""
    found = queries.by_receipt(request.POST.get("code", ""), language_of(request))
    if found is None or request.POST.get("sure") != "yes":
        return _opened(request, AddForm(), "")
    try:
        withdrawing.withdraw(contribution=found.row)
    except AccessError:
        return _opened(request, AddForm(), "")
    return _opened(request, AddForm(), _("It is withdrawn. What you sent was erased here."))


def _opened(request: HttpRequest, form: AddForm, note: str) -> HttpResponse:
    code = request.POST.get("code", "")[:200]
    found = queries.by_receipt(code, language_of(request))
    if found is None:
        return render(request, "contributions/receipt.html", {"unknown": True}, status=404)
    context = {"found": found, "form": form, "code": code, "note": note, "reasons": reasons.said()}
    status = REFUSED if form.errors else 200
    return render(request, "contributions/opened.html", context, status=status)


@in_language
@kept
def rules(request: HttpRequest) -> HttpResponse:
    """Say what happens to what is sent, and why something may be refused."""
    context = {"reasons": reasons.said(), "sealed": bool(settings.CONTRIBUTION_RECIPIENTS)}
    return render(request, "contributions/rules.html", context)


@in_language
@kept
def published(request: HttpRequest) -> HttpResponse:
    """Show what was published, of the whole or about one thing."""
    about = request.GET.get("about", "")
    about = subjects.read(about) if about else ""
    rows = queries.published(language_of(request), about, _before(request))
    return render(request, "contributions/published.html", {
        "found": rows[: queries.PAGE],
        "about": about,
        "subject": subjects.subject(PUBLIC, about, language_of(request)) if about else None,
    })  # fmt: skip


@in_language
@kept
def traces(request: HttpRequest) -> HttpResponse:
    """Show the public trace of corrections and of what was taken back."""
    rows = queries.traces(language_of(request), _before(request))
    more = rows[queries.PAGE - 1][0] if len(rows) > queries.PAGE else None
    found = [trace for _place, trace in rows[: queries.PAGE]]
    context = {"traces": found, "more": more, "reasons": reasons.said()}
    return render(request, "contributions/traces.html", context)


@in_language
@kept
def one(request: HttpRequest, contribution: str) -> HttpResponse:
    """Show one contribution: its words where they are public, its trace, or its tombstone."""
    trace, words = queries.trace(contribution, language_of(request))
    if trace is None:
        raise Http404
    context = {"trace": trace, "words": words, "reasons": reasons.said()}
    return render(request, "contributions/one.html", context)


def _before(request: HttpRequest) -> int | None:
    before = request.GET.get("before", "")
    return int(before) if before.isdecimal() and len(before) < 12 else None
