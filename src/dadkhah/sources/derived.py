"""Derived text: what a page says, put in order, with the way back to every character received."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dadkhah.errors import AnchorError

__all__ = ["BLOCK_KINDS", "NOISE", "Block", "DerivedText", "Piece", "Span", "compose"]

BLOCK_KINDS: Final = (
    "title", "paragraph", "item", "caption", "signature", "repeat", "furniture",
)  # fmt: skip
NOISE: Final = frozenset({"furniture", "repeat"})
"""Kinds of block that are kept and shown, and of which no claim is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters `start` to `end` of the derived text are those from `source_start` to
    `source_end` of the received text: one by one when both are equally long, otherwise as a whole
    (a character reference such as "&amp;").
    """

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the derived text that is one thing: a title, a paragraph, a list item.

    `flags` may hold "broken-off" (ends in the middle of a sentence), "glued" (a caption may be run
    into it), "inferred" (the block was cut at a place that the text does not mark).
    """

    kind: str
    start: int
    end: int
    language: str = ""
    direction: str = ""
    noise: bool = False
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedText:
    """A derived text, its blocks in order, and the spans that lead back to the received text."""

    text: str
    spans: tuple[Span, ...]
    blocks: tuple[Block, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the received text of a stretch of the derived text.

        Args:
            start, end: characters of the derived text, end excluded.

        Returns: start and end in characters of the received text. What the received text holds
            between two joined lines is inside the stretch.

        Raises:
            AnchorError: the stretch is outside the text, empty, or made only of what was added.
        """
        if not 0 <= start < end <= len(self.text):
            raise AnchorError(
                "anchor-outside",
                f"The derived text has no characters {start} to {end}.",
                todo="Give a stretch inside the text.",
            )
        first = self._span_from(start)
        last = self._span_before(end)
        if first is None or last is None or first.start > last.start:
            raise AnchorError(
                "anchor-added",
                f"Characters {start} to {end} stand in no source: they join what does.",
                todo="Take the words on either side.",
            )
        return _source(first, max(start, first.start), 0), _source(last, min(end, last.end), 1)

    def exact(self, start: int, end: int) -> bool:
        """Say whether every character of a stretch, white space apart, leads to its origin."""
        at = start
        while at < end:
            span = self._span_from(at)
            reach = end if span is None else min(end, max(at, span.start))
            if self.text[at:reach].strip():
                return False
            if span is None:
                return True
            at = max(reach, span.end)
        return True

    def _span_from(self, start: int) -> Span | None:
        place = bisect_right(self.spans, start, key=lambda span: span.end)
        return self.spans[place] if place < len(self.spans) else None

    def _span_before(self, end: int) -> Span | None:
        place = bisect_right(self.spans, end - 1, key=lambda span: span.start) - 1
        return self.spans[place] if place >= 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Text of one block and where its characters stand in the received text.

    `runs` holds (text, source start, source end); an added character, such as the space that
    joins two lines, has -1 for both.
    """

    kind: str
    runs: Sequence[tuple[str, int, int]]
    language: str = ""
    direction: str = ""
    flags: tuple[str, ...] = ()
    noise: bool = False


def compose(pieces: Sequence[Piece], parameters: Mapping[str, Any]) -> DerivedText:
    """Write blocks one after another, an empty line between two."""
    texts: list[str] = []
    spans: list[Span] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        if texts:
            texts.append("\n\n")
            at += 2
        begin = at
        for text, source_start, source_end in piece.runs:
            texts.append(text)
            if source_start >= 0:
                spans.append(Span(start=at, end=at + len(text),
                                  source_start=source_start, source_end=source_end))  # fmt: skip
            at += len(text)
        blocks.append(_block(piece, begin, at))
    text = "".join(texts)
    return DerivedText(
        text=text, spans=tuple(spans), blocks=tuple(blocks), parameters=dict(parameters)
    )


def _block(piece: Piece, start: int, end: int) -> Block:
    return Block(
        kind=piece.kind,
        start=start,
        end=end,
        language=piece.language,
        direction=piece.direction,
        noise=piece.noise or piece.kind in NOISE,
        flags=piece.flags,
    )


def _source(span: Span, place: int, side: int) -> int:
    """Give the received offset of a derived offset inside a span; side 1 for an end."""
    if span.end - span.start == span.source_end - span.source_start:
        return span.source_start + place - span.start
    return span.source_end if side else span.source_start
