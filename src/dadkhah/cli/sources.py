"""Take sources in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from dadkhah.cli.session import AUTHOR, Session, open_case, progress, say
from dadkhah.errors import InputError, SourceError
from dadkhah.sources import is_table, read

__all__ = ["COMMANDS"]

FILES_AT_ONCE = 100


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--author", default="", help="Who issued them, where you know better than the text.")
@click.option("--date", default="", help="When, as you would write it; for all files given.")
@click.option("--dry-run", is_flag=True, help="Read everything, keep nothing.")
@click.pass_obj
def add(session: Session, paths: tuple[Path, ...], author: str, date: str, dry_run: bool) -> None:
    """Take in statements and pages: files, or folders with all that is in them.

    Each file is taken whole or not at all; one that cannot be read is named and left.
    """
    place = open_case(session)
    files = [file for path in paths for file in _files(path)]
    refused: list[InputError] = []
    with progress() as bar:
        for number, file in enumerate(bar.track(files, description="Sources"), start=1):
            try:
                say(_add_one(place, file, author, date, dry_run))
            except InputError as refusal:
                refused.append(refusal)
                say(f"Refused: {refusal}")
            if not dry_run and (number == len(files) or number % FILES_AT_ONCE == 0):
                _index()
    if refused:
        raise SourceError(
            "sources-refused",
            f"{len(refused)} of {len(files)} files were not taken; the others were.",
            todo="Mend them and add them again; what is here already is left as it is.",
        )


def _add_one(place: Path, file: Path, author: str, date: str, dry_run: bool) -> str:
    from dadkhah.web.claims.receiving import receive_text

    reading = read(file, file.name)
    if is_table(reading.media_type):
        raise SourceError(
            "source-is-table",
            "A table needs a mapping that says what its columns mean.",
            where=file.name,
            todo="Run: dadkhah import TABLE --mapping FILE.",
        )
    if dry_run:
        return f"{file.name}: {reading.media_type}, {reading.encoding}; would be taken."
    done = receive_text(by=AUTHOR, case=place, path=file, reading=reading, author=author, date=date)
    if done.known:
        return f"{file.name}: these bytes are here already."
    found = f"{done.passages} passages, {done.claims} claims proposed"
    return f"{file.name}: {found}; SHA-256 {done.digest}"


def _index() -> None:
    """Let the register see what came; what a stop leaves out, the next call takes in."""
    from dadkhah.web.people import index

    index.refresh()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and not any(p.startswith(".") for p in file.relative_to(path).parts):
            yield file


COMMANDS = (add,)
