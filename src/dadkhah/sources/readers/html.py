"""A web page: its tree tells text from furniture and script; every character leads back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from dadkhah.sources.derived import DerivedText, Piece, compose
from dadkhah.sources.elements import Setting, events
from dadkhah.sources.encoding import Decoded
from dadkhah.sources.furniture import is_furniture, version
from dadkhah.sources.language import detect, direction
from dadkhah.sources.lines import Line
from dadkhah.sources.markup import Run, TextOf, text_of
from dadkhah.sources.paragraphs import Group, joined, named
from dadkhah.text import fold_letters

__all__ = ["TOOL", "VERSION", "derive"]

TOOL: Final = "dadkhah.sources.html"
VERSION: Final = "1"

_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_BREAK: Final = re.compile(r"\n")
_FAR: Final = 2_000
_DISTINCT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Text of one block as lines of runs, parted where the page breaks a line."""

    setting: Setting
    lines: tuple[tuple[Run, ...], ...]


def derive(decoded: Decoded) -> DerivedText:
    """Read a page into blocks; scripts, styles and comments never become text.

    Navigation, forms and what stands around the page are kept as furniture. White space is one
    space, as a browser shows it.
    """
    tree = LexborHTMLParser(decoded.text)
    where = text_of(decoded.text)
    stretches = [stretch for stretch in _walk(tree, where) if any(stretch.lines)]
    main = detect(" ".join(_words(one) for one in stretches if not one.setting.furniture))
    groups, sources = _grouped(stretches)
    pieces = [_piece(group, sources, main) for group in _heads(named(groups))]
    return compose(pieces, {"reader": "html", "version": VERSION, "furniture": version()})


def _walk(tree: Any, where: TextOf) -> Iterator[Stretch]:
    """Go through the tree in order, giving a stretch at every border between blocks."""
    reader = _Gatherer(where)
    for node, setting, entering in events(tree):
        if node.tag == "-text":
            reader.add(node.text_content or "", setting)
        elif node.tag == "br":
            if entering:
                reader.lines.append([])
        elif node.tag in ("td", "th") and setting.row:
            if entering and any(reader.lines):
                reader.lines[-1].append(("\t", -1, -1))
        else:
            yield reader.close(setting)
    yield reader.close(Setting())


@dataclass(slots=True)
class _Gatherer:
    """Held open while a page is read: the runs of the block at hand, and the place in the file."""

    where: TextOf
    cursor: int = 0
    setting: Setting = field(default_factory=Setting)
    lines: list[list[Run]] = field(default_factory=lambda: [[]])

    def close(self, setting: Setting) -> Stretch:
        """Give what was gathered, its edges trimmed, and begin anew."""
        lines = tuple(tuple(line) for line in map(_trimmed, self.lines) if line)
        done = Stretch(setting=self.setting, lines=lines)
        self.setting, self.lines = setting, [[]]
        return done

    def add(self, text: str, setting: Setting) -> None:
        """Add a text node, white space made one space, each run with its place."""
        self.setting = setting
        for run in self._placed(text):
            for piece in _collapsed(run, setting.preformatted):
                if piece[0] == "\n":
                    self.lines.append([])
                elif not (piece[0] == " " and _ends_in_space(self.lines[-1])):
                    self.lines[-1].append(piece)

    def _placed(self, text: str) -> list[Run]:
        if not text.strip():
            return [(" ", -1, -1)] if text else []
        place = self.where.text.find(text, self.cursor)
        if place - self.cursor > _FAR and len(text) < _DISTINCT:
            place = -1
        if place < 0 and self.where.text.count(text) == 1:
            return list(self.where.between(start := self.where.text.index(text), start + len(text)))
        if place < 0:
            return [(text, -1, -1)]
        self.cursor = place + len(text)
        return list(self.where.between(place, self.cursor))


def _collapsed(run: Run, preformatted: bool) -> Iterator[Run]:
    text, start, end = run
    if len(text) != end - start:
        yield (" " if text.isspace() and text != "\u00a0" else text, start, end)
        return
    at = 0
    for found in (_BREAK if preformatted else _SPACE).finditer(text):
        if at < found.start():
            yield text[at : found.start()], start + at, start + found.start()
        yield "\n" if preformatted else " ", start + found.start(), start + found.end()
        at = found.end()
    if at < len(text):
        yield text[at:], start + at, end


def _ends_in_space(line: Sequence[Run]) -> bool:
    return not line or line[-1][0] in (" ", "\t")


def _trimmed(line: list[Run]) -> list[Run]:
    first, last = 0, len(line)
    while first < last and not line[first][0].strip():
        first += 1
    while last > first and not line[last - 1][0].strip():
        last -= 1
    return line[first:last]


def _grouped(
    stretches: Sequence[Stretch],
) -> tuple[list[Group], list[tuple[Stretch, Sequence[Run]]]]:
    """Make groups of stretches; a group's lines lead to their runs by number, as `start`."""
    groups: list[Group] = []
    sources: list[tuple[Stretch, Sequence[Run]]] = []
    for stretch in stretches:
        lines = []
        for runs in stretch.lines:
            text = "".join(run[0] for run in runs)
            lines.append(Line(text=text, start=len(sources), end=len(sources), gap=0))
            sources.append((stretch, runs))
        if stretch.setting.furniture:
            groups.append(Group(kind="furniture", lines=tuple(lines)))
        elif stretch.setting.kind == "paragraph":
            groups.extend(joined(lines))
        else:
            kind = (
                "furniture"
                if all(is_furniture(line.text) for line in lines)
                else (stretch.setting.kind)
            )
            groups.append(Group(kind=kind, lines=tuple(lines)))
    return groups, sources


def _heads(groups: Sequence[Group]) -> list[Group]:
    """Name the page's own title: the title when there is no other, else a repeat or furniture."""
    titles = [fold_letters(group.text) for group in groups if group.kind == "title"]
    return [
        replace(group, kind=_head_kind(fold_letters(group.text), titles))
        if group.kind == "head"
        else group
        for group in groups
    ]


def _head_kind(head: str, titles: Sequence[str]) -> str:
    if not titles:
        return "title"
    return "repeat" if any(title in head or head in title for title in titles) else "furniture"


def _piece(group: Group, sources: Sequence[tuple[Stretch, Sequence[Run]]], main: str) -> Piece:
    setting = sources[group.lines[0].start][0].setting
    language = _agreed(setting.language, group.text, main)
    runs: list[Run] = []
    for line in group.lines:
        if runs:
            runs.append((" ", -1, -1))
        runs.extend(sources[line.start][1])
    return Piece(
        kind=group.kind,
        runs=runs,
        language=language,
        direction=direction(group.text, language),
        flags=group.flags,
    )


def _agreed(declared: str, text: str, main: str) -> str:
    """Take the language that the page declares, where the text does not show another."""
    return detect(text, tuple(code for code in (declared, main) if code)) or ""


def _words(stretch: Stretch) -> str:
    return " ".join("".join(run[0] for run in line) for line in stretch.lines)
