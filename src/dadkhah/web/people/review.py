"""Read the pairs of accounts left for someone to judge, and the judgements made so far."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dadkhah import names
from dadkhah.people.agreement import Agreement
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.claims.queries import disagree, grouped, mentions
from dadkhah.web.claims.said import Said, newest_last, said, seen
from dadkhah.web.custody import access
from dadkhah.web.custody.access import Reader
from dadkhah.web.people import blind, policy
from dadkhah.web.people.models import Clash, Judgement, PairToReview, Run
from dadkhah.web.sources import queries as sources

__all__ = [
    "PAGE",
    "Pair",
    "Side",
    "agreement",
    "clashes",
    "judgements",
    "mine",
    "open_pairs",
    "pair",
    "pairs",
    "pairs_of",
    "shown_pairs",
    "two",
    "waiting",
]

PAGE = 50
PASSAGES = 3
MOST_BY_MACHINE = 200
MOST_OF_PERSON = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One account: the mention, its name in Latin letters where it is in another script, and the
    passages that it rests on, as written."""

    mention: Mention
    romanised: str
    passages: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two accounts side by side.

    Args:
        rows: predicate, claims of the left, claims of the right, and whether they agree.
        saw: what the machine saw of each field, English and Persian.
        sentences: why they may or may not be one person, English and Persian.
        judgements: made before; none while this reviewer must answer blind.
        blind: whether another reviewer's answer is withheld until this one is given.
    """

    pair: PairToReview
    left: Side
    right: Side
    rows: tuple[tuple[str, list[Said], list[Said], bool], ...]
    judgements: tuple[Judgement, ...]
    sentences: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    saw: tuple[tuple[str, str], ...] = ()
    blind: bool = False

    @property
    def waits(self) -> bool:
        """Whether it stands in the queue."""
        return self.pair.pk is not None

    @property
    def both(self) -> tuple[Side, Side]:
        """Left and right."""
        return self.left, self.right

    def said(self, language: str) -> tuple[str, ...]:
        """The sentences in a language."""
        return self.sentences[1 if language == "fa" else 0]


def pairs(reader: Reader, before: str = "") -> list[PairToReview]:
    """Give up to PAGE + 1 pairs left to judge, in the order of review."""
    rows = shown_pairs(reader).order_by("-importance", "pk")
    importance, _, after = before.partition("|")
    if after.isdecimal() and _is_fraction(importance):
        value = float(importance)
        rows = rows.filter(Q(importance__lt=value) | Q(importance=value, pk__gt=int(after)))
    return list(rows[: PAGE + 1])


def waiting(reader: Reader, limit: int = 0) -> Iterator[dict[str, object]]:
    """Give the pairs left to judge as plain rows; a limit of 0 gives all."""
    rows = shown_pairs(reader).order_by("-importance", "pk")
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
    row = shown_pairs(reader).filter(pk=pair_id).first()
    return _laid(reader, row) if row is not None else None


def two(reader: Reader, left: str, right: str) -> Pair | None:
    """Lay any two accounts of persons side by side; nothing when one may not be seen."""
    if not reader.signed_in or left == right:
        return None
    either = Q(left=left, right=right) | Q(left=right, right=left)
    row = shown_pairs(reader).filter(either).first()
    if row is None:
        ends = Mention.objects.filter(access.sources(reader, "source__"), type="person")
        known = ends.select_related("source").in_bulk([left, right])
        if len(known) < 2:
            return None
        row = PairToReview(left=known[left], right=known[right], probability=0.5)
    return _laid(reader, row)


def _laid(reader: Reader, row: PairToReview) -> Pair:
    both = [
        newest_last(said(reader, seen(reader).filter(mention=mention)))
        for mention in (row.left_id, row.right_id)
    ]
    left, right = (grouped(found) for found in both)
    blind = (
        row.pk is not None and policy.reviewers() > 1 and f"|{reader.author}|" not in row.answered
    )
    earlier = judgements(reader, [row.left_id, row.right_id])
    return Pair(
        pair=row,
        left=_side(row.left, both[0]),
        right=_side(row.right, both[1]),
        rows=tuple(
            (
                name,
                left.get(name, []),
                right.get(name, []),
                not disagree([*left.get(name, []), *right.get(name, [])]),
            )
            for name in dict.fromkeys((*left, *right))
        ),
        judgements=tuple(j for j in earlier if not (blind and _of_pair(j, row))),
        sentences=_sentences(row),
        saw=_saw(row),
        blind=blind,
    )


def _of_pair(judgement: Judgement, row: PairToReview) -> bool:
    return {judgement.left_id, judgement.right_id} == {row.left_id, row.right_id}


def _side(mention: Mention, found: Sequence[Said]) -> Side:
    passages = {claim.passage: claim for claim in found if claim.quote}
    romanised = names.romanise(mention.label)
    return Side(
        mention=mention,
        romanised=romanised if romanised.casefold() != mention.label.casefold() else "",
        passages=tuple(passages.values())[:PASSAGES],
    )


def _sentences(row: PairToReview) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Explain the pair from both sides' claims, as linkage reads them."""
    # linkage's tables load slowly, and no other page needs them
    from dadkhah import people

    ends = [row.left, row.right]
    claims = Claim.objects.filter(mention__in=[end.pk for end in ends]).order_by(
        "entry", "position"
    )
    table = people.features([end.record() for end in ends], [claim.record() for claim in claims])
    return people.explain(table.row(0, named=True), table.row(1, named=True))


