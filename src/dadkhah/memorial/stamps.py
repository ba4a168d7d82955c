"""The outside times of the very state that a site was made from, as the archive keeps them.

    log/times/000000003625/checkpoint    what was stamped
    log/times/000000003625/law.tsr       an authority's reply (RFC 3161)
    log/times/authorities/law.pem        what is pinned for it

They lie in the site as in the archive, so that `dadkhah verify SITE` and openssl check them there.
A time shows that this state existed no later; it shows neither who made it nor that it is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dadkhah.custody import times
from dadkhah.custody.notes import parse_note

__all__ = ["FOLDER", "Stamps", "stamps"]

FOLDER: Final = "log/times"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """Outside times.

    Args:
        files: by their place in the site. told: by whom, and when or how far it has come.
    """

    files: tuple[tuple[str, bytes], ...] = ()
    told: tuple[tuple[str, str], ...] = ()


def stamps(archive: Path, size: int, checkpoint: str) -> Stamps:
    """Read the times of one checkpoint, if any are kept and all of them hold."""
    home = archive / "log" / "times"
    own = home / f"{size:012}"
    if not own.is_dir():
        return Stamps()
    found = times.outside_times(home, size, parse_note(checkpoint.encode()).text)
    if not found or any(each.code for each in found):
        return Stamps()
    names = {each.name for each in found}
    pinned = [home / "authorities" / f"{name}.pem" for name in sorted(names)]
    paths = [*sorted(own.iterdir()), *pinned, home / "headers"]
    return Stamps(
        files=tuple(
            (f"{FOLDER}/{path.relative_to(home).as_posix()}", path.read_bytes())
            for path in paths
            if path.is_file()
        ),
        told=tuple((each.name, each.moment or each.said) for each in found),
    )
