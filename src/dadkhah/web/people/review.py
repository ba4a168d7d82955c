"""Read the pairs of accounts left for someone to judge, and the judgements made so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dadkhah.web.claims.models import Mention
from dadkhah.web.claims.queries import disagree, grouped
from dadkhah.web.claims.said import Said, newest_last, said, seen
from dadkhah.web.custody import access
from dadkhah.web.custody.access import Reader
from dadkhah.web.people.models import Judgement, PairToReview
from dadkhah.web.sources import queries as sources

__all__ = [
    "PAGE",
    "Pair",
    "judgements",
    "next_pair",
    "open_pairs",
    "pair",
    "pairs",
    "pairs_of",
    "waiting",
]

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two accounts side by side.

    Args:
        rows: predicate, claims of the left, claims of the right, and whether they agree.
    """

    pair: PairToReview
    left: Mention
    right: Mention
    rows: tuple[tuple[str, list[Said], list[Said], bool], ...]
    judgements: tuple[Judgement, ...]

    @property
    def both(self) -> tuple[Mention, Mention]:
        """Left and right."""
        return self.left, self.right


def pairs(reader: Reader, before: str = "") -> list[PairToReview]:
    """Give up to PAGE + 1 pairs left to judge, the likeliest first."""
    rows = _shown_pairs(reader).order_by("-probability", "pk")
    probability, _, after = before.partition("|")
    if after.isdecimal() and _is_fraction(probability):
        value = float(probability)
        rows = rows.filter(Q(probability__lt=value) | Q(probability=value, pk__gt=int(after)))
    return list(rows[: PAGE + 1])


def waiting(reader: Reader, limit: int = 0) -> Iterator[dict[str, object]]:
    """Give the pairs left to judge as plain rows; a limit of 0 gives all."""
    rows = _shown_pairs(reader).order_by("-probability", "pk")
    for row in rows[:limit] if limit else rows:
        yield {
            "left": row.left_id,
            "right": row.right_id,
            "left_label": row.left.label,
            "right_label": row.right.label,
            "probability": round(row.probability, 6),
            "reasons": row.reasons,
        }


def pair(reader: Reader, pair_id: int) -> Pair | None:
    """Lay one pair side by side."""
    row = _shown_pairs(reader).filter(pk=pair_id).first()
    if row is None:
        return None
    left, right = (
        grouped(newest_last(said(reader, seen(reader).filter(mention=mention))))
        for mention in (row.left_id, row.right_id)
    )
    names_of_both = dict.fromkeys((*left, *right))
    return Pair(
        pair=row,
        left=row.left,
        right=row.right,
        rows=tuple(
            (
                name,
                left.get(name, []),
                right.get(name, []),
                not disagree([*left.get(name, []), *right.get(name, [])]),
            )
            for name in names_of_both
        ),
        judgements=tuple(judgements(reader, [row.left_id, row.right_id])),
    )


def open_pairs(reader: Reader) -> int:
    """Count the pairs left to judge."""
    rows = PairToReview.objects.all() if sources.reads_all(reader) else _shown_pairs(reader)
    return rows.count()


def next_pair(reader: Reader, after: int) -> int | None:
    """Give the pair to judge after one was judged."""
    rows = _shown_pairs(reader).exclude(pk=after).order_by("-probability", "pk")
    return rows.values_list("pk", flat=True).first()


def judgements(reader: Reader, ids: Sequence[str]) -> list[Judgement]:
    """Give the judgements between these mentions, the newest of each pair."""
    if not reader.signed_in:
        return []
    rows = Judgement.objects.filter(Q(left__in=ids) | Q(right__in=ids))
    rows = rows.filter(access.sources(reader, "left__source__"))
    rows = rows.filter(access.sources(reader, "right__source__")).select_related("left", "right")
    found = list(rows.order_by("entry", "position")[:200])
    replaced = {row.supersedes for row in found if row.supersedes}
    return [row for row in found if row.pk not in replaced]


def _shown_pairs(reader: Reader) -> QuerySet[PairToReview]:
    if not reader.signed_in:
        return PairToReview.objects.none()
    rows = PairToReview.objects.filter(access.sources(reader, "left__source__"))
    rows = rows.filter(access.sources(reader, "right__source__"))
    return rows.select_related("left__source", "right__source")


def pairs_of(reader: Reader, ids: Sequence[str]) -> list[PairToReview]:
    """Give the pairs left to judge in which one of these accounts stands."""
    rows = _shown_pairs(reader).filter(Q(left__in=ids) | Q(right__in=ids))
    return list(rows.order_by("-probability", "pk")[:20])


def _is_fraction(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and len(text) < 30
