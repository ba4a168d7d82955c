"""Speed and memory of custody, each beside a plain tool, in one run.

python studies/bench/custody.py [--megabytes 1024] [--files 20000] [--entries 200000] [--write]
python studies/bench/custody.py --full --write      10 GB, 100,000 files, 10,000,000 entries

Archives of few large captures and of many small ones are verified, and `sha256sum -c` reads the
same files in the same run, files warm in memory for both: the whole command, by the clock (what a
person waits) and in processor seconds (what it costs, whatever else the machine does). Small pages
are added to a case, beside `sha256sum` of the same pages. A log of many entries is grown, and the
size and time of a proof in it are measured. --write puts the table into docs/custody.md.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from dadkhah import archive, records
from dadkhah.archive import Line
from dadkhah.custody.checkpoints import Checkpoint, sign_checkpoint
from dadkhah.custody.commitments import commit, entry_root, new_salt
from dadkhah.custody.entries import Entry, entry_bytes
from dadkhah.custody.keys import make_key
from dadkhah.custody.merkle import (
    EMPTY,
    consistency_proof_from,
    inclusion_proof_from,
    leaf_hash,
    root_from,
)
from dadkhah.custody.report import Report
from dadkhah.custody.signers import verifier_text
from dadkhah.custody.tiles import hash_reader, write_log
from dadkhah.custody.verify import verify_log
from dadkhah.records import Capture, Source

PAGE = Path(__file__).resolve().parents[2] / "docs/custody.md"
ORIGIN = "dadkhah.invalid/bench"
BLOCK_BYTES = 1 << 20
WORDS = ("the", "prison", "letters", "families", "were", "told", "nothing", "of", "winter", "list")
Found = TypeVar("Found")


def make_archive(folder: Path, sizes: list[int]) -> Path:
    """Write an archive of captures of these sizes, each one entry of the log.

    The captures are put where they belong straight away: an export would copy and sync each.
    """
    chance, key = random.Random(3), make_key(ORIGIN)
    entries, lines, digests = [], {"source": [], "capture": []}, []
    for index, size in enumerate(sizes):
        digest = make_capture(folder.parent / "captures", size, chance)
        digests.append(digest)
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
    archive.write(
        folder,
        about={"log_root": head.root().hex(), "log_size": head.size, "origin": ORIGIN},
        entries=entries,
        lines=lines,
        checkpoint=sign_checkpoint(
            Checkpoint(origin=ORIGIN, size=head.size, root=head.root()), key
        ),
        verifier=verifier_text(key.verifier),
        captures=[],
    )
    (folder.parent / "captures").rename(folder / "captures")
    listed = folder / "manifest-sha256.txt"
    rows = [*listed.read_text().splitlines(), *(f"{d}  captures/{d[:2]}/{d}" for d in digests)]
    listed.write_text("".join(f"{row}\n" for row in sorted(rows, key=lambda row: row[66:])))
    return folder


def make_capture(home: Path, size: int, chance: random.Random) -> str:
    """Write so many random bytes under their digest, never all in memory."""
    found, arriving = hashlib.sha256(), home / "arriving"
    home.mkdir(exist_ok=True, parents=True)
    with arriving.open("wb") as file:
        for left in range(size, 0, -BLOCK_BYTES):
            block = chance.randbytes(min(left, BLOCK_BYTES))
            found.update(block)
            file.write(block)
    digest = found.hexdigest()
    (home / digest[:2]).mkdir(exist_ok=True)
    arriving.rename(home / digest[:2] / digest)
    return digest


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a command cost: seconds by the clock and of processors, peak memory in megabytes."""

    clock: float
    processors: float
    peak: float

    def said(self, megabytes: float) -> str:
        """The cost as a speed."""
        return (
            f"{megabytes / self.clock:,.0f} MB/s ({self.clock:.1f} s; "
            f"{self.processors:.1f} s of processors)"
        )


