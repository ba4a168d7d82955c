"""Check a case, an archive or a site: everything, from page to bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import click
import orjson

from dadkhah import archive
from dadkhah.cli.session import json_option, say, use_case
from dadkhah.custody import report, times, verify
from dadkhah.custody.checkpoints import read_checkpoint
from dadkhah.custody.forks import check_fork, read_fork
from dadkhah.custody.notes import parse_note
from dadkhah.custody.policy import Policy, read_policy
from dadkhah.custody.report import Check, Report
from dadkhah.custody.signers import read_verifier
from dadkhah.errors import (
    ArchiveError,
    CaseError,
    DadkhahError,
    RecordError,
    VerificationError,
)
from dadkhah.sources import passing, verification
from dadkhah.sources.crew import crew

__all__ = ["COMMANDS", "Given", "prove_fork", "require_verified", "verify_archive", "verify_path"]


@click.command("verify")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--key", default="", help="The log's public key, as you were given it.")
@click.option(
    "--policy",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Which witnesses you trust, and how many are enough (C2SP tlog-policy).",
)
@click.option(
    "--authorities",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of PEM files: the time authorities you trust.",
)
@click.option(
    "--seen",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A checkpoint of this log that you kept from before.",
)
@json_option
def verify_command(
    path: Path,
    key: str,
    policy: Path | None,
    authorities: Path | None,
    seen: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Check a case, an archive or a site: every byte, every claim, the whole log.

    PATH may also be a site packed into one file, or the proof of a fork, as a witness keeps it;
    give the log's key with that.
    """
    if path.is_file() and not zipfile.is_zipfile(path):
        say(prove_fork(path, key))
        return
    given = Given(
        key=key,
        policy=policy.read_text("utf-8") if policy else "",
        authorities=authorities,
        seen=tuple(one.read_bytes() for one in seen),
    )
    found = verify_path(path, given)
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
        if not policy or not authorities:
            say("Which witnesses and time authorities to believe was taken from there too.")
    if not found.passed:
        raise VerificationError(
            "not-verified",
            f"{len(found.failures)} checks failed.",
            where=str(path),
            todo="Compare with another copy before anything is written here.",
        )


def prove_fork(path: Path, key: str) -> str:
    """Check the proof that a log signed two histories, and say what it shows.

    Raises:
        VerificationError: key-missing; those of read_fork and check_fork.
    """
    if not key:
        raise VerificationError(
            "key-needed",
            "Only the log's own key shows that it was this log that signed both.",
            todo="Give the key, as it was given to you, with --key.",
        )
    log, fork = read_verifier(key), read_fork(path.read_bytes())
    check_fork(fork, [log], origin=log.name)
    sizes = [read_checkpoint(parse_note(note).text).size for note in (fork.older, fork.newer)]
    return (
        f"Proved: the key of {log.name} signed two histories, at {sizes[0]} and at {sizes[1]} "
        "entries, that cannot be one. Nothing it signed may be believed without a witness."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What whoever checks knows by another way; what is left out is taken from the folder itself.

    Args:
        key: of the log.
        policy: which witnesses to ask for (C2SP tlog-policy).
        authorities: folder of pinned certificates of time authorities.
        seen: checkpoints of this log, kept from before.
    """

    key: str = ""
    policy: str = ""
    authorities: Path | None = None
    seen: tuple[bytes, ...] = ()


NOTHING = Given()


def verify_path(path: Path, given: Given = NOTHING) -> Report:
    """Verify whatever kind of folder this is, or the packed site.

    Raises:
        CaseError: path-unknown when it is none of ours.
    """
    if path.is_file():
        from dadkhah.memorial import packing

        with packing.unpacked(path) as folder:
            return verify_path(folder, given)
    if archive.is_archive(path):
        return verify_archive(path, given)
    if (path / "case.toml").is_file():
        return _verify_case(path, given)
    if (path / "site.json").is_file():
        from dadkhah.memorial import verification as site

        return site.verify(path, given.key, given.authorities)
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


def verify_archive(folder: Path, given: Given = NOTHING, *, processes: int = 0) -> Report:
    """Check an archive: its files, its log, and every record in it.

    Args:
        given: what is known of it by another way.
        processes: how many share the work; 0 lets the archive's size and the machine decide.
    """
    with crew(processes or passing.processes_for(folder)) as pool:
        try:
            found = _verify_all(folder, given, pool)
        except (ArchiveError, RecordError, VerificationError) as refusal:
            files, _ = verification.check_manifest(folder, pool)
            unreadable = Report(checks=(_unreadable(refusal),))
            found = report.join([files, unreadable, _verify_tiles(folder)])
        return found


def _verify_all(folder: Path, given: Given, pool: Executor | None) -> Report:
    """Files, log, records and times; the log is walked here while others walk the records."""
    said = archive.about(folder)
    newest, *earlier = archive.checkpoints(folder)
    stretches = passing.begin(folder, int(said.get("log_size", 0)), pool)
    log = verify.verify_log(
        archive.entries(folder),
        newest,
        [read_verifier(given.key or archive.verifier(folder))],
        origin=str(said.get("origin", "")),
        policy=_rule(given.policy or archive.policy(folder)),
        earlier=[*earlier, *given.seen],
    )
    texts = _texts([newest, *earlier])
    outside = _verify_times(folder / "log" / "times", texts, given.authorities)
    tiles = _verify_tiles(folder)
    files, wrong = verification.check_manifest(folder, pool)
    return report.join([files, log, stretches.finish(wrong), outside, tiles])


def _verify_times(folder: Path, texts: Mapping[int, str], pinned: Path | None) -> Report:
    """Check 20, against the authorities given, or those that come with the times."""
    known = times.authorities(pinned or folder / "authorities")
    return Report(checks=(times.check_times(folder, texts, known),))


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


def _texts(notes: Sequence[str | bytes]) -> dict[int, str]:
    """The text of each checkpoint, by its size; checks 1 and 8 say whether they are believed."""
    found: dict[int, str] = {}
    for note in notes:
        try:
            text = parse_note(note).text
            found[read_checkpoint(text).size] = text
        except VerificationError:
            continue
    return found


def _rule(text: str) -> Policy:
    return read_policy(text) if text else Policy()


def _verify_case(folder: Path, given: Given) -> Report:
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
    walk = verification.RecordWalk(
        lambda digest: str(archive.capture_path(folder, digest)), queries.stands_for()
    )
    records = passing.Passing(archiving.in_log_order(), walk)
    log = verify.verify_log(
        archiving.log_entries(),
        notes[0],
        [read_verifier(given.key or said.verifier)],
        origin=said.origin,
        policy=_rule(given.policy or said.policy),
        earlier=[*notes[1:], *given.seen],
        visit=records.visit,
    )
    outside = _verify_times(folder / "times", _texts(notes), given.authorities)
    return report.join([log, records.finish(), outside])


COMMANDS = (verify_command,)
