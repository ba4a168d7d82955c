"""After an erasure: the bytes that went are deleted, and the store keeps no trace in free pages."""

from __future__ import annotations

from pathlib import Path

from django.db import OperationalError, connection

from dadkhah import archive, records
from dadkhah.errors import CaseError
from dadkhah.web.custody import store
from dadkhah.web.custody.models import Tombstone

__all__ = ["delete_bytes", "wipe"]


def wipe(case: Path) -> int:
    """Delete erased bytes and write the store anew; safe to repeat.

    Returns:
        How many captures' bytes were deleted.

    Raises:
        CaseError: erase-unfinished when the store is in use.
    """
    deleted = delete_bytes(case)
    try:
        _write_anew()
    except OperationalError as error:
        raise CaseError(
            "erase-unfinished",
            "What was erased is gone, but traces may be left in the store's free pages.",
            where=str(error),
            todo="Close the reading room and every other use of this case, then run:"
            " dadkhah erase --finish.",
        ) from error
    return deleted


def delete_bytes(case: Path) -> int:
    """Delete the bytes of every capture that has a tombstone, and give their number."""
    captures = store.model_of(records.Capture).objects
    gone = set(Tombstone.objects.filter(kind="capture").values_list("record_id", flat=True))
    deleted = 0
    for digest in sorted(gone):
        path = archive.capture_path(case, digest)
        if path.is_file() and not captures.filter(pk=digest).exists():
            path.unlink()
            deleted += 1
    return deleted


def _write_anew() -> None:
    """Rewrite the whole store from what is left, and empty its write-ahead log."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM FULL")
            return
        # the copy that VACUUM makes may be larger than the machine's memory
        cursor.execute("PRAGMA temp_store=FILE")
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA temp_store=MEMORY")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy and busy[0]:
            raise OperationalError("the write-ahead log is in use")
