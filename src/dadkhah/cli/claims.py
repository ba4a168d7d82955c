"""Take tables in, row by row, as a mapping says."""

from __future__ import annotations

import dataclasses
import gc
from pathlib import Path
from typing import Any

import click
import orjson

from dadkhah.cli.session import AUTHOR, Session, json_option, open_case, progress, say

__all__ = ["COMMANDS"]


@click.command("import")
@click.argument("table", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--mapping", required=True,
              type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="What the columns mean; docs/import.md explains it.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Read every row and report; keep nothing.")
@click.option("--skip-refused", is_flag=True, help="Take the other rows when some are refused.")
@json_option
@click.pass_obj
def import_command(
    session: Session, table: Path, mapping: Path, dry_run: bool, skip_refused: bool, as_json: bool
) -> None:
    """Import a table of names; the same table again changes nothing, a newer one updates."""
    place = open_case(session)
    from dadkhah.web.claims import importing
    from dadkhah.web.people import index

    opened = importing.open_table(table, mapping)
    # millions of small values that hold no circles: looking for them takes a sixth of the time
    gc.disable()
    with progress() as bar:
        task = bar.add_task("Rows", total=None)
        if dry_run:
            done = importing.check_table(opened, lambda n: bar.advance(task, n))
        else:
            done = importing.import_table(
                by=AUTHOR,
                case=place,
                table=opened,
                skip_refused=skip_refused,
                advance=lambda n: bar.advance(task, n),
            )
    if not dry_run:
        index.refresh(done.changed)
    _show(done, as_json=as_json, dry_run=dry_run)


def _show(done: Any, *, as_json: bool, dry_run: bool) -> None:
    report = done.report
    if as_json:
        counts = {name: getattr(done, name) for name in ("new", "updated", "unchanged", "gone")}
        problems = [dataclasses.asdict(problem) for problem in done.problems]
        said = {**counts, "report": dataclasses.asdict(report), "problems": problems}
        click.echo(orjson.dumps(said))
        return
    if dry_run:
        say(f"Dry run: {report.rows} rows, {report.mentions} would be taken; nothing was kept.")
    else:
        say(
            f"{report.rows} rows: {done.new} new, {done.updated} updated, {done.unchanged}"
            f" unchanged; {done.gone} known rows are not in this table."
        )
    say(f"{report.claims} claims; {report.unidentified} unidentified; {report.refused} refused.")
    for column in report.columns:
        unread = f", {column.unread} not read" if column.unread else ""
        say(f"  {column.column} -> {column.predicate}: {column.filled} filled{unread}")
        for sentence in column.suspicions:
            say(f"    Suspicious: {sentence}")
    for problem in done.problems[:20]:
        say(f"  Row {problem.row}, {problem.column or 'whole row'}: {problem.what} {problem.todo}")


COMMANDS = (import_command,)
