"""Take a table in: one collection, one source, and an entry of the log for each row that is new or
changed. The whole import is one transaction."""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from dadkhah.claims import mapping as mappings
from dadkhah.claims.mapping import Ids, Mapping, Problem, Report, RowResult, Tally
from dadkhah.claims.mapping_summary import placeholders
from dadkhah.errors import TableError
from dadkhah.records import Claim
from dadkhah.sources import Row, Table, read
from dadkhah.web.claims import framing, models
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.sources.actions import keeping

__all__ = ["Imported", "check_table", "import_table", "open_table"]

CHUNK = 500
AUTHOR = "dadkhah.claims.mapping"
MOST_PROBLEMS = 200


@dataclass(slots=True)
class Imported:
    """What came of an import, counted while it runs."""

    tally: Tally
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    changed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def report(self) -> Report:
        """The numbers by column."""
        return self.tally.report()

    def note(self, result: RowResult) -> None:
        """Keep the first problems to show."""
        self.problems.extend(result.problems[: MOST_PROBLEMS - len(self.problems)])


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTable:
    """A table and the mapping that it was checked against."""

    path: Path
    media_type: str
    rows: Table
    mapping: Mapping


def open_table(path: Path, mapping_path: Path) -> OpenTable:
    """Read a mapping and a table's headings, and insist that they fit.

    Raises:
        MappingError, SourceError, TableError: as the mapping and the readers say.
    """
    mapping = mappings.read(mapping_path)
    reading = read(path, path.name, sheet=mapping.sheet, formulas=mapping.formulas)
    if reading.table is None:
        raise TableError(
            "table-expected",
            "This file is running text, not a table.",
            where=path.name,
            todo="Run: dadkhah add FILE.",
        )
    mappings.check(mapping, reading.table.header, path.name)
    return OpenTable(path=path, media_type=reading.media_type, rows=reading.table, mapping=mapping)


def check_table(table: OpenTable, advance: Callable[[int], None] = lambda _: None) -> Imported:
    """Read every row as an import would, and keep nothing."""
    done = Imported(tally=Tally(table.mapping))
    days = placeholders(table.rows, table.mapping)
    for row in table.rows:
        result = mappings.apply(row, table.mapping, source="", capture="", placeholders=days)
        done.tally.add(row, result)
        done.note(result)
        advance(1)
    return done


