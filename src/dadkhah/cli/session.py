"""What every command shares: the case it works on, and how it speaks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import orjson
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

__all__ = ["AUTHOR", "Session", "open_case", "progress", "say", "show_rows", "use_case"]

AUTHOR = "command-line"
# copied by hand into the next command, so that a narrow table must not cut them in two
_IDS = frozenset({"id", "left", "person", "right"})
errors_to = Console(stderr=True)
console = Console()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One call of the program: which case."""

    case: Path


def use_case(folder: Path) -> None:
    """Point Django at a case and start it; the first and only place that does."""
    import django

    os.environ["DADKHAH_CASE"] = str(folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "dadkhah.web.settings"
    django.setup()


def open_case(session: Session) -> Path:
    """Open the case of this call and give its folder.

    Raises:
        CaseError: case-missing when the folder is no case.
    """
    use_case(session.case)
    from dadkhah.web import case

    case.read(session.case)
    case.prepare()
    return session.case.resolve()


def say(text: str) -> None:
    """Print one line for a person."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def show_rows(
    rows: Iterable[Mapping[str, Any]], *, as_json: bool, columns: tuple[str, ...]
) -> None:
    """Print rows: one JSON object a line, or a table of the columns named."""
    if as_json:
        for row in rows:
            sys.stdout.buffer.write(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) + b"\n")
        sys.stdout.buffer.flush()
        return
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold", no_wrap=column in _IDS)
    for row in rows:
        table.add_row(*(_cell(row.get(column)) for column in columns))
    console.print(table)


@contextmanager
def progress() -> Iterator[Progress]:
    """Show progress on the error stream, where it mixes with no output."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors_to, transient=not errors_to.is_terminal) as bar:
        yield bar


json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
        return "; ".join(value)
    return value if isinstance(value, str) else orjson.dumps(value).decode()
