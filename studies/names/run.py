"""Run the names study: split, train, decide, measure; `python studies/names/run.py STEP...`.

Steps run in the order given; without any, all of them. The data folder is ../shared/data/names
beside the project, or the one named by --data.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared/data/names"
STEPS = (
    "split", "train", "decide", "misses", "retrieval", "single_words", "classifier", "blocking",
    "bulk", "latin", "speed",
)  # fmt: skip
for step in ("split", "train", "measure"):
    sys.path.insert(0, str(HERE / step / "src"))


def main() -> None:
    """Run the steps asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="*", metavar="STEP", help=", ".join(STEPS))
    parser.add_argument("--data", type=Path, default=DATA)
    asked = parser.parse_args()
    for step in asked.steps or STEPS:
        if step not in STEPS:
            parser.error(f"no step {step}; steps are {', '.join(STEPS)}")
        print(f"== {step}", flush=True)
        module = __import__(step)
        print(module.run(asked.data) if step == "split" else module.run() or "")


if __name__ == "__main__":
    main()
