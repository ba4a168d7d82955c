"""How well extraction reads: the claims it proposes against those a careful reader takes.

Run `python tests/claims/scoring.py` for the table, `--differences` for what differs.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from dadkhah.claims.extraction import Extraction, extract
from dadkhah.dates import DateSpan
from dadkhah.records import Anchor, Claim, Passage, Source

DATA = Path(__file__).parent / "data"
SETS = sorted(
    file
    for kind in ("sentences", "unseen", "later", "third")
    for file in DATA.glob(f"{kind}_*.yaml")
)
UNIT_OF_PERSONS = "01"


def passages(lines: Iterable[str], language: str = "") -> list[Passage]:
    """Make passages by hand: one per line of one text."""
    made, at = [], 0
    rows = list(lines)
    capture = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    for number, line in enumerate(rows):
        anchor = Anchor(capture=capture, quote=line, start=at, end=at + len(line))
        made.append(Passage(id=f"p{number}", source="s", anchor=anchor, language=language))
        at += len(line) + 1
    return made


def read(text: str, *, language: str = "", dated: str = "") -> Extraction:
    """Extract from one sentence."""
    when = DateSpan.from_edtf(dated) if dated else None
    return extract(passages([text], language), source=Source(id="s"), relative_to=when)


def lines(found: Extraction) -> list[str]:
    """Write proposals in the short form of the data files."""
    labels = {mention.id: mention.label for mention in found.mentions}
    written = [_line(claim, labels, found) for claim in found.claims]
    voices = {f"voice | {c.stance} {c.speaker}" for c in found.claims if c.stance != "asserts"}
    return [*(line for line in written if line), *sorted(voices)]


def _line(claim: Claim, labels: dict[str, str], found: Extraction) -> str:
    name = claim.predicate
    if name in (
        "post.title",
        "post.body",
        "group.name",
        "figure.act",
        "figure.part_of",
        "event.place",
    ):
        return ""
    if name == "event.name":
        dates = [
            c for c in found.claims if c.mention == claim.mention and c.predicate == "event.date"
        ]
        where = [
            c for c in found.claims if c.mention == claim.mention and c.predicate == "event.place"
        ]
        when = dates[0].value if dates else where[0].value["name"]
        return f"event | {claim.value} @ {when}"
    if name == "event.date" or claim.value in ("figure_kind:reported", f"7:{UNIT_OF_PERSONS}"):
        return ""
    if name == "person.holds_post":
        post = labels[claim.target]
        return f"{name} | {labels[claim.mention]} > {post} @ {claim.when}"
    if name == "act.involvement":
        return f"{name} | {labels[claim.target]} {str(claim.value).split(':')[1]}"
    return f"{name} | {said(claim.value) if claim.value is not None else labels[claim.target]}"


def said(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value).split(":", 1)[-1] if ":" in str(value) else str(value)
    if "name" in value:
        return str(value["name"])
    low, high, hedge = value["low"], value["high"], value.get("hedge", "")
    span = f"{low}" if low == high else f"{low}.." + ("" if high is None else str(high))
    return f"{span} {hedge}".strip()


def score(files: Iterable[Path]) -> tuple[Counter[str], Counter[str], Counter[str], list[str]]:
    """Count per predicate what is right, proposed and expected, and list every difference."""
    right, proposed, expected = Counter[str](), Counter[str](), Counter[str]()
    wrong: list[str] = []
    for file in files:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for row in data["sentences"]:
            got = Counter(lines(read(row["text"], language=data["language"], dated=data["dated"])))
            want = Counter(row["claims"])
            for line in (got & want).elements():
                right[line.split(" | ")[0]] += 1
            for line in got.elements():
                proposed[line.split(" | ")[0]] += 1
            for line in want.elements():
                expected[line.split(" | ")[0]] += 1
            wrong += [f"+ {line}   [{row['text']}]" for line in (got - want).elements()]
            wrong += [f"- {line}   [{row['text']}]" for line in (want - got).elements()]
    return right, proposed, expected, wrong


def table(files: Iterable[Path]) -> str:
    """Write precision and recall per predicate as a table of Markdown."""
    right, proposed, expected, _ = score(files)
    rows = [
        "| claim | expected | proposed | right | precision | recall |",
        "|---|---|---|---|---|---|",
    ]
    names = sorted({*proposed, *expected})
    rows.extend(_row(name, expected[name], proposed[name], right[name]) for name in names)
    rows.append(_row("all", expected.total(), proposed.total(), right.total()))
    return "\n".join(rows)


def _row(name: str, expected: int, proposed: int, right: int) -> str:
    precision = f"{right / proposed:.2f}" if proposed else "-"
    recall = f"{right / expected:.2f}" if expected else "-"
    return f"| {name} | {expected} | {proposed} | {right} | {precision} | {recall} |"


def main(names: list[str]) -> None:
    """Print the table of precision and recall, and with --differences every difference."""
    chosen = [Path(name) for name in names if not name.startswith("--")] or SETS
    sys.stdout.write(table(chosen) + "\n")
    if "--differences" in names:
        sys.stdout.write("\n".join(score(chosen)[3]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
