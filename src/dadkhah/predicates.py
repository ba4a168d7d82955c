"""What may be claimed about each kind of mention: a closed, documented, coded vocabulary.

The vocabulary is data: predicates.yaml beside this file, and one file per list of terms in
vocabularies/. Lists with a number are HURIDOCS micro-thesauri; a code with the letter x is this
project's own addition, never a HURIDOCS code.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any, Final, Protocol

from dadkhah import bundled
from dadkhah.errors import RecordError

__all__ = [
    "Claimed",
    "Predicate",
    "Term",
    "Vocabulary",
    "all",
    "check",
    "get",
    "kinds",
    "markdown",
    "term",
    "terms",
    "vocabularies",
]

_DATE_PART: Final = r"-?[0-9XuY][0-9XuYE]*(?:-[0-9XuW]{2}(?:-[0-9XuW]{2})?)?[?~%]?"
_EDTF: Final = re.compile(rf"[?~%]?(?:{_DATE_PART}|\.\.)?(?:/(?:[?~%]?{_DATE_PART}|\.\.)?)?")
_SET: Final = re.compile(r"[\[{][0-9XuY?~%.,\- ]+[\]}]")
_URL: Final = re.compile(r"https?://\S+")
_PLACE_KEYS: Final = frozenset({"name", "level", "gazetteer", "as_written"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """One thing that may be claimed; `value` is the type of reading, `terms` the list it is in."""

    name: str
    kind: str
    value: str
    terms: str
    sensitive: bool
    en: str
    fa: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One coded term with its labels in English, Persian and Arabic."""

    code: str
    en: str
    fa: str
    ar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """One list of terms: its version, where it comes from, and what of it is left out."""

    id: str
    version: str
    en: str
    fa: str
    ar: str
    source: str
    left_out: str
    terms: Mapping[str, Term]


class Claimed(Protocol):
    """What of a claim the vocabulary looks at; records.Claim has it."""

    @property
    def predicate(self) -> str: ...
    @property
    def value(self) -> Any: ...
    @property
    def target(self) -> str: ...


def all() -> tuple[Predicate, ...]:  # noqa: A001 - read with its module: predicates.all()
    """Give every predicate, in the order of predicates.yaml."""
    return tuple(_predicates().values())


def kinds() -> tuple[str, ...]:
    """Give the kinds that have predicates: those of mentions, and "source"."""
    return tuple(dict.fromkeys(predicate.kind for predicate in all()))


def get(name: str) -> Predicate:
    """Find a predicate by its name.

    Raises:
        RecordError: no predicate of this name (predicate-unknown).
    """
    found = _predicates().get(name)
    if found is None:
        raise RecordError(
            "predicate-unknown",
            f"There is no predicate called {name!r}.",
            todo="docs/predicates.md lists what may be claimed.",
        )
    return found


def vocabularies() -> Mapping[str, Vocabulary]:
    """Give every list of terms by its id: a HURIDOCS number, or a word for the project's own."""
    return _vocabularies()


def terms(list_id: str) -> Mapping[str, Term]:
    """Give the terms of one list by code.

    Raises:
        RecordError: no such list (term-list).
    """
    found = _vocabularies().get(list_id)
    if found is None:
        raise RecordError("term-list", f"There is no list of terms {list_id!r}.")
    return found.terms


def term(coded: str) -> Term:
    """Find a term written as "list:code", as in "4:010104".

    Raises:
        RecordError: no such list (term-list), or no such code in it (term-unknown).
    """
    list_id, _, code = coded.partition(":")
    found = terms(list_id).get(code)
    if found is None:
        raise RecordError(
            "term-unknown",
            f"List {list_id} has no term {code!r}.",
            todo="An import never adds a term; see docs/predicates.md.",
        )
    return found


def check(claim: Claimed, kind: str = "") -> None:
    """Insist that a claim says something that may be said, in the form it must have.

    Args:
        claim: the claim; without a value and without a target it stands for words not yet read,
            and only its predicate is checked.
        kind: the kind of its mention, where the caller knows it.

    Raises:
        RecordError: predicate-unknown, predicate-kind, value-type, target-missing, term-list,
            term-unknown.
    """
    predicate = get(claim.predicate)
    if kind and kind != predicate.kind:
        raise RecordError("predicate-kind", f"{predicate.name} cannot be claimed about a {kind}.")
    if predicate.value == "mention":
        _check_target(predicate, claim)
    elif claim.target:
        raise RecordError("value-type", f"{predicate.name} takes a value, not another mention.")
    elif claim.value is not None:
        _check_value(predicate, claim.value)


