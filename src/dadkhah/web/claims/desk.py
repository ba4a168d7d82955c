"""The reading desk: one source with its passages marked and its claims beside."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from dadkhah.web.claims.said import Said, newest_last, said, seen
from dadkhah.web.claims.weave import Block, Mark, weave
from dadkhah.web.custody import access
from dadkhah.web.custody.access import Reader
from dadkhah.web.sources import queries as sources
from dadkhah.web.sources.models import Capture, Passage, Source

__all__ = ["ROWS", "Desk", "Row", "desk"]

ROWS = 25
MOST = 2000
SHOWN_ALONE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: its cells under their columns, and what it claims."""

    passage: str
    number: int
    cells: tuple[tuple[str, str], ...]
    claims: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything on the desk.

    Args:
        text_visible: whether this reader may see the text itself.
        rows: for a table; `blocks` for a text.
        claims: of the source, in the order of the text; for a table, of the rows shown.
        next_row: row after which the next page begins, or None.
    """

    source: Source
    captures: tuple[Capture, ...]
    text_visible: bool
    blocks: tuple[Block, ...] = ()
    rows: tuple[Row, ...] = ()
    claims: tuple[Said, ...] = ()
    chosen: Said | None = None
    first_row: int = 0
    next_row: int | None = None
    table: bool = False


def desk(reader: Reader, source_id: str, claim_id: str = "", row: int = 0) -> Desk | None:
    """Lay out one source for reading.

    Args:
        claim_id: a claim to set off; for a table, the page with its row is shown.
        row: for a table, the first row to show.
    """
    found = sources.source(reader, source_id)
    if found is None:
        return None
    visible = sources.text_visible(reader, source_id)
    chosen = next(iter(said(reader, seen(reader).filter(pk=claim_id))), None) if claim_id else None
    base = Desk(
        source=found,
        captures=tuple(sources.captures(reader, source_id)),
        text_visible=visible,
        chosen=chosen,
    )
    if not visible:
        return dataclasses.replace(base, claims=tuple(_claims(reader, source_id, SHOWN_ALONE)))
    if _is_table(source_id):
        return _table_desk(reader, base, row)
    return _text_desk(reader, base)


def _is_table(source_id: str) -> bool:
    first = Passage.objects.filter(source=source_id).order_by("entry", "position").first()
    return bool(first and first.anchor.get("row"))


def _claims(reader: Reader, source_id: str, most: int = MOST, **narrower: object) -> list[Said]:
    rows = seen(reader).filter(mention__source=source_id, **narrower)
    return newest_last(said(reader, rows[:most]))


def _text_desk(reader: Reader, base: Desk) -> Desk:
    passages = list(Passage.objects.filter(access.texts(reader, "source__"), source=base.source.pk))
    passages.sort(key=lambda passage: passage.anchor.get("start") or 0)
    found = sorted(_claims(reader, base.source.pk), key=lambda claim: _place(claim, passages))
    text = _text(base, passages)
    marks = [mark for passage in passages if (mark := _passage_mark(passage))]
    marks += [mark for claim in found if (mark := _claim_mark(claim))]
    blocks = weave(text, marks, base.chosen.id if base.chosen else "") if text else _loose(passages)
    tongues = {passage.pk: passage for passage in passages}
    spoken = [_spoken(block, tongues) for block in blocks]
    return dataclasses.replace(base, claims=tuple(found), blocks=tuple(_beside(spoken, found)))


def _text(base: Desk, passages: list[Passage]) -> str:
    """Read the text in which the passages are anchored; empty when its bytes are not here."""
    anchored = next((passage.anchor["capture"] for passage in passages), "")
    anchored = sources.stands_for().get(anchored, anchored)
    row = next((row for row in base.captures if row.pk == anchored), None)
    return (sources.text_of(row) or "") if row else ""


def _loose(passages: list[Passage]) -> list[Block]:
    """Lay out passages without the text around them, when the bytes are not here."""
    loose = []
    for passage in passages:
        mark = Mark(start=0, end=len(passage.text), passage=passage.pk, noise=passage.noise)
        loose += weave(passage.text, [mark])
    return loose


def _spoken(block: Block, passages: dict[str, Passage]) -> Block:
    first = passages.get(block.passages[0]) if block.passages else None
    if first is None:
        return block
    return dataclasses.replace(block, language=first.language, direction=first.direction)


def _beside(blocks: list[Block], claims: list[Said]) -> Iterator[Block]:
    """Put each claim beside the paragraph that makes it, and those about one thing together."""
    waiting = list(claims)
    for block in blocks:
        made = {claim for piece in block.pieces for claim in piece.claims}
        mine = [claim for claim in waiting if claim.id in made or claim.passage in block.passages]
        waiting = [claim for claim in waiting if claim not in mine]
        first = {claim.mention: place for place, claim in reversed(list(enumerate(mine)))}
        mine.sort(key=lambda claim: first[claim.mention])
        yield dataclasses.replace(block, claims=tuple(mine))


def _passage_mark(passage: Passage) -> Mark | None:
    start, end = passage.anchor.get("start"), passage.anchor.get("end")
    if start is None or end is None:
        return None
    return Mark(start=start, end=end, passage=passage.pk, noise=passage.noise)


def _claim_mark(claim: Said) -> Mark | None:
    within = claim.within or {}
    start, end = within.get("start"), within.get("end")
    if start is None or end is None:
        return None
    return Mark(start=start, end=end, passage=claim.passage, claim=claim.id)


def _place(claim: Said, passages: list[Passage]) -> tuple[int, tuple[int, int]]:
    start = (claim.within or {}).get("start")
    if start is None:
        start = next((p.anchor.get("start") or 0 for p in passages if p.pk == claim.passage), 0)
    return start, claim.order


def _table_desk(reader: Reader, base: Desk, row: int) -> Desk:
    passages = Passage.objects.filter(access.texts(reader, "source__"), source=base.source.pk)
    ordered = passages.order_by("entry", "position")
    if base.chosen and base.chosen.passage:
        start = ordered.get(pk=base.chosen.passage)
        shown = list(ordered.filter(entry__gte=start.entry)[: ROWS + 1])
    else:
        shown = list(ordered.filter(entry__gte=row)[: ROWS + 1])
    more = shown[ROWS].entry if len(shown) > ROWS else None
    shown = shown[:ROWS]
    found = _claims(reader, base.source.pk, passage__in=[passage.pk for passage in shown])
    line = _first_line(base)
    mark = _separator(line or (shown[0].text if shown else ""))
    heads = _cells(line, mark)
    return dataclasses.replace(
        base,
        table=True,
        claims=tuple(found),
        rows=tuple(_row(passage, found, heads, mark) for passage in shown),
        first_row=shown[0].entry if shown else 0,
        next_row=more,
    )


def _first_line(base: Desk) -> str:
    """Read the line of a table's bytes that names its columns; empty for a workbook."""
    row = next((row for row in base.captures if not row.parent_id), None)
    if row is None or not row.media_type.startswith("text/"):
        return ""
    path = sources.stored_path(row.pk)
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        line = file.readline(1 << 16)
    return line.decode(row.encoding or "utf-8", errors="replace").lstrip("\ufeff").rstrip("\r\n")


def _separator(line: str) -> str:
    """Choose the sign that a line's cells are apart by: the one it holds most of."""
    return max("\t;,", key=line.count)


def _cells(line: str, mark: str) -> tuple[str, ...]:
    return tuple(next(csv.reader(line.splitlines(keepends=True), delimiter=mark), ()))


def _row(passage: Passage, claims: list[Said], heads: tuple[str, ...], mark: str) -> Row:
    cells = _cells(passage.text, mark)
    names = heads if len(heads) == len(cells) else tuple("" for _ in cells)
    return Row(
        passage=passage.pk,
        number=passage.anchor.get("row") or 0,
        cells=tuple((name, cell) for name, cell in zip(names, cells, strict=True) if cell.strip()),
        claims=tuple(claim for claim in claims if claim.passage == passage.pk),
    )
