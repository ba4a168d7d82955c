"""What the machine refuses, said as our own refusals are: a full disk, a closed or broken store.

Whatever is not known here is a fault of the program, and keeps its traceback.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from typing import Final

from dadkhah.errors import CaseError, DadkhahError

__all__ = ["Refusals", "explained"]

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLOSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# other programs tell of a full disk in their own exceptions, in the system's words
_NO_ROOM_SAID: Final = ("No space left on device", "Disk quota exceeded")


class Refusals:
    """What is done inside ends with our own refusal where the machine refuses."""

    def __enter__(self) -> None:
        """Begin; there is nothing to hold."""

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        """Raise the refusal that a fault amounts to; any other goes on as it is.

        Raises:
            CaseError: disk-full, place-closed, store-busy, store-closed, store-broken.
        """
        found = None if fault is None else explained(fault)
        if found is not None:
            raise found from fault


def explained(fault: BaseException) -> CaseError | None:
    """Give the refusal that a fault of the machine amounts to; None for any other fault.

    What was refused already, in words that fit the case better, stays as it is.
    """
    for each in () if isinstance(fault, DadkhahError) else _behind(fault):
        found = _of_system(each) or _of_store(each)
        if found is not None:
            return found
    return None


def _behind(fault: BaseException | None) -> Iterator[BaseException]:
    """Give a fault and those that it was made of, the last first."""
    while fault is not None:
        yield fault
        fault = fault.__cause__


def _of_system(fault: BaseException) -> CaseError | None:
    number = fault.errno if isinstance(fault, OSError) else None
    if number in _NO_ROOM or any(said in str(fault) for said in _NO_ROOM_SAID):
        return _no_room(_file_of(fault))
    if number in _CLOSED:
        return CaseError(
            "place-closed",
            "This account may not read or write here. Nothing was left half done.",
            where=_file_of(fault),
            todo="Give the account the right to it, or choose another place.",
        )
    return None


def _file_of(fault: BaseException) -> str:
    name = getattr(fault, "filename", None)
    return "" if name is None else str(name)


def _no_room(where: str = "") -> CaseError:
    return CaseError(
        "disk-full",
        "There is no room left on the disk. Nothing was left half done.",
        where=where,
        todo="Make room, then run the same command again.",
    )


def _of_store(fault: BaseException) -> CaseError | None:
    """Read SQLite's own result code (https://sqlite.org/rescode.html), its primary part alone."""
    if not isinstance(fault, sqlite3.Error):
        return None
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return _no_room()
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return CaseError(
            "store-busy",
            "Another program is writing to the store. Nothing was left half done.",
            todo="Let it end, then run the same command again.",
        )
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return CaseError(
            "store-closed",
            "The store cannot be opened for writing here. Nothing was left half done.",
            todo="See that its folder is there, and that this account may write in it.",
        )
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR}:
        return CaseError(
            "store-broken",
            "The store is damaged, or the disk under it fails.",
            todo="Keep the folder as it is, and restore the case from an archive or a backup.",
        )
    return None
