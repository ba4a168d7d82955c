"""Weave a text with the passages and claims that stand in it, so that each can be marked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dadkhah.web.claims.said import Said

__all__ = ["Block", "Mark", "Piece", "weave"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of text that belongs to a passage, and perhaps narrower to one claim.

    Args:
        start: first character. end: one after the last.
        passage: id. claim: id, empty for the passage itself.
    """

    start: int
    end: int
    passage: str
    claim: str = ""
    noise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of characters under the same marks.

    Args:
        opens: passages of which this is the first piece; anchors are set here.
        claims: ids of the claims that these very characters make.
    """

    text: str
    opens: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph of the text, with what it claims."""

    pieces: tuple[Piece, ...]
    passages: tuple[str, ...]
    noise: bool
    language: str = ""
    direction: str = ""
    claims: tuple[Said, ...] = ()


def weave(text: str, marks: Sequence[Mark], chosen: str = "") -> list[Block]:
    """Cut a text into paragraphs, and each paragraph where a mark begins or ends.

    Args:
        text: the whole derived text; paragraphs are apart by line breaks.
        marks: passages and claims, in any order; they may overlap.
        chosen: id of the claim to set off, or empty.

    Returns: every character of the text but its line breaks, in order.
    """
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    return [
        _block(text, start, end, [m for m in ordered if m.start < end and m.end > start], chosen)
        for start, end in _paragraphs(text)
    ]


def _paragraphs(text: str) -> Iterable[tuple[int, int]]:
    place = 0
    for line in text.splitlines(keepends=True):
        length = len(line.rstrip("\r\n\x0b\x0c\u2028\u2029\x85"))
        if line.strip():
            yield place, place + length
        place += len(line)


def _block(text: str, start: int, end: int, marks: Sequence[Mark], chosen: str) -> Block:
    cuts = {start, end}
    for mark in marks:
        cuts |= {min(max(edge, start), end) for edge in (mark.start, mark.end)}
    places = sorted(cuts)
    pieces = [
        _piece(text, left, right, marks, chosen) for left, right in itertools.pairwise(places)
    ]
    wide = [mark for mark in marks if not mark.claim]
    return Block(
        pieces=tuple(pieces),
        passages=tuple(dict.fromkeys(mark.passage for mark in wide)),
        noise=bool(wide) and all(mark.noise for mark in wide),
    )


def _piece(text: str, left: int, right: int, marks: Sequence[Mark], chosen: str) -> Piece:
    covering = [mark for mark in marks if mark.start <= left and mark.end >= right]
    claims = tuple(dict.fromkeys(mark.claim for mark in covering if mark.claim))
    opens = tuple(mark.passage for mark in covering if not mark.claim and mark.start == left)
    return Piece(text=text[left:right], opens=opens, claims=claims, chosen=chosen in claims)
