"""The lines of a text, and whether a machine broke them to fit a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

__all__ = ["BULLET", "Layout", "Line", "ends_sentence", "layout", "lines_of", "words"]

BULLET: Final = re.compile(
    r"\s*(?:[•‣◦▪▫●○∙·*+–—-]|\(?[0-9۰-۹٠-٩]{1,3}[.)](?=\s)|[o§](?=\s))\s+(?=\S)"
)
_LINE: Final = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+|\r\n?|\n|[\f\v\x85\u2028\u2029]")
_EDGES: Final = " \t\u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
_TERMINAL: Final = re.compile(r"[.!?؟۔…:؛;][\s\u200e\u200f\"'”’»)\]]*$")
_INNER_MARK: Final = re.compile(r"[.؟?!؛;:،,]\s+\S")
_NARROWEST: Final = 30
_WIDEST: Final = 200
"""A line longer than this was not broken to fit a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line with its edges trimmed; `gap` counts the empty lines before it."""

    text: str
    start: int
    end: int
    gap: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How lines make paragraphs: `width` characters where they are broken to fit, else 0; `gap`
    empty lines stand between two lines of one paragraph.
    """

    width: int
    gap: int


def lines_of(text: str) -> list[Line]:
    """Cut a text into its lines that hold something.

    Line ends are CR LF, LF, CR, form feed, vertical tab, NEL, and Unicode's line and paragraph
    separators. Spaces and direction marks at the edges are left outside.
    """
    lines: list[Line] = []
    breaks = 0
    for found in _LINE.finditer(text):
        piece = found.group()
        body = piece.strip().strip(_EDGES).strip()
        if piece[0] in "\r\n\f\v\x85\u2028\u2029":
            breaks += 1
        elif body:
            start = found.start() + piece.index(body)
            gap = breaks - 1 if lines else breaks
            lines.append(Line(text=body, start=start, end=start + len(body), gap=max(0, gap)))
            breaks = 0
    return lines


def layout(lines: Sequence[Line]) -> Layout:
    """Tell lines broken to fit a page from lines that are paragraphs, verses or entries of a list.

    Lines broken to fit reach much the same width, most of them stop in the middle of a sentence,
    and, where letters have case, go on with a small one. The empty lines between them are those
    that most often follow such a line.
    """
    bodies = [line for line in lines if len(line.text) <= _WIDEST]
    width = _width([len(line.text) for line in bodies])
    if not width >= _NARROWEST or len(bodies) < 0.8 * len(lines):
        return Layout(width=0, gap=0)
    wide = [line for line in bodies if len(line.text) >= 0.5 * width]
    full = [
        (line, following)
        for line, following in pairwise(lines)
        if 0.75 * width <= len(line.text) <= _WIDEST
    ]
    cut = [pair for pair in full if not ends_sentence(pair[0].text)]
    if len(cut) < 2 or len(cut) < 0.5 * len(full) or len(full) < 0.5 * len(wide):
        return Layout(width=0, gap=0)
    if not _run_on(cut):
        return Layout(width=0, gap=0)
    gaps = Counter(following.gap for _, following in cut)
    return Layout(width=width, gap=gaps.most_common(1)[0][0])


def _width(lengths: Sequence[int]) -> int:
    """Give the width that the longer half of the lines reaches, but for the longest few."""
    longer = sorted(lengths)[len(lengths) // 2 :]
    return longer[round(0.8 * (len(longer) - 1))] if len(lengths) > 2 else 0


def _run_on(cut: Sequence[tuple[Line, Line]]) -> bool:
    """Say whether sentences run over the ends of lines: small letters, or marks inside lines."""
    cased = [following.text[0] for _, following in cut if following.text[0].isalpha()]
    cased = [letter for letter in cased if letter.lower() != letter.upper()]
    if len(cased) >= 0.5 * len(cut):
        return sum(letter.islower() for letter in cased) >= 0.5 * len(cased)
    marked = sum(_INNER_MARK.search(line.text) is not None for line, _ in cut)
    return marked >= 0.2 * len(cut)


def ends_sentence(text: str) -> bool:
    """Say whether a line ends with a mark that ends or opens something."""
    return _TERMINAL.search(text[-40:]) is not None


def words(text: str) -> int:
    """Count the words of a text as separated by white space."""
    return len(text.split())
