"""Put the studies' tables into docs/estimate.md, between their marks.

python studies/estimate/write.py
"""

from __future__ import annotations

import re
from pathlib import Path

from calibration import summary

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs/estimate.md"


def main() -> None:
    """Replace what follows each mark up to the next line that is not of a table."""
    (HERE / "output/calibration.md").write_text(summary(), encoding="utf-8")
    text = PAGE.read_text(encoding="utf-8")
    for name in ("captures", "calibration", "simulated", "speed", "strata", "borrowing"):
        table = (HERE / f"output/{name}.md").read_text(encoding="utf-8").strip()
        mark = f"<!-- {name} -->"
        fresh = f"{mark}\n{table}\n"
        text = re.sub(re.escape(mark) + r"\n(?:\n*\|[^\n]*\n)*", lambda _, f=fresh: f, text)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
