"""The outside times of a log, as a folder beside it; check 20.

times/authorities/law.pem            certificates pinned for the authority called law
times/authorities/law.address        where it is asked
times/headers                        headers of Bitcoin blocks, one a line: height and 160 hex
times/000000003625/checkpoint        what was stamped: the text of the checkpoint of this size
times/000000003625/law.tsr           its reply (RFC 3161)
times/000000003625/checkpoint.ots    the proof of OpenTimestamps
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dadkhah.custody.entries import entry_time
from dadkhah.custody.report import Check, Fault, outcome
from dadkhah.errors import VerificationError

__all__ = ["OTS", "Authority", "authorities", "check_times", "headers", "is_name", "stamped_sizes"]

OTS = "checkpoint.ots"
_NAME = re.compile("[a-z0-9][a-z0-9-]{0,39}")
_SIZE = re.compile("[0-9]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """One time authority: what it is called here, where it is asked, what is pinned for it."""

    name: str
    address: str
    pem: bytes


def is_name(name: str) -> bool:
    """Say whether an authority may be called so: small letters, digits, hyphens."""
    return _NAME.fullmatch(name) is not None


def authorities(folder: Path) -> dict[str, Authority]:
    """Read the authorities that are pinned in a folder, by name.

    Args:
        folder: of NAME.pem files, such as times/authorities.
    """
    found: dict[str, Authority] = {}
    for path in sorted(folder.glob("*.pem")):
        address = path.with_suffix(".address")
        where = address.read_text(encoding="utf-8").strip() if address.is_file() else ""
        found[path.stem] = Authority(name=path.stem, address=where, pem=path.read_bytes())
    return found


def headers(folder: Path) -> dict[int, bytes]:
    """Read the headers of blocks that are kept in a folder of times.

    Raises:
        VerificationError: opentimes-header.
    """
    from dadkhah.custody import opentimes  # its libraries are slow to import and often not needed

    path = folder / "headers"
    lines = path.read_text(encoding="ascii", errors="replace") if path.is_file() else ""
    return dict(opentimes.read_header(line) for line in lines.splitlines() if line.strip())


def stamped_sizes(folder: Path) -> list[int]:
    """List the sizes of the checkpoints that have times, in order."""
    names = (path.name for path in folder.glob("*") if path.is_dir())
    return sorted(int(name) for name in names if _SIZE.fullmatch(name))


def check_times(folder: Path, texts: Mapping[int, str], pinned: Mapping[str, Authority]) -> Check:
    """Check every time in a folder, check 20.

    Args:
        folder: of times; may be missing.
        texts: of the believed checkpoints of this log, by size.
        pinned: the authorities to believe, by name.
    """
    told: list[str] = []
    fault: Fault | None = None
    for size in stamped_sizes(folder):
        for path in sorted((folder / f"{size:012}").iterdir()):
            # 20.
            try:
                said = _look(path, texts.get(size, ""), pinned)
            except VerificationError as error:
                fault = _count(fault, error.code, f"{path.parent.name}/{path.name}")
            else:
                told.extend(f"{size} entries: {one}" for one in said)
    return outcome(20, fault, where="; ".join(told) or "none is kept")


def _look(path: Path, text: str, pinned: Mapping[str, Authority]) -> list[str]:
    """Say what one file of times shows."""
    if path.name == "checkpoint":
        _check_stamped(path, text)
        return []
    return [_open_time(path) if path.name == OTS else _authority_time(path, pinned)]


def _check_stamped(path: Path, text: str) -> None:
    if not text or path.read_bytes() != text.encode():
        raise VerificationError(
            "time-checkpoint", "What was stamped is not the text of a checkpoint of this log."
        )


def _authority_time(path: Path, pinned: Mapping[str, Authority]) -> str:
    authority = pinned.get(path.stem)
    if path.suffix != ".tsr" or authority is None:
        raise VerificationError("time-authority", "No certificate is pinned for this authority.")
    from dadkhah.custody import timestamps

    roots = timestamps.read_roots(authority.pem)
    found = timestamps.check_reply(path.read_bytes(), _data(path), roots)
    return f"{authority.name} at {entry_time(found.moment)}"


def _open_time(path: Path) -> str:
    from dadkhah.custody import opentimes

    known = headers(path.parent.parent)
    found = opentimes.check_proof(path.read_bytes(), _data(path), known)
    told = [
        f"block {height}" + (f" at {entry_time(moment)}" if moment else ", its header is not here")
        for height, moment in found.blocks.items()
    ]
    return "OpenTimestamps " + (", ".join(told) or f"pending at {len(found.pending)} calendars")


def _data(path: Path) -> bytes:
    kept = path.with_name("checkpoint")
    if not kept.is_file():
        raise VerificationError("time-checkpoint", "What was stamped is not kept beside this time.")
    return kept.read_bytes()


def _count(fault: Fault | None, code: str, where: str) -> Fault:
    if fault is None:
        return Fault(code, where)
    fault.count += 1
    return fault
