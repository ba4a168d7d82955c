"""Which mentions are worth comparing: keys, their cost, and a refusal before a blow-up."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Final

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.errors import LinkageError
from dadkhah.people.engine import open_engine
from dadkhah.people.name_words import all_words, core_words
from dadkhah.people.places import place_words
from dadkhah.people.settings import LinkageSettings

__all__ = ["RULES", "Candidates", "block"]

RULES: Final[Mapping[str, str]] = {
    "name": "the whole name, as consonants, in any word order",
    "name_slip": "the whole name, as consonants, but for one of them",
    "name_swap": "the same consonants in any order",
    "name_part": "one word of the name and the beginning of another",
    "word_father": "one word of the name and the father's name, with a year, a month or a place",
    "word_life": "one word of the name and two (of a common word all) of birth, death and place",
    "birth_day": "the exact day of birth",
    "father_life": "the father's name, a day of death and a place",
}
_NUMBER: Final = {name: number for number, name in enumerate(RULES)}
_SHORTEST_SLIP: Final = 5
_SHORTEST_SWAP: Final = 3
_COMMON_SHARE: Final = 0.004
_WIDEST_MONTHS: Final = 3
_WIDEST_YEARS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs worth comparing, as row numbers of the table, left before right.

    `report` has one row per rule: pairs it gives, pairs that only it gives, the largest block,
    and how many blocks were too large to use.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    report: pl.DataFrame
    flags: tuple[str, ...]


def block(table: pl.DataFrame, settings: LinkageSettings) -> Candidates:
    """Find candidate pairs by every rule.

    Raises:
        LinkageError: `linkage-too-many-pairs` when the keys would give more than allowed.
    """
    keys = _key_table(table)
    with open_engine(settings) as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.register("keys", keys)
        connection.register("mentions", _collections(table, settings))
        sizes = _block_sizes(connection, settings)
        _refuse_blow_up(sizes, settings)
        pairs = connection.execute(_PAIRS, [settings.largest_block]).fetchnumpy()
    return Candidates(
        left=np.ascontiguousarray(pairs["l"], dtype=np.int64),
        right=np.ascontiguousarray(pairs["r"], dtype=np.int64),
        report=_report(sizes, pairs["rules"]),
        flags=_flags(sizes),
    )


# Mentions of a collection that says that it lists nobody twice are never paired with each other.
_PAIRS: Final = """
with usable as (
    select rule, key from keys group by rule, key having count(*) between 2 and ?
), block_rows as (
    select keys.rule, keys.key, keys.row, mentions.sole
    from keys join usable using (rule, key) join mentions using (row)
)
select a.row as l, b.row as r, bit_or(1 << a.rule::integer) as rules
from block_rows a join block_rows b on a.rule = b.rule and a.key = b.key and a.row < b.row
where a.sole is null or b.sole is null or a.sole <> b.sole
group by all order by all
"""


def _collections(table: pl.DataFrame, settings: LinkageSettings) -> pl.DataFrame:
    sole = pl.when(pl.col("collection").is_in(list(settings.no_duplicates))).then("collection")
    return table.select(sole.alias("sole")).with_row_index("row").cast({"row": pl.Int64})


def _block_sizes(connection: duckdb.DuckDBPyConnection, settings: LinkageSettings) -> pl.DataFrame:
    """Count for each rule the pairs its blocks would give, before any is made."""
    found = connection.sql(
        """
        with sizes as (select rule, key, count(*) as size from keys group by rule, key)
        select rule,
               sum(case when size <= $most then size * (size - 1) // 2 else 0 end)::double as cost,
               max(size)::bigint as largest,
               count(*) filter (where size > $most) as too_large
        from sizes group by rule order by rule
        """,
        params={"most": settings.largest_block},
    )
    return pl.DataFrame(found.to_arrow_table())


def _refuse_blow_up(sizes: pl.DataFrame, settings: LinkageSettings) -> None:
    cost = float(sizes["cost"].sum())
    if cost > settings.most_pairs:
        raise LinkageError(
            "linkage-too-many-pairs",
            f"The keys would give about {cost:,.0f} pairs; at most {settings.most_pairs:,} may be "
            "compared.",
            todo="Link fewer lists at a time, give more fields, or raise most_pairs knowingly.",
        )


def _report(sizes: pl.DataFrame, rules: NDArray[Any]) -> pl.DataFrame:
    masks = np.asarray(rules, dtype=np.int64)
    rows = []
    for number, (name, says) in enumerate(RULES.items()):
        found = (masks >> number) & 1 == 1
        block_row = sizes.filter(pl.col("rule") == number)
        rows.append(
            {
                "rule": name,
                "says": says,
                "pairs": int(found.sum()),
                "only_here": int((masks == 1 << number).sum()),
                "largest_block": int(block_row["largest"].sum()),
                "blocks_left_out": int(block_row["too_large"].sum()),
            }
        )
    return pl.DataFrame(rows)


def _flags(sizes: pl.DataFrame) -> tuple[str, ...]:
    left_out = int(sizes["too_large"].sum())
    return (f"blocks-left-out:{left_out}",) if left_out else ()


def _key_table(table: pl.DataFrame) -> pl.DataFrame:
    """List every key of every identified mention: rule number, hash of the key, row number."""
    rules: list[int] = []
    keys: list[str] = []
    rows: list[int] = []
    common = _common_words(table)
    for row, mention in enumerate(table.iter_rows(named=True)):
        if mention["unidentified"]:
            continue
        for rule, key in (*_keys_of_name(mention), *_keys_of_life(mention, common)):
            rules.append(_NUMBER[rule])
            keys.append(key)
            rows.append(row)
    columns = {"rule": rules, "key": keys, "row": rows}
    schema = {"rule": pl.Int8, "key": pl.String, "row": pl.Int64}
    found = pl.DataFrame(columns, schema=schema)
    return found.with_columns(pl.col("key").hash(seed=0)).unique()


def _common_words(table: pl.DataFrame) -> frozenset[str]:
    """Find the words so common that, with two other things said, they still mean little."""
    counts = Counter(
        word for name in table["name"].drop_nulls().to_list() for word in set(core_words(name))
    )
    return frozenset(w for w, n in counts.items() if n > max(_COMMON_SHARE * table.height, 20))


def _keys_of_name(mention: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The keys of the names room; then words and slips of our own, titles taken as words too."""
    yield from (("name", key) for key in mention["name_keys"])
    words = core_words(mention["name"] or "")
    if len(words) > 1:
        first, last = sorted((words[0], words[-1]))
        yield "name_part", f"{first[:2]}.{last}"
        yield "name_part", f"{first}.{last[:2]}"
    letters = "".join(sorted("".join(words)))
    if len(letters) >= _SHORTEST_SWAP:
        yield "name_swap", letters
    for every in {"".join(words), "".join(all_words(mention["name"] or ""))}:
        yield from (("name_slip", slip) for slip in _slips(every))


def _keys_of_life(mention: Mapping[str, Any], common: frozenset[str]) -> Iterator[tuple[str, str]]:
    words = set(core_words(mention["name"] or ""))
    father = ".".join(core_words(mention["father"])) if mention["father"] else ""
    years = _years(mention["birth_earliest"], mention["birth_latest"])
    months = _months(mention["death_earliest"], mention["death_latest"])
    places = place_words(mention["place"]) if mention["place"] else ()
    born = _day(mention["birth_earliest"], mention["birth_latest"])
    if born:
        yield "birth_day", born
    if father:
        seconds = [*years, *months, *places]
        yield from (("word_father", f"{w}|{father}|{second}") for w in words for second in seconds)
        day = _day(mention["death_earliest"], mention["death_latest"])
        yield from (("father_life", f"{father}|{day}|{place}") for place in places if day)
    for word in words:
        needed = 3 if word in common else 2
        for kinds in combinations((years, months, places), needed):
            yield from (("word_life", "|".join((word, *said))) for said in product(*kinds))


def _slips(consonants: str) -> tuple[str, ...]:
    """Give a long name with each consonant left out in turn, so that one slip still meets."""
    if len(consonants) < _SHORTEST_SLIP:
        return ()
    return (consonants, *(consonants[:at] + consonants[at + 1 :] for at in range(len(consonants))))


def _years(earliest: datetime.date | None, latest: datetime.date | None) -> Sequence[str]:
    if not earliest or not latest or latest.year - earliest.year > _WIDEST_YEARS:
        return ()
    return [f"y{year}" for year in range(earliest.year, latest.year + 1)]


def _months(earliest: datetime.date | None, latest: datetime.date | None) -> Sequence[str]:
    if not earliest or not latest:
        return ()
    first, last = earliest.year * 12 + earliest.month, latest.year * 12 + latest.month
    return (
        [f"m{month}" for month in range(first, last + 1)] if last - first < _WIDEST_MONTHS else ()
    )


def _day(earliest: datetime.date | None, latest: datetime.date | None) -> str:
    return earliest.isoformat() if earliest and earliest == latest else ""
