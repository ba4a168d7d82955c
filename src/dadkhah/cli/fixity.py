"""Read every byte again: the store's, and those of copies."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import orjson

from dadkhah import archive
from dadkhah.cli.session import AUTHOR, Session, json_option, open_case, progress, say
from dadkhah.errors import VerificationError
from dadkhah.keeping import fixity
from dadkhah.keeping.fixity import Pace, Progress

__all__ = ["COMMANDS"]

NOTE_EVERY = 200


@click.command("fixity")
@click.argument("copies", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--rate", type=click.FloatRange(0), default=0.0,
              help="At most so many megabytes a second; 0: as fast as it goes.")  # fmt: skip
@click.option("--minutes", type=click.FloatRange(0), default=0.0,
              help="Stop after so many minutes; the next run goes on from there.")  # fmt: skip
@click.option("--restart", is_flag=True, help="Begin again, not where the last run stopped.")
@json_option
@click.pass_obj
def fixity_command(
    session: Session, copies: tuple[Path, ...], rate: float, minutes: float, restart: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Read every capture of the store again, and every file of the COPIES (exports, mirrors).

    A file that is not what its name says is an incident in the log and on the first page of the
    reading room, and the exit code is 1.
    """
    place = open_case(session)
    until = time.monotonic() + 60 * minutes if minutes else None
    from dadkhah.web.sources import fixity_runs

    failures = 0
    for folder, wanted in [(place, fixity_runs.wanted()), *_of_copies(copies)]:
        run = _Run(case=place, folder=folder, copy=folder != place, until=until)
        done = run.go(wanted, Pace(bytes_per_second=int(rate * 1e6)), restart=restart)
        failures += len(done.failed)
        _say(run, done, as_json=as_json)
    if failures:
        raise VerificationError(
            "fixity-failed",
            f"{failures} files are not what they were.",
            where="the incidents are in the log",
            todo="Do not write over them: take the bytes from another copy, and find out why.",
        )


def _of_copies(copies: Iterable[Path]) -> list[tuple[Path, list[tuple[str, str]]]]:
    return [(copy, sorted(archive.manifest(copy), key=lambda row: row[1])) for copy in copies]


@dataclasses.dataclass(slots=True, kw_only=True)
class _Run:
    """One run over one folder."""

    case: Path
    folder: Path
    copy: bool
    until: float | None
    finished: bool = False

    def go(self, wanted: Iterable[tuple[str, str]], pace: Pace, *, restart: bool) -> Progress:
        """Read on from where the last run stopped, and log what came of it."""
        from dadkhah.web.sources import fixity_runs

        notebook, name = self.case / "fixity.json", str(self.folder.resolve())
        done = Progress() if restart else fixity.progress_of(notebook, name)
        listed = list(wanted)
        with progress() as bar:
            task = bar.add_task("Files", total=len(listed), completed=done.files)
            for found in fixity.examine(self.folder, listed, pace, after=done.after):
                if found.state != "same":
                    fixity_runs.incident(by=AUTHOR, finding=found, copy=self.copy)
                done = _counted(done, found)
                bar.advance(task)
                if done.files % NOTE_EVERY == 0:
                    fixity.remember(notebook, name, done)
                if self.until is not None and time.monotonic() > self.until:
                    fixity.remember(notebook, name, done)
                    return done
        self.finished = True
        fixity.forget(notebook, name)
        if not done.failed:
            fixity_runs.passed(by=AUTHOR, files=done.files, copy=self.copy)
        return done


def _counted(done: Progress, found: fixity.Finding) -> Progress:
    return Progress(
        after=found.path,
        files=done.files + 1,
        size_bytes=done.size_bytes + found.size_bytes,
        failed=done.failed if found.state == "same" else (*done.failed, found.path),
    )


def _say(run: _Run, done: Progress, *, as_json: bool) -> None:
    if as_json:
        said: dict[str, Any] = {**dataclasses.asdict(done), "finished": run.finished}
        click.echo(orjson.dumps({**said, "copy": run.copy}))
        return
    what = "copy" if run.copy else "store"
    end = "all read" if run.finished else "stopped here, and goes on from here next time"
    say(f"{what}: {done.files} files, {done.size_bytes >> 20} MB, {len(done.failed)} failed; {end}")
    for path in done.failed:
        say(f"  FAILED {path}")


COMMANDS = (fixity_command,)
