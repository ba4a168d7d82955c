"""Check a case, an archive or a site: everything, from page to bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import orjson

from dadkhah import archive
from dadkhah.archive import Line
from dadkhah.cli.session import json_option, say, use_case
from dadkhah.custody import report, verify
from dadkhah.custody.entries import Entry
from dadkhah.custody.report import Check, Report
from dadkhah.custody.signers import read_verifier
from dadkhah.custody.verify import Item
from dadkhah.errors import (
    ArchiveError,
    CaseError,
    DadkhahError,
    RecordError,
    VerificationError,
)
from dadkhah.sources import verification

__all__ = ["COMMANDS", "require_verified", "verify_archive", "verify_path"]


@click.command("verify")
@click.argument("path", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--key", default="", help="The log's public key, as you were given it.")
@json_option
def verify_command(path: Path, key: str, as_json: bool) -> None:
    """Check a case, an archive or a site: every byte, every claim, the whole log."""
    found = verify_path(path, key)
    for check in found.checks:
        if as_json:
            click.echo(orjson.dumps(check))
        else:
            mark = "passed" if check.passed else "FAILED"
            where = f" ({check.code}: {check.where})" if check.where else ""
            say(f"{check.number:>3}. {mark}  {check.sentence_en}{where}")
    if not as_json:
        say(f"{found.entries} entries, {found.records} records, {found.erased} erased.")
        if not key:
            say("The key was taken from the folder itself: compare it with one you were given.")
    if not found.passed:
        raise VerificationError(
            "not-verified",
            f"{len(found.failures)} checks failed.",
            where=str(path),
            todo="Compare with another copy before anything is written here.",
        )


def verify_path(path: Path, key: str = "") -> Report:
    """Verify whatever kind of folder this is.

    Raises:
        CaseError: path-unknown when it is none of ours.
    """
    if archive.is_archive(path):
        return verify_archive(path, key)
    if (path / "case.toml").is_file():
        return _verify_case(path, key)
    if (path / "site.json").is_file():
        from dadkhah.memorial import verification as site

        return site.verify(path)
    raise CaseError("path-unknown", "This is no case, no archive and no site.", where=str(path))


def require_verified(folder: Path) -> None:
    """Refuse an archive that does not check out.

    Raises:
        VerificationError: archive-not-verified, naming the first failure.
    """
    found = verify_archive(folder)
    if not found.passed:
        first = found.failures[0]
        raise VerificationError(
            "archive-not-verified",
            first.sentence_en,
            where=first.where,
            todo="Nothing was restored.",
        )


def verify_archive(folder: Path, key: str = "") -> Report:
    """Check an archive: its files, its log, and every record in it."""
    files = verification.check_manifest(folder)
    try:
        said = archive.about(folder)
        newest, *earlier = archive.checkpoints(folder)
        chain = _verify_chain(
            entries=archive.entries(folder),
            lines=archive.in_log_order(folder),
            checkpoint=newest,
            earlier=earlier,
            key=key or archive.verifier(folder),
            origin=str(said.get("origin", "")),
            captures=folder,
            stands=archive.stands_for(archive.current(folder, "capture").values()),
        )
    except (ArchiveError, RecordError, VerificationError) as refusal:
        chain = Report(checks=(_unreadable(refusal),))
    return report.join([files, chain, _verify_tiles(folder)])


def _verify_tiles(folder: Path) -> Report:
    def kept(path: str) -> bytes | None:
        place = folder / "log" / path
        return place.read_bytes() if place.is_file() else None

    entries = folder / "log" / "entries.jsonl"
    return verify.verify_tiles(archive.entries(folder) if entries.is_file() else (), kept)


def _unreadable(refusal: DadkhahError) -> Check:
    """Count what cannot even be read as a failed check."""
    return Check(
        number=0,
        code=refusal.code,
        passed=False,
        sentence_en=f"The archive cannot be read through. {refusal.what}",
        sentence_fa="این بایگانی را نمی‌توان تا پایان خواند.",
        where=refusal.where,
    )


def _verify_case(folder: Path, key: str) -> Report:
    use_case(folder)
    from dadkhah.web import case
    from dadkhah.web.custody import actions, archiving
    from dadkhah.web.custody.models import SignedCheckpoint
    from dadkhah.web.sources import queries

    said = case.read(folder)
    signer = case.signer(folder)
    if signer is not None:
        # the log is first held against its last checkpoint: what was altered is never signed
        actions.sign_head(signer=signer)
    notes = list(SignedCheckpoint.objects.order_by("-size").values_list("note", flat=True)[:50])
    if not notes:
        raise VerificationError(
            "never-signed",
            "The log of this case was never signed, so there is nothing to hold it against.",
            where=str(folder),
            todo="Run this on the machine that holds the key, or set DADKHAH_KEYS to its folder.",
        )
    return _verify_chain(
        entries=archiving.log_entries(),
        lines=archiving.in_log_order(),
        checkpoint=notes[0],
        earlier=notes[1:],
        key=key or said.verifier,
        origin=said.origin,
        captures=folder,
        stands=queries.stands_for(),
    )


def _verify_chain(
    *,
    entries: Iterable[bytes],
    lines: Iterable[Line],
    checkpoint: str | bytes,
    key: str,
    origin: str,
    captures: Path,
    stands: Mapping[str, str],
    earlier: Sequence[str | bytes] = (),
) -> Report:
    walk = verification.RecordWalk(lambda digest: archive.capture_path(captures, digest), stands)
    passing = _Passing(iter(lines), walk)
    found: list[Report] = []

    def visit(entry: Entry) -> None:
        one = verify.verify_commitments(entry, passing.of_entry(entry.index))
        found[:] = [report.join([*found, one])]

    log = verify.verify_log(
        entries, checkpoint, [read_verifier(key)], origin=origin, earlier=earlier, visit=visit
    )
    passing.refuse_rest()
    return report.join([log, *found, walk.finish()])


@dataclass(slots=True)
class _Passing:
    """Records in log order, handed to the log's entries one entry at a time."""

    lines: Iterator[Line]
    walk: verification.RecordWalk
    ahead: Line | None = None

    def of_entry(self, index: int) -> Iterator[Item]:
        """Give what the records of one entry commit to, checking them on the way."""
        while (line := self._peek()) is not None and line.entry == index:
            self.ahead = None
            self.walk.visit(line)
            if line.erased:
                yield line.commitment
            else:
                yield line.salt, line.body, line.commitment

    def refuse_rest(self) -> None:
        """Note a record that belongs to no entry, or out of its order."""
        if (line := self._peek()) is not None:
            self.walk.faults.add(15, "record-without-entry", f"entry {line.entry}")

    def _peek(self) -> Line | None:
        if self.ahead is None:
            self.ahead = next(self.lines, None)
        return self.ahead


COMMANDS = (verify_command,)
