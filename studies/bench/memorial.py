"""The memorial: build time, memory, weights, search. python studies/bench/memorial.py [PEOPLE ...]

An archive of N invented people is written, and the site is built from it in a process of its own;
then one thing after another changes, as one more entry of the log, and the site is built again
over the one before: an age, a day of death, a name, a place; somebody comes, is written about,
goes. Search is measured in Chromium with the processor slowed six times. With --write the tables
are put into docs/memorial.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from run import invented_names

from dadkhah import archive, canonical, records
from dadkhah.archive import Line
from dadkhah.custody.checkpoints import Checkpoint, sign_checkpoint
from dadkhah.custody.commitments import commit, entry_root
from dadkhah.custody.entries import Entry, entry_bytes
from dadkhah.custody.merkle import leaf_hash, root
from dadkhah.custody.signers import LogSigner, verifier_text
from dadkhah.names import romanise
from dadkhah.records import (
    Anchor,
    Capture,
    Case,
    Claim,
    Collection,
    Contribution,
    Disclosure,
    Mention,
    Passage,
    Source,
)

SIGNER = LogSigner(name="bench.invalid/memorial", seed=bytes(range(32)))
AT = "2026-03-21T09:30:00Z"
PRISONS = ("evin", "gohardasht")
CITIES = (
    "ir-tehran",
    "ir-shiraz",
    "ir-tabriz",
    "ir-mashhad",
    "ir-ahvaz",
    "ir-sanandaj",
    "ir-rasht",
)
OPEN = (
    "person.name", "person.death_date", "person.detention_place", "person.age",
    "person.occupation", "person.birth_place",
)  # fmt: skip
DONE = """() => {
  const told = document.getElementById("find-told").textContent;
  return told && told !== document.getElementById("find").getAttribute("data-wait");
}"""
DOCS = Path(__file__).parents[2] / "docs/memorial.md"
BEGIN, END = "<!-- figures: studies/bench/memorial.py -->", "<!-- end of figures -->"
MOST_SECONDS = 900  # for one build
MOST_MILLISECONDS = 30_000  # for one answer of the search
BUILD = """
import sys, time, resource
from pathlib import Path
from dadkhah import archive
from dadkhah.memorial import build
from dadkhah.records import Person
place, site = map(Path, sys.argv[1:3])
persons = {}
about = {one.claim: one.about for one in archive.current(place, "contribution").values()}
for line in archive.lines(place, "mention"):
    persons[line.record["id"]] = (line.record["id"],)
for line in archive.lines(place, "claim", first=int(sys.argv[3])):
    if line.record["id"] in about:  # whoever lets a contribution out says whom it is about
        person = about[line.record["id"]].partition(":")[2]
        persons[person] = (person, line.record["mention"])
        persons.pop(line.record["mention"], None)
