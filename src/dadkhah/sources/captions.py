"""A caption run into the sentence after it, as in "image125 years ago"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dadkhah.sources.lines import Line
from dadkhah.sources.paragraphs import Group

__all__ = ["part_captions"]

_GLUED: Final = re.compile(r"([^\W\d_]{3,})(\d{2,6})(?=\s+[^\W\d_])")
_NUMBER: Final = re.compile(r"(?<![\d,.])(\d+)(?=\s*(?:[^\W\d_]|$))")


def part_captions(groups: Sequence[Group]) -> list[Group]:
    """Part a caption from the sentence it was run into, where the text itself shows the place.

    A paragraph that opens with a word in small letters glued to a number has lost the border
    between two texts. The border is before the longest end of that number which stands elsewhere
    in the text before the same word, or as a number with an ending ("25th"); where there is none,
    or the text leaves two, nothing is parted and the block is flagged "glued".
    """
    whole = " ".join(group.text for group in groups)
    result: list[Group] = []
    for group in groups:
        found = _GLUED.match(group.text) if group.kind in ("paragraph", "title") else None
        if found is None or found.group(1)[0].isupper():
            result.append(group)
            continue
        border = _border(found.group(2), whole, group.text)
        if border is None:
            result.append(replace(group, flags=(*group.flags, "glued")))
        else:
            result.extend(_parted(group, len(found.group(1)) + border))
    return result


def _border(digits: str, whole: str, text: str) -> int | None:
    """Give how many of the digits belong to the caption, when the text says so in one way."""
    elsewhere = {found.group(1) for found in _NUMBER.finditer(whole.replace(text, " "))}
    after = text.split(None, 2)[1] if len(text.split(None, 2)) > 1 else ""
    with_word = re.findall(rf"(?<![\d,.\w])(\d+)\s+{re.escape(after)}\b", whole)
    for known in (set(with_word), elsewhere):
        fitting = [cut for cut in range(len(digits)) if digits[cut:] in known]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _parted(group: Group, border: int) -> list[Group]:
    first = group.lines[0]
    middle = first.start + border
    caption = Line(text=first.text[:border], start=first.start, end=middle, gap=first.gap)
    rest = Line(text=first.text[border:], start=middle, end=first.end, gap=0)
    return [
        Group(kind="caption", lines=(caption,), flags=("inferred",)),
        replace(group, lines=(rest, *group.lines[1:]), flags=(*group.flags, "inferred")),
    ]
