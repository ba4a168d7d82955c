"""site.json and manifest-sha256.txt: every file of a site with its digest.

    {"captures":{"9f86...":"captures/9f86....txt"},"files":{"en/index.html":"5f70..."},
     "format":"dadkhah-site/1","languages":["fa","en"],"log":{"origin":"example.org/case",
     "root":"b1a2...","size":12},"simulated":"","title":{"en":"...","fa":"..."}}

docs/formats/site.md is the format's page.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from dadkhah import canonical
from dadkhah.errors import VerificationError

__all__ = ["FORMAT", "LISTING", "NAME", "SIGNATURE", "is_site", "read", "signed_text"]

FORMAT: Final = "dadkhah-site/1"
NAME: Final = "site.json"
LISTING: Final = "manifest-sha256.txt"
SIGNATURE: Final = "site.sig"


def signed_text(digest: str, log: Mapping[str, Any]) -> str:
    """Write what the case's key signs: which site.json, made from which state of which log."""
    return f"{FORMAT}\n{digest}\n{log['origin']}\n{log['size']}\n{log['root']}\n"


def is_site(folder: Path) -> bool:
    """Say whether a folder is a site of ours."""
    try:
        said = (folder / NAME).read_bytes()
    except OSError:
        return False
    return said.startswith(b"{") and said.rfind(b'"format":"dadkhah-site/') >= 0


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
