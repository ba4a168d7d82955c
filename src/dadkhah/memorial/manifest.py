"""site.json and manifest-sha256.txt: every file of a site with its digest.

    {"captures":{"9f86...":"captures/9f86....txt"},"files":{"en/index.html":"5f70..."},
     "format":"dadkhah-site/1","languages":["fa","en"],"log":{"origin":"example.org/case",
     "root":"b1a2...","size":12},"simulated":"","title":{"en":"...","fa":"..."}}

docs/formats/site.md is the format's page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from dadkhah import canonical
from dadkhah.errors import VerificationError

__all__ = ["FORMAT", "LISTING", "NAME", "SIGNATURE", "Ledger", "is_site", "read", "signed_text"]

FORMAT: Final = "dadkhah-site/1"
NAME: Final = "site.json"
LISTING: Final = "manifest-sha256.txt"
SIGNATURE: Final = "site.sig"


class Ledger:
    """A site being written, with the digest of each file so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, str] = {}
        self._made: set[Path] = set()

    def put(self, address: str, data: bytes) -> None:
        """Write one file and note its digest."""
        path = self.folder / address
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        path.write_bytes(data)
        self.files[address] = canonical.digest(data)

    def put_blocks(self, address: str, blocks: Iterable[bytes]) -> tuple[str, int, str]:
        """Write one file block by block; give its address, size and digest."""
        path, found, size = self.folder / address, hashlib.sha256(), 0
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for block in blocks:
                file.write(block)
                found.update(block)
                size += len(block)
        self.files[address] = found.hexdigest()
        return address, size, found.hexdigest()

    def seal(self, about: Mapping[str, Any]) -> str:
        """Write the listing and site.json; give the digest of site.json."""
        rows = "".join(f"{found}  {path}\n" for path, found in sorted(self.files.items()))
        self.put(LISTING, rows.encode())
        files = dict(sorted(self.files.items()))
        data = canonical.encode({**about, "files": files, "format": FORMAT})
        (self.folder / NAME).write_bytes(data)
        return canonical.digest(data)


def signed_text(digest: str, log: Mapping[str, Any]) -> str:
    """Write what the case's key signs: which site.json, made from which state of which log."""
    return f"{FORMAT}\n{digest}\n{log['origin']}\n{log['size']}\n{log['root']}\n"


def is_site(folder: Path) -> bool:
    """Say whether a folder is a site of ours."""
    try:
        said = orjson.loads((folder / NAME).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return False
    return isinstance(said, dict) and str(said.get("format", "")).startswith("dadkhah-site/")


def read(folder: Path) -> dict[str, Any]:
    """Read site.json.

    Raises:
        VerificationError: site-manifest when it cannot be read or is of another format.
        RecordError: canonical-form when its bytes are not canonical.
    """
    try:
        said = canonical.decode((folder / NAME).read_bytes())
    except OSError as error:
        raise VerificationError(
            "site-manifest", "site.json cannot be read.", where=str(error)
        ) from error
    shaped = isinstance(said, dict) and said.get("format") == FORMAT
    if not shaped or not all(isinstance(said.get(k), dict) for k in ("files", "log", "captures")):
        raise VerificationError("site-manifest", f"site.json is not in the form {FORMAT}.")
    return dict(said)
