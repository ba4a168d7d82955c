"""Running text: lines joined into paragraphs, site furniture set apart, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dadkhah.sources.captions import part_captions
from dadkhah.sources.derived import DerivedText, Piece, compose
from dadkhah.sources.encoding import Decoded
from dadkhah.sources.furniture import version
from dadkhah.sources.language import detect, direction
from dadkhah.sources.lines import Line, lines_of
from dadkhah.sources.paragraphs import Group, groups_of

__all__ = ["TOOL", "VERSION", "derive"]

TOOL: Final = "dadkhah.sources.text"
VERSION: Final = "1"


def derive(decoded: Decoded) -> DerivedText:
    """Join the lines of a text into paragraphs and set its furniture apart.

    Only white space between lines is left out and only a space or an empty line put in; every
    other character stays and leads back to its place.
    """
    groups = part_captions(groups_of(lines_of(decoded.text)))
    main = detect("\n".join(group.text for group in groups if group.kind != "furniture"))
    pieces = [_piece(group, main) for group in groups]
    return compose(pieces, {"reader": "text", "version": VERSION, "furniture": version()})


def _piece(group: Group, main: str) -> Piece:
    language = detect(group.text, (main,))
    return Piece(
        kind=group.kind,
        runs=_runs(group.lines),
        language=language,
        direction=direction(group.text, language),
        flags=group.flags,
        noise=group.kind == "caption" and "inferred" in group.flags,
    )


def _runs(lines: Sequence[Line]) -> list[tuple[str, int, int]]:
    runs: list[tuple[str, int, int]] = []
    for line in lines:
        if runs and not _divided_word(runs[-1][0]):
            runs.append((" ", -1, -1))
        runs.append((line.text, line.start, line.end))
    return runs


def _divided_word(text: str) -> bool:
    """Say whether a line ends inside a word that was divided to fit."""
    return len(text) > 1 and text[-1] in "-\u2010\u00ad" and text[-2].isalpha()