def _check_target(predicate: Predicate, claim: Claimed) -> None:
    if not claim.target:
        raise RecordError("target-missing", f"{predicate.name} must point to another mention.")
    if claim.value is not None:
        if not predicate.terms:
            raise RecordError("value-type", f"{predicate.name} takes a mention and no value.")
        _check_term(predicate, claim.value)


def _check_value(predicate: Predicate, value: Any) -> None:
    if predicate.value == "term":
        _check_term(predicate, value)
    elif not _READINGS[predicate.value](value):
        raise RecordError(
            "value-type",
            f"{predicate.name} takes a {predicate.value}; this value is none.",
            todo="docs/predicates.md shows the form of each type.",
        )


def _check_term(predicate: Predicate, value: Any) -> None:
    if not isinstance(value, str) or not value.startswith(f"{predicate.terms}:"):
        raise RecordError(
            "value-type", f"{predicate.name} takes a term of list {predicate.terms}, as list:code."
        )
    term(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_date(value: Any) -> bool:
    # The full grammar is in dates; here only what cannot be EDTF at all is turned away.
    return _is_text(value) and bool(_EDTF.fullmatch(value) or _SET.fullmatch(value))


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and bool(_URL.fullmatch(value))


def _is_number(value: Any) -> bool:
    if not isinstance(value, dict) or not set(value) <= {"low", "high", "hedge"}:
        return False
    low, high = value.get("low"), value.get("high")
    whole = type(low) is int and (high is None or type(high) is int)
    return whole and (high is None or low <= high) and isinstance(value.get("hedge", ""), str)


def _is_place(value: Any) -> bool:
    if not isinstance(value, dict) or not set(value) <= _PLACE_KEYS:
        return False
    return _is_text(value.get("name")) and _is_text(value.get("level"))


_READINGS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "name": _is_text,
    "text": _is_text,
    "url": _is_url,
    "date": _is_date,
    "number": _is_number,
    "place": _is_place,
}


def markdown() -> str:
    """Write the tables of docs/predicates.md: every predicate, every list, every term."""
    lines: list[str] = []
    for kind in kinds():
        lines += ["", f"### {kind}", "", "| predicate | value | English | Persian | sensitive |"]
        lines += ["|---|---|---|---|---|"]
        lines += [_row(predicate) for predicate in all() if predicate.kind == kind]
    lines += ["", "## Lists of terms"]
    for vocabulary in vocabularies().values():
        lines += ["", f"### {vocabulary.id}: {vocabulary.en} ({vocabulary.fa}, {vocabulary.ar})"]
        lines += ["", f"Version {vocabulary.version}. Source: {vocabulary.source}."]
        lines += [f"Left out: {vocabulary.left_out}", "", "| code | English | Persian | Arabic |"]
        lines += ["|---|---|---|---|"]
        lines += [f"| {t.code} | {t.en} | {t.fa} | {t.ar} |" for t in vocabulary.terms.values()]
    return "\n".join(lines).lstrip("\n") + "\n"


def _row(predicate: Predicate) -> str:
    value = f"{predicate.value} of list {predicate.terms}" if predicate.terms else predicate.value
    sensitive = "yes" if predicate.sensitive else ""
    return f"| `{predicate.name}` | {value} | {predicate.en} | {predicate.fa} | {sensitive} |"


@functools.cache
def _predicates() -> Mapping[str, Predicate]:
    return MappingProxyType(
        {
            name: Predicate(
                name=name,
                kind=kind,
                value=row["value"],
                terms=str(row.get("terms", "")),
                sensitive=bool(row.get("sensitive", False)),
                en=row["en"],
                fa=row["fa"],
            )
            for kind, rows in bundled.read("dadkhah", "predicates.yaml").items()
            for name, row in rows.items()
        }
    )


@functools.cache
def _vocabularies() -> Mapping[str, Vocabulary]:
    folder = resources.files("dadkhah").joinpath("vocabularies")
    files = sorted(
        (item for item in folder.iterdir() if item.name.endswith(".yaml")), key=lambda f: f.name
    )
    lists = [_vocabulary(bundled.parse(item.read_text(encoding="utf-8"))) for item in files]
    return MappingProxyType({vocabulary.id: vocabulary for vocabulary in lists})


def _vocabulary(data: Mapping[str, Any]) -> Vocabulary:
    found = {
        code: Term(code=code, en=en, fa=fa, ar=ar) for code, (en, fa, ar) in data["terms"].items()
    }
    texts = {key: data[key] for key in ("version", "en", "fa", "ar", "source", "left_out")}
    return Vocabulary(id=data["list"], terms=MappingProxyType(found), **texts)
