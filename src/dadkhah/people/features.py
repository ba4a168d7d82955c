"""One row per mention of a person: what its claims say, as linkage reads it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import polars as pl

from dadkhah import names
from dadkhah.dates import DateSpan
from dadkhah.errors import DateTextError
from dadkhah.people.fields import OTHER
from dadkhah.records import Claim, Mention

__all__ = ["SCHEMA", "features", "says_nobody", "says_nothing"]

SCHEMA: Mapping[str, Any] = {
    "id": pl.String,
    "collection": pl.String,
    "source": pl.String,
    "key": pl.String,
    "name": pl.String,
    "other_names": pl.List(pl.String),
    "father": pl.String,
    "sex": pl.String,
    "age_low": pl.Int32,
    "age_high": pl.Int32,
    "birth_earliest": pl.Date,
    "birth_latest": pl.Date,
    "death_earliest": pl.Date,
    "death_latest": pl.Date,
    "place": pl.String,
    "place_level": pl.String,
    "affiliation": pl.String,
    "unidentified": pl.Boolean,
}
_PREDICATES = frozenset(
    f"person.{name}"
    for name in (
        "name", "other_name", "father_name", "sex", "age", "birth_date", "death_date",
        "death_place", "detention_place", "affiliation",
    )
)  # fmt: skip
_SEX = {
    "male": "male",
    "m": "male",
    "مرد": "male",
    "female": "female",
    "f": "female",
    "زن": "female",
}
# Further fields, each a column only where a list says it of somebody.
_FURTHER = {
    f"{OTHER}{name}": f"person.{name}" for name in ("birth_place", "burial_place", "occupation")
}
Said = Mapping[str, list[Claim]]
Days = tuple[datetime.date | None, datetime.date | None]


def features(mentions: Iterable[Mention], claims: Iterable[Claim]) -> pl.DataFrame:
    """Read one row per mention of a person from its claims.

    Args:
        mentions: records of any kind; only persons are taken, in the order given (log order).
        claims: claims on them; withdrawn and denied ones are left out, the first of each
            predicate counts.

    Returns:
        A table with the columns of SCHEMA. `birth_*` is the stated birth, or the age counted back
        from the death; dates are days, null when open.
        Birth place, burial place and occupation follow as `further_...`, where any is said; a
        table may have more such columns, and linkage compares them as text.
    """
    said = _by_mention(claims)
    rows = [_row(mention, said.get(mention.id, {})) for mention in mentions if _is_person(mention)]
    columns = {name: [row[name] for row in rows] for name in SCHEMA}
    table = pl.DataFrame(columns, schema=dict(SCHEMA))
    further = [
        pl.Series(name, [_told(said.get(each, {}), predicate) for each in columns["id"]], pl.String)
        for name, predicate in _FURTHER.items()
    ]
    return table.with_columns(series for series in further if series.count())


def _is_person(mention: Mention) -> bool:
    return mention.type == "person"


def _by_mention(claims: Iterable[Claim]) -> dict[str, dict[str, list[Claim]]]:
    found: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        counts = claim.status != "withdrawn" and claim.stance != "denies"
        if counts and (claim.predicate in _PREDICATES or claim.predicate in _FURTHER.values()):
            found[claim.mention][claim.predicate].append(claim)
    return found


def _row(mention: Mention, said: Said) -> dict[str, Any]:
    name = _text(said, "person.name") or mention.label
    others = [claim.written for claim in said.get("person.other_name", []) if claim.written]
    unidentified = mention.unidentified or says_nobody(name)
    age_low, age_high = _age(said)
    death = _dates(said, "person.death_date")
    birth = _dates(said, "person.birth_date")
    if birth == (None, None):
        birth = _born(age_low, age_high, death)
    place, level = _place(said)
    return {
        "id": mention.id,
        "collection": mention.collection,
        "source": mention.source,
        "key": mention.key,
        "name": name,
        "other_names": others,
        "father": _father(said),
        "sex": _sex(said),
        "age_low": age_low,
        "age_high": age_high,
        "birth_earliest": birth[0],
        "birth_latest": birth[1],
        "death_earliest": death[0],
        "death_latest": death[1],
        "place": place,
        "place_level": level,
        "affiliation": _told(said, "person.affiliation"),
        "unidentified": unidentified,
    }


def _text(said: Said, predicate: str) -> str | None:
    found = said.get(predicate)
    return (found[0].written.strip() or None) if found else None


def _told(said: Said, predicate: str) -> str | None:
    """Give a text, or nothing for a word that stands where it is not known: it says nothing."""
    text = _text(said, predicate)
    return None if text is None or says_nothing(text) else text


@lru_cache(maxsize=1 << 16)
def says_nothing(written: str) -> bool:
    """Say whether it is a word for unknown, or has neither a letter nor a figure."""
    return names.is_unidentified(written) or not any(map(str.isalnum, written))


def _father(said: Said) -> str | None:
    father = _text(said, "person.father_name")
    return None if father is None or says_nobody(father) else father


def says_nobody(written: str | None) -> bool:
    """Say whether a name is a word for unknown, or has no letter: "___" would equal every name."""
    return not written or names.is_unidentified(written) or not names.fold(written)


def _sex(said: Said) -> str | None:
    found = said.get("person.sex")
    if not found:
        return None
    value = found[0].value
    word = value.rpartition(":")[2] if isinstance(value, str) else found[0].written
    return _SEX.get(word.strip().lower())


def _age(said: Said) -> tuple[int | None, int | None]:
    """Give the stated age in whole years, low and high; an open end stays open."""
    found = said.get("person.age")
    value = found[0].value if found else None
    if not isinstance(value, Mapping):
        return None, None
    return value.get("low"), value.get("high")


def _dates(said: Said, predicate: str) -> Days:
    found = said.get(predicate)
    return _span(found[0].value) if found and isinstance(found[0].value, str) else (None, None)


@lru_cache(maxsize=1 << 16)
def _span(edtf: str) -> Days:
    """Read EDTF; a text that the claims room could not read bounds nothing."""
    try:
        span = DateSpan.from_edtf(edtf)
    except DateTextError:
        return None, None
    return span.earliest, span.latest


def _born(low: int | None, high: int | None, death: Days) -> Days:
    """Count back from the death: someone aged a has been born a to a + 1 years before it."""
    first, last = death
    earliest = _years_before(first, high + 1, 1) if first and high is not None else None
    latest = _years_before(last, low, 0) if last and low is not None else None
    return earliest, latest


def _years_before(day: datetime.date, years: int, more_days: int) -> datetime.date | None:
    year = day.year - years
    if not datetime.MINYEAR < year <= datetime.MAXYEAR:
        return None
    month_day = (2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day)
    return datetime.date(year, *month_day) + datetime.timedelta(days=more_days)


def _place(said: Said) -> tuple[str | None, str | None]:
    """Give the place of death, or else of detention, with its level when one is stated."""
    for predicate in ("person.death_place", "person.detention_place"):
        for claim in said.get(predicate, ())[:1]:
            written = claim.written.strip()
            value = claim.value if isinstance(claim.value, Mapping) else {"name": written}
            if value.get("name", written) and not says_nothing(written):
                return written, value.get("level")
    return None, None
