"""An archive made without a case: a few hundred entries, every kind of file, everyone invented."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.custody.cast import LOG, ORIGIN, checkpoint

from dadkhah import archive, records
from dadkhah.archive import Line
from dadkhah.custody.commitments import commit, entry_root
from dadkhah.custody.entries import Entry, entry_bytes
from dadkhah.custody.merkle import leaf_hash, root
from dadkhah.custody.signers import LogSigner, verifier_text
from dadkhah.records import Anchor, Capture, Case, Claim, Mention, Passage, Source

TEXT = "Dara was seen in the yard.\nدارا را در حیاط دیدند.\n"


def statement(number: int, text: str) -> list[Any]:
    """The records of one received statement: source, capture, passage, mention, claim."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    anchor = Anchor(capture=digest, quote=text[:26], start=0, end=26)
    return [
        Source(id=f"s{number}", title="a statement", language="en"),
        Capture(id=digest, source=f"s{number}", size_bytes=len(text.encode()), media_type="text"),
        Passage(id=f"p{number}", source=f"s{number}", anchor=anchor, language="en"),
        Mention(
            id=f"m{number}", source=f"s{number}", type="person", label="Dara", passage=f"p{number}"
        ),
        Claim(
            id=f"c{number}", mention=f"m{number}", predicate="person.name", written="Dara",
            passage=f"p{number}", value="Dara",
        ),
    ]  # fmt: skip


def changes(count: int) -> list[tuple[str, str, list[Any]]]:
    """What was done, entry by entry: the case, three statements, then sources."""
    told = [("sources.add", "", statement(n, f"{TEXT}{n}\n")) for n in range(3)]
    more = [("sources.add", "", [Source(id=f"s{n}", title="a book")]) for n in range(3, count - 1)]
    case = Case(id="case", title={"en": "SIMULATED", "fa": "ساختگی"}, simulated=True)
    return [("case.begin", "", [case]), *told, *more][:count]


class Log:
    """Entries and lines, grown one change at a time."""

    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self.lines: dict[str, list[Line]] = defaultdict(list)

    def add(self, action: str, note: str, committed: Sequence[Any]) -> None:
        """Write one change, with a salt that can be told from the place."""
        index, bound = len(self.entries), []
        for position, record in enumerate(committed):
            salt = hashlib.sha256(b"%d %d" % (index, position)).digest()[:16]
            bound.append(commit(salt, records.encode(record)))
            line = Line(
                entry=index, position=position, commitment=bound[-1], salt=salt,
                record={"kind": record.kind, **records.plain(record)},
            )  # fmt: skip
            self.lines[record.kind].append(line)
        entry = Entry(
            index=index, at=f"2026-03-21T09:{index // 60 % 60:02}:{index % 60:02}Z", by="account-1",
            action=action, records=len(bound), root=entry_root(bound).hex(), note=note,
        )  # fmt: skip
        self.entries.append(entry_bytes(entry))


def build(
    folder: Path,
    *,
    count: int = 300,
    signer: LogSigner = LOG,
    earlier: Sequence[int] = (4, 256),
    extra: dict[str, bytes] | None = None,
) -> Path:
    """Write the archive of a log with this many entries."""
    log = Log()
    for change in changes(count):
        log.add(*change)
    return write(folder, log, signer=signer, earlier=earlier, extra=extra)


def write(
    folder: Path,
    log: Log,
    *,
    signer: LogSigner = LOG,
    earlier: Sequence[int] = (),
    extra: dict[str, bytes] | None = None,
    note: str = "",
) -> Path:
    """Write the archive of a log."""
    store = folder.with_name(folder.name + ".captures")
    for number in range(3):
        data = f"{TEXT}{number}\n".encode()
        place = archive.capture_path(store, hashlib.sha256(data).hexdigest())
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    kept = {line.record["id"] for line in log.lines["capture"]}
    past = {
        archive.checkpoint_path(size): checkpoint(log.entries[:size], signer).encode()
        for size in earlier
        if size < len(log.entries)
    }
    tree = root([leaf_hash(entry) for entry in log.entries])
    archive.write(
        folder,
        about={"log_root": tree.hex(), "log_size": len(log.entries), "origin": ORIGIN},
        entries=log.entries,
        lines={kind: log.lines[kind] for kind in (*records.KINDS, archive.TOMBSTONE)},
        checkpoint=note or checkpoint(log.entries, signer),
        verifier=verifier_text(signer.verifier),
        captures=[(p.name, p) for p in archive.capture_paths(store) if p.name in kept],
        extra={**past, **(extra or {})},
    )
    return folder


def relist(folder: Path) -> None:
    """Write the manifest anew, as somebody who alters an archive would."""
    files = sorted(
        (p.relative_to(folder).as_posix(), hashlib.sha256(p.read_bytes()).hexdigest())
        for p in folder.rglob("*")
        if p.is_file() and p.name != "manifest-sha256.txt"
    )
    (folder / "manifest-sha256.txt").write_text("".join(f"{d}  {p}\n" for p, d in files))
