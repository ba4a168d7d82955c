"""One line of an archive: a record with its place in the log, or the tombstone of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from dadkhah import canonical
from dadkhah.errors import RecordError, VerificationError

__all__ = ["Line", "read_line"]

# one spelling only: what stands between the braces of the record is what was committed to
_LINE = re.compile(
    rb'\{"commitment":"([0-9a-f]{64})","entry":(0|[1-9][0-9]{0,15}),'
    rb'"position":(0|[1-9][0-9]{0,15}),"record":(\{.*\}),"salt":"((?:[0-9a-f]{32})?)"\}'
)


class Line(NamedTuple):
    """One record in an archive, or the tombstone of one.

    Args:
        entry, position: its place in the log.
        commitment: 32 bytes.
        salt: 16 bytes; empty for a tombstone.
        record: the record as a JSON object; for a tombstone its kind, reason and authority.
        written: the canonical bytes of the record, where they were read and not made.
    """

    entry: int
    position: int
    commitment: bytes
    salt: bytes
    record: Mapping[str, Any]
    written: bytes = b""

    @property
    def erased(self) -> bool:
        """Whether this is a tombstone."""
        return not self.salt

    @property
    def body(self) -> bytes:
        """The canonical bytes of the record, which its commitment binds."""
        return self.written or canonical.encode(dict(self.record))

    def encode(self) -> bytes:
        """Write the line, without its line feed."""
        return canonical.encode(
            {
                "commitment": self.commitment.hex(),
                "entry": self.entry,
                "position": self.position,
                "record": dict(self.record),
                "salt": self.salt.hex(),
            }
        )


def read_line(data: bytes) -> Line:
    """Read a line as it stands in a file.

    Raises:
        VerificationError: archive-line.
    """
    found = _LINE.fullmatch(data)
    try:
        commitment, entry, position, body, salt = found.groups() if found else ()
        return Line(
            entry=int(entry),
            position=int(position),
            commitment=bytes.fromhex(commitment.decode()),
            salt=bytes.fromhex(salt.decode()),
            record=canonical.decode(body),
            written=body,
        )
    except (ValueError, RecordError):
        raise VerificationError(
            "archive-line", "This line of the archive cannot be read."
        ) from None
