"""What a site stands on: the log's head, the case, its sources, and what may be let out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dadkhah import archive, disclosure
from dadkhah.custody.entries import read_entry
from dadkhah.disclosure import Whitelist
from dadkhah.errors import ArchiveError
from dadkhah.memorial.stamps import Stamps, stamps
from dadkhah.records import Case, Disclosure, Source

__all__ = ["Ground", "Log", "stand_on", "stood_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The log that the site was made from.

    Args:
        origin: its name. size: entries. root: hexadecimal.
        checkpoint: the signed note. verifier: the key the archive offers.
        day: of the last entry, YYYY-MM-DD. stamps: its outside times, where there are any.
    """

    origin: str
    size: int
    root: str
    checkpoint: str
    verifier: str
    day: str
    stamps: Stamps = field(default_factory=Stamps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What there is little of in an archive, however many people it tells of; nothing is cut."""

    folder: Path
    log: Log
    case: Case
    allowed: Whitelist
    sources: Mapping[str, Source]
    open_texts: frozenset[str]


def stand_on(folder: Path) -> Ground:
    """Read the log's head, the case, the sources and what the disclosures in force let out."""
    log, disclosures = _log(folder), archive.current(folder, "disclosure").values()
    return _ground(folder, log, disclosures)


def stood_on(ground: Ground, disclosures: Iterable[Disclosure], day: str) -> Ground:
    """Give the ground as it was on an earlier day, under the disclosures of then."""
    return _ground(ground.folder, dataclasses.replace(ground.log, day=day), disclosures)


def _ground(folder: Path, log: Log, disclosures: Iterable[Disclosure]) -> Ground:
    held = list(disclosures)
    for each in held:
        disclosure.check(each)
    allowed = disclosure.whitelist(held, on=log.day)
    sources: dict[str, Source] = archive.current(folder, "source")
    return Ground(
        folder=folder, log=log, case=_case(folder), allowed=allowed, sources=sources,
        open_texts=frozenset(
            s.id for s in sources.values() if allowed.lets_out_text(s.id, s.collection)
        ),
    )  # fmt: skip


def _log(folder: Path) -> Log:
    said, last = archive.about(folder), b""
    for last in archive.entries(folder):  # noqa: B007 — only the last one is wanted
        pass
    if not last:
        raise ArchiveError("memorial-empty", "This archive's log is empty.", where=str(folder))
    size, checkpoint = int(said.get("log_size", 0)), archive.checkpoint(folder)
    return Log(
        origin=str(said.get("origin", "")),
        size=size,
        root=str(said.get("log_root", "")),
        checkpoint=checkpoint,
        verifier=archive.verifier(folder),
        day=read_entry(last).at[:10],
        stamps=stamps(folder, size, checkpoint),
    )


def _case(folder: Path) -> Case:
    cases: list[Case] = list(archive.current(folder, "case").values())
    if not cases:
        raise ArchiveError(
            "memorial-no-case",
            "This archive does not say what case it documents.",
            where=str(folder),
            todo="Describe the case (title, scope, methodology) and export it again.",
        )
    return cases[-1]
