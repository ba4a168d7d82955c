"""Pages on which pairs are judged: the queue, one pair, what one did, undoing, taking apart."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dadkhah.errors import DadkhahError
from dadkhah.web.custody.access import Reader, reader_of
from dadkhah.web.people import cautions, queue, register, review
from dadkhah.web.people.forms import JudgementForm, PeopleFilter, ReasonForm

__all__ = ["beside", "explode", "mine", "next_pair", "pair", "pairs", "two", "undo"]

SKIPPED = "skipped_pairs"
MOST_SKIPPED = 200


@login_required
def pairs(request: HttpRequest) -> HttpResponse:
    """List the pairs that wait, in the order of review, and what the register did not follow."""
    reader = reader_of(request)
    rows = review.pairs(reader, request.GET.get("before", ""))
    shown = rows[: review.PAGE]
    more = f"{shown[-1].importance}|{shown[-1].pk}" if len(rows) > review.PAGE else ""
    context = {
        "pairs": shown,
        "more": more,
        "clashes": review.clashes(reader),
        "agreement": review.agreement(reader),
    }
    return render(request, "people/pairs.html", context)


@login_required
def next_pair(request: HttpRequest) -> HttpResponse:
    """Go to the pair whose answer matters most among those that nobody else has before them."""
    found = queue.take(_editor(request), request.session.get(SKIPPED, ()))
    if found is None:
        messages.info(request, _("No further pair is free. Those that you skipped are listed."))
        request.session.pop(SKIPPED, None)
        return redirect("people:pairs")
    return redirect("people:pair", found)


@login_required
def pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Show a pair of the queue, and take a judgement or set the pair aside."""
    if request.method == "POST" and "skip" in request.POST:
        return _skip(request, pair_id)
    return _judge(request, review.pair(reader_of(request), pair_id))


@login_required
def two(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """Show any two accounts side by side, waiting or not, and take a judgement.

    A pair that another reviewer answered meanwhile is no longer in the queue; what was decided
    about it here is kept all the same.
    """
    if request.method == "POST" and "skip" in request.POST:
        waits = request.POST["skip"]
        return _skip(request, int(waits) if waits.isdecimal() else 0)
    return _judge(request, review.two(reader_of(request), left, right))


@login_required
def beside(request: HttpRequest, person_id: str) -> HttpResponse:
    """Choose by name whom to compare a person with."""
    reader = reader_of(request)
    person = register.named(reader, person_id, request.LANGUAGE_CODE[:2])
    if person is None:
        raise Http404
    form = PeopleFilter(request.GET)
    name = form.wanted()["q"]
    rows = register.page(reader, {"q": name}, request.LANGUAGE_CODE[:2]) if name else []
    others = [row for row in rows[: register.PAGE] if row.id != person_id]
    context = {"person": person, "form": form, "asked": name, "people": others}
    return render(request, "people/beside.html", context)


def _judge(request: HttpRequest, found: review.Pair | None) -> HttpResponse:
    """Show two accounts, or keep what was decided about them."""
    reader = reader_of(request)
    if found is None:
        raise Http404
    held = reader.edits and (not found.waits or queue.hold(reader, found.pair.pk))
    form = JudgementForm(request.POST or None)
    warned: tuple[cautions.Caution, ...] = ()
    if request.method == "POST" and form.is_valid():
        warned = _cautions(_editor(request), found, form)
        if not warned and _judged(request, found, form):
            return _onwards(found)
    context = {"found": found, "form": form, "warned": warned, "held": held}
    context["sentences"] = found.said(request.LANGUAGE_CODE[:2])
    if warned:
        context["token"] = cautions.token(form.cleaned_data["decision"], warned)
    return render(request, "people/pair.html", context)


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """List what this reviewer judged, the newest first; each can be undone."""
    return render(request, "people/mine.html", {"judgements": review.mine(_editor(request))})


@login_required
@require_POST
def undo(request: HttpRequest, judgement_id: str) -> HttpResponse:
    """Withdraw one judgement; what stood before counts again."""
    from dadkhah.web.people import actions

    reader = _editor(request)
    if judgement_id not in {row.pk for row in review.mine(reader)} and reader.role != "keeper":
        raise PermissionDenied
    try:
        actions.undo(by=reader.author, judgement=judgement_id)
    except DadkhahError as error:
        raise Http404 from error
    messages.success(request, _("The judgement is withdrawn. This can be undone too."))
    return redirect("people:mine")


@login_required
@require_POST
def explode(request: HttpRequest, person_id: str) -> HttpResponse:
    """Take a person apart into single accounts."""
    from dadkhah.web.people import actions

    reader, form = _editor(request), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why in a few words; nothing was changed."))
        return redirect("people:person", person_id)
    try:
        actions.explode(by=reader.author, person=person_id, why=form.cleaned_data["why"])
    except DadkhahError as error:
        messages.error(request, str(error))
        return redirect("people:list")
    messages.success(request, _("The person is taken apart. Each step can be undone."))
    return redirect("people:mine")


def _editor(request: HttpRequest) -> Reader:
    reader = reader_of(request)
    if not reader.edits:
        raise PermissionDenied
    return reader


def _onwards(found: review.Pair) -> HttpResponse:
    """Go on with the queue; after two accounts that were chosen by hand, to the person."""
    if found.waits:
        return redirect("people:next_pair")
    return redirect("people:of_mention", found.left.mention.pk)


def _skip(request: HttpRequest, pair_id: int) -> HttpResponse:
    _editor(request)
    skipped = [*request.session.get(SKIPPED, ()), pair_id]
    request.session[SKIPPED] = skipped[-MOST_SKIPPED:]
    return redirect("people:next_pair")


def _cautions(
    reader: Reader, found: review.Pair, form: JudgementForm
) -> tuple[cautions.Caution, ...]:
    """Give what stands against this judgement, unless just that was shown and said again."""
    decision = form.cleaned_data["decision"]
    warned = cautions.cautions(
        reader=reader,
        left=found.left.mention.pk,
        right=found.right.mention.pk,
        decision=decision,
        blind=found.blind,
    )
    token = cautions.token(decision, warned)
    return () if form.cleaned_data["despite"] == token else warned


def _judged(request: HttpRequest, found: review.Pair, form: JudgementForm) -> bool:
    """Keep the judgement; say so, or say why it could not be kept."""
    # linkage loads slowly, and no other page needs it
    from dadkhah.web.people import actions

    try:
        actions.judge(
            by=reader_of(request).author,
            left=found.left.mention.pk,
            right=found.right.mention.pk,
            decision=form.cleaned_data["decision"],
            why=form.cleaned_data["why"].strip() or " ".join(found.said("en")),
        )
    except DadkhahError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The judgement is kept. It can be replaced, never erased."))
    return True
