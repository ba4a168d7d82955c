"""From a page to its bytes: what is checked of captures, passages and claims, in this order.

13. Every file of an archive is as its manifest says; none is missing and none is added.
14. The bytes of every capture have the SHA-256 that is their name, and the size recorded.
15. Every claim, mention and passage points to records that are there.
16. Every passage stands in its capture, letter for letter, at the place its anchor gives.
17. The words of every claim stand in its passage.
18. Every tombstone was decided: an erasure in the log names it, and the bytes it erased are gone.

Checks 1 to 12, of the log itself, are in dadkhah.custody.verify. Memory stays flat but for the ids
of records; the text of a capture is read once while its passages go by.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dadkhah import records
from dadkhah.archive import Line
from dadkhah.custody.report import Report
from dadkhah.errors import DadkhahError
from dadkhah.records import Anchor, Capture, Claim, Erasure, Mention, Passage, Source
from dadkhah.sources import kinds, tables
from dadkhah.sources.encoding import decode
from dadkhah.sources.faults import Faults
from dadkhah.sources.listing import check_manifest, digest_of
from dadkhah.sources.tombstones import Tombstones

__all__ = ["RecordWalk", "check_manifest"]


@dataclass(slots=True)
class RecordWalk:
    """One pass over the records, in log order, every version: checks 14 to 18.

    Args:
        place: where the bytes of a digest lie.
        stands: for each redacted capture, the one that stands in its place.
        wrong: captures whose bytes are not those of their name, where check 13 hashes them all;
            None where they are hashed here.
    """

    place: Callable[[str], str]
    stands: Mapping[str, str] = field(default_factory=dict)
    wrong: set[str] | None = None
    captures: dict[str, int] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    stones: Tombstones = field(default_factory=Tombstones)
    known: set[str] = field(default_factory=set)
    wanted: dict[str, str] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    entry: int = -1
    texts: _Texts = field(init=False)

    def __post_init__(self) -> None:
        self.texts = _Texts(lambda digest: Path(self.place(self.stands.get(digest, digest))))

    def visit(self, line: Line) -> None:
        """Check one record as it goes by."""
        if line.entry != self.entry:
            self.entry, self.quotes = line.entry, {}
        if line.erased:
            self.stones.add(line)
            return
        try:
            record = records.read(line.record)
        except DadkhahError as error:
            self.faults.add(15, error.code, _where(line))
            return
        if isinstance(record, Source | Passage | Mention):
            self.known.add(record.id)
        if isinstance(record, Capture):
            self._received(record)
        elif isinstance(record, Passage):
            self._passage(record, line)
        elif isinstance(record, Mention | Claim):
            self._words(record, line)
        elif isinstance(record, Erasure):
            self.stones.decide(record)

    def finish(self) -> Report:
        """Check what could not be known before the end, and report."""
        # 14.
        for digest, size_bytes in self.captures.items():
            if code := self._capture_fault(digest, size_bytes):
                self.faults.add(14, code, digest)
        for digest in sorted((self.wrong or set()) - self.captures.keys()):
            self.faults.add(14, "capture-digest", digest)
        for wanted, where in self.wanted.items():
            # 15.
            if wanted not in self.known:
                self.faults.add(15, "record-missing", where)
        # 18.
        for code, where in self.stones.faults(self.captures, self.place):
            self.faults.add(18, code, where)
        return self.faults.report((14, 15, 16, 17, 18))

    def _received(self, capture: Capture) -> None:
        """Keep a capture for the end, unless all that can be wrong with it is its digest."""
        gone = capture.id in self.stones.captures
        if self.wrong is None or gone or self._size_of(capture.id) != capture.size_bytes:
            self.captures[capture.id] = capture.size_bytes

    def _capture_fault(self, digest: str, size_bytes: int) -> str:
        found = self._size_of(digest)
        if found < 0:
            return "capture-missing"
        if found != size_bytes:
            return "capture-digest"
        if self.wrong is None:
            return "" if digest_of(Path(self.place(digest))) == digest else "capture-digest"
        return "capture-digest" if digest in self.wrong else ""

    def _size_of(self, digest: str) -> int:
        """The size of a capture's file, -1 where there is none."""
        try:
            found = os.stat(self.place(digest))  # noqa: PTH116 - a Path costs more than the call
        except OSError:
            return -1
        return found.st_size if stat.S_ISREG(found.st_mode) else -1

    def _passage(self, passage: Passage, line: Line) -> None:
        self._want(passage.source, line)
        self.quotes[passage.id] = passage.anchor.quote
        for anchor in (passage.anchor, passage.origin):
            # 16.
            if anchor is not None and not self._erased(anchor) and not self.texts.holds(anchor):
                self.faults.add(16, "passage-moved", _where(line))

    def _erased(self, anchor: Anchor) -> bool:
        """Say whether the bytes behind an anchor went whole: nothing is left to compare with."""
        return anchor.capture in self.stones.captures and anchor.capture not in self.stands

    def _words(self, record: Mention | Claim, line: Line) -> None:
        self._want(record.passage, line)
        if isinstance(record, Mention):
            self._want(record.source, line)
            return
        self._want(record.mention, line)
        if record.target:
            self._want(record.target, line)
        self._claim_words(record, line)

    def _claim_words(self, record: Claim, line: Line) -> None:
        within, quote = record.within, self.quotes.get(record.passage)
        # 17.
        if within is not None and within.start is not None:
            if not self._erased(within) and not self.texts.holds(within):
                self.faults.add(17, "claim-words-moved", _where(line))
        elif quote is not None and "constant" not in record.flags and not _stands(record, quote):
            self.faults.add(17, "claim-words-missing", _where(line))

    def _want(self, identity: str, line: Line) -> None:
        if identity not in self.known:
            self.wanted.setdefault(identity, _where(line))


@dataclass(slots=True)
class _Texts:
    """The texts of captures, the last few kept."""

    place: Callable[[str], Path]
    kept: dict[tuple[str, str], str | dict[int, str]] = field(default_factory=dict)

    def holds(self, anchor: Anchor) -> bool:
        text = self._text(anchor.capture, anchor.sheet)
        if isinstance(text, dict):
            return text.get(anchor.row or 0) == anchor.quote
        if anchor.start is None or anchor.end is None:
            return anchor.quote in text
        return text[anchor.start : anchor.end] == anchor.quote

    def _text(self, digest: str, sheet: str) -> str | dict[int, str]:
        key = (digest, sheet)
        if key not in self.kept:
            while len(self.kept) > 3:
                self.kept.pop(next(iter(self.kept)))
            self.kept[key] = self._read(self.place(digest), sheet)
        return self.kept[key]

    def _read(self, path: Path, sheet: str) -> str | dict[int, str]:
        try:
            data = path.read_bytes()
            if data.startswith(b"PK\x03\x04"):
                table = tables.rows(path, kinds.XLSX, sheet=sheet, formulas="values")
                return {row.number: row.text for row in table}
            return decode(data).text
        except (OSError, DadkhahError):
            # a capture that cannot be read holds no passage: check 16 then names each of them
            return ""


def _stands(claim: Claim, quote: str) -> bool:
    """Say whether a claim's words are in a row; cells that a mapping joined stand word by word."""
    row = quote.replace('""', '"')
    return claim.written in row or all(word in row for word in claim.written.split())


def _where(line: Line) -> str:
    kind, identity = line.record.get("kind", "record"), line.record.get("id", "")
    return f"entry {line.entry}, record {line.position}: {kind} {identity}"
