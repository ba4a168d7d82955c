"""Why two mentions may or may not be one person: one sentence per reason, English and Persian."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, Final

from dadkhah import bundled, dates, names
from dadkhah.people import places
from dadkhah.people.intervals import ONE_SLIP, TWO_PARTS, likeness_of_days
from dadkhah.text import to_persian_numbers

__all__ = ["explain"]

Pair = tuple[str, str]
Row = Mapping[str, Any]
Days = tuple[datetime.date, datetime.date]
_NEAR_DAYS: Final = 14
_NEAR_YEARS_DAYS: Final = 731


def explain(
    left: Row, right: Row, frequencies: names.Frequencies | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Explain a pair in sentences.

    Args:
        left, right: two rows of `features`, as dicts.
        frequencies: of name parts in the case, for rarity.

    Returns:
        The sentences in English and in Persian, in one order: the name first, then each field on
        which both sides, or one, say something.
    """
    reasons = list(_reasons(left, right, frequencies))
    return tuple(english for english, _ in reasons), tuple(persian for _, persian in reasons)


def _reasons(left: Row, right: Row, frequencies: names.Frequencies | None) -> Iterator[Pair]:
    if left["unidentified"] or right["unidentified"]:
        yield _say("unidentified")
    else:
        yield from _names("name", left["name"], right["name"], frequencies)
    yield from _fathers(left["father"], right["father"])
    yield from _times("birth", left, right, _NEAR_YEARS_DAYS)
    yield from _times("death", left, right, _NEAR_DAYS)
    yield from _places(left["place"], right["place"])
    for field in ("affiliation", "sex"):
        yield from _words(field, left[field], right[field])


def _say(code: str, **values: object) -> Pair:
    english, persian = _sentences()[code]
    return english.format(**values), persian.format(**values)


def _sentences() -> Mapping[str, Pair]:
    if not _LOADED:
        data = bundled.read("dadkhah.people", "data/sentences.yaml")
        _LOADED.update({code: (each["en"], each["fa"]) for code, each in data.items()})
    return _LOADED


_LOADED: Final[dict[str, Pair]] = {}


def _names(
    code: str, left: str, right: str, frequencies: names.Frequencies | None
) -> Iterator[Pair]:
    for finding in names.compare(left, right, frequencies).findings:
        key = f"{code}-{finding.code}"
        if key in _sentences():
            yield _say(key, left=finding.left, right=finding.right)
        else:
            yield _say("name-other", left=left, right=right)


def _fathers(left: str | None, right: str | None) -> Iterator[Pair]:
    if not left or not right:
        yield from _one_sided("father", left or right)
        return
    score, own = names.compare(left, right).score, names.compare(left, left).score
    other = names.compare(right, right).score
    alike = score >= 0.5 * min(own, other)
    yield _say("father-same" if alike else "father-different", left=left, right=right)


def _one_sided(field: str, said: object) -> Iterator[Pair]:
    if said:
        yield _say(f"{field}-one", said=said)


def _times(field: str, left: Row, right: Row, near_days: int) -> Iterator[Pair]:
    a, b = (_interval(row, field) for row in (left, right))
    if a is None or b is None:
        return
    gap = (max(a[0], b[0]) - min(a[1], b[1])).days
    if gap <= 0:
        exact = a == b and a[0] == a[1]
        yield _say_times(f"{field}-day" if exact else f"{field}-overlap", a, b)
    elif field == "birth" and (alike := _alike_days(a, b)):
        yield _say_times(f"{field}-{alike}", a, b, both_calendars=True)
    else:
        yield _say_times(f"{field}-{'near' if gap <= near_days else 'apart'}", a, b, days=gap)


def _say_times(
    code: str, left: Days, right: Days, *, days: int = 0, both_calendars: bool = False
) -> Pair:
    """Say something of two times, each language in its own calendar.

    Args:
        both_calendars: a slip of the pen shows in one of the two only.
    """
    english, persian = _sentences()[code]
    spans = {"left": left, "right": right}
    en, fa = (
        {end: _period(span, language, both=both_calendars) for end, span in spans.items()}
        for language in ("en", "fa")
    )
    persian_days = to_persian_numbers(f"{days:,}")
    return english.format(days=f"{days:,}", **en), persian.format(days=persian_days, **fa)


def _alike_days(a: Days, b: Days) -> str | None:
    """Name how two days are alike that are not the same."""
    if a[0] != a[1] or b[0] != b[1]:
        return None
    return {TWO_PARTS: "parts", ONE_SLIP: "slip"}.get(likeness_of_days(a[0], b[0]))


def _interval(row: Row, field: str) -> Days | None:
    first, last = row[f"{field}_earliest"], row[f"{field}_latest"]
    return (first, last) if first and last else None


def _period(interval: Days, language: str, *, both: bool) -> str:
    """Write a time in a language's own calendar, and in the other one behind it if asked."""
    span = dates.DateSpan(earliest=interval[0], latest=interval[1])
    own = dates.display(span, language)
    other = "gregorian" if language == "fa" else "solar_hijri"
    return f"{own} ({dates.display(span, language, calendar=other)})" if both else own


def _places(left: str | None, right: str | None) -> Iterator[Pair]:
    if left and right:
        codes = {
            places.SAME: "place-same",
            places.NESTED: "place-nested",
            places.DIFFERENT: "place-different",
            places.UNKNOWN: "place-unknown",
        }
        yield _say(codes[places.compare_places(left, right)], left=left, right=right)


def _words(field: str, left: str | None, right: str | None) -> Iterator[Pair]:
    if left and right:
        same = names.fold(left) == names.fold(right)
        yield _say(f"{field}-same" if same else f"{field}-different", left=left, right=right)
