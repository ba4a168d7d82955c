"""The record's own answer to "How many?": the kept report of its last estimate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dadkhah.memorial import words
from dadkhah.memorial.book import Book
from dadkhah.records import Run

__all__ = ["Answer", "answer_of"]

Both = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An estimate, an "at least", or a refusal, each sentence in both languages.

    Args:
        kind: estimate, at_least or refusal.
        reasons, outside: sentences. gates: with whether the lists pass each.
        lists: those that entered, a title (empty when it is not public) and how many people.
        left: those left out, a title and why.
        register: counts over all lists: documented, unidentified, reported.
        truth: of a simulated world.
    """

    kind: str
    headline: Both
    low: int | None
    high: int | None
    assumption: str
    reasons: tuple[Both, ...]
    gates: tuple[tuple[Both, bool], ...]
    outside: tuple[Both, ...]
    lists: tuple[tuple[str, int], ...]
    left: tuple[tuple[str, str], ...]
    register: Mapping[str, int]
    truth: int | None
    day: str
    log_size: int


def answer_of(run: Run, book: Book) -> Answer:
    """Read a run's public result, tolerant of what an older version left out."""
    result = run.result
    numbers: Mapping[str, Any] = result.get("answer") or {}
    return Answer(
        kind=str(result.get("kind", "refusal")).replace("-", "_"),
        headline={
            each: words.choose(result.get("headline") or {}, each) for each in words.LANGUAGES
        },
        low=_whole(numbers.get("low")),
        high=_whole(numbers.get("high")),
        assumption=str(result.get("assumption") or ""),
        reasons=tuple(_both(item) for item in _each(result.get("reasons"))),
        gates=tuple((_both(g), bool(g.get("passed"))) for g in _each(result.get("gates"))),
        outside=tuple(_both(item) for item in _each(result.get("outside"))),
        lists=tuple(
            (_title(item, book), _whole(item.get("people")) or 0)
            for item in _each(result.get("lists"))
        ),
        left=tuple(
            (_title(item, book), str(item.get("why", ""))) for item in _each(result.get("left_out"))
        ),
        register={
            key: count
            for key in ("documented", "unidentified", "reported")
            if (count := _whole((result.get("register") or {}).get(key))) is not None
        },
        truth=_truth(run.settings.get("truth")),
        day=run.at[:10],
        log_size=run.log_size,
    )


def _title(item: Mapping[str, Any], book: Book) -> str:
    """Give the title of a list that is public; an unknown list stays unnamed."""
    names = [item.get("list"), *(item.get("stands_for") or ())]
    titles = [book.held.collections[n].title for n in names if n in book.held.collections]
    return " + ".join(dict.fromkeys(titles))


def _each(items: Any) -> Sequence[Mapping[str, Any]]:
    return [item for item in items or () if isinstance(item, Mapping)]


def _both(item: Mapping[str, Any]) -> Both:
    return {"en": str(item.get("english") or ""), "fa": str(item.get("persian") or "")}


def _truth(value: Any) -> int | None:
    return _whole(value.get("total")) if isinstance(value, Mapping) else _whole(value)


def _whole(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return round(float(value))
    except (ValueError, OverflowError):
        return None
