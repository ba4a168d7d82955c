"""An archive in a bag (BagIt, RFC 8493), as libraries and courts exchange it.

    bagit.txt  bag-info.txt  manifest-sha256.txt  manifest-sha512.txt  tagmanifest-...
    metadata/premis.xml     what happened to each capture
    data/                   the archive, as export writes it

Made and checked with the Library of Congress' bagit. A bag that fetches from the network, or whose
paths lead out of it, is refused before anything is read.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import bagit

from dadkhah import __version__
from dadkhah.errors import VerificationError
from dadkhah.keeping.files import copy_whole, inside

__all__ = ["check_bag", "make_bag", "payload"]

ALGORITHMS = ["sha256", "sha512"]
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")


def make_bag(folder: Path, *, day: str, premis: bytes, identifier: str) -> None:
    """Turn a folder that holds an archive into a bag, in its place.

    Args:
        day: YYYY-MM-DD, of the log's last entry, so that the same state gives the same bag.
        premis: the PREMIS record. identifier: of the log.
    """
    info = {
        "Bag-Software-Agent": f"dadkhah {__version__}",
        "Bagging-Date": day,
        "External-Identifier": identifier,
    }
    made = bagit.make_bag(str(folder), info, processes=1, checksums=ALGORITHMS)
    copy_whole(folder / "metadata" / "premis.xml", [premis])
    # again, now that there is one more file for the tag manifests to list
    made.save()


def payload(folder: Path) -> Path:
    """Give the archive in a bag."""
    return folder / "data"


def check_bag(folder: Path) -> None:
    """Check a bag whole: its shape, its paths, then every digest.

    Raises:
        VerificationError: bag-fetch, bag-shape, bag-link, bag-invalid.
        ArchiveError: path-outside when a path leads out.
    """
    _refuse_tricks(folder)
    try:
        bag = bagit.Bag(str(folder))
        bag.validate(processes=1)
        weak = set(bag.algorithms) & set(ALGORITHMS)
    except (bagit.BagError, UnicodeDecodeError, OSError) as error:
        raise VerificationError(
            "bag-invalid",
            "This bag does not check out.",
            where=str(error),
            todo="Take another copy of it.",
        ) from error
    if not weak:
        raise VerificationError(
            "bag-invalid",
            "This bag has no SHA-256 or SHA-512: what its digests show is too little.",
            where=", ".join(bag.algorithms),
        )


def _refuse_tricks(folder: Path) -> None:
    if not (folder / "bagit.txt").is_file() or not (folder / "data").is_dir():
        raise VerificationError("bag-shape", "This folder is no bag.")
    if (folder / "fetch.txt").exists():
        raise VerificationError(
            "bag-fetch",
            "This bag wants files from the network.",
            todo="Ask for a bag that holds all of its files; nothing was fetched.",
        )
    for path in folder.rglob("*"):
        if path.is_symlink():
            raise VerificationError("bag-link", "A file of this bag is a link to somewhere else.")
    for manifest in [*folder.glob("manifest-*.txt"), *folder.glob("tagmanifest-*.txt")]:
        _refuse_paths(folder, manifest)


def _refuse_paths(folder: Path, manifest: Path) -> None:
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise VerificationError("bag-shape", "A manifest of this bag is not UTF-8.") from error
    for line in lines:
        found = _LINE.fullmatch(line.strip())
        if line.strip() and found is None:
            raise VerificationError("bag-shape", "A manifest of this bag cannot be read.")
        if found is not None:
            inside(folder, unquote(found[2]))
