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

__all__ = [
    "OTS", "Authority", "Told", "authorities", "check_times", "headers", "is_name",
    "outside_times", "stamped_sizes",
]  # fmt: skip

OTS = "checkpoint.ots"
_NAME = re.compile("[a-z0-9][a-z0-9-]{0,39}")
_SIZE = re.compile("[0-9]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """One time authority: what it is called here, where it is asked, what is pinned for it."""

    name: str
    address: str
    pem: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one file of times shows.

    Args:
        name: of the authority, or OpenTimestamps.
        moment: the checkpoint existed no later; empty where nothing here shows it.
        blocks: heights of the blocks that an open proof leads to; none while it is pending.
        said: the same in a few words. code: of what is wrong; empty when it holds.
    """

    name: str
    moment: str = ""
    blocks: tuple[int, ...] = ()
    said: str = ""
    code: str = ""


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
            one = _look(path, texts.get(size, ""), pinned)
            if one.code:
                fault = _count(fault, one.code, f"{path.parent.name}/{path.name}")
            elif one.said:
                told.append(f"{size} entries: {one.said}")
    return outcome(20, fault, where="; ".join(told) or "none is kept")


def outside_times(folder: Path, size: int, text: str) -> list[Told]:
    """Tell what the times kept for one checkpoint show, by the authorities pinned beside them.

    Args:
        folder: of times; may be missing.
        size, text: of the checkpoint.
    """
    pinned = authorities(folder / "authorities")
    home = folder / f"{size:012}"
    paths = sorted(home.iterdir()) if home.is_dir() else []
    return [_look(path, text, pinned) for path in paths if path.name != "checkpoint"]


def _look(path: Path, text: str, pinned: Mapping[str, Authority]) -> Told:
    """Say what one file of times shows, or the code of what is wrong with it."""
    try:
        _check_stamped(path.with_name("checkpoint"), text)
        if path.name == "checkpoint":
            return Told(name=path.name)
        return _open_time(path) if path.name == OTS else _authority_time(path, pinned)
    except VerificationError as error:
        return Told(name=path.name, code=error.code)


def _check_stamped(kept: Path, text: str) -> None:
    if not kept.is_file():
        raise VerificationError("time-checkpoint", "What was stamped is not kept beside this time.")
    if not text or kept.read_bytes() != text.encode():
        raise VerificationError(
            "time-checkpoint", "What was stamped is not the text of a checkpoint of this log."
        )


def _authority_time(path: Path, pinned: Mapping[str, Authority]) -> Told:
    authority = pinned.get(path.stem)
    if path.suffix != ".tsr" or authority is None:
        raise VerificationError("time-authority", "No certificate is pinned for this authority.")
    from dadkhah.custody import timestamps

    roots = timestamps.read_roots(authority.pem)
    data = path.with_name("checkpoint").read_bytes()
    moment = entry_time(timestamps.check_reply(path.read_bytes(), data, roots).moment)
    return Told(name=authority.name, moment=moment, said=f"{authority.name} at {moment}")


def _open_time(path: Path) -> Told:
    from dadkhah.custody import opentimes

    known = headers(path.parent.parent)
    data = path.with_name("checkpoint").read_bytes()
    found = opentimes.check_proof(path.read_bytes(), data, known)
    moments = {h: entry_time(moment) for h, moment in found.blocks.items() if moment}
    told = [
        f"block {height}"
        + (f" at {moments[height]}" if height in moments else ", its header is not here")
        for height in found.blocks
    ]
    said = ", ".join(told) or f"pending at {len(found.pending)} calendars"
    return Told(
        name="OpenTimestamps",
        moment=min(moments.values(), default=""),
        blocks=tuple(found.blocks),
        said=f"OpenTimestamps {said}",
    )


def _count(fault: Fault | None, code: str, where: str) -> Fault:
    if fault is None:
        return Fault(code, where)
    fault.count += 1
    return fault
