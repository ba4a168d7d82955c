"""Speed and memory on this machine, in one run: python studies/bench/run.py [--rows N] [--demo]

A case of N invented rows is imported, searched, paged through, exported and verified. Beside each
figure stands a plain tool doing the nearest part of the same work in the same run.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

MAPPING = {
    "collection": {"title": "Invented", "compiler": "bench", "scope": "invented", "period": "1995"},
    "source": {"title": "Invented", "language": "fa"},
    "key": "id",
    "kind": "person",
    "language": "fa",
    "columns": {
        "name": {"predicate": "person.name"},
        "father": {"predicate": "person.father_name"},
        "sex": {"predicate": "person.sex"},
        "age": {"predicate": "person.age"},
        "died": {"predicate": "person.death_date", "calendar": "solar_hijri"},
        "place": {"predicate": "person.death_place"},
    },
}


def invented_names() -> tuple[list[str], list[str]]:
    """Given and family names in Persian, from the simulated world's own lists."""
    file = resources.files("dadkhah.simulate").joinpath("data/names.yaml")
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    words = [word for word in strings(data) if word and "\u0600" <= word[0] <= "\u06ff"]
    half = len(words) // 3
    return words[:half], words[half:]


def strings(value: Any) -> list[str]:
    """Every text in a nested value."""
    if isinstance(value, str):
        return [value.replace("~", "\u200c")]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in items for text in strings(item)]


def write_table(path: Path, rows: int) -> None:
    """Write a CSV of invented people."""
    chance = random.Random(1367)
    given, family = invented_names()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "father", "sex", "age", "died", "place"])
        for number in range(rows):
            writer.writerow([
                number, f"{chance.choice(given)} {chance.choice(family)}", chance.choice(given),
                chance.choice(["male", "female"]), chance.randint(16, 70),
                f"1374/{chance.randint(4, 6):02}/{chance.randint(1, 31):02}",
                f"زندان {chance.choice(family)}",
            ])  # fmt: skip


def run(*words: object, case: Path | None = None) -> tuple[float, float]:
    """Run dadkhah; give wall seconds and peak memory in megabytes."""
    place = ["--case", str(case)] if case else []
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "dadkhah.cli", *place, *map(str, words)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"dadkhah {words[0]} failed: {said.decode()[-500:]}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def timed(work: Callable[[], object]) -> float:
    """Give the wall seconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def plain_insert(table: Path, store: Path) -> None:
    """The peer of an import: the same cells into one bare SQLite table, no claim, no log."""
    with sqlite3.connect(store) as connection, table.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        connection.execute(f"CREATE TABLE t ({', '.join(header)})")
        connection.executemany(f"INSERT INTO t VALUES ({','.join('?' * len(header))})", rows)


def plain_digests(files: list[Path]) -> None:
    """The peer of verify: only SHA-256 over the same bytes."""
    for path in files:
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")


def latencies(case: Path) -> dict[str, list[float]]:
    """Ask the reading room for pages, as a signed-in keeper; milliseconds each."""
    os.environ |= {"DADKHAH_CASE": str(case), "DJANGO_SETTINGS_MODULE": "dadkhah.web.settings"}
    import django

    django.setup()
    from django.test import Client

    from dadkhah.web.accounts.models import Account
    from dadkhah.web.people.models import IndexedPerson

    client = Client()
    client.force_login(Account.objects.get(username="keeper"))
    chance = random.Random(3)
    given, family = invented_names()
    people = list(IndexedPerson.objects.values_list("pk", flat=True)[:5000])
    asked = {
        "search": lambda: f"/people/?q={chance.choice(given)}+{chance.choice(family)}",
        "person page": lambda: f"/people/{chance.choice(people)}/",
        "register page": lambda: "/people/",
        "overview": lambda: "/",
    }
    found: dict[str, list[float]] = {}
    for name, address in asked.items():
        client.get(address())
        found[name] = []
        for _ in range(100):
            place = address()
            began = time.perf_counter()
            answer = client.get(place)
            found[name].append(1000 * (time.perf_counter() - began))
            if answer.status_code != 200:
                sys.exit(f"{place} answered {answer.status_code}")
    return found


def at(values: list[float], share: float) -> float:
    """A quantile of the values."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def bench(rows: int, demo: bool) -> list[tuple[str, str, str, str]]:
    """Measure everything and give rows of (what, ours, the plain tool's, ratio)."""
    table: list[tuple[str, str, str, str]] = []
    with tempfile.TemporaryDirectory(prefix="dadkhah-bench-") as name:
        room = Path(name)
        os.environ["DADKHAH_KEYS"] = str(room / "keys")
        write_table(room / "list.csv", rows)
        (room / "list.yaml").write_text(yaml.safe_dump(MAPPING, allow_unicode=True), "utf-8")
        case = room / "case"
        run("init", case, "--password", "bench-bench-bench")
        seconds, memory = run(
            "import", room / "list.csv", "--mapping", room / "list.yaml", case=case
        )
        bare = timed(lambda: plain_insert(room / "list.csv", room / "bare.sqlite3"))
        table.append(
            (
                "import, rows/s",
                f"{rows / seconds:,.0f}",
                f"{rows / bare:,.0f} (bare SQLite insert)",
                f"{bare / seconds:.3f}",
            )
        )
        table.append(("import, seconds", f"{seconds:.1f}", f"{bare:.1f}", ""))
        table.append(("import, peak MB", f"{memory:,.0f}", "", ""))
        for what, values in latencies(case).items():
            table.append(
                (f"{what}, p50 / p95 ms", f"{at(values, 0.5):.1f} / {at(values, 0.95):.1f}", "", "")
            )
        archive = room / "archive"
        seconds, memory = run("export", archive, case=case)
        table.append(("export, seconds; peak MB", f"{seconds:.1f}; {memory:,.0f}", "", ""))
        files = [path for path in archive.rglob("*") if path.is_file()]
        megabytes = sum(path.stat().st_size for path in files) / 1e6
        seconds, memory = run("verify", archive)
        bare = timed(lambda: plain_digests(files))
        table.append(
            (
                "verify archive, MB/s",
                f"{megabytes / seconds:.1f}",
                f"{megabytes / bare:.1f} (SHA-256 alone)",
                f"{bare / seconds:.3f}",
            )
        )
        table.append(("verify archive, peak MB", f"{memory:,.0f}", "", ""))
        if demo:
            seconds, memory = run("demo", "--build-only", "--folder", room / "demo")
            table.append(("demo built, seconds; peak MB", f"{seconds:.0f}; {memory:,.0f}", "", ""))
            seconds, _ = run("demo", "--build-only", "--folder", room / "demo")
            table.append(("demo again, seconds", f"{seconds:.1f}", "", ""))
    return table


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--demo", action="store_true")
    chosen = options.parse_args()
    print(f"{chosen.rows:,} invented rows, 6 mapped columns, {os.cpu_count()} processors\n")
    print("| what | ours | plain tool | ratio |\n|---|---|---|---|")
    for row in bench(chosen.rows, chosen.demo):
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
