"""Order and overlap by bounds (CA-11)."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah.dates import DateSpan, relation

dates = st.dates(datetime.date(1970, 1, 1), datetime.date(1972, 12, 31))


@st.composite
def spans(draw, *, open_ends=True):
    first, last = sorted((draw(dates), draw(dates)))
    if open_ends:
        first, last = draw(st.sampled_from([(first, last), (None, last), (first, None)]))
    return DateSpan(earliest=first, latest=last)


def of(a, b):
    return relation(DateSpan.from_edtf(a), DateSpan.from_edtf(b))


@pytest.mark.parametrize(
    ("a", "b", "before", "after", "equal"),
    [
        ("1987", "1988", "definitely", "no", "no"),
        ("1988", "1987", "no", "definitely", "no"),
        ("1988", "1988", "possibly", "possibly", "possibly"),
        ("1988-07-28", "1988-07-28", "no", "no", "definitely"),
        ("1988", "1988-07", "possibly", "possibly", "possibly"),
        ("../1988", "1989", "definitely", "no", "no"),
        ("1988/..", "1987", "no", "definitely", "no"),
        ("1988/..", "1989", "possibly", "possibly", "possibly"),
    ],
)
def test_before_needs_the_last_day_of_one_before_the_first_of_the_other(a, b, before, after, equal):
    answer = of(a, b)
    assert (answer.before, answer.after, answer.equal) == (before, after, equal)


def test_periods_are_compared_as_allen_does():
    assert of("1988-07", "1988").during == "definitely"
    assert of("1988", "1988-07").contains == "definitely"
    assert of("1988-06/1988-08", "1988-08/1988-09").overlaps == "definitely"
    assert of("1988-06", "1988-07").meets == "definitely"
    assert of("1988-01", "1988").starts == "definitely"
    assert of("1988-12", "1988").finishes == "definitely"
    assert of("1987", "1988").overlaps == "no"
    assert of("1987/..", "1988").overlaps == "possibly"
    assert of("1988-07", "../1990").during == "possibly"


def test_days_next_to_each_other_are_within_a_day():
    assert of("1988-07-28", "1988-07-29").within_a_day == "definitely"
    assert of("1988-07-28", "1988-07-30").within_a_day == "no"
    assert of("1988-07", "1988-08").within_a_day == "possibly"


@settings(deadline=None)
@given(spans(), spans())
def test_order_is_consistent(a, b):
    there, back = relation(a, b), relation(b, a)
    assert there.before == back.after
    assert there.equal == back.equal
    assert there.overlaps == back.overlaps
    assert there.during == back.contains
    assert not (there.before == "definitely" and there.after != "no")
    assert not (there.before == "definitely" and there.overlaps != "no")


@settings(deadline=None)
@given(spans(open_ends=False), spans(open_ends=False), st.data())
def test_an_answer_holds_for_every_day_the_spans_can_mean(a, b, data):
    day_a = data.draw(st.dates(a.earliest, a.latest))
    day_b = data.draw(st.dates(b.earliest, b.latest))
    answer = relation(a, b)
    for name, true in [
        ("before", day_a < day_b),
        ("after", day_a > day_b),
        ("equal", day_a == day_b),
    ]:
        said = getattr(answer, name)
        assert said == "possibly" or said == ("definitely" if true else "no")
