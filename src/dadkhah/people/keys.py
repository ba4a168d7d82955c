"""The keys of every mention, by rule: mentions that share one are worth comparing.

Keys are made by columns: what a name or a place says is read once for each distinct text, the rest
is joins, so that a million mentions take seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Final

import polars as pl

from dadkhah.people.name_words import all_words, core_words
from dadkhah.people.other_fields import other_columns
from dadkhah.people.places import place_words

__all__ = ["RULES", "key_table"]

RULES: Final = {
    "name": "the whole name, as consonants, in any word order",
    "name_slip": "the whole name, as consonants, but for one of them",
    "name_swap": "the same consonants in any order",
    "name_part": "one word of the name and the beginning of another",
    "word_father": "one word of the name and the father's name, with a year, a month or a place",
    "word_life": "one word of the name and two (of a common word all) of birth, death and place",
    "birth_day": "the exact day of birth",
    "birth_slip": "one word of the name and two of the year, month and day of birth",
    "father_life": "the father's name, a day of death and a place",
    "other": "a further field, written the same, that few share",
    "word_other": "one word of the name and a further field, written the same",
    "two_others": "two further fields, written the same",
}
_NUMBER: Final = {name: number for number, name in enumerate(RULES)}
_SHORTEST_SLIP: Final = 5
_SHORTEST_SWAP: Final = 3
_COMMON_SHARE: Final = 0.004
_WIDEST_MONTHS: Final = 3
_WIDEST_YEARS: Final = 4
_FEW: Final = 50
_TELLING_SHARE: Final = 0.02
Keys = Iterator[tuple[str, pl.DataFrame]]


def key_table(table: pl.DataFrame) -> pl.DataFrame:
    """List every key of every identified mention: rule number, hash of the key, row number."""
    rows = table.with_row_index("row").filter(~pl.col("unidentified"))
    rows = rows.with_columns(pl.col("row").cast(pl.Int64))
    found = [
        keys.select(pl.lit(_NUMBER[rule], pl.Int8).alias("rule"), pl.col("key").hash(seed=0), "row")
        for rule, keys in _every_rule(rows)
    ]
    return pl.concat(found).unique()


def _every_rule(rows: pl.DataFrame) -> Keys:
    named = _read_once(rows.select("row", "name"), "name", {"core": core_words, "all": all_words})
    words = named.select("row", word="core").explode("word").drop_nulls().unique()
    yield "name", rows.select("row", key="name_keys").explode("key").drop_nulls()
    yield from _of_whole_name(named)
    yield from _of_life(rows, words, _common_words(named, rows.height))
    yield from _of_others(rows, words)


def _read_once(
    rows: pl.DataFrame, column: str, readings: dict[str, Callable[[str], Sequence[str]]]
) -> pl.DataFrame:
    """Read each distinct text once, and give every row its readings."""
    distinct = rows.select(column).drop_nulls().unique(maintain_order=True)
    texts = distinct[column].to_list()
    read = [
        pl.Series(name, [list(reading(each)) for each in texts], pl.List(pl.String))
        for name, reading in readings.items()
    ]
    return rows.join(distinct.with_columns(*read), on=column, how="inner")


def _common_words(named: pl.DataFrame, count: int) -> pl.Series:
    """Find the words so common that, with two other things said, they still mean little."""
    counts = named.select(pl.col("core").list.unique().explode().value_counts(name="n"))
    return (
        counts.unnest("core")
        .filter(pl.col("n") > max(_COMMON_SHARE * count, 20))["core"]
        .drop_nulls()
    )


def _of_whole_name(named: pl.DataFrame) -> Keys:
    several = named.filter(pl.col("core").list.len() > 1)
    first, last = pl.col("core").list.first(), pl.col("core").list.last()
    ends = several.select("row", a=pl.min_horizontal(first, last), b=pl.max_horizontal(first, last))
    a, b = pl.col("a"), pl.col("b")
    dot = pl.lit(".")
    yield "name_part", ends.select("row", key=a.str.slice(0, 2) + dot + b)
    yield "name_part", ends.select("row", key=a + dot + b.str.slice(0, 2))
    joined = named.select("row", key=pl.col("core").list.join(""))
    swapped = pl.col("key").str.split("").list.sort().list.join("")
    long = joined.filter(pl.col("key").str.len_chars() >= _SHORTEST_SWAP)
    yield "name_swap", long.select("row", key=swapped)
    whole = pl.concat([joined, named.select("row", key=pl.col("all").list.join(""))]).unique()
    yield "name_slip", _slips(whole)


def _slips(whole: pl.DataFrame) -> pl.DataFrame:
    """Give a long name with each consonant left out in turn, so that one slip still meets."""
    long = whole.filter(pl.col("key").str.len_chars() >= _SHORTEST_SLIP)
    each = long.with_columns(at=pl.int_ranges(0, pl.col("key").str.len_chars())).explode("at")
    cut = pl.col("key").str.slice(0, pl.col("at")) + pl.col("key").str.slice(pl.col("at") + 1)
    return pl.concat([long.select("row", "key"), each.select("row", key=cut)])


def _of_life(rows: pl.DataFrame, words: pl.DataFrame, common: pl.Series) -> Keys:
    years, months, days = _years(rows), _months(rows), _exact(rows, "death")
    place = _read_once(rows.select("row", "place"), "place", {"said": place_words})
    places = place.select("row", said="said").explode("said").drop_nulls()
    born = _exact(rows, "birth")
    yield "birth_day", born.select("row", key=pl.col("said").cast(pl.String))
    yield "birth_slip", _parts_of_day(words, born)
    fathers = _read_once(rows.select("row", "father"), "father", {"said": core_words})
    father = fathers.select("row", said=pl.col("said").list.join(".")).filter(pl.col("said") != "")
    seconds = pl.concat([years, months, places])
    yield "word_father", _joined(words.rename({"word": "said"}), father, seconds)
    yield "father_life", _joined(father, days.cast({"said": pl.String}), places)
    is_common = pl.col("word").is_in(common.implode())
    rare = words.filter(~is_common).rename({"word": "said"})
    for kinds in combinations((years, months, places), 2):
        yield "word_life", _joined(rare, *kinds)
    often = words.filter(is_common).rename({"word": "said"})
    yield "word_life", _joined(often, years, months, places)


def _joined(*said: pl.DataFrame) -> pl.DataFrame:
    """Join what is said of each row, every one with every other, into one key."""
    found = said[0].select("row", key="said")
    for more in said[1:]:
        found = found.join(more, on="row").select("row", key=pl.col("key") + "|" + pl.col("said"))
    return found


def _years(rows: pl.DataFrame) -> pl.DataFrame:
    first, last = pl.col("birth_earliest").dt.year(), pl.col("birth_latest").dt.year()
    return _range(rows, first, last, _WIDEST_YEARS, "y")


def _months(rows: pl.DataFrame) -> pl.DataFrame:
    first, last = (
        pl.col(f"death_{end}").dt.year().cast(pl.Int64) * 12 + pl.col(f"death_{end}").dt.month()
        for end in ("earliest", "latest")
    )
    return _range(rows, first, last, _WIDEST_MONTHS - 1, "m")


def _range(
    rows: pl.DataFrame, first: pl.Expr, last: pl.Expr, widest: int, prefix: str
) -> pl.DataFrame:
    """Give each year or month of an interval that is not too wide."""
    narrow = rows.filter(((last - first) <= widest) & (last >= first))
    said = narrow.select("row", said=pl.int_ranges(first.cast(pl.Int64), last.cast(pl.Int64) + 1))
    return said.explode("said").select("row", said=pl.lit(prefix) + pl.col("said").cast(pl.String))


def _exact(rows: pl.DataFrame, field: str) -> pl.DataFrame:
    """Give the day, where one day is said."""
    same = rows.filter(pl.col(f"{field}_earliest") == pl.col(f"{field}_latest"))
    return same.select("row", said=f"{field}_earliest")


def _parts_of_day(words: pl.DataFrame, born: pl.DataFrame) -> pl.DataFrame:
    """Give a word of the name with two parts of the day of birth, so that a slip in one meets."""
    day = words.join(born, on="row")
    keys = [
        day.select("row", key=pl.col("word") + "|" + pl.col("said").dt.strftime(form))
        for form in ("%Y-%m", "%Y--%d", "--%m-%d")
    ]
    return pl.concat(keys)


def _of_others(rows: pl.DataFrame, words: pl.DataFrame) -> Keys:
    said = []
    for column in other_columns(rows):
        field = rows.select("row", value=pl.col(column).cast(pl.String).str.to_lowercase())
        field = field.drop_nulls().with_columns(count=pl.len().over("value"))
        keyed = field.with_columns(said=pl.lit(column) + "=" + pl.col("value"))
        few = pl.col("count") <= _FEW
        yield "other", keyed.filter(few).select("row", key="said")
        telling = pl.col("count") <= max(_TELLING_SHARE * rows.height, _FEW)
        said.append(keyed.filter(telling).select("row", "said"))
    spoken = words.rename({"word": "said"})
    for field in said:
        yield "word_other", _joined(spoken, field)
    for one, two in combinations(said, 2):
        yield "two_others", _joined(one, two)
