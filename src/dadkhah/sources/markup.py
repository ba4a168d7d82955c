"""The characters of an HTML file that are text, each with its place in the file."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["Run", "TextOf", "text_of"]

Run = tuple[str, int, int]
"""Some text, and where it starts and ends in the received text."""

_RAW: Final = "script|style|iframe|noembed|noframes|xmp"
# Every part takes what it can and gives nothing back, and what is not closed runs to the end, as
# in a browser: the time to read a file grows with its length only.
_ATTRIBUTES: Final = r"(?:=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[^>])*+(?:>|\Z)"
_TAG: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|<({_RAW})\b{_ATTRIBUTES}.*?(?:(?=</\1)|\Z)"
    r"|<[!?][^>]*+(?:>|\Z)"
    rf"|</?[A-Za-z]{_ATTRIBUTES}",
    re.DOTALL | re.IGNORECASE,
)
_REFERENCE: Final = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?|\r\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOf:
    """All text of a file in order, character references read, and the way back."""

    text: str
    runs: tuple[Run, ...]
    starts: tuple[int, ...]

    def between(self, start: int, end: int) -> Iterator[Run]:
        """Give the runs of a stretch, cut to it."""
        place = max(0, bisect_right(self.starts, start) - 1)
        while place < len(self.runs) and self.starts[place] < end:
            text, source_start, source_end = self.runs[place]
            begin = self.starts[place]
            first, last = max(0, start - begin), min(len(text), end - begin)
            if first < last:
                plain = len(text) == source_end - source_start
                yield (
                    text[first:last],
                    source_start + first if plain else source_start,
                    source_start + last if plain else source_end,
                )
            place += 1


def text_of(received: str) -> TextOf:
    """Read the text between the tags of an HTML file, scripts, styles and comments left out.

    This says where characters stand, not what they are: the tree says that. Where the two differ,
    as in a table with text out of place, the tree wins and the place is looked for.
    """
    runs: list[Run] = []
    at = 0
    for found in _TAG.finditer(received):
        runs.extend(_plain_runs(received, at, found.start()))
        at = found.end()
    runs.extend(_plain_runs(received, at, len(received)))
    starts, length = [], 0
    for text, _, _ in runs:
        starts.append(length)
        length += len(text)
    return TextOf(text="".join(text for text, _, _ in runs), runs=tuple(runs), starts=tuple(starts))


def _plain_runs(received: str, start: int, end: int) -> Iterator[Run]:
    at = start
    for found in _REFERENCE.finditer(received, start, end):
        written = found.group()
        read = "\n" if written[0] == "\r" else html.unescape(written)
        if read == written:
            continue
        if at < found.start():
            yield received[at : found.start()], at, found.start()
        yield read, found.start(), found.end()
        at = found.end()
    if at < end:
        yield received[at:end], at, end
