"""Reading a date: one value that must be a date, or every date in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from dadkhah.dates.atoms import uncertain
from dadkhah.dates.calendars import CALENDARS, Calendar
from dadkhah.dates.matching import Match, Reader, YearText
from dadkhah.dates.named import NAMED
from dadkhah.dates.periods import PERIODS
from dadkhah.dates.reading import Context, FoundDate, Inference, Reading, WrittenDate
from dadkhah.dates.relative import RELATIVES
from dadkhah.dates.span import DateSpan
from dadkhah.dates.tokens import tokens
from dadkhah.dates.value import is_questioned, tokens_of_one
from dadkhah.errors import DateTextError

__all__ = ["find", "read"]

LONGEST: Final = 200
_EDTF: Final = re.compile(r"[\[{]?(\.\.|[12][0-9X]{3}|X{4})[-0-9X~?%/.,]*[\]}]?")
_SAYS_EDTF: Final = re.compile(r"[X~?%\[{]|\.\.|\d-\d\d/|^(?!1[34]\d\d/(?:19|20))\d{4}/\d{4}$")
_RULES: Final = {**PERIODS, **RELATIVES, **NAMED}
# What running text says of the time it tells of, not of its own.
_OF_THE_STORY: Final = frozenset({"from_alone", "next_unit", "tomorrow", "this_named"})


def read(
    text: str,
    *,
    relative_to: DateSpan | None = None,
    calendar: str | None = None,
    order: str | None = None,
) -> WrittenDate:
    """Read a text that as a whole is one date or period.

    Args:
        text: as written, at most 200 characters; kept byte for byte in `written`.
        relative_to: the source's own date, for "25 years ago" and for two-digit years.
        calendar: one of CALENDARS, when the source is known to use it.
        order: "dmy", "mdy" or "ymd", when the source is known to write figures so.

    Raises:
        DateTextError: date-empty, date-too-long, date-not-understood, date-impossible,
            date-out-of-range, date-ambiguous, date-backwards, date-needs-source,
            date-calendar-unknown.
    """
    if (calendar is not None and calendar not in CALENDARS) or order not in _ORDERS:
        raise DateTextError(
            "date-calendar-unknown",
            "This calendar or order of day, month and year is not known.",
            where=f"{calendar or ''} {order or ''}".strip(),
            todo=f"Choose a calendar from {', '.join(CALENDARS)}; an order from dmy, mdy, ymd.",
        )
    return _read(text, relative_to, calendar, order)


_ORDERS: Final = (None, "dmy", "mdy", "ymd")


@lru_cache(maxsize=131072)
def _read(
    text: str, source: DateSpan | None, calendar: Calendar | None, order: str | None
) -> WrittenDate:
    stripped = text.strip()
    if not stripped or len(stripped) > LONGEST:
        raise DateTextError(
            "date-too-long" if stripped else "date-empty",
            f"A date has at most {LONGEST} characters." if stripped else "There is no date here.",
            todo="Give one date." if stripped else "Leave the date out instead.",
        )
    if (
        calendar in (None, "gregorian")
        and _EDTF.fullmatch(stripped)
        and _SAYS_EDTF.search(stripped)
    ):
        return WrittenDate(
            written=text, calendar="gregorian", span=DateSpan.from_edtf(stripped), edtf=stripped
        )
    context = Context(source=source, calendar=calendar, order=order)
    reading = _whole(stripped, context)
    if is_questioned(stripped):
        reading = reading.but(edtf=uncertain(reading.edtf or reading.span.edtf))
    return _written(text, reading)


def _whole(text: str, context: Context) -> Reading:
    """Give the first reading that takes in the whole text."""
    cut = tokens_of_one(text)
    refusal: DateTextError | None = None
    for match in _from_start(Reader(cut, whole=True)):
        if match.end < len(cut) or match.rule not in _RULES:
            continue
        try:
            return _placed(match, context)
        except DateTextError as error:
            if error.code == "date-needs-source":
                raise
            refusal = refusal or error
    raise refusal or DateTextError(
        "date-not-understood",
        "This is no date that dadkhah can read.",
        where=text[:60],
        todo="Keep the text as written, and give the date as EDTF if you know it.",
    )


def _from_start(reader: Reader) -> Iterator[Match]:
    """Yield the matches that begin a text, or follow its first "in" or "on"."""
    yield from reader.all("when", 0)
    if reader.cut and "in_" in reader.phrases(0):
        yield from reader.all("when", reader.phrases(0)["in_"][0])


def _placed(match: Match, context: Context) -> Reading:
    """Place a match, and refuse what bounds no day at all."""
    reading = _RULES[match.rule](match, context)
    codes = {item.code for item in reading.inferences}
    if "source-date-missing" in codes:
        raise DateTextError(
            "date-needs-source",
            "This date is counted from the source's own date, which was not given.",
            todo="Give the date of the source.",
        )
    if reading.role in ("duration", "recurring") or "night-of-weekday" in codes:
        raise DateTextError(
            "date-not-understood", "This is a length or a habit of time, and names no day."
        )
    if context.calendar is None and any(_two_bare_digits(leaf) for leaf in _leaves(match)):
        raise DateTextError(
            "date-ambiguous", "Two digits alone do not say a year.", todo="Say the calendar."
        )
    return reading


def _leaves(match: Match) -> Iterator[Match]:
    """Yield the matches of the first level inside a match."""
    inner = [value for value in match.caught.values() if isinstance(value, Match)]
    if not inner:
        yield match
    for value in inner:
        yield from _leaves(value)


def _two_bare_digits(leaf: Match) -> bool:
    year = leaf.caught.get("year")
    if leaf.rule != "year_bare" or year is None or year.digits != 2:
        return False
    return bool(year.ascii and not year.apostrophe)


def _written(text: str, reading: Reading) -> WrittenDate:
    return WrittenDate(
        written=text,
        calendar=reading.calendar,
        span=reading.span,
        edtf=reading.edtf or reading.span.edtf,
        inferences=tuple(dict.fromkeys(reading.inferences)),
    )


def find(text: str, *, relative_to: DateSpan | None = None) -> list[FoundDate]:
    """Find every date, period and length of time in running text, in order, none overlapping.

    Never inside another number: "1,412", "18,000", a code or an address hold no year. A year on
    its own needs a word before it that makes it one ("in 1988"), and nothing after it that it
    counts ("1988 prisoners"). A date that never was is found with the role "impossible".

    Args:
        text: any length; read in linear time.
        relative_to: the source's own date. Without it, "25 years ago" is found but bounds nothing.
    """
    context = Context(source=relative_to)
    reader = Reader(tokens(text))
    found: list[FoundDate] = []
    at = 0
    while at < len(reader.cut):
        end, reading = _hit(reader, at, context)
        if reading is not None:
            start, stop = reader.cut[at].start, reader.cut[end - 1].end
            found.append(
                FoundDate(
                    start=start,
                    end=stop,
                    date=_written(text[start:stop], reading),
                    role=reading.role,
                    length_days=reading.length_days,
                )
            )
        at = end
    return found


def _hit(reader: Reader, at: int, context: Context) -> tuple[int, Reading | None]:
    """Give the longest reading that stands at a token, and the token after it."""
    matches = sorted(reader.all("when", at), key=lambda match: match.end, reverse=True)
    for match in matches:
        if not _stands(reader, at, match):
            continue
        if match.rule not in _RULES:
            return match.end, None
        try:
            return match.end, _RULES[match.rule](match, context)
        except DateTextError as error:
            if error.code == "date-impossible" and not _short_figures(match):
                return match.end, _impossible(error)
    return at + 1, None


def _short_figures(match: Match) -> bool:
    """Say whether a match is figures only without a full year: rather a code than a date."""
    if any("pair" in leaf.caught for leaf in _leaves(match)):
        return True
    figures = [leaf.caught["numeric"] for leaf in _leaves(match) if "numeric" in leaf.caught]
    return any(4 not in token.digits for token in figures)


def _impossible(error: DateTextError) -> Reading:
    reason = Inference(code=error.code, sentence=error.what)
    return Reading(calendar="gregorian", role="impossible", inferences=(reason,))


def _stands(reader: Reader, at: int, match: Match) -> bool:
    """Say whether a match is a date in its surroundings, and no count or bare month."""
    leaves = list(_leaves(match))
    last = leaves[-1]
    if match.rule in _OF_THE_STORY:
        return False
    if last.rule in ("month_bare", "season_bare") or (match.rule == "range" and _ends_bare(leaves)):
        return False
    if reader.cut[match.end - 1].kind == "number" and _has(reader, match.end, "counted"):
        return _ends_in_year(reader, match, last)
    if not any(leaf.rule == "year_bare" for leaf in leaves):
        return True
    years = [leaf.caught["year"] for leaf in leaves if leaf.rule == "year_bare"]
    if any(not _likely_year(year) for year in years) or _has(reader, at - 1, "counted"):
        return False
    if match.rule != "date_itself":
        return True
    return not _to_number(reader, match.end) and (at == 0 or _cued(reader, at))


def _ends_in_year(reader: Reader, match: Match, last: Match) -> bool:
    """Say whether words make the last number a year, whatever follows it.

    "28 Tir 1367 prisoners", "the year 1367 people"; but "July 27 prisoners", "28 Tir 60 prisoners".
    """
    year, number = last.caught.get("year"), reader.number(match.end - 1)
    if last.rule == "year_bare" or not isinstance(year, YearText) or number is None:
        return False
    named = last.rule == "year" or (year.digits == 4 and _likely_year(year))
    return named and number[1][0] == year.value


def _likely_year(year: YearText) -> bool:
    """Say whether a number on its own is a year of these centuries."""
    if year.digits == 2:
        return year.apostrophe
    return 1250 <= year.value <= 1450 or 1800 <= year.value <= 2100


def _to_number(reader: Reader, at: int) -> bool:
    """Say whether a range of numbers goes on here: "1200 to 1500 prisoners"."""
    joined = any(_has(reader, at, word) for word in ("till", "dash", "or_"))
    return joined and at + 1 < len(reader.cut) and reader.cut[at + 1].kind in ("number", "quantity")


def _ends_bare(leaves: list[Match]) -> bool:
    """Say whether a range is of two bare numbers that are no likely years."""
    years = [leaf.caught["year"].value for leaf in leaves if leaf.rule == "year_bare"]
    return len(years) == 2 and not years[0] < years[1]


def _cued(reader: Reader, at: int) -> bool:
    """Say whether the word before a bare year makes it a year."""
    return _has(reader, at - 1, "year_cue") or reader.cut[at - 1].kind == "break"


def _has(reader: Reader, at: int, category: str) -> bool:
    return 0 <= at < len(reader.cut) and category in reader.phrases(at)
