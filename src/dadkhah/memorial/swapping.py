"""Lines put in the place of others, in a file that is otherwise left as it is."""

from __future__ import annotations

from collections.abc import Sequence

from dadkhah.errors import ArchiveError

__all__ = ["swapped"]


def swapped(data: bytes, swaps: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Put lines in the place of others; what was not there before comes last.

    Raises:
        ArchiveError: memorial-kept when a line is not in the file exactly once.
    """
    data = b"\n" + data
    for old, new in swaps:
        if not old:
            data += new
        elif old != new:
            at = data.find(b"\n" + old)
            if at < 0 or data.find(b"\n" + old, at + 1) >= 0:
                raise ArchiveError(
                    "memorial-kept",
                    "The site is not the one that was kept for the next build.",
                    todo="Delete the folder of its state and build again.",
                )
            data = data[: at + 1] + new + data[at + 1 + len(old) :]
    return data[1:]
