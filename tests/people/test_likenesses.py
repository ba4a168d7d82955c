"""Relatives and namesakes are two people, also where they are more than pairs of one person."""

from __future__ import annotations

import datetime
import random

import numpy as np
import polars as pl

from dadkhah import people
from dadkhah.people.likenesses import are_relatives, rarer

GIVEN = (
    "Navid", "Golnar", "Bahram", "Mina", "Kaveh", "Laleh", "Omid", "Parvin", "Dariush", "Shirin",
    "Jamshid", "Soheila", "Keyvan", "Zhaleh", "Ramin", "Setareh",
)  # fmt: skip
FAMILY = ("Sahrai", "Mahdavi", "Rastgar", "Jahanbin", "Kohan", "Daryaei", "Sepehri", "Bahari")
PLACES = ("Mahanabad", "Kuhsar", "Sangab", "Rudbar", "Tirgan")


def families(count: int, children: int) -> tuple[pl.DataFrame, dict[str, int]]:
    """Invent families killed on one day in one place, each child on two lists of three."""
    chance = random.Random(11)
    rows, truth = [], {}
    for number in range(count):
        family = chance.choice(FAMILY) + chance.choice(["", "zadeh", "pour", "nia"])
        shared = {
            "father": chance.choice(GIVEN),
            "place": chance.choice(PLACES),
        }
        day = datetime.date(1995, 7, 1) + datetime.timedelta(chance.randrange(60))
        for child, given in enumerate(chance.sample(GIVEN, children)):
            for at in chance.sample("ABC", 2):
                row = {"id": f"{at}{number}-{child}", "collection": at, "name": f"{given} {family}",
                       "death_earliest": day, "death_latest": day, **shared}  # fmt: skip
                rows.append(row)
                truth[str(row["id"])] = number * children + child
    return people.read_table(pl.DataFrame(rows)), truth


def test_brothers_and_sisters_killed_together_are_not_learned_as_one_person() -> None:
    table, truth = families(60, 3)
    found = people.link(table)
    assert "training-relatives" in found.flags
    same = found.pairs.filter(pl.col("decision") == "same").select("left", "right").rows()
    assert len(same) > 60
    assert [pair for pair in same if truth[pair[0]] != truth[pair[1]]] == []
    drawn = people.draw_partitions(found.doubt, [], draws=40, seed=1)
    persons = len(set(truth.values()))
    assert 0.85 * persons < drawn.documented(list(truth)).middle <= 1.05 * persons


def test_where_few_are_relatives_training_learns(linkage: people.Linkage) -> None:
    assert "training-relatives" not in linkage.flags
    table, _ = families(120, 1)
    assert "training-relatives" not in people.link(table).flags


def test_what_looks_like_relatives_is_counted_by_its_chance() -> None:
    levels = {
        "name": np.array([0, 0, 4, 4], np.int8), "given": np.array([-1, -1, 0, 2], np.int8),
        "father": np.array([3, -1, 3, 3], np.int8), "place": np.array([2, 2, -1, 2], np.int8),
    }  # fmt: skip
    count = np.array([100, 100, 100, 100])
    assert are_relatives(levels, np.array([0.9, 0.0, 0.0, 0.9]), count)
    assert are_relatives(levels, np.array([0.0, 0.0, 0.9, 0.9]), count)
    assert not are_relatives(levels, np.array([0.0, 0.9, 0.0, 0.9]), count)
    assert not are_relatives(levels, np.array([0.2, 0.0, 0.0, 0.9]), count)
    assert not are_relatives(levels, np.array([0.9, 0.0, 0.0, 0.9]), count // 10)


def test_no_more_pairs_are_one_person_s_than_expected() -> None:
    odds, pairs = np.array([1e6, 10.0, 1e-3]), np.array([50.0, 200.0, 1e4])
    low = rarer(odds, pairs, 5.0)
    assert abs(pairs @ (odds * low / (1 + odds * low)) - 5.0) < 1e-6
    assert rarer(odds[2:], pairs[2:], 50.0) > 0.99
