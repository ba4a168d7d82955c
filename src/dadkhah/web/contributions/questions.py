"""A question in plain words, chosen by the ticket, and the reading of an answer."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import Any, Final

from dadkhah import bundled, text
from dadkhah.web.contributions.tickets import Ticket

__all__ = ["Question", "ask", "is_digits", "number_said"]

HIGHEST: Final = 10
AROUND: Final = " .!?؟،,:؛;\"'«»"  # signs that somebody puts around an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and the whole number that answers it."""

    written: str
    answer: int


def ask(ticket: Ticket, language: str) -> Question:
    """Give the question of a ticket in one language; in every language it has the same answer."""
    said, chance = _said(), hashlib.sha256(f"question {ticket.seed}".encode()).digest()
    chosen = said["questions"][chance[0] % len(said["questions"])]
    first, second = 1 + chance[1] % HIGHEST, 1 + chance[2] % HIGHEST
    if first == second:
        first = 1 + first % HIGHEST  # another, and none above the highest
    low, high = sorted((first, second))
    a, b = (high, low) if chosen["of"] == "less" else (first, second)
    names = said["numbers"][language]
    answers = {
        "sum": a + b, "less": a - b, "larger": high, "smaller": low, "after": a + 1, "before": a - 1
    }  # fmt: skip
    written = chosen[language].format(a=names[a], b=names[b])
    return Question(written=written, answer=answers[chosen["of"]])


def number_said(written: str) -> int | None:
    """Read a number from 0 to 99 written in digits of either kind or, up to twenty, as a word."""
    plain = text.to_ascii_digits(text.fold_letters(written[:40])).casefold().strip(AROUND)
    if plain.isascii() and plain.isdecimal():
        return int(plain) if len(plain) < 3 else None
    said = _said()
    known = (names.index(plain) for names in said["numbers"].values() if plain in names)
    return next(known, said["also"].get(plain))


def is_digits(written: str, wanted: str) -> bool:
    """Say whether somebody typed these digits, of either kind, with whatever between them."""
    plain = text.to_ascii_digits(text.clean(written[:80]))
    return "".join(letter for letter in plain if letter.isdecimal()) == wanted


@functools.cache
def _said() -> Any:
    said = bundled.read("dadkhah.web.contributions", "data/questions.yaml")
    also = {text.fold_letters(word): number for word, number in said["also"].items()}
    return {**said, "also": also}
