"""What is said to have happened when: every dated account, each under the year it may begin in."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from dadkhah.dates import from_solar_hijri, to_solar_hijri
from dadkhah.dates.edtf import bounds
from dadkhah.errors import DateTextError
from dadkhah.web.claims import queries
from dadkhah.web.claims.queries import Account
from dadkhah.web.claims.said import Said
from dadkhah.web.custody import shown
from dadkhah.web.custody.access import Reader

__all__ = ["Moment", "Year", "moments", "years"]

DATES = ("event.date", "act.date", "order.date", "group.date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One dated claim of one account.

    Args:
        begins: first possible day. ends: last possible day.
        year: in the page's calendar: Gregorian in English, Solar Hijri in Persian.
        start_percent, width_percent: where it lies in its year, for the strip beside it.
    """

    account: Account
    claim: Said
    begins: datetime.date
    ends: datetime.date
    year: int
    start_percent: int
    width_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The moments that may begin in one year."""

    year: int
    moments: tuple[Moment, ...]

    @property
    def heading(self) -> str:
        """The year in the page's calendar and digits."""
        return shown.digits(self.year)

    @property
    def other_heading(self) -> str:
        """The years by which the other calendar counts it."""
        return shown.other_years(self.year)


def moments(reader: Reader) -> list[Moment]:
    """Give every dated claim about an event, act, order or group, earliest first."""
    found = [
        moment
        for account in queries.accounts(reader, "event", "act", "order", "group")
        for claim in account.claims
        if claim.predicate in DATES and (moment := _moment(account, claim))
    ]
    return sorted(found, key=lambda item: (item.begins, item.ends, item.claim.order))


def years(found: list[Moment]) -> list[Year]:
    """Put moments under the year in which they may begin."""
    groups: dict[int, list[Moment]] = {}
    for moment in found:
        groups.setdefault(moment.year, []).append(moment)
    return [Year(year=year, moments=tuple(items)) for year, items in groups.items()]


def _moment(account: Account, claim: Said) -> Moment | None:
    try:
        first, last = bounds(str(claim.value or ""))
    except DateTextError:
        return None
    begins, ends = first or last, last or first
    if begins is None or ends is None:
        return None
    year, opening, closing = _year_of(begins)
    start = (begins - opening).days * 100 // 366
    width = max(1, ((min(ends, closing) - begins).days + 1) * 100 // 366)
    return Moment(
        account=account,
        claim=claim,
        begins=begins,
        ends=ends,
        year=year,
        start_percent=start,
        width_percent=min(width, 100 - start),
    )


def _year_of(day: datetime.date) -> tuple[int, datetime.date, datetime.date]:
    """Give the year of a day, its first and its last day, in the calendar of the page."""
    if shown.persian():
        try:
            year = to_solar_hijri(day)[0]
            opening, following = from_solar_hijri(year, 1, 1), from_solar_hijri(year + 1, 1, 1)
        except DateTextError:
            pass  # older or later than that calendar is kept here: the Gregorian year serves
        else:
            return year, opening, following - datetime.timedelta(days=1)
    return day.year, datetime.date(day.year, 1, 1), datetime.date(day.year, 12, 31)
