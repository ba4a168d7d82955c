"""A text that as a whole is one date, cut into tokens: what only stands around it is left out."""

from __future__ import annotations

import re
from typing import Final

from dadkhah.dates.tokens import Token, tokens
from dadkhah.text import to_ascii_digits

__all__ = ["is_questioned", "tokens_of_one"]

_EIGHT: Final = re.compile(r"(1[2-9]\d\d|20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])")
_SHORT_WEEKDAYS: Final = frozenset({"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri",
                                    "sat", "sun"})  # fmt: skip
_QUESTIONED: Final = re.compile(r"[?؟]\s*\)?\s*$")
_TRAILING: Final = frozenset({".", ",", "،", ";", "؛", ":", "?", "؟"})


def tokens_of_one(text: str) -> list[Token]:
    """Cut one value into tokens, without closing marks and brackets around all of it."""
    cut = _without_dots(tokens(_spaced(text)))
    while cut and cut[-1].fold in _TRAILING:
        cut.pop()
    if "".join(token.fold for token in cut[-3:]) in ("(?)", "(؟)"):
        cut = cut[:-3]
    if len(cut) > 1 and cut[-1].fold == ")" and cut[0].fold == "(":
        cut = cut[1:-1]
    return cut


def is_questioned(text: str) -> bool:
    """Say whether a question mark stands after one value: 1988?, مرداد ۱۳۶۷ (؟)."""
    return _QUESTIONED.search(text) is not None


def _spaced(text: str) -> str:
    """Part 19880728 or 13670506, as tables hold days, into year, month and day."""
    figures = _EIGHT.fullmatch(to_ascii_digits(text))
    return "-".join(figures.groups()) if figures else text


def _without_dots(cut: list[Token]) -> list[Token]:
    """Leave out the dot after a day or a shortened weekday: 28. Juli, Wed., 28.-30. Juli."""
    return [token for token, before in zip(cut, [None, *cut], strict=False)
            if not (token.fold == "." and before and _takes_dot(before))]  # fmt: skip


def _takes_dot(token: Token) -> bool:
    short = token.kind == "number" and token.digits[0] <= 2
    return short or token.fold in _SHORT_WEEKDAYS
