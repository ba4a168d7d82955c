"""Stop the program at random moments, and see whether anything is lost or half done.

    python studies/custody/kill.py --trials 143 --output studies/custody/output/kill.md
    python studies/custody/kill.py --power --trials 30 --output studies/custody/output/power.md

Each trial begins from one small case, begins an operation in a process of its own, and stops it
after a random part of the time that it takes: the process is killed (SIGKILL), or, with --power,
the power is lost. Then, in a new process:

1. `verify` passes on the case, from page to bytes.
2. Every change that was acknowledged before is there.
3. Nothing is there by half: an import has all of its rows or none, a source all of its passages and
   claims or none, an export, mirror, backup or restored case is whole or is not there (a mirror: is
   the old one).

A kill leaves what the system has in its memory. A loss of power does not: there the case lies on a
file system of its own (ext4 in an image, `data=writeback,commit=300`), which is shut down on the
spot without writing its journal (EXT4_IOC_SHUTDOWN, as the test suites of file systems do it).
Everything not synced is gone; the image is mounted again. That needs root and a Linux with loop
devices. A disk that lies about its own cache is not tried.

Folders whose names begin with a dot (.growing-, .writing-) may stay behind; they are counted and
never read. With --output the counts are kept beside it (.json) after each round, and the next call
goes on from there; --minutes ends a call early.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

import cryptography.hazmat.primitives.asymmetric.ed25519
import django.db.models
import numpy
import orjson
import polars
import power
import pyrage
import rapidfuzz
import yaml

from dadkhah import archive
from dadkhah.cli import program
from dadkhah.cli.session import use_case
from dadkhah.keeping import backup as backups

READY = (cryptography, django, numpy, orjson, polars, pyrage, rapidfuzz, yaml)
PAGE = Path(__file__).resolve().parents[2] / "docs/keeping.md"
OPERATIONS = ("add", "import", "judge", "export", "mirror", "backup", "restore")
PASSWORD = "a-password-for-a-study"  # noqa: S105 - of cases that are deleted at once
ROWS = 400
MAPPING = """\
collection: {title: A list, compiler: Nobody, scope: everyone, period: "1995"}
source: {title: A list, language: en}
key: id
kind: person
language: en
columns:
  name: {predicate: person.name, as: name}
  age: {predicate: person.age, as: number}
  city: {predicate: person.death_place, as: place}
"""
Say = Callable[[str], None]


class Loss(Protocol):
    """A place for trials, and how a trial there ends."""

    def begin(self) -> None: ...
    def cut(self) -> None: ...
    def come_back(self) -> None: ...
    def end(self) -> None: ...


def apart(work: Callable[[Say], None], stop: Stop | None = None) -> tuple[list[str], bool]:
    """Do work in a process of its own; give the lines it said, and whether it came to its end."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        with contextlib.suppress(BrokenPipeError), os.fdopen(write, "w", buffering=1) as out:
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    work(lambda line: print(line, file=out))
                print("DONE", file=out)
            except BaseException:  # noqa: BLE001 - the parent must hear of it, whatever it is
                print("FAILED", json.dumps(traceback.format_exc()), file=out)
        os._exit(0)
    os.close(write)
    if stop is not None:
        time.sleep(stop.after)
        stop.cut()
        os.kill(child, signal.SIGKILL)
    with os.fdopen(read) as lines:
        said = [line.strip() for line in lines if line.endswith("\n")]
    os.waitpid(child, 0)
    return said, "DONE" in said


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """When to stop an operation, and what is done just before its process is killed."""

    after: float
    cut: Callable[[], None]


def surely(work: Callable[[Say], None]) -> list[str]:
    """Do work in a process of its own, and stop the study when it fails."""
    said, done = apart(work)
    assert done, "\n".join(said)
    return said


def dadkhah(*words: object, case: Path | None = None) -> None:
    """Call the program as its command line does."""
    place = ["--case", str(case)] if case else []
    program([*place, *map(str, words)], standalone_mode=False)


def open_case(case: Path) -> None:
    """Point this process at a case."""
    from dadkhah.cli.session import Session, open_case

    open_case(Session(case=case))


def get_ready(case: Path) -> None:
    """Load what every trial would load again: they all have their case at this one place."""
    use_case(case)
    for name in ("claims.receiving", "claims.importing", "people.index", "people.actions",
                 "custody.archiving", "sources.queries"):  # fmt: skip
        importlib.import_module(f"dadkhah.web.{name}")


