"""Read what the case holds, as a table or as JSON lines."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import click

from dadkhah.cli.session import Session, json_option, open_case, show_rows

__all__ = ["COMMANDS"]

limit_option = click.option(
    "--limit", default=50, show_default=True, help="At most so many; 0: all."
)


@click.command()
@click.option("--predicate", default="", help="Only claims with this predicate.")
@click.option("--status", default="", help="Only claims with this status.")
@click.option("--source", default="", help="Only claims from this source, by id.")
@limit_option
@json_option
@click.pass_obj
def claims(
    session: Session, predicate: str, status: str, source: str, limit: int, as_json: bool
) -> None:
    """List claims: what is said, of what, by whom, and the words that say it."""
    open_case(session)
    from dadkhah.web.claims.models import Claim

    rows = Claim.objects.select_related("mention", "target").order_by("entry", "position")
    wanted = {"predicate": predicate, "status": status, "mention__source": source}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    columns = ("id", "about", "predicate", "written", "value", "speaker", "status")
    show_rows((_claim(row) for row in _first(rows, limit)), as_json=as_json, columns=columns)


@click.command()
@click.argument("name", default="")
@limit_option
@json_option
@click.pass_obj
def people(session: Session, name: str, limit: int, as_json: bool) -> None:
    """List persons of the register, or those whose name has this spelling or another."""
    open_case(session)
    from dadkhah.web.custody.access import KEEPER
    from dadkhah.web.people import register

    columns = ("id", "label", "other_names", "mentions", "lists", "year", "conflicts")
    found = itertools.islice(_pages(register, KEEPER, name), limit or None)
    shown = ({column: getattr(row, column) for column in columns} for row in found)
    show_rows(shown, as_json=as_json, columns=columns)


def _pages(register: Any, reader: Any, name: str) -> Iterator[Any]:
    """Walk the register page by page, in the order of its names."""
    after = ""
    while True:
        rows = register.page(reader, {"q": name, "after": after})
        yield from rows[: register.PAGE]
        if len(rows) <= register.PAGE:
            return
        after = rows[register.PAGE - 1].id


@click.command()
@json_option
@click.pass_obj
def figures(session: Session, as_json: bool) -> None:
    """List every figure with its scope and its speaker; none is added to another."""
    open_case(session)
    from dadkhah.web.claims.models import Mention

    rows = Mention.objects.filter(type="figure").order_by("entry", "position")
    columns = ("number", "counted", "scope", "period", "kind", "speaker", "source_date", "id")
    show_rows((_figure(row) for row in rows), as_json=as_json, columns=columns)


@click.command()
@limit_option
@json_option
@click.pass_obj
def log(session: Session, limit: int, as_json: bool) -> None:
    """List the entries of the log, the newest first."""
    open_case(session)
    from dadkhah.web.custody.models import LogEntry

    columns = ("index", "at", "by", "action", "records", "note", "root")
    rows = LogEntry.objects.order_by("-index").values(*columns)
    show_rows(_first(rows, limit), as_json=as_json, columns=columns[:-1])


@click.command("sources")
@json_option
@click.pass_obj
def list_sources(session: Session, as_json: bool) -> None:
    """List the sources and the digests of their captures."""
    open_case(session)
    from dadkhah.web.sources.models import Source

    rows = Source.objects.prefetch_related("capture_set").order_by("entry", "position")
    columns = ("id", "title", "author", "date", "language", "sha256")
    shown = (
        {
            **{column: getattr(row, column) for column in columns[:-1]},
            "sha256": " ".join(c.pk for c in row.capture_set.all() if c.parent_id is None),
        }
        for row in rows
    )
    show_rows(shown, as_json=as_json, columns=columns)


def _first(rows: Any, limit: int) -> Iterator[Any]:
    yield from rows[:limit] if limit else rows


def _claim(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "about": row.mention.label,
        "predicate": row.predicate,
        "written": row.written,
        "value": row.target.label if row.target else row.value,
        "when": row.when,
        "speaker": row.speaker,
        "stance": row.stance,
        "status": row.status,
        "flags": row.flags,
        "passage": row.passage_id,
        "source": row.mention.source_id,
    }


def _figure(row: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"id": row.pk, "source_date": row.source.date}
    for claim in row.claim_set.exclude(status="withdrawn"):
        name = claim.predicate.removeprefix("figure.")
        said[name] = claim.written if name in {"number", "counted", "scope"} else claim.value
        said.setdefault("speaker", claim.speaker)
        if name == "number":
            said["value"] = claim.value
    return said


COMMANDS = (claims, people, figures, log, list_sources)