def _saw(row: PairToReview) -> tuple[tuple[str, str], ...]:
    from dadkhah import people

    return tuple(people.reason_words(reason) for reason in row.reasons)


def open_pairs(reader: Reader) -> int:
    """Count the pairs left to judge."""
    rows = PairToReview.objects.all() if sources.reads_all(reader) else shown_pairs(reader)
    return rows.count()


def judgements(reader: Reader, ids: Sequence[str]) -> list[Judgement]:
    """Give the judgements that stand about these mentions: all of people, some of the last run.

    The store is asked by mention alone, and what may be seen is asked of what it found.
    """
    if not reader.signed_in:
        return []
    rows = Judgement.objects.filter(Q(left__in=ids) | Q(right__in=ids)).order_by(
        "entry", "position"
    )
    last = Run.objects.filter(type="linkage").order_by("-entry").values_list("pk", flat=True)
    of_people = blind.shown(rows.filter(run=""), reader.author)
    found = [*of_people, *rows.filter(run=last.first() or "-")[:MOST_BY_MACHINE]]
    known = mentions(reader, {end for row in found for end in (row.left_id, row.right_id)})
    shown = [row for row in found if row.left_id in known and row.right_id in known]
    for row in shown:
        row.left, row.right = known[row.left_id], known[row.right_id]
    return _standing(shown)


def mine(reader: Reader) -> list[Judgement]:
    """Give the last judgements and withdrawals of this reviewer, the newest first."""
    rows = Judgement.objects.filter(by=reader.author, run="")
    rows = rows.filter(access.sources(reader, "left__source__"))
    rows = rows.filter(access.sources(reader, "right__source__")).select_related("left", "right")
    return list(rows.order_by("-entry", "-position")[:PAGE])


def agreement(reader: Reader) -> Agreement | None:
    """Say how far reviewers agree, where every pair is judged by more than one."""
    from dadkhah import people

    if not sources.reads_all(reader) or policy.reviewers() == 1:
        return None
    rows = Judgement.objects.filter(run="").order_by("entry", "position")
    return people.agreement(row.record() for row in rows.iterator(chunk_size=2000))


def clashes(reader: Reader) -> list[Clash]:
    """Give what the register did not follow because something stronger stands against it."""
    if not sources.reads_all(reader):
        return []
    rows = Clash.objects.select_related("left", "right", "against_left", "against_right")
    return list(rows.order_by("by_machine", "pk")[:PAGE])


def _standing(found: Sequence[Judgement]) -> list[Judgement]:
    """Leave what still counts: neither superseded nor withdrawn."""
    from dadkhah import people

    alive = {each.id for each in people.standing(row.record() for row in found)}
    return [row for row in found if row.pk in alive]


def shown_pairs(reader: Reader) -> QuerySet[PairToReview]:
    """Give the pairs left to judge whose both sources this reader may see."""
    if not reader.signed_in:
        return PairToReview.objects.none()
    rows = PairToReview.objects.filter(access.sources(reader, "left__source__"))
    rows = rows.filter(access.sources(reader, "right__source__"))
    return rows.select_related("left__source", "right__source")


def pairs_of(reader: Reader, ids: Sequence[str]) -> list[PairToReview]:
    """Give the likeliest pairs left to judge in which one of these accounts stands."""
    if not reader.signed_in:
        return []
    # by mention alone: joined with the sources, the store would go through the whole queue
    rows = PairToReview.objects.filter(Q(left__in=ids) | Q(right__in=ids))
    found = list(rows.order_by("-probability", "pk").values_list("pk", "left", "right")[:PAGE])
    known = mentions(reader, {end for _, *ends in found for end in ends})
    chosen = [pk for pk, left, right in found if left in known and right in known]
    return list(
        shown_pairs(reader).filter(pk__in=chosen[:MOST_OF_PERSON]).order_by("-probability", "pk")
    )


def _is_fraction(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and len(text) < 30
    except ValueError:
        return False
