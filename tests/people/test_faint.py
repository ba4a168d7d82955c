"""Pairs too faint to tie: joined by chance in the draws, as many as their chances sum to."""

from __future__ import annotations

import dataclasses
import io

import numpy as np
import pytest

from dadkhah import people
from dadkhah.people.doubt import find_doubt, read_doubt
from dadkhah.people.faint import Faint, with_faint
from dadkhah.records import Judgement

NOBODY = np.zeros(0, dtype=np.int64)


def doubt(chances: list[float], others: float = 0.0, sole: list[int] | None = None) -> people.Doubt:
    """Pairs (0, 1), (2, 3) ... of a hundred mentions, none of them tied."""
    none = find_doubt(
        list(IDS), NOBODY, NOBODY, np.zeros(0), -5.0, lambda left, _: np.full(len(left), -9.0)
    )
    pairs = 2 * np.arange(len(chances))
    beyond = (np.array([98]), np.array([99]), np.array([others]))
    faint = Faint(
        left=pairs,
        right=pairs + 1,
        of=np.arange(len(chances)),
        chance=np.array(chances),
        others=beyond,
        expected=np.ones(2),
        lists=np.zeros(100, dtype=np.int32),
        sole=np.array(sole or -np.arange(100) - 1, dtype=np.int32),
    )
    return with_faint(none, IDS, faint, {}, 1)


IDS = tuple(f"m{at:02}" for at in range(100))


def count(given: people.Doubt, judgements: tuple[Judgement, ...] = ()) -> float:
    drawn = people.draw_partitions(given, judgements, draws=2000)
    found = len(IDS) - len(drawn.ids) + np.array([len(np.unique(row)) for row in drawn.labels])
    return float(found.mean())


def test_as_many_are_joined_as_their_chances_sum_to() -> None:
    assert count(doubt([0.1] * 20)) == pytest.approx(98, abs=0.1)


def test_what_no_key_brought_together_is_joined_within_the_same_lists() -> None:
    assert count(doubt([], others=1.5)) == pytest.approx(98.5, abs=0.15)


def test_pairs_of_the_same_two_persons_count_once() -> None:
    drawn = doubt([0.2, 0.3])
    person = {"m00": 0, "m02": 0, "m01": 1, "m03": 1}
    faint = Faint(
        left=np.array([0, 2]), right=np.array([1, 3]),
        of=np.array([0, 1]), chance=np.array([0.2, 0.3]),
        others=(NOBODY, NOBODY, np.zeros(0)), expected=np.ones(2),
        lists=np.zeros(100, dtype=np.int32), sole=-np.arange(100, dtype=np.int32) - 1,
    )  # fmt: skip
    again = with_faint(drawn, IDS, faint, person, 1)
    assert again.faint.tolist() == pytest.approx([0.3])


def test_the_likeliest_pair_of_two_persons_is_found_in_parts_as_in_one() -> None:
    rng = np.random.default_rng(4)
    ends = rng.integers(0, 100, (2, 3000)).astype(np.int32)
    faint = Faint(
        left=ends[0], right=ends[1], of=np.arange(3000), chance=rng.random(3000) / 50,
        others=(NOBODY, NOBODY, np.zeros(0)), expected=np.ones(2),
        lists=np.zeros(100, dtype=np.int32), sole=-np.arange(100, dtype=np.int32) - 1,
    )  # fmt: skip
    person = {id_: at // 3 for at, id_ in enumerate(IDS)}
    best: dict[tuple[int, int], float] = {}
    for left, right, chance in zip(*(end // 3 for end in ends), faint.chance, strict=True):
        if left != right:
            two = (min(left, right), max(left, right))
            best[two] = max(best.get(two, 0.0), float(chance))
    for at_once in (50, 10**6):
        given = with_faint(doubt([]), IDS, faint, person, 1, at_once=at_once)
        assert sorted(given.faint.tolist()) == pytest.approx(sorted(best.values()))


def test_people_judged_different_are_not_joined() -> None:
    apart = people.judge("m00", "m01", "different", by="one", at="2026-01-01T00:00:00Z")
    assert count(doubt([0.5]), (apart,)) == 100


def test_a_list_that_names_nobody_twice_is_kept() -> None:
    sole = [-at - 1 for at in range(100)]
    sole[0] = sole[1] = 7
    assert count(doubt([0.5], sole=sole)) == 100


def test_the_doubt_is_read_as_it_was_written() -> None:
    given = doubt([0.1, 0.2], others=0.5)
    again = read_doubt(given.to_bytes())
    for name in ("faint_left", "faint_right", "faint", "scale", "sole"):
        assert (getattr(again, name) == getattr(given, name)).all()


def test_a_part_keeps_the_faint_pairs_that_reach_into_it() -> None:
    given = doubt([0.1, 0.2])
    part = given.part(["m00", "m01", "m02"])
    assert part.ids == ("m00", "m01", "m02", "m03")
    assert sorted(part.faint.tolist()) == pytest.approx([0.1, 0.2])


def test_a_chance_is_the_same_whatever_else_is_asked() -> None:
    """Pairs m00 to m11 of one group each, and m00, m02 ... faintly tied to one another's."""
    left, right = np.arange(0, 12, 2), np.arange(1, 12, 2)
    tied = find_doubt(
        list(IDS), left, right, np.full(6, 5.0), -5.0, lambda left, _: np.full(len(left), -9.0)
    )
    given = dataclasses.replace(
        tied,
        faint_left=np.array([0, 2, 4], dtype=np.int32),
        faint_right=np.array([3, 5, 7], dtype=np.int32),
        faint=np.full(3, 0.3, dtype=np.float32),
        scale=np.ones(1),
        sole=-np.arange(len(tied.ids), dtype=np.int32) - 1,
    )
    persons = [("m00", "m01"), ("m02", "m03"), ("m06", "m07"), ("m10", "m11")]
    together = people.draw_partitions(given.part({m for each in persons for m in each}))
    for person, found in zip(persons, together.chances(persons), strict=True):
        alone = people.draw_partitions(given.part(person)).chances([person])
        assert alone == [found]
        assert 0.2 < found.one < 0.8


def test_tables_that_expect_more_join_more() -> None:
    given = dataclasses.replace(doubt([0.1] * 20), scale=np.array([2.0]))
    assert count(given) == pytest.approx(96, abs=0.15)


def test_doubt_that_was_kept_before_faint_pairs_is_still_read() -> None:
    kept = io.BytesIO(doubt([0.1]).to_bytes())
    with np.load(kept, allow_pickle=False) as file:
        older = {name: file[name] for name in file.files if "faint" not in name}
    older = {name: held for name, held in older.items() if name not in {"scale", "sole"}}
    written = io.BytesIO()
    np.savez_compressed(written, **older)
    assert count(read_doubt(written.getvalue())) == 100
