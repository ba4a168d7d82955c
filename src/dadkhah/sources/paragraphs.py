"""Lines joined into paragraphs, and each named for what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dadkhah import dates
from dadkhah.errors import DateTextError
from dadkhah.sources.furniture import is_furniture
from dadkhah.sources.lines import BULLET, Layout, Line, ends_sentence, layout, words
from dadkhah.text import fold_letters

__all__ = ["Group", "groups_of", "joined", "named"]

TITLE_WORDS: Final = 30
TITLE_CHARACTERS: Final = 250
MOST_TITLES: Final = 4
SIGNATURE_LINES: Final = 6
SIGNATURE_WORDS: Final = 14
_CAPTION: Final = re.compile(
    r"(?:photo|image|picture|caption|figure|عکس|تصویر|شرح عکس)\s*(?:\d+\s*)?[:：]", re.IGNORECASE
)
_BYLINE_END: Final = re.compile(r"[.!?؟…]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lines that belong together, and the kind of block they make."""

    kind: str
    lines: tuple[Line, ...]
    flags: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines on one line."""
        return " ".join(line.text for line in self.lines)


def groups_of(lines: Sequence[Line]) -> list[Group]:
    """Join lines into paragraphs and name every group.

    Furniture first, by its lexicon; then joining, by the layout of the lines that are left; then
    titles, signatures and repeats, by where a short line stands.
    """
    return named(joined(lines))


def joined(lines: Sequence[Line]) -> list[Group]:
    """Set furniture apart and join the other lines as their layout shows."""
    shape = layout([line for line in lines if not is_furniture(line.text)])
    runs: list[tuple[str, list[Line]]] = []
    for line in lines:
        if is_furniture(line.text):
            runs.append(("furniture", [line]))
        elif runs and runs[-1][0] != "furniture" and _continues(runs[-1][1], line, shape):
            runs[-1][1].append(line)
        else:
            runs.append(("item" if BULLET.match(line.text) else "paragraph", [line]))
    return [Group(kind=kind, lines=tuple(held)) for kind, held in runs]


def named(groups: list[Group]) -> list[Group]:
    """Name captions, signatures, titles and repeats among groups that are joined already."""
    return _broken_off(_repeats(_titles(_signature(_captions(groups)))))


def _continues(held: Sequence[Line], line: Line, shape: Layout) -> bool:
    """Say whether a line goes on with the sentence or paragraph of the lines before it."""
    if not shape.width or line.gap > shape.gap or BULLET.match(line.text):
        return False
    last = held[-1].text
    first_word = line.text.split(None, 1)[0]
    fitted = len(last) + 1 + len(first_word) <= 0.88 * shape.width
    if not fitted:
        return True
    both_short = len(last) < 0.75 * shape.width and len(line.text) < 0.75 * shape.width
    return (
        both_short and len(held) == 1 and not ends_sentence(last)
        and line.text[0].islower() and not _is_date(last)
    )  # fmt: skip


def _captions(groups: list[Group]) -> list[Group]:
    return [
        replace(group, kind="caption")
        if group.kind == "paragraph" and _CAPTION.match(group.text) and words(group.text) <= 40
        else group
        for group in groups
    ]


def _signature(groups: list[Group]) -> list[Group]:
    """Name the names and the date under a text; a list of short lines is no signature."""
    content = [place for place, group in enumerate(groups) if group.kind == "paragraph"]
    tail: list[int] = []
    for place in reversed(range(len(groups))):
        if groups[place].kind == "furniture":
            continue
        if groups[place].kind != "paragraph" or not _is_signature_line(groups[place].text):
            break
        tail.append(place)
    long_text = any(_is_prose(groups[place].text) for place in content)
    if not long_text or not tail or len(tail) > SIGNATURE_LINES:
        tail = [place for place in tail[:1] if _is_date(groups[place].text)]
    signed = set(tail) | {place for place in content if _is_date(groups[place].text)}
    return [
        replace(group, kind="signature") if place in signed else group
        for place, group in enumerate(groups)
    ]


def _is_signature_line(text: str) -> bool:
    short = words(text) <= SIGNATURE_WORDS and not _BYLINE_END.search(text)
    return _is_date(text) or short


def _is_prose(text: str) -> bool:
    return len(text) > TITLE_CHARACTERS or (words(text) >= 8 and ends_sentence(text))


def _is_date(text: str) -> bool:
    if words(text) > 8 or not any(letter.isdecimal() for letter in text):
        return False
    try:
        dates.read(text.strip(" .،,"))
    except DateTextError:
        return False
    return len(text) > 4


def _titles(groups: list[Group]) -> list[Group]:
    """Name the short lines that stand over a text: before the first paragraph, or between two.

    More than MOST_TITLES of them over a text are a menu or a poem: then only one said twice is a
    title.
    """
    body = next((place for place, group in enumerate(groups) if _is_body(group)), None)
    short = [
        place for place, group in enumerate(groups)
        if group.kind == "paragraph" and _like_title(group.text)
    ]  # fmt: skip
    over = [place for place in short if place < body] if body is not None else short[:1]
    if len({groups[place].text for place in over}) > MOST_TITLES:
        counts = Counter(groups[place].text for place in short)
        over = [place for place in over if counts[groups[place].text] > 1]
    titles = {*over, *(place for place in short if _between(groups, place))}
    return [
        replace(group, kind="title") if place in titles else group
        for place, group in enumerate(groups)
    ]


def _between(groups: list[Group], place: int) -> bool:
    """Say whether a short line stands between two paragraphs, as a heading does."""
    if not 0 < place < len(groups) - 1:
        return False
    around = _is_body(groups[place - 1]) and _is_body(groups[place + 1])
    text = groups[place].text
    return around and words(text) <= 12 and not ends_sentence(text)


def _is_body(group: Group) -> bool:
    return group.kind in ("paragraph", "item") and not _like_title(group.text)


def _like_title(text: str) -> bool:
    return (
        len(text) <= TITLE_CHARACTERS
        and words(text) <= TITLE_WORDS
        and not text.rstrip("\"'”’»)] ").endswith((".", "۔", "؛", ";", ",", "،"))
    )


def _repeats(groups: list[Group]) -> list[Group]:
    """Mark a title said again, and any line of three words or more said twice running."""
    said: set[str] = set()
    before = ""
    result = []
    for group in groups:
        folded = fold_letters(group.text).casefold()
        again = folded in said or (folded == before and words(folded) >= 3)
        if group.kind in ("title", "paragraph") and again:
            result.append(replace(group, kind="repeat"))
            continue
        if group.kind == "title":
            said.add(folded)
        before = folded if group.kind != "furniture" else before
        result.append(group)
    return result


def _broken_off(groups: list[Group]) -> list[Group]:
    """Flag a paragraph that stops in the middle of a sentence."""
    return [
        replace(group, flags=(*group.flags, "broken-off"))
        if group.kind == "paragraph" and words(group.text) >= 8 and not ends_sentence(group.text)
        else group
        for group in groups
    ]
