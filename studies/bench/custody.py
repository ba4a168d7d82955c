"""Speed and memory of custody, each beside a plain tool, in one run.

python studies/bench/custody.py [--megabytes 1024] [--files 20000] [--entries 1000000] [--write]

Archives of few large captures and of many small ones are verified, and `sha256sum` reads the same
files in the same run, files warm in memory for both, in processor seconds. A log of many entries is
grown, and the size and time of a proof in it are measured. --write puts the table into
docs/custody.md.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dadkhah import archive, records
from dadkhah.archive import Line
from dadkhah.custody.checkpoints import Checkpoint, sign_checkpoint
from dadkhah.custody.commitments import commit, entry_root, new_salt
from dadkhah.custody.entries import Entry, entry_bytes
from dadkhah.custody.keys import make_key
from dadkhah.custody.merkle import EMPTY, consistency_proof_from, inclusion_proof_from, leaf_hash
from dadkhah.custody.signers import verifier_text
from dadkhah.custody.tiles import hash_reader, write_log
from dadkhah.records import Capture, Source

PAGE = Path(__file__).resolve().parents[2] / "docs/custody.md"
ORIGIN = "dadkhah.invalid/bench"


class Noise(io.RawIOBase):
    """Random bytes, so many of them, never all in memory: a child's peak begins at its parent's."""

    def __init__(self, size: int, chance: random.Random) -> None:
        self.left, self.chance = size, chance

    def read(self, size: int = -1, /) -> bytes:
        """Give the next bytes."""
        count = self.left if size < 0 else min(size, self.left)
        self.left -= count
        return self.chance.randbytes(count)


def make_archive(room: Path, sizes: list[int]) -> Path:
    """Write an archive of captures of these sizes, each one entry of the log."""
    chance, key = random.Random(3), make_key(ORIGIN)
    found = [archive.keep_capture(room / "store", Noise(size, chance)) for size in sizes]
    entries, lines = [], {"source": [], "capture": []}
    for index, (digest, size) in enumerate(found):
        made = [
            Source(id=f"s{index}", title="a book"),
            Capture(id=digest, source=f"s{index}", size_bytes=size, media_type="application/pdf"),
        ]
        bound = []
        for position, record in enumerate(made):
            salt = new_salt()
            bound.append(commit(salt, records.encode(record)))
            lines[record.kind].append(
                Line(
                    entry=index, position=position, commitment=bound[-1], salt=salt,
                    record={"kind": record.kind, **records.plain(record)},
                )
            )  # fmt: skip
        entries.append(entry_of(index, len(made), entry_root(bound).hex()))
    head = EMPTY.extend(map(leaf_hash, entries))
    signed = sign_checkpoint(Checkpoint(origin=ORIGIN, size=head.size, root=head.root()), key)
    archive.write(
        room / "archive",
        about={"log_root": head.root().hex(), "log_size": head.size, "origin": ORIGIN},
        entries=entries,
        lines=lines,
        checkpoint=signed,
        verifier=verifier_text(key.verifier),
        captures=[(digest, archive.capture_path(room / "store", digest)) for digest, _ in found],
    )
    return room / "archive"


def entry_of(index: int, count: int, root: str) -> bytes:
    """One entry of an invented log."""
    return entry_bytes(
        Entry(
            index=index, at="2026-03-21T09:00:00Z", by="account-1", action="sources.add",
            records=count, root=root,
        )
    )  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    """Processor seconds of a piece of work in this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def run(*words: object) -> tuple[float, float]:
    """Run a command; give its processor seconds and its peak memory in megabytes."""
    process = subprocess.Popen([*map(str, words)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{words[0]} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def verified(name: str, room: Path, sizes: list[int]) -> list[str]:
    """Verify an archive, and let sha256sum read the same files; the better of two runs each."""
    folder = make_archive(room, sizes)
    megabytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    program = [sys.executable, "-m", "dadkhah.cli"]
    sums = ["sh", "-c", f"cd {folder} && sha256sum --quiet -c manifest-sha256.txt"]
    empty, _ = min(run(*program, "--help") for _ in (1, 2))
    ours, peak = min(run(*program, "verify", folder) for _ in (1, 2))
    theirs, _ = min(run(*sums) for _ in (1, 2))
    return [
        name,
        f"{megabytes / ours:,.0f} MB/s ({ours:.1f} s, of which {empty:.1f} s to start)",
        f"{megabytes / theirs:,.0f} MB/s (sha256sum, {theirs:.1f} s)",
        f"{peak:,.0f} MB",
    ]


def grown(room: Path, count: int) -> list[list[str]]:
    """Grow a log, write its tiles, and prove entries in it."""
    root = hashlib.sha256(b"").hexdigest()
    data = [entry_of(index, 0, root) for index in range(1000)]

    def put(path: str, content: bytes) -> None:
        place = room / path
        if path.startswith("tile/entries"):
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    made = (data[index % 1000] for index in range(count))
    seconds = timed(lambda: write_log(made, put))
    read = hash_reader(lambda path: (room / path).read_bytes(), count)
    chance = random.Random(5)
    asked = [chance.randrange(count) for _ in range(200)]
    proofs = [inclusion_proof_from(read, index, count) for index in asked]
    each = timed(lambda: [inclusion_proof_from(read, index, count) for index in asked]) / len(asked)
    longest = max(map(len, proofs))
    between = len(consistency_proof_from(read, count // 3, count))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        [f"log of {count:,} entries into tiles", f"{count / seconds:,.0f} entries/s", "", ""],
        [f"proof of an entry among {count:,}", f"{longest} hashes, {1000 * each:.1f} ms", "", ""],
        [f"proof of growth to {count:,}", f"{between} hashes", "", f"{peak:,.0f} MB"],
    ]


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--megabytes", type=int, default=1024)
    options.add_argument("--files", type=int, default=20_000)
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory(prefix="dadkhah-bench-") as name:
        room = Path(name)
        if given.megabytes:
            sizes = [given.megabytes * 1_000_000 // 8] * 8
            title = f"verify, {given.megabytes:,} MB in 8 captures"
            rows.append(verified(title, room / "large", sizes))
        if given.files:
            title = f"verify, {given.files:,} captures of 4 kB"
            rows.append(verified(title, room / "small", [4000] * given.files))
        if given.entries:
            rows += grown(room / "log", given.entries)
    head = ["what", "dadkhah", "a plain tool", "peak memory"]
    text = "".join(f"| {' | '.join(row)} |\n" for row in [head, ["---"] * 4, *rows])
    print(text)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        mark = "<!-- speed -->"
        page = re.sub(re.escape(mark) + r"\n(?:\n*\|[^\n]*\n)*", lambda _: f"{mark}\n{text}", page)
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
