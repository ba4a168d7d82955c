"""The slips of everybody as columns: cut as lists are, and exchanged as if they were made anew."""

from __future__ import annotations

import numpy
from hypothesis import given
from hypothesis import strategies as st

from dadkhah.memorial import slicing
from dadkhah.memorial.columns import Slips, columns_of, exchanged
from dadkhah.memorial.roll import Roll, amended
from dadkhah.memorial.slicing import Rule
from dadkhah.memorial.slips import GROUPS, Slip
from dadkhah.memorial.weighing import WEIGH

STAYS = [("person.detention_place", key, key, key, key, "prison") for key in ("evin", "x", "y|z")]
NAMES = st.sampled_from(["مهتاب آسمانی", "سپیده کوهی", "Mahtab Asmani", "Sepideh Kuhi", "نوید"])


def slips(least: int = 0) -> st.SearchStrategy[dict[str, Slip]]:
    """Give invented slips by id, in the order of the ids."""
    one = st.builds(
        Slip, id=st.text("ab01.-_", min_size=1, max_size=5), group=st.sampled_from(GROUPS),
        nameless=st.booleans(), spellings=st.lists(NAMES, max_size=2, unique=True).map(tuple),
        days=st.lists(st.sampled_from(["1988-07-28", "1988-08-02"]), unique=True).map(
            lambda days: tuple(sorted(days))
        ),
        year=st.just("1988"), stays=st.lists(st.sampled_from(STAYS), max_size=3).map(tuple),
        contested=st.integers(0, 3), weight=st.integers(0, 80), scripts=st.sampled_from(["a", "l"]),
    )  # fmt: skip
    return st.lists(one, min_size=least, max_size=9).map(
        lambda held: {s.id: s for s in sorted(held, key=lambda s: s.id)}
    )


def _named(place: int, ends: bool, rule: Rule) -> str:
    """Give an id after which a piece may end, or may not."""
    tried = (f"{place}.{number}" for number in range(1000))
    return next(each for each in tried if slicing.ends(each, rule) == ends)


@given(
    weights=st.lists(st.integers(0, 30), max_size=60), ending=st.sets(st.integers(0, 59)),
    least=st.integers(1, 60), more=st.integers(0, 40),
)  # fmt: skip
def test_rows_are_cut_as_a_list_of_the_same_weights_is(
    weights: list[int], ending: set[int], least: int, more: int
) -> None:
    rule = Rule(least=least, most=least + more, one_in=2)
    ids = [_named(place, place in ending, rule) for place in range(len(weights))]
    items = list(zip(ids, weights, strict=True))
    cut = slicing.cut(items, rule, lambda two: two[0], lambda two: two[1])
    ends = numpy.array([slicing.ends(each, rule) for each in ids], dtype=bool)
    rows = slicing.cut_rows(numpy.array(weights, dtype=numpy.int64), ends, rule)
    assert [items[start:stop] for start, stop in rows] == [list(piece) for _, piece in cut]


@given(held=slips())
def test_what_was_put_into_columns_comes_out_again(held: dict[str, Slip]) -> None:
    assert dict(Slips(columns_of(held.values(), WEIGH))) == held


@given(before=slips(), new=slips(), gone=st.lists(st.integers(0, 8), max_size=3))
def test_exchanged_columns_are_those_of_all_who_are_there_now(
    before: dict[str, Slip], new: dict[str, Slip], gone: list[int]
) -> None:
    left = {*new, *(list(before)[place] for place in gone if place < len(before))}
    now = {**{k: one for k, one in before.items() if k not in left}, **new}
    now = dict(sorted(now.items()))
    made, _ = exchanged(columns_of(before.values(), WEIGH), left, new.values(), WEIGH)
    fresh = columns_of(now.values(), WEIGH)
    assert dict(Slips(made)) == now
    for name in ("ids", "groups", "sums", "contested"):
        assert getattr(made, name).tolist() == getattr(fresh, name).tolist()
    assert [held.tolist() for held in made.days] == [held.tolist() for held in fresh.days]
    assert made.stays[0].tolist() == fresh.stays[0].tolist()
    assert [made.kinds[n] for n in made.stays[1]] == [fresh.kinds[n] for n in fresh.stays[1]]
    for language in WEIGH:
        assert made.weights[language].tolist() == fresh.weights[language].tolist()


@given(before=slips(1), new=slips())
def test_an_amended_roll_is_in_the_order_of_one_made_anew(
    before: dict[str, Slip], new: dict[str, Slip]
) -> None:
    was = Roll(columns=columns_of(before.values(), WEIGH))
    first = next(iter(before))
    now = dict(sorted({**{k: s for k, s in before.items() if k != first}, **new}.items()))
    fresh = Roll(columns=columns_of(now.values(), WEIGH))
    for language in WEIGH:
        was.order(language)
        made = amended(was, {first, *new}, new.values()).order(language)
        told = fresh.order(language)
        assert made.rows.tolist() == told.rows.tolist()
        assert [made.alphabet[n] for n in made.letters] == [told.alphabet[n] for n in told.letters]
