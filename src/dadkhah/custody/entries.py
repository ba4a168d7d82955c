"""Entries: what the log says of one change, and what it must never say.

    {"action":"sources.add","at":"2026-03-21T09:30:00Z","by":"account-1","index":0,
     "note":"","records":2,"root":"5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"}

(one line in the log). An entry names no person; the records it commits to are outside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import orjson

from dadkhah.canonical import encode
from dadkhah.custody.merkle import leaf_hash
from dadkhah.custody.tiles import MAX_ENTRY_BYTES
from dadkhah.errors import RecordError, VerificationError

__all__ = ["Entry", "entry_bytes", "entry_leaf", "entry_time", "read_entry"]

# JSON readers agree on whole numbers up to here (RFC 8785, section 3.2.2.3).
MAX_NUMBER = 2**53 - 1
MAX_NOTE_CHARACTERS = 500

_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_BY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}")
_ACTION = re.compile(r"[a-z][a-z_-]{0,62}\.[a-z][a-z_-]{0,62}")
_NOT_ONE_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ROOT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change, as the log keeps it for ever.

    Args:
        index: position in the log, from 0.
        at: when, UTC, RFC 3339 to the second, such as 2026-03-21T09:30:00Z.
        by: id of the account or tool that did it; never a person's name.
        action: what was done, word.word, such as sources.add.
        records: number of records committed to.
        root: hex of the RFC 6962 root over their commitments.
        note: a short text without names; may be empty.

    Raises:
        RecordError: entry-index, entry-time, entry-by, entry-action, entry-records, entry-root,
            entry-note.
    """

    index: int
    at: str
    by: str
    action: str
    records: int
    root: str
    note: str = ""

    def __post_init__(self) -> None:
        # asked of every entry of every log, so what is wrong is looked for only when something is
        if not (
            _is_count(self.index)
            and _is_time(self.at)
            and _fits(_BY, self.by)
            and _fits(_ACTION, self.action)
            and _is_count(self.records)
            and _fits(_ROOT, self.root)
            and _is_note(self.note)
        ):
            raise RecordError(*self._fault())

    def _fault(self) -> tuple[str, str]:
        if not _is_count(self.index):
            return "entry-index", "An index is a whole number from 0."
        if not _is_time(self.at):
            return "entry-time", "A time is written 2026-03-21T09:30:00Z, in UTC."
        if not _fits(_BY, self.by):
            return "entry-by", "An account or tool id has 1 to 128 plain signs."
        if not _fits(_ACTION, self.action):
            return "entry-action", "An action is written word.word."
        if not _is_count(self.records):
            return "entry-records", "Records are counted from 0."
        if not _fits(_ROOT, self.root):
            return "entry-root", "A root is 64 lower-case hex digits."
        return "entry-note", f"A note is one line of at most {MAX_NOTE_CHARACTERS} characters."


FIELDS = frozenset(Entry.__slots__)


def entry_time(moment: datetime) -> str:
    """Write a moment the way entries do.

    Raises:
        RecordError: entry-time when the moment names no time zone.
    """
    _check(moment.tzinfo is not None, "entry-time", "A moment without a time zone is no moment.")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def entry_bytes(entry: Entry) -> bytes:
    """Write an entry in its one byte form, canonical JSON."""
    return encode({field: getattr(entry, field) for field in FIELDS})


def entry_leaf(entry: Entry) -> bytes:
    """Hash an entry into the leaf that the log's tree holds."""
    return leaf_hash(entry_bytes(entry))


def read_entry(data: bytes) -> Entry:
    """Read an entry, refusing every spelling but the canonical one.

    Raises:
        VerificationError: entry-size, entry-json, entry-fields, entry-canonical, and the codes
            of Entry.
    """
    if len(data) > MAX_ENTRY_BYTES:
        raise VerificationError("entry-size", f"An entry has at most {MAX_ENTRY_BYTES} bytes.")
    try:
        fields = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise VerificationError("entry-json", "This entry is not JSON.") from None
    if not isinstance(fields, dict) or fields.keys() != FIELDS:
        raise VerificationError("entry-fields", "An entry has seven fields, no more and no fewer.")
    try:
        entry = Entry(**fields)
    except RecordError as error:
        raise VerificationError(error.code, error.what) from error
    # One entry must have one byte form, or two logs could differ and mean the same. Every value
    # was just checked to be text or a count, so sorting the keys is all that is left to do.
    if orjson.dumps(fields, option=orjson.OPT_SORT_KEYS) != data:
        raise VerificationError("entry-canonical", "This entry is not in its canonical form.")
    return entry


def _check(good: bool, code: str, what: str) -> None:
    if not good:
        raise RecordError(code, what)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= MAX_NUMBER


def _fits(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_time(value: object) -> bool:
    return isinstance(value, str) and _is_moment(value)


@lru_cache(maxsize=64)
def _is_moment(value: str) -> bool:
    """Say whether a text is a moment; neighbours in a log often say the same one."""
    if not _AT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_note(value: object) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= MAX_NOTE_CHARACTERS
        and _NOT_ONE_LINE.search(value) is None
    )
