"""One row of a table made into a mention, a passage and claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from dadkhah.claims.mapping_cells import Cell, read_cell
from dadkhah.claims.mapping_form import Column, Constant, Mapping, fold
from dadkhah.claims.mapping_values import (
    KEY_JOINT,
    Ids,
    Placeholders,
    Problem,
    RowResult,
    TableRow,
    key_of,
    slot,
)
from dadkhah.records import Anchor, Claim, Mention, Passage, new_id

__all__ = ["apply"]

_RIGHT_TO_LEFT: Final = frozenset({"fa", "ar", "ckb", "ur", "he"})


_Reading = tuple[Column, str, Cell]


def apply(
    row: TableRow,
    mapping: Mapping,
    *,
    source: str,
    capture: str,
    collection: str = "",
    author: str = "",
    ids: Ids | None = None,
    placeholders: Placeholders | None = None,
) -> RowResult:
    """Make one row into a mention, the passage it stands in, and a claim for each filled cell.

    A cell that cannot be read is a claim with no reading and the flag "unread", and a problem in
    the report; it is neither dropped nor guessed. An empty cell makes no claim. A person whose
    name is a word for "unknown" is a counted record without a name. A claim of joined columns has
    the flag "joined": its words stand in the row, though not side by side. A claim for a constant
    has no words in the row, so that its `written` is empty.

    Args:
        source, capture, collection: ids of the records that the row belongs to.
        author: who imports; kept on every claim.
        ids: of the records of an earlier import of the same key; new ones otherwise.
        placeholders: days that stand for an unknown day in this table; see placeholders().
    """
    key = key_of(row, mapping)
    refused = [*map(_table_problem, row.problems), *_key_problems(row, mapping, key)]
    readings = [] if refused else list(_readings(row, mapping, placeholders or {}))
    refused += [_problem(row, one) for one in readings if one[2].refuses_row]
    if refused:
        return RowResult(mention=None, passage=None, problems=tuple(refused), key=key)
    known = ids or Ids()
    passage = _passage(row, mapping, source, capture, known)
    mention = Mention(
        id=known.mention or new_id(),
        source=source,
        type=mapping.kind,
        label=_label(row, mapping),
        passage=passage.id,
        collection=collection,
        key=key,
        unidentified=mapping.kind == "person" and _is_unidentified(readings),
    )
    return RowResult(
        mention=mention,
        passage=passage,
        claims=tuple(_claims(readings, mapping.constants, mention, passage, author, known)),
        problems=tuple(_problem(row, one) for one in readings if one[2].code),
        key=key,
    )


def _readings(row: TableRow, mapping: Mapping, placeholders: Placeholders) -> Iterator[_Reading]:
    for column in mapping.columns:
        text = row.cells[column.column]
        if column.join:
            cells = (text, *(row.cells[other] for other in column.join))
            text = " ".join(cell.strip() for cell in cells if cell.strip())
        if not text or text.isspace():
            continue
        if column.join:
            cell = read_cell(text, column)
            yield column, text, replace(cell, flags=(*cell.flags, "joined"))
        elif column.split:
            for part in text.split(column.split):
                if part.strip():
                    yield column, part.strip(), read_cell(part.strip(), column)
        elif column.reading == "name" and mapping.unidentified:
            yield column, text, _identified(text, read_cell(text, column), mapping)
        elif column.reading == "date" and placeholders:
            yield column, text, _believed(read_cell(text, column), column.column, placeholders)
        else:
            yield column, text, read_cell(text, column)


def _identified(text: str, cell: Cell, mapping: Mapping) -> Cell:
    if fold(text) in mapping.unidentified:
        return Cell(flags=("unidentified",), unidentified=True)
    return cell


def _believed(cell: Cell, column: str, placeholders: Placeholders) -> Cell:
    found = placeholders.get(column, {}).get(cell.value)
    if found is None:
        return cell
    return replace(cell, value=found.year, flags=(*cell.flags, "placeholder"), basis=found.sentence)


def _is_unidentified(readings: Sequence[_Reading]) -> bool:
    """Say whether no cell gives the person a name."""
    named = [cell for column, _, cell in readings if column.predicate == "person.name"]
    return all(cell.unidentified for cell in named)


def _claims(
    readings: Sequence[_Reading],
    constants: Sequence[Constant],
    mention: Mention,
    passage: Passage,
    author: str,
    known: Ids,
) -> Iterator[Claim]:
    counted: dict[tuple[str, str], int] = {}
    for column, written, cell in readings:
        place = (column.predicate, column.column)
        number = counted[place] = counted.get(place, -1) + 1
        yield Claim(
            id=known.claims.get(slot(*place, number)) or new_id(),
            mention=mention.id,
            predicate=column.predicate,
            written=written,
            passage=passage.id,
            value=cell.value,
            within=_within(column.column),
            author=author,
            basis=cell.basis,
            flags=cell.flags,
        )
    for number, constant in enumerate(constants):
        yield _constant(constant, number, mention, passage, author, known)


def _constant(
    constant: Constant, number: int, mention: Mention, passage: Passage, author: str, known: Ids
) -> Claim:
    cell = read_cell(constant.written, constant.column)
    predicate = constant.column.predicate
    return Claim(
        id=known.claims.get(slot(predicate, "", number)) or new_id(),
        mention=mention.id,
        predicate=predicate,
        written="",
        passage=passage.id,
        value=cell.value,
        author=author,
        basis=constant.basis or "Said of the whole list by its mapping.",
        flags=("constant", *cell.flags),
    )


@lru_cache(maxsize=4096)
def _within(column: str) -> Anchor:
    return Anchor(capture="", quote="", column=column)


def _passage(row: TableRow, mapping: Mapping, source: str, capture: str, known: Ids) -> Passage:
    return Passage(
        id=known.passage or new_id(),
        source=source,
        anchor=Anchor(
            capture=capture,
            quote=row.text,
            start=row.start,
            end=row.end,
            sheet=row.sheet,
            row=row.number,
        ),
        language=mapping.language,
        direction="rtl" if mapping.language in _RIGHT_TO_LEFT else "ltr",
    )


def _label(row: TableRow, mapping: Mapping) -> str:
    label = row.cells.get(mapping.label, "").strip()
    if label:
        return label
    names = (c for c in mapping.columns if c.predicate == f"{mapping.kind}.name")
    return next((row.cells[c.column].strip() for c in names if row.cells[c.column].strip()), "")


def _key_problems(row: TableRow, mapping: Mapping, key: str) -> list[Problem]:
    if row.problems or not mapping.key or key.strip(KEY_JOINT):
        return []
    return [
        Problem(
            code="row-key-empty",
            row=row.number,
            column=mapping.key[0],
            sheet=row.sheet,
            what="This row has no key.",
            todo="Fill it in: without it a later import could not find the row again.",
        )
    ]


def _table_problem(problem: Any) -> Problem:
    return Problem(
        code=problem.code,
        row=problem.row,
        column=problem.column,
        what=problem.what,
        todo=problem.todo,
        sheet=problem.sheet,
    )


def _problem(row: TableRow, reading: _Reading) -> Problem:
    column, _, cell = reading
    return Problem(
        code=cell.code,
        row=row.number,
        column=column.column,
        what=cell.what,
        todo=cell.todo,
        sheet=row.sheet,
    )
