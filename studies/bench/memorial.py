"""The memorial: build time, memory, weights, search. python studies/bench/memorial.py [PEOPLE ...]

An archive of N invented people is written, and the site is built from it in a process of its own;
then one person's entry is changed and the site is built again over the first. Search is measured in
Chromium with the processor slowed six times.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
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
BUILD = """
import sys, time, resource
from pathlib import Path
from dadkhah.memorial import build
began = time.perf_counter()
site = build(Path(sys.argv[1]), Path(sys.argv[2]), state=Path(sys.argv[2] + ".state"))
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(time.perf_counter() - began, own / 1024, children / 1024, site.pages, site.written)
"""


def identity(*words: object) -> str:
    """An id that stays the same from run to run."""
    return hashlib.sha256(" ".join(map(str, words)).encode()).hexdigest()[:20]


def people(count: int, changed: int | None) -> Iterator[tuple[int, str, str, str, str, int, str]]:
    """Invented people: number, name, date, its EDTF form, prison, age, occupation."""
    chance = random.Random(1367)
    given, family = invented_names()
    made = sorted({a + b for a in family for b in ("ی", "زاده", "پور", "نیا", "")})
    for number in range(count):
        name = f"{chance.choice(given)} {chance.choice(made)}"
        day, month = chance.randint(1, 30), chance.randint(5, 6)
        edtf = f"1988-{month + 3:02}-{min(day, 28):02}"
        age, work = chance.randint(16, 70), chance.choice(["معلم", "کارگر", "دانشجو", "پزشک"])
        if number == changed:
            age += 1
        yield number, name, f"1367/{month:02}/{day:02}", edtf, chance.choice(PRISONS), age, work


def invented(count: int, changed: int | None = None) -> Iterator[Any]:
    """The records of the invented case, one list of N rows."""
    yield Case(id=identity("case"), title={"en": "An invented case", "fa": "پرونده‌ای ساختگی"},
               dates="1988-06-22/1988-09-22", simulated=True)  # fmt: skip
    list_ = Collection(id=identity("list"), title="Invented list", compiler="bench")
    source = Source(id=identity("source"), type="16:99", title="list.csv", collection=list_.id)
    digest = hashlib.sha256(b"bench").hexdigest()
    yield list_
    yield source
    yield Capture(id=digest, source=source.id, size_bytes=5, media_type="text/csv")
    for row in people(count, changed):
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


def write(folder: Path, every: Iterable[Any], *, entry_size: int = 1000) -> Path:
    """Write records as an archive; many to an entry of the log."""
    lines: dict[str, list[Line]] = {kind: [] for kind in records.KINDS}
    held: list[bytes] = []
    commitments: list[bytes] = []
    salt = bytes(16)

    def close() -> None:
        made = Entry(index=len(held), at=AT, by="account:1", action="claims.record",
                     records=len(commitments), root=entry_root(commitments).hex())  # fmt: skip
        held.append(entry_bytes(made))
        commitments.clear()

    for record in every:
        body = records.encode(record)
        commitment = commit(salt, body)
        lines[record.kind].append(
            Line(entry=len(held), position=len(commitments), commitment=commitment, salt=salt,
                 record={"kind": record.kind, **records.plain(record)})
        )  # fmt: skip
        commitments.append(commitment)
        if len(commitments) == entry_size:
            close()
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


def built(place: Path, site: Path) -> dict[str, float]:
    """Build in a process of its own; seconds, megabytes, pages, files written."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(place), str(site)], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    names = ("seconds", "own_mb", "child_mb", "pages", "written")
    return dict(zip(names, map(float, done.stdout.split()[-5:]), strict=True))


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


def searched(site: Path, asked: list[str]) -> list[float]:
    """Milliseconds from a submitted name to its answer, processor slowed six times."""
    from playwright.sync_api import sync_playwright

    found: list[float] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
        page.goto(f"file://{site}/en/find.html")
        for name in asked:
            page.evaluate("() => { document.getElementById('find-list').textContent = ''; }")
            began = time.perf_counter()
            page.fill("#find-text", name)
            page.click("#find button")
            page.locator("#find-list a").first.wait_for()
            found.append(1000 * (time.perf_counter() - began))
        browser.close()
    return found


def bench(count: int, room: Path) -> None:
    """Print one row of the table."""
    place, again = room / f"archive-{count}", room / f"again-{count}"
    write(place, invented(count))
    site = room / f"site-{count}"
    first = built(place, site)
    write(again, invented(count, changed=count // 2))
    second = built(again, site)
    names = [row[1] for row in people(count, None)][:: max(1, count // 20)][:20]
    answers = sorted(searched(site, names)) if Path("/usr/bin/chromium").exists() else [0.0]
    print(
        f"| {count:,} | {first['pages']:,.0f} | {first['seconds']:.1f} |"
        f" {first['own_mb']:,.0f} + {first['child_mb']:,.0f} | {second['seconds']:.1f} |"
        f" {second['written']:,.0f} | {answers[len(answers) // 2]:.0f} / {answers[-1]:.0f} |"
    )
    for what, size in weights(site).items():
        print(f"    {what}: {size:,} bytes", file=sys.stderr)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("people", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    options.add_argument("--room", type=Path, help="keep archives and sites here")
    chosen = options.parse_args()
    print(f"The memorial, invented people, {os.cpu_count()} processors\n")
    print("| people | pages | build, s | peak MB | one changed, s | files rewritten |"
          " search p50 / max, ms |\n|---|---|---|---|---|---|---|")  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="dadkhah-bench-") as name:
        room = chosen.room or Path(name)
        room.mkdir(parents=True, exist_ok=True)
        for count in chosen.people:
            bench(count, room)


if __name__ == "__main__":
    main()
