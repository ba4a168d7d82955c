"""What is counted over all that is public, for the pages that say how much there is."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dadkhah import predicates
from dadkhah.memorial.book import Book
from dadkhah.records import Claim

__all__ = ["Totals", "after", "of", "terms"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Counts over a whole book.

    Args:
        terms: by predicate, how many claims use each coded term.
    """

    remembered: int
    unnamed: int
    others: int
    claims: int
    unreviewed: int
    places: int
    disagreements: int
    terms: Mapping[str, Mapping[str, int]]


def of(book: Book) -> Totals:
    """Count; a book of which only a part was read brings the totals of the whole."""
    if book.totals is not None:
        held: Totals = book.totals
        return held
    return book.once("totals", lambda: _of(book))


def _of(book: Book) -> Totals:
    # these are asked here alone: they count what they show
    from dadkhah.memorial.pages import disagreements
    from dadkhah.memorial.spots import spots

    unreviewed: list[str] = []

    def counted() -> Iterator[Claim]:
        for claim in book.held.claims.values():
            if claim.status == "unreviewed":
                unreviewed.append("")
            yield claim

    in_use = terms(counted())
    return Totals(
        remembered=len(book.remembered),
        unnamed=len(book.unnamed),
        others=len(book.others),
        claims=len(book.held.claims),
        unreviewed=len(unreviewed),
        places=len(spots(book)),
        disagreements=disagreements.count(book),
        terms=in_use,
    )


def terms(claims: Iterable[Claim]) -> dict[str, dict[str, int]]:
    """Count the coded terms in use, by the predicate that uses them (CR-02)."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        if claim.value is not None and predicates.get(claim.predicate).terms:
            found[claim.predicate][str(claim.value)] += 1
    return {predicate: dict(held) for predicate, held in found.items()}


def after(whole: Totals, old: Sequence[Claim], new: Sequence[Claim]) -> Totals:
    """Give the totals after some claims came in the place of others, or were added."""
    counted = dict(whole.terms)
    for sign, claims in ((-1, old), (1, new)):
        for predicate, held in terms(claims).items():
            found = Counter(counted.get(predicate, {}))
            found.update({term: sign * count for term, count in held.items()})
            counted[predicate] = {term: count for term, count in found.items() if count > 0}
    return dataclasses.replace(
        whole,
        claims=whole.claims + len(new) - len(old),
        unreviewed=whole.unreviewed + _unreviewed(new) - _unreviewed(old),
        terms={predicate: held for predicate, held in counted.items() if held},
    )


def _unreviewed(claims: Iterable[Claim]) -> int:
    return sum(claim.status == "unreviewed" for claim in claims)
