"""A passage with the words of its claims marked, marks within marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dadkhah.records import Claim, Passage

__all__ = ["Piece", "mark", "marked"]

# Deeper marks are laid flat: no reader tells them apart, and a page must not nest without end.
DEEPEST: Final = 12
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a passage.

    Args:
        text: what stands here, when nothing in it is marked further.
        claims: ids of the claims with exactly these words; none for words that nobody claims.
        inner: the pieces it is made of, when something in it is marked further.
    """

    text: str = ""
    claims: tuple[str, ...] = ()
    inner: tuple[Piece, ...] = ()


def mark(passage: Passage, claims: Iterable[Claim]) -> tuple[Piece, ...]:
    """Cut a passage into pieces; a claim whose words stand nowhere in it marks nothing.

    Of two claims whose words cross, the one that begins later ends where the first does.
    """
    spans = [span for claim in claims if (span := _span(passage, claim)) is not None]
    spans.sort(key=lambda span: (span[0], -span[1]))
    return _nest(passage.anchor.quote, spans, 0, len(passage.anchor.quote), DEEPEST)


def marked(pieces: Iterable[Piece]) -> frozenset[str]:
    """Give the ids of the claims that some piece marks."""
    found: set[str] = set()
    for piece in pieces:
        found |= {*piece.claims, *marked(piece.inner)}
    return frozenset(found)


def _nest(quote: str, spans: Sequence[Span], start: int, end: int, depth: int) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    place, at = start, 0
    while at < len(spans):
        first, last, _ = spans[at]
        until = at
        while until < len(spans) and spans[until][0] < last:
            until += 1
        held = [(a, min(b, last), claim) for a, b, claim in spans[at:until]]
        same = [span for span in held if depth == 0 or span[:2] == (first, last)]
        within = [span for span in held if span not in same]
        if first > place:
            pieces.append(Piece(text=quote[place:first]))
        pieces.append(_marked(quote, first, last, same, within, depth))
        place, at = last, until
    if place < end:
        pieces.append(Piece(text=quote[place:end]))
    return tuple(pieces)


def _marked(
    quote: str, first: int, last: int, same: Sequence[Span], within: list[Span], depth: int
) -> Piece:
    claims = tuple(claim for _, _, claim in same)
    if not within:
        return Piece(text=quote[first:last], claims=claims)
    return Piece(claims=claims, inner=_nest(quote, within, first, last, depth - 1))


def _span(passage: Passage, claim: Claim) -> Span | None:
    """Find where a claim's words stand: by its anchor, else where they stand once and no more."""
    quote, within, base = passage.anchor.quote, claim.within, passage.anchor.start
    if within is not None and within.start is not None and base is not None:
        start = within.start - base
        end = start + len(within.quote)
        if 0 <= start < end and quote[start:end] == within.quote:
            return start, end, claim.id
    if claim.written and quote.count(claim.written) == 1:
        start = quote.index(claim.written)
        return start, start + len(claim.written), claim.id
    return None
