"""Read the linkages that were run: what each learned, found and was told, in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from dadkhah import people
from dadkhah.web.claims.models import Mention
from dadkhah.web.custody.access import Reader
from dadkhah.web.people.models import Run
from dadkhah.web.sources import queries as sources
from dadkhah.web.sources.models import Collection

__all__ = ["Copied", "FieldLearned", "Level", "LinkageRun", "Rule", "run", "runs"]

PAGE: Final = 50
MOST_BITS: Final = 16.0
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a field: how often pairs of one person show it, and pairs of two.

    Args:
        same, apart: those shares in per cent, 0 for less than one in 100,000. times: how much
            likelier it is of the likelier kind, a million at most.
        speaks: "one" or "two" persons, "" for neither.
        left, width: of its bar, in per cent of the chart, which has its zero in the middle.
    """

    words: Words
    same: str
    apart: str
    times: str
    speaks: str
    left: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLearned:
    """A field and what training found of each of its levels, the least alike first."""

    words: Words
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of blocking, with the pairs that it and it alone brought together."""

    words: Words
    pairs: int
    only_here: int
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A list that looks copied from another; `declared` when the list itself says so.

    `misspelt` are some accounts that misspell a word alike, the child's and the parent's.
    """

    child: Collection | None
    parent: Collection | None
    evidence: Words
    declared: bool
    misspelt: tuple[tuple[Mention, Mention], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageRun:
    """One linkage, for its page."""

    run: Run
    fields: tuple[FieldLearned, ...]
    rules: tuple[Rule, ...]
    flags: tuple[Words, ...]
    copied: tuple[Copied, ...]
    prior: str
    newest: bool

    @property
    def has_earlier(self) -> bool:
        """Whether a linkage before this one is there to be compared with."""
        return Run.objects.filter(type="linkage", entry__lt=self.run.entry).exists()


def runs(reader: Reader) -> list[Run]:
    """Give the last linkages, the newest first, to whoever may read everything."""
    if not sources.reads_all(reader):
        return []
    return list(Run.objects.filter(type="linkage").order_by("-entry")[:PAGE])


def run(reader: Reader, run_id: str, *, rtl: bool = False) -> LinkageRun | None:
    """Give one linkage; a run kept by an earlier version shows what it has."""
    row = Run.objects.filter(pk=run_id, type="linkage").first()
    if row is None or not sources.reads_all(reader):
        return None
    said = row.result
    prior = float(said.get("prior") or 0)
    return LinkageRun(
        run=row,
        fields=tuple(_fields(said.get("parameters", ()), rtl=rtl)),
        rules=tuple(_rule(each) for each in said.get("blocking", ()) if each["pairs"]),
        flags=tuple(_words(people.explain_flag(flag)) for flag in said.get("flags", ())),
        copied=tuple(_copied(said.get("derived", ()))),
        prior=f"{round(1 / prior):d}" if prior else "",
        newest=not Run.objects.filter(type="linkage", entry__gt=row.entry).exists(),
    )


def _words(pair: Sequence[str]) -> Words:
    return {"en": pair[0], "fa": pair[1]}


def _fields(rows: Sequence[Mapping[str, Any]], *, rtl: bool) -> Iterator[FieldLearned]:
    for name, levels in groupby(rows, key=lambda row: str(row["field"])):
        yield FieldLearned(
            words=_words(people.field_words(name)),
            levels=tuple(_level(row, rtl=rtl) for row in levels),
        )


def _level(row: Mapping[str, Any], *, rtl: bool) -> Level:
    bits = float(row["weight"])
    half = 50 * min(abs(bits), MOST_BITS) / MOST_BITS
    rightwards = (bits >= 0) != rtl
    return Level(
        words=_words(people.level_words(row["label"])),
        same=_in_digits(_per_cent(float(row["m"])), rtl=rtl),
        apart=_in_digits(_per_cent(float(row["u"])), rtl=rtl),
        times=_in_digits(_times(2.0 ** abs(bits)), rtl=rtl),
        speaks="" if abs(bits) < math.log2(1.1) else "one" if bits > 0 else "two",
        left=f"{50 if rightwards else 50 - half:.1f}",
        width=f"{half:.1f}",
    )


def _per_cent(share: float) -> str:
    """Write a share in per cent, by as many places as its size needs."""
    if share >= 0.01:
        return f"{100 * share:.0f}"
    return f"{100 * share:.2g}" if share >= 1e-5 else "0"


def _times(factor: float) -> str:
    """Write a factor by two figures; beyond a million its size says nothing more."""
    if factor < 10:
        return f"{factor:.1f}"
    return f"{min(float(f'{factor:.2g}'), 1e6):,.0f}"


def _in_digits(written: str, *, rtl: bool) -> str:
    """Put the marks of Persian numbers in place of the English ones; the page sets the digits."""
    return written.replace(",", "٬").replace(".", "٫") if rtl else written


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        words=_words(people.rule_words(row["rule"], row["says"])),
        pairs=row["pairs"],
        only_here=row["only_here"],
        left_out=row["blocks_left_out"],
    )


def _copied(rows: Sequence[Mapping[str, Any]]) -> Iterator[Copied]:
    known = Collection.objects.in_bulk([row[end] for row in rows for end in ("child", "parent")])
    for row in rows:
        child, parent = known.get(row["child"]), known.get(row["parent"])
        declared = (
            child is not None
            and parent is not None
            and bool({parent.pk, parent.title} & {*child.derived_from})
        )
        yield Copied(
            child=child,
            parent=parent,
            evidence=_words(row["sentences"]),
            declared=declared,
            misspelt=_both_known(row.get("misspelt_pairs", ())),
        )


def _both_known(pairs: Sequence[Sequence[str]]) -> tuple[tuple[Mention, Mention], ...]:
    """Give the two accounts of each pair; one that was erased since is left out."""
    known = Mention.objects.in_bulk([end for pair in pairs for end in pair])
    return tuple((known[a], known[b]) for a, b in pairs if a in known and b in known)