@dataclass(slots=True)
class Room:
    """One trial's folder, and the operation in it."""

    folder: Path
    operation: str

    @property
    def case(self) -> Path:
        return self.folder / "case"

    def work(self, say: Say) -> None:
        """Do the operation, and say each change as soon as it is acknowledged."""
        if self.operation == "add":
            for number in range(3):
                dadkhah("add", self.folder / f"later{number}.txt", case=self.case)
                say(f"ACK {number}")
            return
        if self.operation == "judge":
            self._judge(say)
            return
        words = {
            "import": ("import", self.folder / "later.csv", "--mapping", self.folder / "list.yaml"),
            "export": ("export", self.folder / "made"),
            "mirror": ("mirror", self.folder / "mirror"),
            "backup": ("backup", self.folder / "made.age", "--to",
                       (self.folder / "recipient").read_text()),
            "restore": ("restore", self.folder / "archive", self.folder / "made",
                        "--password", PASSWORD),
        }[self.operation]  # fmt: skip
        dadkhah(*words, case=None if self.operation == "restore" else self.case)
        say("ACK all")

    def _judge(self, say: Say) -> None:
        open_case(self.case)
        from dadkhah.web.claims.models import Mention
        from dadkhah.web.people import actions

        persons = Mention.objects.filter(type="person").order_by("pk")
        pairs = list(persons.values_list("pk", flat=True)[:12])
        for left, right in zip(pairs[::2], pairs[1::2], strict=True):
            made = actions.judge(by="account:1", left=left, right=right, decision="different")
            say(f"ACK {made.id}")

    def state(self, say: Say) -> None:
        """Say what the case holds."""
        open_case(self.case)
        from dadkhah.web.claims.models import Claim, Mention
        from dadkhah.web.custody.models import LogEntry
        from dadkhah.web.people.models import Judgement
        from dadkhah.web.sources.models import Capture, Passage, Source

        said = {
            "judgements": list(Judgement.objects.values_list("pk", flat=True)),
            "rows": LogEntry.objects.filter(action="claims.import").count(),
            "sources": {
                row.title: [
                    Capture.objects.filter(source=row).count(),
                    Passage.objects.filter(source=row).count(),
                    Mention.objects.filter(source=row).count(),
                    Claim.objects.filter(mention__source=row).count(),
                ]
                for row in Source.objects.all()
            },
        }
        say(json.dumps(said))

    def check(self, say: Say) -> None:
        """Verify the case, and what the operation made, and say what the case holds."""
        self._verify(say)
        self.state(say)

    def _verify(self, say: Say) -> None:
        from dadkhah.cli.verify import verify_archive, verify_path

        made = self.folder / "made"
        for place in (self.case, self.folder / "mirror"):
            found = verify_path(place)
            assert found.passed, [(c.code, c.where) for c in found.failures]
        if self.operation == "export" and made.exists():
            assert verify_archive(made).passed
        say("made" if made.exists() or (self.folder / "made.age").exists() else "nothing")

    def check_restored(self, say: Say) -> None:
        """Verify a restored case; a process knows one case only."""
        from dadkhah.cli.verify import verify_path

        assert verify_path(self.folder / "made").passed
        say("whole")

    def check_backup(self, say: Say) -> None:
        """Open a backup and verify what is in it."""
        from dadkhah.cli.verify import verify_archive

        key = backups.read_identity(self.folder / "identity")
        opened = backups.open_backup(
            self.folder / "made.age", [key], self.folder / "opened", advance=lambda _: None
        )
        assert verify_archive(opened).passed
        say("whole")


@dataclass(slots=True)
class Counts:
    """What came of the trials of one operation."""

    trials: int = 0
    finished: int = 0
    acknowledged: int = 0
    present: int = 0
    left_behind: int = 0
    problems: list[str] = field(default_factory=list)


