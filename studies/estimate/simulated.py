"""The peers' own simulated tables: what do we say on them, and does it hold?

    python studies/estimate/simulated.py [FOLDER] [MINUTES]

A folder holds one folder per design, named ..._N<truth>_...; trials are appended to
output/simulated_trials.csv, so the study can be stopped and gone on with.
"""

from __future__ import annotations

import csv
import re
import sys
import time
from pathlib import Path

import numpy as np

import dadkhah.estimate as mse

OUTPUT = Path(__file__).parent / "output"
TRIALS = OUTPUT / "simulated_trials.csv"
TABLES = Path(__file__).resolve().parents[2] / "../shared/data/captures_simulated"
FIELDS = ("design", "table", "truth", "kind", "low", "high", "holds")


def read_trials() -> list[dict[str, str]]:
    """The trials done so far."""
    if not TRIALS.exists():
        return []
    with TRIALS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def attempt(path: Path) -> dict[str, object]:
    """One table's answer beside its truth."""
    found = re.search(r"_N(\d+)", path.parent.name)
    truth = int(found[1]) if found else 0
    answer = mse.estimate(mse.overlaps_from_table(path), seed=1, assumption="simulated")
    row: dict[str, object] = {"design": path.parent.name, "table": path.stem, "truth": truth,
                              "kind": answer.kind}  # fmt: skip
    if isinstance(answer, mse.Estimate):
        row |= {"low": answer.low, "high": answer.high, "holds": answer.low <= truth <= answer.high}
    elif isinstance(answer, mse.AtLeast):
        row |= {"low": answer.low, "holds": answer.low <= truth}
    return row


def summary() -> str:
    """A table in markdown."""
    lines = ["| tables | tried | estimates | hold | high / low | at least | hold | bound / truth |",
             "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    rows = read_trials()
    for design in sorted({r["design"] for r in rows}):
        cells = [design, str(sum(r["design"] == design for r in rows))]
        for kind in ("estimate", "at-least"):
            mine = [r for r in rows if r["design"] == design and r["kind"] == kind]
            over = "low" if kind == "estimate" else "truth"
            size = [float(r["high"] or r["low"]) / float(r[over]) for r in mine]
            held = sum(r["holds"] == "True" for r in mine)
            cells += [str(len(mine)), f"{held / len(mine):.0%}" if mine else "-"]
            cells.append(f"{np.median(size):.2f}" if size else "-")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run what is pending, one table of each design in turn."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TABLES
    until = time.monotonic() + 60 * float(sys.argv[2] if len(sys.argv) > 2 else 1e6)
    done = {(r["design"], r["table"]) for r in read_trials()}
    paths = sorted(folder.glob("*/*.csv"), key=lambda p: (p.stem, p.parent.name))
    OUTPUT.mkdir(exist_ok=True)
    fresh = not TRIALS.exists()
    with TRIALS.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        if fresh:
            writer.writeheader()
        for path in paths:
            if (path.parent.name, path.stem) in done or time.monotonic() > until:
                continue
            writer.writerow(attempt(path))
            file.flush()
    (OUTPUT / "simulated.md").write_text(summary(), encoding="utf-8")
    print(summary())


if __name__ == "__main__":
    main()
