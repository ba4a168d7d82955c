"""What others outside the house say of the log: witnesses who cosigned it, and clocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dadkhah.custody import keychain
from dadkhah.custody.checkpoints import read_checkpoint
from dadkhah.custody.cosignatures import WitnessVerifier, cosignatures
from dadkhah.custody.entries import entry_time
from dadkhah.custody.notes import open_note, parse_note
from dadkhah.custody.signers import LogVerifier, read_verifier
from dadkhah.custody.times import Told, outside_times
from dadkhah.custody.witnessed import LAST_SECOND
from dadkhah.errors import VerificationError
from dadkhah.web.custody.models import LogEntry, SignedCheckpoint

__all__ = ["Cosigned", "Head", "heads"]

SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigned:
    """One witness' word: its name, and the time by its clock."""

    name: str
    moment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One checkpoint, as kept.

    Args:
        signed: by the key in force, or one that was.
        cosigned: by witnesses of the policy; a signature that does not hold is not shown.
        times: of outside clocks.
    """

    size: int
    root: str
    signed: bool
    cosigned: tuple[Cosigned, ...]
    times: tuple[Told, ...]


def heads(*, verifier: str, witnesses: Sequence[WitnessVerifier], times: Path) -> list[Head]:
    """Give the newest checkpoints, each with whoever vouches for it.

    Args:
        verifier: the log's key in force.
        witnesses: of the case's policy.
        times: the folder of outside times.
    """
    logs = _keys(verifier)
    rows = SignedCheckpoint.objects.order_by("-size").values_list("note", flat=True)[:SHOWN]
    return [_head(str(note), logs, witnesses, times) for note in rows]


def _keys(verifier: str) -> list[LogVerifier]:
    """The key in force, and every key that the log says was in force before."""
    changes = LogEntry.objects.filter(action__in=(keychain.ROTATE, keychain.REVOKE))
    told = [text for note in changes.values_list("note", flat=True) for text in note.split(" ")]
    return [read_verifier(text) for text in dict.fromkeys([verifier, *told])]


def _head(
    note: str, logs: Sequence[LogVerifier], witnesses: Sequence[WitnessVerifier], times: Path
) -> Head:
    parsed = parse_note(note)
    said = read_checkpoint(parsed.text)
    return Head(
        size=said.size,
        root=said.root.hex(),
        signed=any(_cosigned(note, log, ()) is not None for log in logs),
        cosigned=next((c for log in logs if (c := _cosigned(note, log, witnesses))), ()),
        times=tuple(outside_times(times, said.size, parsed.text)),
    )


def _cosigned(
    note: str, log: LogVerifier, witnesses: Sequence[WitnessVerifier]
) -> tuple[Cosigned, ...] | None:
    """Who cosigned a checkpoint of this key; None when the key did not sign it."""
    try:
        opened = open_note(note, [log, *witnesses])
    except VerificationError:
        return None
    if log.key_id not in {one.key_id for one in opened.signatures}:
        return None
    return tuple(
        Cosigned(name=one.name, moment=_moment(one.seconds))
        for one in cosignatures(opened, witnesses)
    )


def _moment(seconds: int) -> str:
    return entry_time(datetime.fromtimestamp(min(seconds, LAST_SECOND), tz=UTC))
