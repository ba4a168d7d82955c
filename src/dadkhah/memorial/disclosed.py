"""What has been let out of an archive, and nothing else: the only thing that pages are made of.

Every record kept here is cut down first: labels, keys, notes, authors, collectors, judgements and
salts never pass this door, nor the words around a passage whose source is not open. What a page
cannot hold, it cannot show.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dadkhah import archive, predicates
from dadkhah.memorial import corrections, cutting, letting
from dadkhah.memorial.corrections import Past
from dadkhah.memorial.ground import Ground, Log, stand_on
from dadkhah.memorial.letting import Parted
from dadkhah.memorial.packed import Packed, pack
from dadkhah.records import (
    Capture,
    Case,
    Claim,
    Collection,
    Contribution,
    Mention,
    Passage,
    Person,
    Run,
    Source,
)

__all__ = ["Disclosed", "Ground", "Log", "Shown", "cut", "read", "stand_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """The records let out on the day of the log's last entry, each cut down to what may be shown.

    Args:
        claims, mentions, passages, sources, captures, collections: by id, in log order.
        people: those with a claim let out; their mentions are those with a claim let out.
        open_texts: ids of sources whose whole text may be public.
        withheld: by person, the predicates that something is recorded under and not let out;
            of sensitive ones only the word "sensitive".
        withheld_claims: how many claims the archive holds that are not let out.
        run: the last estimate, its texts freed of lists that are not public.
        past: what had been public and was changed, withdrawn or closed.
        contributed: by claim that a contribution let out, what it is about: whole, place:ID, ...
    """

    case: Case
    log: Log
    claims: Packed[Claim]
    mentions: Packed[Mention]
    passages: Packed[Passage]
    sources: Mapping[str, Source]
    captures: Mapping[str, Capture]
    collections: Mapping[str, Collection]
    people: tuple[Person, ...]
    open_texts: frozenset[str]
    withheld: Mapping[str, tuple[str, ...]]
    withheld_claims: int
    run: Run | None
    past: Past
    contributed: Mapping[str, str]


def read(folder: Path, persons: Sequence[Person] | None = None) -> Disclosed:
    """Read what an archive's disclosures in force let out.

    Args:
        folder: an archive.
        persons: the register; without it every mention of a person is a person of its own.

    Raises:
        ArchiveError: those of dadkhah.archive; memorial-no-case when the archive describes none.
        AccessError: disclosure-alone, disclosure-ground: a disclosure that two people did not make.
    """
    ground = stand_on(folder)
    mentions, _ = letting.newest(folder, Mention)
    passages, _ = letting.newest(folder, Passage)
    claims, repeated = letting.newest(folder, Claim)
    parted = letting.part(
        claims, repeated, ground.allowed, mentions, ground.sources, passages, ground.open_texts
    )
    past = corrections.read(
        folder, mentions, parted.let_out, corrections.versions_of(folder, repeated)
    )
    return cut(ground, mentions, passages, parted, persons, past)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Ids of what is shown of a whole archive; captures are those that passages name."""

    sources: frozenset[str]
    captures: frozenset[str]
    collections: frozenset[str]


def cut(
    ground: Ground, mentions: Mapping[str, Mention], every_passage: Mapping[str, Passage],
    parted: Parted, persons: Sequence[Person] | None, past: Past, shown: Shown | None = None,
) -> Disclosed:  # fmt: skip
    """Cut down what was let out.

    Args:
        shown: what is shown of the whole, where only a part of it was read.
    """
    let_out, folder = parted.let_out, ground.folder
    told_of = parted.told_of
    cited = shown.sources if shown else {mentions[each].source for each in told_of}
    sources = _sources(ground.sources, ground.open_texts, cited)
    passages = _passages(every_passage, parted.passages, ground.open_texts)
    people = _people(mentions, persons, told_of)
    lists = shown.collections if shown else {mentions[m].collection for m in told_of}
    collections = _collections(folder, lists)
    captures = _captures(folder, passages.values(), sources, ground.open_texts, shown)
    return Disclosed(
        case=ground.case,
        log=ground.log,
        claims=let_out,
        mentions=pack(
            Mention, (cutting.mention(m) for m in mentions.values() if m.id in told_of), ("type",)
        ),
        passages=passages,
        sources=sources,
        captures=captures,
        collections=collections,
        people=people,
        open_texts=ground.open_texts,
        withheld=_withheld(parted.closed, people),
        withheld_claims=len(parted.closed),
        run=_run(folder, collections),
        past=past,
        contributed={c: w for c, w in contributed(folder).items() if c in let_out},
    )