def prepare(folder: Path) -> None:
    """Make the case that every trial begins from, with a mirror and an archive of it."""
    folder.mkdir()
    case = folder / "case"
    (folder / "first.txt").write_text("Navid Sahrai was executed in Evin prison in 1988.\n")
    for number in range(3):
        text = f"Golnar Mahdavi was executed in Evin prison on {number + 3} August 1988.\n"
        (folder / f"later{number}.txt").write_text(text)
    (folder / "list.yaml").write_text(MAPPING)
    head = "id,name,age,city\n"
    rows = [f"{n},Golnar Sahrai{n},{n % 60 + 18},Mahanabad\n" for n in range(ROWS)]
    (folder / "first.csv").write_text(head + "".join(rows[:20]))
    (folder / "later.csv").write_text(head + "".join(rows))
    surely(lambda _: dadkhah("init", case, "--password", PASSWORD))
    surely(lambda _: dadkhah("mirror", folder / "mirror", case=case))
    surely(lambda _: dadkhah("add", folder / "first.txt", case=case))
    table = ("import", folder / "first.csv", "--mapping", folder / "list.yaml")
    surely(lambda _: dadkhah(*table, case=case))
    surely(lambda _: dadkhah("export", folder / "archive", case=case))
    secret, public = backups.make_identity()
    (folder / "identity").touch(mode=0o600)
    (folder / "identity").write_text(secret)
    (folder / "recipient").write_text(public)


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """Trials in a plain folder: the process goes, what the system holds in memory stays."""

    base: Path
    place: Path

    def begin(self) -> None:
        """Put everything back as it was."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.base, self.place)

    def cut(self) -> None:
        """Do nothing more than the kill itself."""

    def come_back(self) -> None:
        """Nothing was gone."""

    def end(self) -> None:
        """Take the trial away."""
        shutil.rmtree(self.place)


def state_of(room: Room) -> dict[str, object]:
    """Read what a trial's case holds."""
    return dict(json.loads(surely(room.state)[0]))


def whole_run(loss: Loss, room: Room) -> tuple[float, dict[str, object]]:
    """Let an operation come to its end: how long it takes, and what the case then holds."""
    loss.begin()
    begun = time.monotonic()
    surely(room.work)
    seconds = time.monotonic() - begun
    state = state_of(room)
    loss.end()
    return seconds, state


def trial(loss: Loss, room: Room, delay: float, before: dict[str, object],
          whole: dict[str, object], counts: Counts) -> None:  # fmt: skip
    """Stop one operation, and check 1 to 3."""
    loss.begin()
    said, finished = apart(room.work, Stop(after=delay, cut=loss.cut))
    loss.come_back()
    failed = [line for line in said if line.startswith("FAILED")]
    assert not failed or "Errno 5" in failed[0] or "disk I/O" in failed[0], failed
    acknowledged = [line.removeprefix("ACK ") for line in said if line.startswith("ACK ")]
    counts.trials += 1
    counts.finished += finished
    counts.acknowledged += len(acknowledged)
    counts.left_behind += any(p.name.startswith(".") for p in room.folder.iterdir())
    try:
        # 1.
        made, after = surely(room.check)[:2]
        if made == "made" and room.operation == "restore":
            surely(room.check_restored)
        if made == "made" and room.operation == "backup":
            surely(room.check_backup)
        counts.present += _held(
            room, acknowledged, made == "made", before, whole, dict(json.loads(after))
        )
    except AssertionError as problem:
        counts.problems.append(f"{room.operation} after {delay:.3f} s: {problem}")
    loss.end()


def _held(room: Room, acknowledged: list[str], made: bool, before: dict[str, object],
          whole: dict[str, object], after: dict[str, object]) -> int:  # fmt: skip
    """Hold what is there against what was acknowledged (2) and against halves (3)."""
    if room.operation in {"export", "backup", "restore"}:
        assert made or not acknowledged, "an acknowledged copy is not there"
        assert after == before, "a copy changed the case"
        return len(acknowledged)
    if room.operation == "mirror":
        newest = archive.about(room.folder / "mirror")["log_size"]
        now = archive.about(room.folder / "archive")["log_size"]
        assert not acknowledged or newest >= now, "an acknowledged mirror is the old one"
        return len(acknowledged)
    if room.operation == "judge":
        missing = set(acknowledged) - set(after["judgements"])  # type: ignore[call-overload]
        assert not missing, f"{len(missing)} acknowledged judgements are not there"
        return len(acknowledged)
    if room.operation == "import":
        assert after in (before, whole), "half an import"
        assert not acknowledged or after == whole, "an acknowledged import is not there"
        return len(acknowledged)
    held: dict[str, list[int]] = after["sources"]  # type: ignore[assignment]
    every: dict[str, list[int]] = whole["sources"]  # type: ignore[assignment]
    assert all(every[title] == counted for title, counted in held.items()), "half a source"
    grown = len(held) - len(before["sources"])  # type: ignore[arg-type]
    assert grown >= len(acknowledged), "an acknowledged source is not there"
    return len(acknowledged)


