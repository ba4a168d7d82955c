"""Conversions, against two libraries that know nothing of ours."""

import datetime
from functools import lru_cache

import jdatetime
import numpy as np
import pytest
from convertdate import islamic, persian

from dadkhah.dates import from_lunar_hijri, from_solar_hijri, to_lunar_hijri, to_solar_hijri
from dadkhah.dates.calendars import lunar_day, month_length, solar_day
from dadkhah.errors import DateTextError

FIRST = jdatetime.date(1200, 1, 1).togregorian().toordinal()
LAST = jdatetime.date(1450, 12, 29).togregorian().toordinal()
# Where convertdate finds the equinox of 1863-1897 on the other side of noon at Tehran: in these
# years its Nowruz is one day later than the 33-year rule's and jdatetime's.
NOON_YEARS = {1243, 1255, 1259, 1267, 1271, 1276}


def test_every_day_from_1200_to_1450_goes_there_and_back_and_agrees_with_jdatetime():
    for ordinal in range(FIRST, LAST + 1):
        day = datetime.date.fromordinal(ordinal)
        solar = to_solar_hijri(day)
        other = jdatetime.date.fromgregorian(date=day)
        assert solar == (other.year, other.month, other.day)
        assert from_solar_hijri(*solar) == day


def test_every_day_from_1200_to_1450_agrees_with_the_computed_equinox_but_for_six_years(
    monkeypatch,
):
    monkeypatch.setattr(persian, "equinox_jd", lru_cache(persian.equinox_jd))
    starts = {year: int(persian.to_jd(year, 1, 1) - 1721424.5) for year in range(1200, 1452)}
    other = {year for year, day in starts.items() if day != solar_day(year, 1, 1)}
    assert other == NOON_YEARS
    assert all(starts[year] - solar_day(year, 1, 1) == 1 for year in other)
    lengths = np.diff([starts[year] for year in range(1200, 1452)])
    ours = np.diff([solar_day(year, 1, 1) for year in range(1200, 1452)])
    assert int(np.sum(lengths != ours)) == 2 * len(NOON_YEARS)
    months = [(month, day) for month in range(1, 13) for day in range(1, 32 if month < 7 else 30)]
    first = starts[1367]
    assert all(
        solar_day(1367, month, day) - first
        == int(persian.to_jd(1367, month, day) - persian.to_jd(1367, 1, 1))
        for month, day in months
    )


def test_whole_arrays_convert_as_single_days_do():
    years = np.arange(1200, 1451)
    assert solar_day(years, 5, 9).tolist() == [solar_day(int(year), 5, 9) for year in years]


def test_lunar_dates_follow_the_civil_table():
    for year in range(1200, 1460):
        for month in range(1, 13):
            civil = datetime.date(*islamic.to_gregorian(year, month, 1))
            assert lunar_day(year, month, 1) == civil.toordinal()
            assert to_lunar_hijri(civil) == (year, month, 1)
            assert civil in range_of(from_lunar_hijri(year, month, 1))


def range_of(pair):
    first, last = pair
    assert (last - first).days == 2
    return [first + datetime.timedelta(days=offset) for offset in range(3)]


def test_the_first_of_muharram_1409_is_about_the_14th_of_august_1988():
    first, last = from_lunar_hijri(1409, 1, 1)
    assert first <= datetime.date(1988, 8, 14) <= last


def test_solar_1367_runs_from_21_march_1988_to_20_march_1989():
    assert from_solar_hijri(1367, 1, 1) == datetime.date(1988, 3, 21)
    assert from_solar_hijri(1367, 12, 29) == datetime.date(1989, 3, 20)
    assert month_length("solar_hijri", 1366, 12) == 30
    assert month_length("imperial", 2546, 12) == 30


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1367, 12, 30), (1367, 7, 31), (1367, 13, 1), (1367, 1, 0)]
)
def test_days_that_never_were_are_refused(year, month, day):
    with pytest.raises(DateTextError) as refused:
        from_solar_hijri(year, month, day)
    assert refused.value.code == "date-impossible"


def test_years_outside_the_rule_are_refused():
    for convert in (lambda: from_solar_hijri(1100, 1, 1), lambda: from_lunar_hijri(1800, 1, 1),
                    lambda: to_solar_hijri(datetime.date(1600, 1, 1)),
                    lambda: to_lunar_hijri(datetime.date(600, 1, 1))):  # fmt: skip
        with pytest.raises(DateTextError) as refused:
            convert()
        assert refused.value.code == "date-out-of-range"