register = [Person(id=each, mentions=held) for each, held in persons.items()]
began = time.perf_counter()
site = build(place, site, persons=register, state=Path(f"{site}.state"))
took = time.perf_counter() - began
kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
used = [resource.getrusage(kind) for kind in kinds]
print(took, sum(u.ru_utime + u.ru_stime for u in used), site.pages, site.written)
"""


def identity(*words: object) -> str:
    """An id that stays the same from run to run."""
    return hashlib.sha256(" ".join(map(str, words)).encode()).hexdigest()[:20]


_LIST = Collection(id=identity("list"), title="Invented list", compiler="bench")
LIST = (
    _LIST,
    Source(id=identity("source"), type="16:99", title="list.csv", collection=_LIST.id),
    hashlib.sha256(b"bench").hexdigest(),
)


def joined(name: str, ending: str) -> str:
    """A family name and its ending; after a silent he the two are kept apart by a joiner."""
    return f"{name}\u200c{ending}" if name.endswith("ه") and ending else name + ending


def people(count: int) -> Iterator[tuple[int, str, str, str, str, int, str]]:
    """Invented people: number, name, date, its EDTF form, prison, age, occupation."""
    chance = random.Random(1367)
    given, family = invented_names()
    made = sorted({joined(a, b) for a in family for b in ("ی", "زاده", "پور", "نیا", "")})
    for number in range(count):
        name = f"{chance.choice(given)} {chance.choice(made)}"
        day, month = chance.randint(1, 30), chance.randint(5, 6)
        edtf = f"1988-{month + 3:02}-{min(day, 28):02}"
        age, work = chance.randint(16, 70), chance.choice(["معلم", "کارگر", "دانشجو", "پزشک"])
        yield number, name, f"1367/{month:02}/{day:02}", edtf, chance.choice(PRISONS), age, work


def corrected(count: int, predicate: str, *, withdrawn: bool = False) -> Iterator[Any]:
    """What a later entry of the log says of the one in the middle of the list."""
    row = next(each for each in people(count) if each[0] == count // 2)
    number, name, _, _, prison, age, work = row
    other = PRISONS[prison == PRISONS[0]]
    later = (number, f"{name} ثانی", "1367/06/09", "1988-08-31", other, age + 1, work)
    for each in entry(later, *LIST):
        if isinstance(each, Claim) and withdrawn:
            yield dataclasses.replace(each, status="withdrawn")
        elif isinstance(each, Claim) and each.predicate == f"person.{predicate}":
            yield each


def added(count: int) -> Iterator[Any]:
    """A new last row of the list."""
    yield from entry(
        (count, "نوید آسمانی", "1367/05/11", "1988-08-02", PRISONS[0], 30, "معلم"), *LIST
    )


def sent(count: int) -> Iterator[Any]:
    """What a reader sent about somebody, let out by two people."""
    source = Source(id=identity("sent"), type="contribution", confidentiality="restricted")
    digest = hashlib.sha256(b"sent").hexdigest()
    yield source
    yield Capture(id=digest, source=source.id, size_bytes=4, media_type="text/plain")
    passage = Passage(id=identity("p sent"), source=source.id,
                      anchor=Anchor(capture=digest, quote="Snow lay in the yard."))  # fmt: skip
    mention = Mention(id=identity("m sent"), source=source.id, type="person", label="sent",
                      passage=passage.id, unidentified=True)  # fmt: skip
    claim = Claim(id=identity("c sent"), mention=mention.id, predicate="person.contribution",
                  written="Snow lay in the yard.", value="Snow lay in the yard.",
                  passage=passage.id)  # fmt: skip
    yield passage
    yield mention
    yield claim
    yield Contribution(id=identity("contribution"), source=source.id, type="memory",
                       about=f"person:{identity('m', count // 3)}", state="published",
                       claim=claim.id)  # fmt: skip
    yield Disclosure(id=identity("disclosure sent"), by="account:1", reviewed_by="account:2", at=AT,
                     ground="SIMULATED", claims=(claim.id,))  # fmt: skip


CHANGES: dict[str, Callable[[int], Iterator[Any]]] = {
    "an age": lambda count: corrected(count, "age"),
    "a day of death": lambda count: corrected(count, "death_date"),
    "a name": lambda count: corrected(count, "name"),
    "a place": lambda count: corrected(count, "detention_place"),
    "a person added": added,
    "a contribution": sent,
    "a person withdrawn": lambda count: corrected(count, "", withdrawn=True),
}


def invented(count: int) -> Iterator[Any]:
    """The records of the invented case, one list of N rows."""
    yield Case(id=identity("case"), title={"en": "An invented case", "fa": "پرونده‌ای ساختگی"},
               dates="1988-06-22/1988-09-22", simulated=True)  # fmt: skip
    list_, source, digest = LIST
    yield list_
    yield source
    yield Capture(id=digest, source=source.id, size_bytes=5, media_type="text/csv")
    for row in people(count):
        yield from entry(row, list_, source, digest)
    yield Disclosure(id=identity("disclosure"), by="account:1", reviewed_by="account:2", at=AT,
                     ground="SIMULATED", collections=(list_.id,), predicates=OPEN)  # fmt: skip


def entry(row: tuple[Any, ...], list_: Collection, source: Source, digest: str) -> Iterator[Any]:
    """The records of one row."""
    number, name, date, edtf, prison, age, work = row
    city = CITIES[number % len(CITIES)]
    shown = name if number % 2 else romanise(name).title()
    passage = Passage(id=identity("p", number), source=source.id, language="fa",
                      anchor=Anchor(capture=digest, quote=name, row=number + 2))  # fmt: skip
    mention = Mention(id=identity("m", number), source=source.id, type="person", label=name,
                      passage=passage.id, collection=list_.id, key=str(number))  # fmt: skip
    yield passage
    yield mention
    said = (
        ("name", shown, shown), ("death_date", date, edtf),
        ("detention_place", "زندان", {"name": prison, "level": "prison", "gazetteer": prison}),
        ("age", str(age), {"low": age, "high": age}), ("occupation", work, work),
        ("birth_place", "شهر", {"name": city, "level": "city", "gazetteer": city}),
    )  # fmt: skip
    for predicate, written, value in said:
        yield Claim(id=identity("c", number, predicate), mention=mention.id, value=value,
                    predicate=f"person.{predicate}", written=written, passage=passage.id,
                    status="accepted")  # fmt: skip


def write(
    folder: Path, every: Iterable[Any], later: Iterable[Any] = (), *, entry_size: int = 1000
) -> Path:
    """Write records as an archive, many to an entry of the log; later ones one to an entry."""
    lines: dict[str, list[Line]] = {kind: [] for kind in records.KINDS}
    held: list[bytes] = []
    commitments: list[bytes] = []
    salt = bytes(16)

    def close() -> None:
        made = Entry(index=len(held), at=AT, by="account:1", action="claims.record",
                     records=len(commitments), root=entry_root(commitments).hex())  # fmt: skip
        held.append(entry_bytes(made))
        commitments.clear()

    def add(record: Any) -> None:
        body = records.encode(record)
        commitment = commit(salt, body)
        lines[record.kind].append(
            Line(entry=len(held), position=len(commitments), commitment=commitment, salt=salt,
                 record={"kind": record.kind, **records.plain(record)})
        )  # fmt: skip
        commitments.append(commitment)

    for record in every:
        add(record)
        if len(commitments) == entry_size:
            close()
    for record in ([], *([one] for one in later)):
        for one in record:
            add(one)
        if commitments:
            close()
    head = root([leaf_hash(one) for one in held])
    note = sign_checkpoint(Checkpoint(origin=SIGNER.name, size=len(held), root=head), SIGNER)
    data = folder.parent / "bench"
    data.write_bytes(b"bench")
    archive.write(
        folder, about={"origin": SIGNER.name, "log_size": len(held), "log_root": head.hex()},
        entries=held, lines=lines, checkpoint=note, verifier=verifier_text(SIGNER.verifier),
        captures=[(canonical.digest(b"bench"), data)],
    )  # fmt: skip
    return folder


def built(place: Path, site: Path, entries: int = 0) -> dict[str, float]:
    """Build in a process of its own; seconds, megabytes, pages, files written.

    Args:
        entries: of the log before anything changed.
    """
    running = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(place), str(site), str(entries)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    peak, began = 0.0, time.monotonic()
    while running.poll() is None:
        if time.monotonic() - began > MOST_SECONDS:
            running.kill()
            sys.exit(f"The build took more than {MOST_SECONDS} seconds.")
        peak = max(peak, sum(shared_mb(each) for each in (running.pid, *children(running.pid))))
        time.sleep(0.5)
    if running.returncode or running.stdout is None:
        sys.exit("The build failed.")
    names = ("seconds", "cpu", "pages", "written")
    found = dict(zip(names, map(float, running.stdout.read().split()[-4:]), strict=True))
    return {**found, "shared_mb": peak}


def children(process: int) -> list[int]:
    """The processes that one has begun (Linux)."""
    try:
        said = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(each) for each in said.split()]


def shared_mb(process: int) -> float:
    """Memory in use, what is shared with others by its share (Linux)."""
    try:
        said = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    found = re.search(r"^Pss: +([0-9]+) kB", said, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def weights(site: Path) -> dict[str, int]:
    """The heaviest page of some kinds, in bytes, and what every page loads once."""

    def heaviest(pattern: str) -> int:
        return max((path.stat().st_size for path in site.glob(pattern)), default=0)

    return {
        "first page": heaviest("??/index.html"),
        "person": heaviest("??/people/??/*.html"),
        "a piece of the wall": heaviest("??/people/*.html"),
        "a piece of the search index": heaviest("find/*.js"),
        "style": heaviest("assets/*.css"),
        "fonts of a Persian page": sum(
            (site / f"assets/fonts/{name}.woff2").stat().st_size
            for name in ("vazirmatn", "literata")
        ),
    }  # fmt: skip


def searched(site: Path, asked: list[str]) -> tuple[list[float], int]:
    """Milliseconds from a submitted name to its answer, and how many were found."""
    from playwright.sync_api import sync_playwright

    took: list[float] = []
    found = 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(MOST_MILLISECONDS)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
        page.goto(f"file://{site}/en/find.html")
        for name in asked:
            page.evaluate("() => { document.getElementById('find-told').textContent = ''; }")
            began = time.perf_counter()
            page.fill("#find-text", name)
            page.click("#find button")
            page.wait_for_function(DONE)
            took.append(1000 * (time.perf_counter() - began))
            found += page.locator("#find-list a").count() > 0
        browser.close()
    return sorted(took), found


def bench(count: int, room: Path) -> tuple[str, dict[str, int], dict[str, str]]:
    """Give one row of the table, the weights, and the seconds of each change."""
    site, later = room / f"site-{count}", list[Any]()
    place = write(room / f"archive-{count}", invented(count))
    first, entries = built(place, site), int(archive.about(place)["log_size"])
    changes = {}
    for name, change in CHANGES.items():
        later += change(count)
        again = room / f"again-{count}"
        found = built(write(again, invented(count), later), site, entries)
        shutil.rmtree(again)
        changes[name] = f"{found['seconds']:.1f} ({found['cpu']:.1f}) · {found['written']:,.0f}"
        print(name, changes[name], file=sys.stderr, flush=True)
    names = [row[1] for row in people(count)][1 :: max(1, count // 20)][:20]  # of no change
    answers, found_ = [0.0], 0
    if Path("/usr/bin/chromium").exists():
        answers, found_ = searched(site, names)
    return (
        (
            f"| {count:,} | {first['pages']:,.0f} | {first['seconds']:.1f} ({first['cpu']:.1f}) |"
            f" {first['shared_mb']:,.0f} | {answers[len(answers) // 2]:.0f} / {answers[-1]:.0f} |"
            f" {found_} of {len(names)} |"
        ),
        weights(site),
        changes,
    )


def report(
    rows: Iterable[str], heaviest: dict[int, dict[str, int]], changes: dict[int, dict[str, str]]
) -> str:
    """Give the tables as they stand in the docs."""
    head = " | ".join(f"{count:,} people" for count in heaviest)
    dashes = "|" + "---|" * (1 + len(heaviest))
    return "\n".join(
        [
            f"{os.cpu_count()} processors. Seconds by the clock, in brackets of all processors"
            " with the start of Python; memory is the peak of both processes, what they share"
            " counted once.",
            "",
            "| people | pages | a new site, s | MB | search p50 / slowest, ms | found |",
            "|" + "---|" * 6,
            *rows,
            "",
            f"| one change, s (of all processors) · files written | {head} |",
            dashes,
            *_lines(changes),
            "",
            f"| heaviest, bytes | {head} |",
            dashes,
            *_lines({c: {k: f"{n:,}" for k, n in held.items()} for c, held in heaviest.items()}),
            "",
        ]
    )


def _lines(held: dict[int, dict[str, str]]) -> list[str]:
    kinds = next(iter(held.values()), {})
    return [
        f"| {kind} | " + " | ".join(one[kind] for one in held.values()) + " |" for kind in kinds
    ]


def put_into_docs(text: str) -> None:
    """Put the tables between their marks."""
    page = DOCS.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    DOCS.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Print the tables, each row as it comes."""
    options = argparse.ArgumentParser()
    options.add_argument("people", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    options.add_argument("--room", type=Path, help="keep archives and sites here")
    options.add_argument("--write", action="store_true", help="put the tables into the docs")
    chosen = options.parse_args()
    rows, heaviest, changes = list[str](), dict[int, dict[str, int]](), dict[int, dict[str, str]]()
    with tempfile.TemporaryDirectory(prefix="dadkhah-bench-") as name:
        room = chosen.room or Path(name)
        room.mkdir(parents=True, exist_ok=True)
        for count in chosen.people:
            row, heaviest[count], changes[count] = bench(count, room)
            rows.append(row)
            print(row, file=sys.stderr, flush=True)
    text = report(rows, heaviest, changes)
    print(text)
    if chosen.write:
        put_into_docs(text)


if __name__ == "__main__":
    main()
