"""Patterns of grammar.yaml matched against tokens: which readings stand at a token.

A pattern is short and looks at each token a bounded number of times, and what a level reads at a
token is remembered, so a text is read in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from dadkhah.dates.lexicon import data, phrases_at
from dadkhah.dates.numerals import Number, number_at
from dadkhah.dates.tokens import Token

__all__ = ["Match", "Reader", "YearText"]

LEVELS: Final = ("date", "part", "when")
_NUMERALS: Final = frozenset({"day", "number", "ordinal", "year", "full_year"})


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that stands in the text: its name, the token after it, and what it caught."""

    rule: str
    end: int
    caught: dict[str, Any]


@dataclass(frozen=True, slots=True)
class YearText:
    """A year as it is written: its value, its number of digits, and what may hint at a calendar."""

    value: int
    digits: int
    apostrophe: bool = False
    ascii: bool = True


@dataclass(frozen=True, slots=True)
class _Element:
    name: str
    key: str
    slot: bool
    optional: bool
    negative: bool


@cache
def _little() -> frozenset[str]:
    """Name the words too common to begin a date, unless what follows them may be one."""
    return frozenset(data("grammar")["little"])


@cache
def _rules(level: str) -> tuple[tuple[str, tuple[_Element, ...], frozenset[str]], ...]:
    """Read the patterns of one level, each with the names of what it may begin with."""
    return tuple(
        (rule, elements, _beginnings(elements))
        for rule, patterns in data("grammar")[level].items()
        for elements in (tuple(map(_element, pattern.split())) for pattern in patterns)
    )


def _beginnings(elements: tuple[_Element, ...]) -> frozenset[str]:
    """Give the names of the elements up to the first that may not be missing."""
    names = []
    for element in elements:
        names.append(element.name)
        if not element.optional:
            break
    return frozenset(names)


def _element(part: str) -> _Element:
    found = re.fullmatch(r"(!?)(\{?)(\w+)(?::(\w+))?\}?(\??)", part)
    if found is None:
        raise ValueError(f"grammar.yaml: {part!r} is no pattern element")
    negative, brace, name, key, optional = found.groups()
    return _Element(name, key or name, bool(brace), bool(optional), bool(negative))


@dataclass(slots=True)
class Reader:
    """One text being read: its tokens, and what was already found at each of them.

    Args:
        whole: the text is one value, so a two-digit number may be a year anywhere.
    """

    cut: Sequence[Token]
    whole: bool = False
    _phrases: dict[int, dict[str, tuple[int, tuple[Any, ...]]]] = field(default_factory=dict)
    _numbers: dict[int, tuple[int, Number] | None] = field(default_factory=dict)
    _levels: dict[tuple[str, int], Match | None] = field(default_factory=dict)

    def best(self, level: str, at: int) -> Match | None:
        """Give the longest reading of a level at a token, or None."""
        key = (level, at)
        if key not in self._levels:
            self._levels[key] = max(self.all(level, at), key=lambda match: match.end, default=None)
        return self._levels[key]

    def all(self, level: str, at: int) -> Iterator[Match]:
        """Yield every reading of a level at a token, in the order of the rules."""
        standing = self._standing(level, at) if at < len(self.cut) else frozenset()
        for rule, pattern, beginnings in _rules(level) if standing else ():
            if beginnings.isdisjoint(standing):
                continue
            followed = self._follow(pattern, 0, at, {})
            if followed is not None:
                yield Match(rule, *followed)

    def _standing(self, level: str, at: int) -> frozenset[str]:
        """Name everything that stands at a token and may begin a rule of a level."""
        if not self._may_start(at):
            return frozenset()
        names = set(self.phrases(at))
        if self.cut[at].kind in ("numeric", "pair", "decade"):
            names.add(self.cut[at].kind)
        elif self.number(at) is not None:
            names |= _NUMERALS
        if level != "date" and self.best("date", at):
            names.add("date")
        if level == "when" and self.best("part", at):
            names.add("part")
        return frozenset(names)

    def phrases(self, at: int) -> dict[str, tuple[int, tuple[Any, ...]]]:
        """Give the phrases at a token by category."""
        if at not in self._phrases:
            self._phrases[at] = phrases_at(self.cut, at)
        return self._phrases[at]

    def number(self, at: int) -> tuple[int, Number] | None:
        """Give the number at a token, digits or words."""
        if at not in self._numbers:
            self._numbers[at] = number_at(self.cut, at)
        return self._numbers[at]

    def _may_start(self, at: int, little: int = 4) -> bool:
        """Say whether a date can begin here, after a few little words."""
        if at >= len(self.cut) or self.cut[at].kind in ("quantity", "break", "mark"):
            return False
        if self.cut[at].kind != "word" or self.number(at) is not None:
            return True
        phrases = self.phrases(at)
        if not phrases or not _little().issuperset(phrases):
            return bool(phrases)
        after = max(end for end, _ in phrases.values())
        return little > 0 and (after > at + 1 or self._may_start(after, little - 1))

    def _follow(
        self, pattern: tuple[_Element, ...], position: int, at: int, caught: dict[str, Any]
    ) -> tuple[int, dict[str, Any]] | None:
        """Follow a pattern from a token, with what may be missing tried as present first."""
        while position < len(pattern):
            element = pattern[position]
            position += 1
            step = self._match(element, at) if at < len(self.cut) else None
            if element.negative:
                if step is not None:
                    return None
            elif step is None:
                if not element.optional:
                    return None
            elif element.optional:
                held = {**caught, element.key: step[1]}
                followed = self._follow(pattern, position, step[0], held)
                if followed is not None:
                    return followed
            else:
                at, caught = step[0], {**caught, element.key: step[1]}
        return at, caught

    def _match(self, element: _Element, at: int) -> tuple[int, Any] | None:
        if not element.slot or element.name == "month":
            return self.phrases(at).get(element.name)
        if element.name in LEVELS:
            inner = self.best(element.name, at)
            return (inner.end, inner) if inner else None
        if element.name in ("numeric", "pair", "decade"):
            token = self.cut[at]
            return (at + 1, token) if token.kind == element.name else None
        return self._numeral(element.name, at)

    def _numeral(self, slot: str, at: int) -> tuple[int, Any] | None:
        found = self.number(at)
        if found is None:
            return None
        end, (value, digits, ordinal) = found
        if slot == "day":
            fits = 1 <= value <= 39 and digits <= 2 and not self.cut[at].apostrophe
            return (end, value) if fits else None
        if slot == "ordinal":
            return (end, value) if ordinal else None
        if slot == "number":
            return (end, value) if not ordinal else None
        found_year = self._year(end, at, value, digits, ordinal)
        return found_year if slot == "year" or digits == 4 else None

    def _year(
        self, end: int, at: int, value: int, digits: int, ordinal: bool
    ) -> tuple[int, YearText] | None:
        token = self.cut[at]
        year = YearText(value, digits, token.apostrophe, token.ascii and token.fold.isascii())
        if ordinal:
            return None
        if digits == 4:
            return (end, year) if 1000 <= value <= 2600 else None
        small = digits == 2 and (value > 31 or self.whole or token.apostrophe or value < 10)
        return (end, year) if small else None
