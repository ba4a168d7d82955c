"""A site of which a little is written anew: its lists of files are changed where that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dadkhah import canonical
from dadkhah.memorial import manifest
from dadkhah.memorial.listing import JSON, LINES, Rows, body_of

__all__ = ["Patch", "Sealed", "sealed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The files of a site as it was sealed, as site.json and as its listing tell them."""

    files: Rows
    lines: Rows


def sealed(folder: Path, digest: str) -> Iterator[Sealed]:
    """Give the files of a site, if its site.json is the one of this digest."""
    try:
        said = (folder / manifest.NAME).read_bytes()
        lines = (folder / manifest.LISTING).read_bytes()
    except OSError:
        return
    if canonical.digest(said) == digest:
        files = Rows(body_of(said)[1], JSON)
        if files.get(manifest.LISTING) == canonical.digest(lines):
            yield Sealed(files=files, lines=Rows(lines, LINES))


class Patch:
    """What is written over a site; as `Ledger`, but it holds nothing of what stays as it is.

    Args:
        folder: where changed files are staged.
    """

    def __init__(self, folder: Path, site: Sealed) -> None:
        self.folder, self._site = folder, site
        self._changed: dict[str, str] = {}
        self.written = 0
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, address: str, data: bytes) -> None:
        """Stage one file, unless the site has these bytes there."""
        digest = canonical.digest(data)
        self._changed[address] = digest
        if self._site.files.get(address) == digest:
            return
        path = self.folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.written += 1

    def leave(self, address: str) -> None:
        """Leave out a file of the site, unless it is put anew."""
        self._changed[address] = ""

    def digest(self, address: str) -> str:
        """Give the digest of a file."""
        found = self._changed.get(address)
        return self._site.files.get(address) if found is None else found

    @property
    def gone(self) -> list[str]:
        """Give the files that are no longer there."""
        return [address for address, digest in self._changed.items() if not digest]

    def seal(self, about: Mapping[str, Any]) -> str:
        """Write the listing and site.json; give the digest of site.json."""
        lines = self._site.lines.changed(self._changed)
        self.put(manifest.LISTING, lines.text)
        files = self._site.files.changed(self._changed)
        self._site = Sealed(files=files, lines=lines)
        before, _, after = body_of(
            canonical.encode({**about, "files": {}, "format": manifest.FORMAT})
        )
        data = b"".join([before, files.text.removesuffix(b","), after])
        (self.folder / manifest.NAME).write_bytes(data)
        return canonical.digest(data)

    def counts(self) -> tuple[int, int]:
        """Count pages and files, once sealed."""
        return self._site.lines.text.count(b".html\n"), len(self._site.files)