def contributed(folder: Path) -> dict[str, str]:
    """Give what each contribution that was published is about, by its claim."""
    held: Iterable[Contribution] = archive.current(folder, "contribution").values()
    return {each.claim: each.about for each in held if each.state == "published"}


def _sources(
    every: Mapping[str, Source], open_texts: frozenset[str], cited: Container[str]
) -> dict[str, Source]:
    """Give the sources behind what is let out, and those whose text is open.

    The particulars of a confidential source stay inside unless its text was let out.
    """
    shown = [s for s in every.values() if s.id in cited or s.id in open_texts]
    ids = {source.id for source in shown}
    return {s.id: cutting.source(s, is_open=s.id in open_texts, shown=ids) for s in shown}


def _passages(
    every: Mapping[str, Passage], cited: Container[str], open_texts: frozenset[str]
) -> Packed[Passage]:
    """Cut the passages that are shown."""
    shown = (p for p in every.values() if p.id in cited or p.source in open_texts)
    cut_down = (cutting.passage(p, is_open=p.source in open_texts) for p in shown)
    return pack(Passage, cut_down, ("source",))


def _captures(
    folder: Path,
    passages: Iterable[Passage],
    sources: Mapping[str, Source],
    open_texts: frozenset[str],
    shown: Shown | None,
) -> dict[str, Capture]:
    """Give the captures that shown passages stand in; of a confidential source none."""
    wanted = {a.capture for p in passages for a in (p.anchor, p.origin) if a is not None}
    wanted |= shown.captures if shown else set()
    every: dict[str, Capture] = archive.current(folder, "capture")
    redacted = archive.stands_for(every.values())
    wanted = {redacted.get(digest, digest) for digest in wanted}
    return {
        capture.id: cutting.capture(capture, is_open=capture.source in open_texts)
        for capture in every.values()
        if capture.source in sources
        and sources[capture.source].confidentiality != "confidential"
        and (capture.id in wanted)
    }


def _collections(folder: Path, named: Container[str]) -> dict[str, Collection]:
    every: dict[str, Collection] = archive.current(folder, "collection")
    return {
        each.id: dataclasses.replace(
            each, derived_from=tuple(parent for parent in each.derived_from if parent in named)
        )
        for each in every.values()
        if each.id in named
    }


def _people(
    mentions: Mapping[str, Mention],
    persons: Sequence[Person] | None,
    told_of: Mapping[str, None],
) -> tuple[Person, ...]:
    if persons is None:
        alone = (m for m in mentions.values() if m.type == "person")
        persons = [Person(id=m.id, mentions=(m.id,)) for m in alone]
    cut = [(person.id, tuple(m for m in person.mentions if m in told_of)) for person in persons]
    return tuple(
        Person(id=identity, mentions=kept, collections=_lists(mentions, kept))
        for identity, kept in cut
        if kept
    )


def _lists(mentions: Mapping[str, Mention], kept: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mentions[m].collection for m in kept if mentions[m].collection))


def _withheld(
    closed: Iterable[tuple[str, str]], people: Iterable[Person]
) -> dict[str, tuple[str, ...]]:
    person_of = {mention: person.id for person in people for mention in person.mentions}
    found: dict[str, set[str]] = defaultdict(set)
    for mention, predicate in closed:
        if mention in person_of:
            kept = predicates.get(predicate)
            found[person_of[mention]].add("sensitive" if kept.sensitive else kept.name)
    return {person: tuple(sorted(names)) for person, names in found.items()}


def _run(folder: Path, public: Mapping[str, Collection]) -> Run | None:
    """Give the last estimate, cut to its public parts."""
    runs = [run for run in archive.current(folder, "run").values() if run.type == "estimate"]
    if not runs:
        return None
    return cutting.run(runs[-1], archive.current(folder, "collection").values(), public)
