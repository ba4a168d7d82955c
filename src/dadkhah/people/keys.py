"""The keys of every mention, by rule: mentions that share one are worth comparing.

Keys are hashes made by columns: what a name or a place says is read once for each distinct text,
the rest is arithmetic, so that a million mentions take seconds. Each mention has lists of hashes
(its words, pairs of words, years, places ...); a rule is a list, or the product of two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.people import life, name_keys
from dadkhah.people.key_kernels import cross
from dadkhah.people.lists import Lists, joined, nothing
from dadkhah.people.other_fields import other_columns
from dadkhah.people.wording import Wording, read_wording

__all__ = ["RULES", "Keys", "Rule", "every_rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A way to find pairs: what it says, and its share of the pairs that all may give."""

    says: str
    share: float


RULES: Final = {
    "name": Rule(says="two words of the name as consonants, or all, in any order", share=2.0),
    "name_letters": Rule(says="two words of the name letter by letter, in any order", share=3.5),
    "name_slip": Rule(says="the whole name, as consonants, but for one of them", share=3.0),
    "name_swap": Rule(says="the same consonants in any order", share=0.5),
    "name_part": Rule(says="one word of the name and the beginning of another", share=1.0),
    "letters_part": Rule(
        says="one word of the name letter by letter and the beginning of another", share=4.5
    ),
    "name_life": Rule(
        says="two words of the name with a father, a year, a month or a place", share=2.5
    ),
    "part_life": Rule(
        says="one word of the name and the beginning of another with a father, a year, a month "
        "or a place",
        share=5.0,
    ),
    "word_life": Rule(
        says="one word of the name with a father, a year, a month or a place", share=6.0
    ),
    "word_lives": Rule(
        says="one word of the name and two of father, birth, death and place", share=1.5
    ),
    "birth_day": Rule(says="the exact day of birth", share=0.2),
    "birth_part": Rule(
        says="the day of birth with the beginning of a word, a place or a father", share=2.5
    ),
    "birth_slip": Rule(
        says="one word of the name and two of the year, month and day of birth", share=1.0
    ),
    "father_life": Rule(says="the father's name, a day of death and a place", share=1.0),
    "other": Rule(says="a further field, written the same", share=1.0),
    "word_other": Rule(
        says="one word of the name and a further field, written the same", share=2.0
    ),
    "two_others": Rule(says="two further fields, written the same", share=2.0),
}
Keys = tuple[NDArray[np.uint64], NDArray[np.int32]]
_FEW: Final = 50
_TELLING_SHARE: Final = 0.02


def every_rule(table: pl.DataFrame, wording: Wording) -> Iterator[tuple[str, Keys]]:
    """Give for each rule its keys: hashes, and the row of each. A rule may come more than once."""
    told = ~table["unidentified"].to_numpy()
    said = name_keys.lists_by_name(wording, told)
    yield from (("name", _alone(said.pairs)), ("name", _alone(said.whole)))
    yield from _of_other_names(table, said, told)
    yield "name_letters", _alone(said.letters)
    yield "name_slip", _alone(said.slips)
    yield "name_swap", _alone(said.swapped)
    yield "name_part", _alone(said.parts)
    yield "letters_part", _alone(said.letters_parts)
    yield "letters_part", _alone(said.letters_parts_by_end)
    lives = life.lives(table, told)
    each = joined(*lives.values(), count=table.height)
    yield "name_life", _of(said.pairs, each)
    yield "part_life", _of(said.parts, each)
    yield "part_life", _of(said.parts_by_end, each)
    words = said.words
    yield "word_life", _of(words, each)
    for one, two in combinations(lives.values(), 2):
        yield "word_lives", _of(words, _both(one, two))
    yield from _of_days(table, said, lives, told)
    yield from _of_others(table, said, told)


def _of_other_names(
    table: pl.DataFrame, said: name_keys.ByName, told: NDArray[np.bool_]
) -> Iterator[tuple[str, Keys]]:
    """Let a mention meet others by any of its names, where it has more than one."""
    rows = table.select("other_names").with_row_index("row").filter(pl.Series(told))
    rows = rows.explode("other_names").drop_nulls()
    if rows.height:
        wording = read_wording(rows["other_names"])
        also = name_keys.lists_by_name(wording, np.ones(rows.height, dtype=np.bool_))
        row = rows["row"].cast(pl.Int32).to_numpy()
        for first, second in ((said.pairs, also.pairs), (said.whole, also.whole)):
            (keys, at), (more, place) = _alone(first), _alone(second)
            yield "name", (np.concatenate([keys, more]), np.concatenate([at, row[place]]))


def _alone(one: Lists) -> Keys:
    return _of(one, nothing(len(one.start) - 1))


def _of(one: Lists, two: Lists) -> Keys:
    return cross(one.start, one.hashes, two.start, two.hashes, 3)


def _both(one: Lists, two: Lists) -> Lists:
    hashes, rows = _of(one, two)
    return Lists.of(rows.astype(np.int64), hashes, len(one.start) - 1)


def _of_days(
    table: pl.DataFrame,
    said: name_keys.ByName,
    lives: dict[str, Lists],
    told: NDArray[np.bool_],
) -> Iterator[tuple[str, Keys]]:
    born = life.day(table, "birth", told)
    yield "birth_day", _alone(born)
    yield "birth_part", _of(born, said.begins)
    for kind in ("father", "place"):
        yield "birth_part", _of(born, lives[kind])
    yield "birth_slip", _of(said.words, life.parts_of_day(table, told))
    died = life.day(table, "death", told)
    yield "father_life", _of(_both(lives["father"], died), lives["place"])


def _of_others(
    table: pl.DataFrame, said: name_keys.ByName, told: NDArray[np.bool_]
) -> Iterator[tuple[str, Keys]]:
    fields = []
    for column in other_columns(table):
        value = table[column].cast(pl.String).str.to_lowercase().alias("value")
        rows = value.to_frame().with_row_index("row").filter(pl.Series(told)).drop_nulls()
        rows = rows.with_columns(count=pl.len().over("value"))
        few = rows.filter(pl.col("count") <= _FEW)
        yield "other", _alone(life.hashed(few, "value", column, table.height))
        telling = rows.filter(pl.col("count") <= max(_TELLING_SHARE * table.height, _FEW))
        fields.append(life.hashed(telling, "value", column, table.height))
    for field in fields:
        yield "word_other", _of(said.words, field)
    for one, two in combinations(fields, 2):
        yield "two_others", _of(one, two)