def run(*words: object) -> Cost:
    """Run a command, its children with it."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen([*map(str, words)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - began
    if status:
        sys.exit(f"{words[0]} failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(clock=clock, processors=spent, peak=usage.ru_maxrss / 1024)


def best(*words: object, runs: int = 3) -> Cost:
    """The quickest of some runs."""
    found = [run(*words) for _ in range(runs)]
    return min(found, key=lambda cost: cost.clock)


def verified(name: str, folder: Path, sizes: list[int]) -> list[str]:
    """Verify an archive, and let sha256sum read the same files."""
    apart(make_archive, folder, sizes)
    megabytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    program = [sys.executable, "-m", "dadkhah.cli"]
    theirs = best("sh", "-c", f"cd {folder} && exec sha256sum --quiet -c manifest-sha256.txt")
    ours = best(*program, "verify", folder)
    shutil.rmtree(folder)
    share = f"{theirs.clock / ours.clock:.0%} by the clock"
    return [name, ours.said(megabytes), theirs.said(megabytes), share, f"{ours.peak:,.0f} MB"]


def added(room: Path, count: int) -> list[str]:
    """Add pages of text to a case: kept, read, anchored, logged; claims proposed from every one."""
    pages, case = room / "pages", room / "case"
    pages.mkdir(parents=True)
    chance = random.Random(5)
    for number in range(count):
        words = " ".join(chance.choice(WORDS) for _ in range(700))
        (pages / f"{number}.txt").write_text(f"Page {number}. {words}.\n")
    megabytes = sum(path.stat().st_size for path in pages.iterdir()) / 1e6
    os.environ["DADKHAH_KEYS"] = str(room / "keys")
    program = [sys.executable, "-m", "dadkhah.cli"]
    run(*program, "init", case, "--password", "a-password-for-a-bench")
    ours = run(*program, "--case", case, "add", pages)
    theirs = best("sh", "-c", f"exec sha256sum {pages}/*")
    name = f"add, {count:,} pages of {1000 * megabytes / count:.0f} kB"
    each = f"{1000 * ours.clock / count:.0f} ms a page by the clock"
    return [name, ours.said(megabytes), theirs.said(megabytes), each, f"{ours.peak:,.0f} MB"]


def appended(case: Path, count: int) -> list[list[str]]:
    """Write to the log of a case as the house does: each entry with one record, in the store."""
    from dadkhah.cli.session import use_case

    use_case(case)
    from dadkhah.web.custody.actions import Change, append

    def change(number: int) -> Change:
        return Change(action="sources.add", records=[Source(id=f"bench-{number}", title="a book")])

    began = time.perf_counter()
    append(by="bench", changes=[change(number) for number in range(count)])
    together = count / (time.perf_counter() - began)
    began, alone = time.perf_counter(), 300
    for number in range(alone):
        append(by="bench", changes=[change(count + number)])
    single = alone / (time.perf_counter() - began)
    return [
        [f"log, {count:,} entries in one transaction", f"{together:,.0f} entries/s", "", "", ""],
        ["log, one entry a transaction, on the disk", f"{single:,.0f} entries/s", "", "", ""],
    ]


def grown(room: Path, count: int) -> list[list[str]]:
    """Write the tiles of a log, walk the log, and prove entries in it."""
    root = hashlib.sha256(b"").hexdigest()

    def put(path: str, content: bytes) -> None:
        if not path.startswith("tile/entries"):
            place = room / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)

    def entries() -> Iterator[bytes]:
        return (entry_of(index, 0, root) for index in range(count))

    making = timed(lambda: sum(1 for _ in entries()))
    writing = timed(lambda: write_log(entries(), put)) - making
    read = hash_reader(lambda path: (room / path).read_bytes(), count)
    key = make_key(ORIGIN)
    head = Checkpoint(origin=ORIGIN, size=count, root=root_from(read, count))
    signed = sign_checkpoint(head, key)
    reports: list[Report] = []

    def walk() -> None:
        reports.append(verify_log(entries(), signed, [key.verifier], origin=ORIGIN))

    walking = timed(walk) - making
    assert reports[0].passed
    chance = random.Random(5)
    asked = [chance.randrange(count) for _ in range(200)]
    proofs = [inclusion_proof_from(read, index, count) for index in asked]
    each = timed(lambda: [inclusion_proof_from(read, index, count) for index in asked]) / len(asked)
    longest = max(map(len, proofs))
    between = len(consistency_proof_from(read, count // 3, count))
    peak = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"
    said = f"{longest} hashes, {32 * longest:,} bytes, {1000 * each:.1f} ms"
    return [
        [f"log of {count:,} entries into tiles", f"{count / writing:,.0f} entries/s", "", "", peak],
        [f"checks 1 to 8 of {count:,} entries", f"{count / walking:,.0f} entries/s", "", "", peak],
        [f"proof of an entry among {count:,}", said, "", "", ""],
        [f"proof of growth to {count:,}", f"{between} hashes", "", "", ""],
    ]


def apart(work: Callable[..., Found], *given: object) -> Found:
    """Do work in a process of its own: a child's peak memory begins at its parent's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--megabytes", type=int, default=1024)
    options.add_argument("--files", type=int, default=20_000)
    options.add_argument("--kilobytes", type=int, default=4, help="of each small file")
    options.add_argument("--entries", type=int, default=200_000)
    options.add_argument("--pages", type=int, default=200)
    options.add_argument("--full", action="store_true", help="the largest sizes that are measured")
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    if given.full:
        given.megabytes, given.files, given.entries = 10_000, 100_000, 10_000_000
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory(prefix="dadkhah-bench-") as name:
        room = Path(name)
        if given.megabytes:
            sizes = [given.megabytes * 1_000_000 // 8] * 8
            title = f"verify, {given.megabytes:,} MB in 8 captures"
            rows.append(verified(title, room / "large" / "archive", sizes))
        for count in (given.files // 10, given.files):
            if count:
                title = f"verify, {count:,} captures of {given.kilobytes} kB"
                sizes = [1000 * given.kilobytes] * count
                rows.append(verified(title, room / f"small{count}" / "archive", sizes))
        if given.pages:
            rows.append(added(room / "adding", given.pages))
            rows += apart(appended, room / "adding" / "case", 20_000)
        if given.entries:
            rows += apart(grown, room / "log", given.entries)
    head = ["what", "dadkhah", "a plain tool, same files", "dadkhah against it", "peak memory"]
    text = "".join(f"| {' | '.join(row)} |\n" for row in [head, ["---"] * 5, *rows])
    print(text)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        mark = "<!-- speed -->"
        page = re.sub(re.escape(mark) + r"\n(?:\n*\|[^\n]*\n)*", lambda _: f"{mark}\n{text}", page)
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
