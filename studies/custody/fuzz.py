"""Feed bytes that nobody would write to every reader of evidence, guided by coverage (atheris).

    uv pip install --group fuzz
    python studies/custody/fuzz.py --seconds 300              every target, one after another
    python studies/custody/fuzz.py --only token --seconds 60

Each target begins from true evidence, takes at most 512 MB and 5 seconds for one input, and may do
one of two things: read the bytes, or refuse them by a VerificationError (a bag also by an
ArchiveError) whose code has its row in the docs. Anything else is a fault, and its bytes are kept
under tests/custody/corpus/, where plain pytest feeds them again (tests/custody/test_corpus.py).
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "custody" / "corpus"
sys.path.insert(0, str(ROOT))


def fuzz(name: str, seconds: int, corpus: Path) -> None:
    """Fuzz one target in this process; atheris ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["dadkhah", "opentimestamps", "bagit"]):
        readers = importlib.import_module("tests.custody.readers")
    whole, read = readers.TARGETS[name]
    (corpus / "whole").write_bytes(whole)
    kept = CORPUS / name.replace(" ", "-")
    kept.mkdir(parents=True, exist_ok=True)
    words = [sys.argv[0], str(corpus), f"-max_total_time={seconds}", "-rss_limit_mb=512",
             "-timeout=5", f"-artifact_prefix={kept}/", f"-max_len={max(4096, 2 * len(whole))}",
             "-verbosity=0", "-print_final_stats=1"]  # fmt: skip
    atheris.Setup(words, lambda data: readers.refused_well(read, data))
    atheris.Fuzz()


def begin(name: str, seconds: int) -> str:
    """Fuzz one target in a process of its own, and give its row of the table."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dadkhah-fuzz-") as corpus:
        words = [sys.executable, __file__, "--one", name, "--corpus", corpus]
        done = subprocess.run(
            [*words, "--seconds", str(seconds)], capture_output=True, text=True, check=False
        )
        found = len([*Path(corpus).iterdir()])
    said = dict(
        line.removeprefix("stat::").split(":", 1)
        for line in done.stderr.splitlines()
        if line.startswith("stat::")
    )
    runs = said.get("number_of_executed_units", "0").strip()
    peak = said.get("peak_rss_mb", "?").strip()
    kept = CORPUS / name.replace(" ", "-")
    with contextlib.suppress(OSError):
        kept.rmdir()
    if done.returncode:
        print(done.stderr[-3000:], file=sys.stderr)
    spent, fault = time.monotonic() - began, bool(done.returncode)
    return f"| {name} | {int(runs):,} | {found:,} | {spent:.0f} | {peak} | {fault:d} |"


def main() -> int:
    """Fuzz, print the table, and give 1 when a fault was found."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=int, default=300, help="of each target")
    asked.add_argument("--only", action="append")
    asked.add_argument("--output", type=Path)
    asked.add_argument("--one", help=argparse.SUPPRESS)
    asked.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        fuzz(given.one, given.seconds, given.corpus)
        return 0
    from tests.custody.readers import TARGETS

    rows = ["| target | inputs tried | inputs of new coverage | seconds | peak MB | faults |",
            "|---|---:|---:|---:|---:|---:|"]  # fmt: skip
    for name in given.only or TARGETS:
        rows.append(begin(name, given.seconds))
        print(rows[-1], flush=True)
        if given.output:
            given.output.write_text("\n".join(rows) + "\n")
    return int(any(not row.endswith("| 0 |") for row in rows[2:]))


if __name__ == "__main__":
    sys.exit(main())