def import_table(
    *,
    by: str,
    case: Path,
    table: OpenTable,
    skip_refused: bool = False,
    advance: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Import a table: rows that are new, and rows that changed since it was last imported.

    A row is known by its key in its collection. A row as before changes nothing; a changed one
    keeps its ids and its older version; a row that is no longer there is counted, not removed.

    Raises:
        TableError: rows-refused when a row cannot be taken, unless `skip_refused`.
    """
    with table.path.open("rb") as stream, keeping(case, stream) as (digest, size):
        return _import(by, table, digest, size, skip_refused, advance)


@transaction.atomic
def _import(
    by: str,
    table: OpenTable,
    digest: str,
    size: int,
    skip_refused: bool,
    advance: Callable[[int], None],
) -> Imported:
    collection = framing.collection_of(table.mapping)
    source = framing.source_of(table.mapping, collection.id)
    received = framing.capture_of(
        name=table.path.name, media_type=table.media_type, encoding=table.rows.encoding,
        digest=digest, size=size, source=source, by=by,
    )  # fmt: skip
    framing.record_frame(by, collection, source, received)
    done = Imported(tally=Tally(table.mapping))
    run = _Import(
        mapping=table.mapping, source=source.id, capture=digest, collection=collection.id,
        days=placeholders(table.rows, table.mapping), done=done,
    )  # fmt: skip
    append(by=by, changes=run.changes(iter(table.rows), advance))
    done.gone = run.count_gone()
    if done.report.refused and not skip_refused:
        raise _refusal(done)
    return done


@dataclass(slots=True, kw_only=True)
class _Import:
    """One import under way."""

    mapping: Mapping
    source: str
    capture: str
    collection: str
    days: Any
    done: Imported
    seen: set[str] = field(default_factory=set)

    def changes(self, rows: Iterator[Row], advance: Callable[[int], None]) -> Iterator[Change]:
        """Give the changes that the rows make, in order."""
        while chunk := list(itertools.islice(rows, CHUNK)):
            known = _known(self.collection, [mappings.key_of(row, self.mapping) for row in chunk])
            for row in chunk:
                yield from self._change(row, known)
            advance(len(chunk))

    def _change(self, row: Row, known: dict[str, _Known]) -> Iterator[Change]:
        key = mappings.key_of(row, self.mapping)
        old = known.get(key)
        result = self._apply(row, key, old)
        self.done.tally.add(row, result)
        self.done.note(result)
        if result.mention is None:
            return
        if old is None:
            self.done.new += 1
            records = [result.passage, result.mention, *result.claims]
            yield Change(action="claims.import", records=records)
            return
        newer, added = _differences(old, result)
        if not newer and not added:
            self.done.unchanged += 1
            return
        self.done.updated += 1
        self.done.changed.append(result.mention.id)
        yield Change(
            action="claims.update",
            records=[result.passage, result.mention, *newer, *added],
            replaces=True,
        )

    def _apply(self, row: Row, key: str, old: _Known | None) -> RowResult:
        if key in self.seen:
            twice = Problem(
                code="row-key-twice", row=row.number, column=", ".join(self.mapping.key),
                what="Another row of this table has the same key.",
                todo="Give each row a key of its own.", sheet=row.sheet,
            )  # fmt: skip
            return RowResult(mention=None, passage=None, problems=(twice,), key=key)
        self.seen.add(key)
        return mappings.apply(
            row,
            self.mapping,
            source=self.source,
            capture=self.capture,
            collection=self.collection,
            author=AUTHOR,
            ids=old.ids if old else None,
            placeholders=self.days,
        )

    def count_gone(self) -> int:
        """Count the known rows that this table no longer has."""
        rows = models.Mention.objects.filter(collection=self.collection)
        return sum(key not in self.seen for key in rows.values_list("key", flat=True).iterator())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the case already has of one row."""

    ids: Ids
    claims: dict[str, Claim]


def _known(collection: str, keys: Sequence[str]) -> dict[str, _Known]:
    """Give the rows of a collection that are here already, by key."""
    found = models.Mention.objects.filter(collection=collection, key__in=keys)
    mentions = {row.pk: row for row in found}
    claims: dict[str, dict[str, Claim]] = defaultdict(dict)
    counted: dict[tuple[str, str, str], int] = defaultdict(int)
    rows = models.Claim.objects.filter(mention__in=mentions, author=AUTHOR)
    for row in rows.order_by("entry", "position"):
        claim = row.record()
        column = claim.within.column if claim.within else ""
        place = (claim.mention, claim.predicate, column)
        slot = mappings.slot(claim.predicate, column, counted[place])
        counted[place] += 1
        claims[claim.mention][slot] = claim
    return {
        row.key: _Known(
            ids=Ids(
                mention=pk,
                passage=row.passage_id,
                claims={slot: claim.id for slot, claim in claims[pk].items()},
            ),
            claims=claims[pk],
        )
        for pk, row in mentions.items()
    }


def _differences(old: _Known, result: RowResult) -> tuple[list[Claim], list[Claim]]:
    """Give newer versions of known claims, and claims that are new.

    A claim whose cell is empty now is withdrawn; its older version stays.
    """
    before = {claim.id: claim for claim in old.claims.values()}
    now_said = {claim.id for claim in result.claims}
    newer = [c for c in result.claims if c.id in before and not _says_the_same(before[c.id], c)]
    added = [c for c in result.claims if c.id not in before]
    newer += [
        dataclasses.replace(claim, status="withdrawn", flags=(*claim.flags, "gone-from-list"))
        for claim in before.values()
        if claim.id not in now_said and claim.status != "withdrawn"
    ]
    return newer, added


def _says_the_same(old: Claim, new: Claim) -> bool:
    return old == dataclasses.replace(new, status=old.status)


def _refusal(done: Imported) -> TableError:
    refused = [p for p in done.problems if p.code.startswith(("row-", "table-"))] or done.problems
    first = refused[0]
    return TableError(
        "rows-refused",
        f"{done.report.refused} rows cannot be taken, so nothing was. The first: {first.what}",
        where=f"row {first.row}" + (f", column {first.column}" if first.column else ""),
        todo=f"{first.todo} A dry run lists them all; --skip-refused takes the others.",
    )
