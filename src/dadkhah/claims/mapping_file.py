"""A mapping file: how the columns of one table become claims."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from pathlib import Path
from typing import Any, Final

from dadkhah import canonical, dates, predicates
from dadkhah.claims.mapping_form import Column, Constant, Mapping, fold
from dadkhah.claims.mapping_yaml import block_of, load, text_of, texts_of, truth_of, wrong
from dadkhah.errors import DateTextError, MappingError
from dadkhah.records import MENTION_KINDS

__all__ = ["parse", "read"]

FILE_BYTES: Final = 1 << 20
READINGS: Final = ("name", "date", "number", "place", "term", "text", "url")
_TOP: Final = (
    "collection", "source", "key", "kind", "language", "columns", "ignore", "unidentified",
    "constants", "formulas", "sheet", "label",
)  # fmt: skip
_COLLECTION: Final = (
    "title", "compiler", "scope", "would_not_list", "period", "method", "version",
    "derived_from", "structural_zeros", "no_duplicates",
)  # fmt: skip
_SOURCE: Final = (
    "type", "title", "author", "publisher", "language", "date", "connection", "reliability",
    "confidentiality", "note",
)  # fmt: skip
_COLUMN: Final = ("predicate", "as", "terms", "calendar", "order", "split", "join")
_CONSTANT: Final = ("predicate", "value", "basis")


def read(path: Path) -> Mapping:
    """Read and check a mapping file.

    Raises:
        MappingError: with the file and the key, what is wrong there and what would be right.
    """
    if path.stat().st_size > FILE_BYTES:
        raise MappingError("mapping-size", "This is too large for a mapping file.",
                           where=path.name, todo="Give the mapping, not the table.")  # fmt: skip
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise MappingError("mapping-yaml", "This mapping file is not UTF-8 text.",
                           where=path.name, todo="Save it as UTF-8.") from None  # fmt: skip
    return parse(text, path.name)


def parse(text: str, name: str = "mapping") -> Mapping:
    """Read and check the text of a mapping file; see read().

    Args:
        name: the file's name, for messages.
    """
    try:
        data = load(text, name)
    except MappingError as error:
        raise MappingError(
            error.code, error.what, where=f"{name}, {error.where}", todo=error.todo
        ) from None
    return _checked(block_of(data, _TOP, name, ""), name)


def _checked(data: Lookup[str, Any], name: str) -> Mapping:
    kind = text_of(data, "kind", name) or "person"
    if kind not in MENTION_KINDS:
        raise wrong(name, "kind", f"“{kind}” is no kind of mention.", kind, MENTION_KINDS)
    columns = tuple(_columns(data, kind, name))
    key = tuple(texts_of(data, "key", name))
    label = text_of(data, "label", name) or _first_label(columns, kind)
    if not label:
        raise MappingError(
            "mapping-label",
            "No column gives what each row is called.",
            where=name,
            todo=f"Map a column to {kind}.name, or name one under label.",
        )
    formulas = text_of(data, "formulas", name) or "refuse"
    if formulas not in ("refuse", "values"):
        raise wrong(name, "formulas", f"“{formulas}” says nothing.", formulas,
                     ("refuse", "values"))  # fmt: skip
    return Mapping(
        collection=_collection(data, name),
        source=_source(data, name),
        key=key,
        kind=kind,
        language=text_of(data, "language", name),
        label=label,
        columns=columns,
        ignore=tuple(texts_of(data, "ignore", name)),
        unidentified=frozenset(fold(word) for word in texts_of(data, "unidentified", name)),
        constants=tuple(_constants(data, kind, name)),
        formulas=formulas,
        sheet=text_of(data, "sheet", name),
        digest=canonical.digest(canonical.encode(_plain(data))),
    )


def _plain(data: Any) -> Any:
    """Write a mapping so that its digest can be taken: keys that are not ASCII become pairs."""
    if isinstance(data, dict):
        return [[str(key), _plain(value)] for key, value in data.items()]
    return [_plain(item) for item in data] if isinstance(data, list) else str(data)


def _first_label(columns: Iterable[Column], kind: str) -> str:
    named = [column.column for column in columns if column.predicate in (f"{kind}.name",
             f"{kind}.title", f"{kind}.number")]  # fmt: skip
    return named[0] if named else ""


def _collection(data: Lookup[str, Any], name: str) -> dict[str, Any]:
    block = block_of(data.get("collection", {}), _COLLECTION, name, "collection")
    if not block.get("title"):
        raise MappingError("mapping-collection", "The collection has no title.",
                           where=f"{name}, collection",
                           todo="Say who gathered this list, of whom, when and how.")  # fmt: skip
    result: dict[str, Any] = {}
    for key in block:
        if key in ("derived_from", "structural_zeros"):
            result[key] = tuple(texts_of(block, key, name))
        elif key == "no_duplicates":
            result[key] = truth_of(text_of(block, key, name), name, f"collection.{key}")
        else:
            result[key] = text_of(block, key, name)
    return result


def _source(data: Lookup[str, Any], name: str) -> dict[str, str]:
    block = block_of(data.get("source", {}), _SOURCE, name, "source")
    fields = {key: text_of(block, key, name) for key in block}
    if fields.get("date"):
        try:
            dates.read(fields["date"])
        except DateTextError as error:
            raise MappingError("mapping-value", error.what, where=f"{name}, source.date",
                               todo=error.todo) from None  # fmt: skip
    return fields


def _columns(data: Lookup[str, Any], kind: str, name: str) -> Iterable[Column]:
    given = data.get("columns")
    if not isinstance(given, dict) or not given:
        raise MappingError("mapping-columns", "The mapping maps no column.",
                           where=f"{name}, columns",
                           todo="docs/import.md shows how a column is mapped.")  # fmt: skip
    for heading, said in given.items():
        for number, one in enumerate(said if isinstance(said, list) else [said]):
            place = f"columns.{heading}" + (f"[{number + 1}]" if isinstance(said, list) else "")
            yield _column(str(heading), one, kind, name, place)


def _column(heading: str, said: Any, kind: str, name: str, place: str) -> Column:
    block = block_of(said, _COLUMN, name, place)
    predicate = _predicate(text_of(block, "predicate", name), kind, name, place)
    reading = text_of(block, "as", name) or predicate.value
    if reading != predicate.value:
        raise MappingError(
            "mapping-reading",
            f"{predicate.name} takes a {predicate.value}, not a {reading}.",
            where=f"{name}, {place}.as",
            todo=f"Write as: {predicate.value}, or choose a predicate that takes a {reading}.",
        )
    calendar, order = text_of(block, "calendar", name), text_of(block, "order", name)
    if calendar and calendar not in dates.CALENDARS:
        raise wrong(name, f"{place}.calendar", f"“{calendar}” is no calendar.", calendar,
                     dates.CALENDARS)  # fmt: skip
    if order and order not in ("dmy", "mdy", "ymd"):
        raise wrong(name, f"{place}.order", f"“{order}” is no order.", order,
                     ("dmy", "mdy", "ymd"))  # fmt: skip
    return Column(
        column=heading,
        predicate=predicate.name,
        reading=reading,
        vocabulary=predicate.terms,
        terms=_terms(block, predicate, name, place) if reading == "term" else {},
        calendar=calendar or None,
        order=order or None,
        split=text_of(block, "split", name),
        join=tuple(texts_of(block, "join", name)),
    )


def _predicate(given: str, kind: str, name: str, place: str) -> predicates.Predicate:
    usable = [one.name for one in predicates.all() if one.kind == kind and one.value in READINGS]
    if given not in usable:
        what = (
            f"“{given}” is nothing that a table can claim about a {kind}."
            if given
            else ("No predicate is given.")
        )
        raise wrong(name, f"{place}.predicate", what, given, usable)
    return predicates.get(given)


def _terms(
    block: Lookup[str, Any], predicate: predicates.Predicate, name: str, place: str
) -> dict[str, str]:
    """Give the term of every text that stands for one: those of the file, then all labels."""
    known = predicates.terms(predicate.terms)
    result: dict[str, str] = {}
    for code, term in known.items():
        for written in (code, term.en, term.fa, term.ar):
            result.setdefault(fold(written), f"{predicate.terms}:{code}")
    given = block.get("terms", {})
    if not isinstance(given, dict):
        raise wrong(name, f"{place}.terms", "Terms are pairs of text and code.", "", ())
    for written, code in given.items():
        short = str(code).removeprefix(f"{predicate.terms}:")
        if short not in known:
            raise wrong(name, f"{place}.terms.{written}",
                         f"List {predicate.terms} has no term “{code}”.", short, known)  # fmt: skip
        result[fold(str(written))] = f"{predicate.terms}:{short}"
    return result


def _constants(data: Lookup[str, Any], kind: str, name: str) -> Iterable[Constant]:
    given = data.get("constants", [])
    if not isinstance(given, list):
        raise wrong(name, "constants", "Constants are a list.", "", ())
    for number, said in enumerate(given, start=1):
        place = f"constants[{number}]"
        block = block_of(said, _CONSTANT, name, place)
        column = _column("", {"predicate": block.get("predicate", "")}, kind, name, place)
        written = text_of(block, "value", name)
        if not written:
            raise wrong(name, f"{place}.value", "A constant needs a value.", "", ())
        yield Constant(column=column, written=written, basis=text_of(block, "basis", name))
