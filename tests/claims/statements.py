"""How well whole statements are read: each claim with whom or what it is about.

Run `python tests/claims/statements.py dev` for the table, `--differences` for what differs.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from tests.claims.scoring import said

from dadkhah import sources
from dadkhah.claims.extraction import Extraction, extract
from dadkhah.records import Capture, Claim, Source
from dadkhah.sources.passages import passages_of

FOLDER = Path(__file__).parent / "data" / "statements"
LEFT_OUT = {"post.title", "post.body", "group.name", "event.place", "event.date", "act.victims"}
KINDS = ("dev", "held", "fresh")
IMPLIED = {"figure_kind:reported", "7:01"}


def statements(kind: str) -> list[dict[str, Any]]:
    """Give the statements of one kind, "dev" or "held", in both languages."""
    files = sorted(FOLDER.glob(f"{kind}_*.yaml"))
    return [row for file in files for row in yaml.safe_load(file.read_text("utf-8"))["statements"]]


def read(text: str) -> Extraction:
    """Read a statement as the house reads it: from bytes over passages to proposals."""
    reading = sources.read(text.encode(), "statement.txt")
    assert reading.decoded is not None
    assert reading.derived is not None
    parent = Capture(id="1" * 64, source="s", size_bytes=1, media_type="text/plain")
    child = Capture(id="0" * 64, source="s", size_bytes=1, media_type="text/plain", parent="1" * 64)
    found = passages_of("s", parent, child, reading.decoded.text, reading.derived)
    return extract(found, source=Source(id="s"))


def lines(found: Extraction) -> set[str]:
    """Write proposals in the short form of the data files, each with whom it is about."""
    written = {line for claim in found.claims for line in _line(claim, found)}
    written |= {f"{fact.predicate} | {fact.value}" for fact in found.facts}
    voices = {f"voice | {c.stance} {c.speaker}" for c in found.claims if c.stance != "asserts"}
    return {line for line in written if not line.startswith("source.title")} | voices


def _line(claim: Claim, found: Extraction) -> list[str]:
    name = claim.predicate
    if name in LEFT_OUT or str(claim.value) in IMPLIED:
        return []
    about = _about(claim.mention, found)
    if name in ("figure.number", "act.type", "person.name"):
        return [f"{name} | {about}"]
    if name == "person.holds_post":
        return [
            f"{name} | {about} > {_about(claim.target, found)} @ {claim.when}".removesuffix(" @ ")
        ]
    if name == "act.involvement":
        return [f"{name} | {_about(claim.target, found)} {str(claim.value).split(':')[1]}"]
    if name in ("act.victim", "figure.act"):
        return []
    told = said(claim.value) if claim.value is not None else _about(claim.target, found)
    if name.startswith("order."):
        return [f"{name} | {told}"]
    return [f"{name} | {about} | {told}"]


def _about(mention: str, found: Extraction) -> str:
    """Name a mention: a figure by its number, an act by its kind and victims, others by label."""
    own = [claim for claim in found.claims if claim.mention == mention]
    kinds = {m.id: m for m in found.mentions}
    if kinds[mention].type == "figure":
        return said(next(c.value for c in own if c.predicate == "figure.number"))
    if kinds[mention].type == "act":
        code = [str(c.value).split(":")[1] for c in own if c.predicate == "act.type"][-1]
        whom = [said(c.value) for c in own if c.predicate == "act.victims"]
        whom += [kinds[c.target].label for c in own if c.predicate == "act.victim"]
        return " ".join([code, *dict.fromkeys(whom)])
    return kinds[mention].label


def score(
    rows: Iterable[dict[str, Any]],
) -> tuple[Counter[str], Counter[str], Counter[str], list[str]]:
    """Count per predicate what is right, proposed and expected, and list every difference."""
    right, proposed, expected = Counter[str](), Counter[str](), Counter[str]()
    wrong: list[str] = []
    for row in rows:
        got, want = lines(read(row["text"])), set(row["claims"])
        for counted, chosen in ((right, got & want), (proposed, got), (expected, want)):
            counted.update(line.split(" | ")[0] for line in chosen)
        wrong += [f"+ {line}   [{row['name']}]" for line in sorted(got - want)]
        wrong += [f"- {line}   [{row['name']}]" for line in sorted(want - got)]
    return right, proposed, expected, wrong


def table(kind: str) -> str:
    """Write precision and recall per predicate as a table of Markdown."""
    right, proposed, expected, _ = score(statements(kind))
    rows = [
        "| claim | expected | proposed | right | precision | recall |",
        "|---|---|---|---|---|---|",
    ]
    for name in [*sorted({*proposed, *expected}), "all"]:
        counts = [c.total() if name == "all" else c[name] for c in (expected, proposed, right)]
        rates = [f"{counts[2] / n:.2f}" if n else "-" for n in (counts[1], counts[0])]
        rows.append(f"| {name} | {' | '.join(map(str, counts))} | {' | '.join(rates)} |")
    return "\n".join(rows)


def main(words: list[str]) -> None:
    """Print the table, and with --differences every difference."""
    kind = next((word for word in words if not word.startswith("--")), "dev")
    sys.stdout.write(table(kind) + "\n")
    if "--differences" in words:
        sys.stdout.write("\n".join(score(statements(kind))[3]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