def table(results: dict[str, Counts]) -> str:
    """Write the figures."""
    lines = [
        "| operation | stopped | came to its end first | changes acknowledged | of these there"
        " | temporary folders left | verify failed, lost or half |",
        "|---|---|---|---|---|---|---|",
    ]
    for operation, c in results.items():
        lines.append(
            f"| {operation} | {c.trials} | {c.finished} | {c.acknowledged} | {c.present}"
            f" | {c.left_behind} | {len(c.problems)} |"
        )
    return "\n".join(lines) + "\n"


def kept(output: Path | None, chosen: Sequence[str]) -> dict[str, Counts]:
    """Take up the counts of earlier calls."""
    known = output.with_suffix(".json") if output else None
    found = json.loads(known.read_text()) if known and known.exists() else {}
    return {name: Counts(**found.get(name, {})) for name in (*found, *chosen)}


def keep(output: Path | None, results: dict[str, Counts]) -> None:
    """Write the table, and the counts that the next call goes on from."""
    if output:
        output.write_text(table(results))
        counts = {name: asdict(counted) for name, counted in results.items()}
        output.with_suffix(".json").write_text(json.dumps(counts, indent=1) + "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What every round of trials needs."""

    loss: Loss
    place: Path
    before: dict[str, object]
    results: dict[str, Counts]
    given: argparse.Namespace

    def rounds(self, chosen: Sequence[str], *, share: float = 1.0) -> None:
        """Try each operation once a round, until each has its trials or this share of the time is
        over.
        """
        until = time.monotonic() + share * (self.given.until - time.monotonic())
        given, rooms = self.given, {name: Room(self.place, name) for name in chosen}
        waiting = [name for name in chosen if self.results[name].trials < given.trials]
        known = {name: whole_run(self.loss, rooms[name]) for name in waiting}
        while waiting and time.monotonic() < until:
            for name in waiting:
                seconds, whole = known[name]
                counts = self.results[name]
                chance = random.Random(f"{given.seed} {name} {counts.trials}")
                delay = chance.uniform(0, seconds)
                trial(self.loss, rooms[name], delay, self.before, whole, counts)
            keep(given.output, self.results)
            waiting = [name for name in chosen if self.results[name].trials < given.trials]


def show(results: dict[str, Counts], *, power: bool) -> None:
    """Put the table into the docs."""
    mark = "<!-- power -->" if power else "<!-- kills -->"
    text, tried = PAGE.read_text(encoding="utf-8"), sum(c.trials for c in results.values())
    problems = sum(len(counts.problems) for counts in results.values())
    said = f"{mark}\n{tried:,} trials, {problems} problems:\n\n{table(results)}"
    pattern = re.escape(mark) + r"\n(?:[^\n]* problems:\n)?(?:\n*\|[^\n]*\n)*"
    PAGE.write_text(re.sub(pattern, lambda _: said, text), encoding="utf-8")


def main() -> int:
    """Run the study; the exit code is the number of problems, 1 at most."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--trials", type=int, default=50, help="of each operation, in all")
    asked.add_argument("--power", action="store_true", help="lose the power, not only the process")
    asked.add_argument("--minutes", type=float, default=0.0, help="stop after so long")
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--only", choices=OPERATIONS, action="append")
    asked.add_argument("--output", type=Path)
    asked.add_argument("--write", action="store_true", help="put the table into docs/keeping.md")
    given = asked.parse_args()
    chosen = given.only or OPERATIONS
    results = kept(given.output, chosen)
    given.until = time.monotonic() + 60 * given.minutes if given.minutes else float("inf")
    with tempfile.TemporaryDirectory(prefix="dadkhah-kill-") as home:
        place, base = Path(home) / "trial", Path(home) / "base"
        os.environ["DADKHAH_KEYS"] = str(place / "keys")
        prepare(place)
        before = state_of(Room(place, ""))
        place.rename(base)
        loss = power.image_of(base, place) if given.power else Killed(base=base, place=place)
        study = Study(loss=loss, place=place, before=before, results=results, given=given)
        # a process works on one case in its life, so what makes another case cannot be made ready
        study.rounds([name for name in chosen if name == "restore"], share=0.25)
        get_ready(place / "case")
        study.rounds([name for name in chosen if name != "restore"])
    print(table(results))
    if given.write:
        show(results, power=given.power)
    problems = [problem for counts in results.values() for problem in counts.problems]
    print("\n".join(problems))
    return min(1, len(problems))


if __name__ == "__main__":
    sys.exit(main())
