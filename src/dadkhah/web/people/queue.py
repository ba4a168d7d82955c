"""The queue of pairs that reviewers share: each pair is before one of them at a time.

Nothing here is a record: a lease runs out by itself, and the queue is made anew by each linkage.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from typing import Final

from django.db.models import Q

from dadkhah.web.custody.access import Reader
from dadkhah.web.people.models import Judgement, PairToReview
from dadkhah.web.people.review import shown_pairs

__all__ = ["LEASE_SECONDS", "answer", "answers", "hold", "put_back", "take"]

LEASE_SECONDS: Final = 600
PUT_BACK: Final = 1e12
_CHUNK: Final = 50
_FURTHEST: Final = 100_000


def take(reader: Reader, skipped: Collection[int] = ()) -> int | None:
    """Lease the pair whose answer matters most and give its number; what one held before is free.

    Args:
        skipped: pairs that this reviewer set aside for now.
    """
    PairToReview.objects.filter(leased_by=reader.author).update(leased_by="", leased_until=0)
    for row in _free(reader, set(skipped)):
        if _lease(row, reader):
            return int(row.pk)
    return None


def hold(reader: Reader, pair_id: int) -> bool:
    """Lease one pair that was opened by its address; no, while another reviewer holds it."""
    row = PairToReview.objects.filter(pk=pair_id).first()
    return row is not None and _lease(row, reader)


def answer(left: str, right: str, *, by: str, reviewers: int) -> None:
    """Take a judged pair out of the queue, or leave it for the next reviewer (policy).

    A pair that nobody was asked about waits for the next reviewer too.
    """
    rows = list(PairToReview.objects.filter(_either(left, right)))
    for row in rows:
        said = {*filter(None, row.answered.split("|")), by}
        if len(said) >= reviewers:
            row.delete()
            continue
        row.answered = _between_bars(said)
        row.leased_by, row.leased_until = "", 0
        row.save(update_fields=["answered", "leased_by", "leased_until"])
    if not rows and reviewers > 1:
        said = {*_who_judged(left, right), by}
        if len(said) < reviewers:
            _put(left, right, said)


def answers() -> dict[frozenset[str], str]:
    """Tell by pair who answered it while it waits for others, as the queue keeps it."""
    rows = PairToReview.objects.exclude(answered="").values_list("left", "right", "answered")
    return {frozenset((left, right)): said for left, right, said in rows}


def put_back(left: str, right: str, *, by: str, reviewers: int) -> None:
    """Bring a pair back whose judgement was withdrawn, before all others."""
    row = PairToReview.objects.filter(_either(left, right)).first()
    if row is None:
        _put(left, right, _who_judged(left, right) - {by} if reviewers > 1 else set())
        return
    row.answered = _between_bars({*row.answered.split("|")} - {"", by})
    row.save(update_fields=["answered"])


def _put(left: str, right: str, said: set[str]) -> None:
    PairToReview.objects.create(
        left_id=left, right_id=right, probability=0.5, importance=PUT_BACK, run="",
        answered=_between_bars(said),
    )  # fmt: skip


def _between_bars(said: set[str]) -> str:
    return f"|{'|'.join(sorted(said))}|" if said else ""


def _who_judged(left: str, right: str) -> set[str]:
    """Tell which people have a judgement on a pair that stands."""
    # linkage's tables load slowly, and taking a pair needs none
    from dadkhah.people import standing

    rows = Judgement.objects.filter(_either(left, right), run="").order_by("entry", "position")
    return {each.by for each in standing(row.record() for row in rows)}


def _either(left: str, right: str) -> Q:
    return Q(left=left, right=right) | Q(left=right, right=left)


def _free(reader: Reader, skipped: Collection[int]) -> Iterator[PairToReview]:
    """Walk the free pairs along the index of importance, a few at a time.

    What this reader may see is asked of those few: asked of all, the store sorts the whole queue.
    """
    rows = PairToReview.objects.filter(leased_until__lt=_now())
    rows = rows.exclude(answered__contains=f"|{reader.author}|").order_by("-importance", "pk")
    for start in range(0, _FURTHEST, _CHUNK):
        some = list(rows.values_list("pk", flat=True)[start : start + _CHUNK])
        seen = {row.pk: row for row in shown_pairs(reader).filter(pk__in=some)}
        yield from (seen[pk] for pk in some if pk in seen and pk not in skipped)
        if len(some) < _CHUNK:
            return


def _lease(row: PairToReview, reader: Reader) -> bool:
    """Take the lease if nobody took it since the row was read."""
    if row.leased_by not in ("", reader.author) and row.leased_until >= _now():
        return False
    same = PairToReview.objects.filter(
        pk=row.pk, leased_by=row.leased_by, leased_until=row.leased_until
    )
    until = _now() + LEASE_SECONDS
    return bool(same.update(leased_by=reader.author, leased_until=until))


def _now() -> int:
    return int(time.time())
