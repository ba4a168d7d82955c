"""What all pairs show, those of the same two persons counted as one."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from dadkhah.people.blocking import Candidates
from dadkhah.people.compared import Compared
from dadkhah.people.decisions import weigh_evidence
from dadkhah.people.patterns import Patterns
from dadkhah.people.sampling import Others
from dadkhah.people.seen import Seen, see_pairs
from dadkhah.people.settings import LinkageSettings

NAMES = np.array([0, 5], dtype=np.int8)


def compared(lists: list[str], alike: list[tuple[int, int]]) -> Compared:
    """Candidates: the pairs that are alike, and all others, whose names differ."""
    table = pl.DataFrame({"collection": lists, "unidentified": [False] * len(lists)})
    left, right = np.triu_indices(len(lists), 1)
    of = np.array([pair in alike for pair in zip(left.tolist(), right.tolist(), strict=True)])
    levels = dict.fromkeys(("name", "given", "father", "birth", "death", "place"), NAMES)
    apart = np.zeros(2, np.bool_)
    return Compared(
        table=table,
        candidates=Candidates(
            left=left.astype(np.int32), right=right.astype(np.int32), report=pl.DataFrame(),
            flags=(),
        ),
        settings=LinkageSettings(),
        sole=-np.arange(len(lists), dtype=np.int32) - 1,
        patterns=Patterns(
            of=of.astype(np.int32), levels=levels, apart=apart,
            count=np.bincount(of.astype(np.int64), minlength=2),
        ),
        evidence=weigh_evidence(levels, apart),
    )  # fmt: skip


def seen(lists: list[str], alike: list[tuple[int, int]]) -> Seen:
    nobody = np.zeros(0, np.int64)
    total = len(lists) * (len(lists) - 1) / 2
    return see_pairs(
        compared(lists, alike),
        np.array([0.0, 0.99]),
        Others(pairs=(nobody, nobody), total=total),
        {"name": np.zeros(0, np.int8)},
        nobody,
    )


def test_all_pairs_of_two_persons_count_as_one() -> None:
    """Two accounts of one person, three of another: six pairs of unlike names, one of persons."""
    found = seen(list("abcde"), [(0, 1), (2, 3), (3, 4), (2, 4)])
    assert found.pairs[0] == pytest.approx(1.0)
    assert found.pairs[1] == pytest.approx(1.0 + 2.0)  # and two chains, of one step and of two


def test_persons_are_counted_and_those_whom_one_mention_names() -> None:
    found = seen(list("abcde"), [(0, 1), (2, 3)])
    assert (found.mentions, found.persons, found.alone, found.joins) == (5, 3, 1, 2)


def test_a_list_whose_people_another_has_is_no_second_account() -> None:
    """Of thirty people of a book, a page has twenty-five, all copied: these are named once."""
    lists = ["book"] * 30 + ["page"] * 25
    found = seen(lists, [(at, 30 + at) for at in range(25)])
    assert (found.mentions, found.persons, found.alone) == (30, 30, 30)


def test_the_pairs_of_a_copy_are_counted_apart() -> None:
    """Of a book, a page and a copy of the book, the pairs of book and page are of two accounts."""
    lists = ["book"] * 30 + ["copy"] * 25 + ["page"] * 2
    alike = [(at, 30 + at) for at in range(25)] + [(0, 55), (1, 56)]
    found = seen(lists, alike)
    assert found.apart[1] == 2
    assert found.apart.sum() == 32 * 31 / 2


def test_each_list_counts_its_mentions_and_whom_they_name() -> None:
    found = seen(["book", "book", "book", "page"], [(0, 1), (1, 3), (0, 3)])
    assert found.lists.tolist() == [[3.0, 2.0, 0.0], [1.0, 1.0, 0.0]]


def test_a_short_list_that_another_contains_is_none_the_less_heard() -> None:
    lists = ["book"] * 30 + ["letter"] * 5
    found = seen(lists, [(at, 30 + at) for at in range(5)])
    assert (found.mentions, found.persons, found.alone) == (35, 30, 25)
