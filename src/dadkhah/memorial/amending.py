"""A small change: the pages that it touches, and no others; the same bytes as a whole build.

It is tried only where all of this holds; otherwise the site is built whole:

    1. the last build was kept, and the site stands as it was sealed;
    2. the archive is the one of the last build with lines added, all of them claims about people;
    3. each added claim states what stands on no list: no name, day of death, place, picture or
       link, no denial; it was not public before, or still is, of the same person and passage;
    4. the same people are public, in the same groups, and sources agree on them.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from dadkhah import canonical, predicates
from dadkhah.memorial import (
    addresses,
    disagreement,
    feeds,
    fingerprints,
    kept,
    manifest,
    research,
    totals,
    words,
)
from dadkhah.memorial.book import NAMES, Book
from dadkhah.memorial.gathering import Gathered, gather
from dadkhah.memorial.ground import Ground, stand_on
from dadkhah.memorial.kept import Kept
from dadkhah.memorial.leaf import Leaf
from dadkhah.memorial.ledger import Ledger, untouched
from dadkhah.memorial.pages import about, changes, people, sources
from dadkhah.memorial.rendering import Renderer
from dadkhah.memorial.shelf import Shelf
from dadkhah.memorial.swapping import swapped
from dadkhah.memorial.way import Way
from dadkhah.records import Claim, Person

__all__ = ["Amendment", "amend", "prepare"]

MOST_LINES: Final = 500
ON_LISTS: Final = frozenset({"place", "mention", "digest"})  # values that other pages gather
LISTED: Final = frozenset({*NAMES, "person.death_date", "person.portrait", "person.letter"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What changed: the part before and after, and what is kept for the next build.

    Args:
        changed: ids of the claims that were added or have a new version.
        files: of the site as it stands. measured: of the archive as it is now.
        people: digests of what each person's page was made from.
    """

    folder: Path
    changed: tuple[str, ...]
    before: Gathered
    after: Gathered
    kept: Kept
    files: Mapping[str, str]
    people: Mapping[str, str]


def prepare(
    archive: Path, folder: Path, persons: Sequence[Person] | None, way: Way, state: Path
) -> Iterator[Amendment]:
    """Give the amendment, if the change is a small one."""
    for last in kept.take(state):
        if last.persons != kept.persons_digest(persons):
            return
        with ThreadPoolExecutor(1) as pool:
            measuring = pool.submit(kept.measure_again, archive, last.measured)
            files = _standing(last, folder)
            measured, begun = measuring.result()
        if not files or not _only_claims_were_added(last.measured, measured, begun):
            return
        ground = stand_on(archive)
        if ground.log.origin != last.origin or ground.log.day[:4] != last.day[:4] or last.ended:
            return
        seen = {kind: size for kind, (size, _) in last.measured.items()}
        shelf = Shelf(archive, kept.read(state), last.indexed, seen)
        try:
            yield from _small(shelf, ground, last, measured, persons, way, state, folder, files)
        finally:
            shelf.close()


def _standing(last: Kept, folder: Path) -> dict[str, str]:
    """Give the files of the site, if it is the one that was kept and nobody touched it."""
    try:
        data = (folder / manifest.NAME).read_bytes()
    except OSError:
        return {}
    if canonical.digest(data) != last.site:
        return {}
    files: dict[str, str] = orjson.loads(data)["files"]
    return files if untouched(folder, files) else {}


def _only_claims_were_added(last: kept.Measured, now: kept.Measured, begun: kept.Measured) -> bool:
    same = (now[kind] == was for kind, was in last.items() if kind != "claim")
    return all(same) and begun["claim"] == last["claim"]


def _small(
    shelf: Shelf, ground: Ground, last: Kept, measured: kept.Measured,
    persons: Sequence[Person] | None, way: Way, state: Path, folder: Path,
    files: Mapping[str, str],
) -> Iterator[Amendment]:  # fmt: skip
    arrived = dict.fromkeys(shelf.arrived["claim"])
    if len(arrived) > MOST_LINES:
        return
    changed: dict[str, Claim] = {c: shelf.versions("claim", "id", c)[-1][2] for c in arrived}
    if not all(_stands_alone(shelf, claim) for claim in changed.values()):
        return
    register = None if persons is None else {m: p for p in persons for m in p.mentions}
    shelf.as_it_was = True
    before = gather(ground, shelf, last, changed, register)
    shelf.as_it_was = False
    after = gather(ground, shelf, last, changed, register)
    if not _is_narrow(shelf, before, after, last, changed):
        return
    after = dataclasses.replace(after, book=_with_totals(before, after, last, changed))
    shared = fingerprints.of_all(after.book, way)
    digests = fingerprints.recall(state, shared)
    if shared != last.shared or not digests:
        return
    stamps: dict[str, str] = {}
    for group, person in groups(after):
        digests[person.id] = fingerprints.of_person(after.book, person, group, stamps)
    yield Amendment(
        folder=folder, changed=tuple(changed), before=before, after=after, files=files,
        people=digests,
        kept=dataclasses.replace(
            last, measured=measured, day=ground.log.day, totals=after.book.totals,
            closed=last.closed + after.closed - before.closed,
            corrected=_corrected(after.book),
        ),
    )  # fmt: skip


def groups(part: Gathered) -> list[tuple[str, Person]]:
    """Give the people of a part with the word under which the pages of each are made."""
    ids = {person.id for person in part.people}
    book = part.book
    remembered = [("remembered", p) for p in (*book.remembered, *book.unnamed) if p.id in ids]
    return remembered + [("named", p) for p in book.others if p.id in ids]


def _stands_alone(shelf: Shelf, claim: Claim) -> bool:
    """Say whether a claim in any of its versions is one that no list gathers (3)."""
    versions = [version[2] for version in shelf.versions("claim", "id", claim.id)]
    subject = shelf.newest("mention", "id", claim.mention).get(claim.mention)
    if subject is None or subject[1].type != "person" or not shelf.piece_of(claim.passage):
        return False
    return all(
        each.mention == claim.mention
        and each.passage == claim.passage
        and each.predicate == claim.predicate
        and each.predicate not in LISTED
        and predicates.get(each.predicate).value not in ON_LISTS
        and not each.target
        and each.stance in {"asserts", "reports"}
        and "contradiction" not in each.flags
        for each in versions
    )


def _is_narrow(
    shelf: Shelf, before: Gathered, after: Gathered, last: Kept, changed: Mapping[str, Claim]
) -> bool:
    """Say whether nothing but values of people that were public already has changed (3, 4)."""
    held, now = before.book.held.claims, after.book.held.claims
    for identity in changed:
        was_there = shelf.versions("claim", "id", identity)[0][0] < last.measured["claim"][0]
        if (identity in held) != (identity in now) and (was_there or identity not in now):
            return False
    cited = {after.book.held.mentions[now[c].mention].source for c in changed if c in now}
    return (
        cited <= set(last.sources)
        and bool(after.people or not changed)
        and before.people == after.people
        and groups(before) == groups(after)
        and _contested(before) == _contested(after)
        and before.book.held.past.gone == after.book.held.past.gone
    )


def _contested(part: Gathered) -> list[object]:
    return [disagreement.contested(part.book.claims_about(person)) for person in part.people]


def _with_totals(
    before: Gathered, after: Gathered, last: Kept, changed: Mapping[str, Claim]
) -> Book:
    """Put the totals of the whole into the part: those of the last build and what changed."""
    old, new = ([part.book.held.claims[c] for c in changed if c in part.book.held.claims]
                for part in (before, after))  # fmt: skip
    whole = totals.after(last.totals, old, new)
    closed = last.closed + after.closed - before.closed
    held = dataclasses.replace(after.book.held, withheld_claims=closed)
    return dataclasses.replace(after.book, held=held, totals=whole)


def _corrected(book: Book) -> list[str]:
    return list(dict.fromkeys(c.id for c in book.held.past.corrections if c.mention))


def amend(found: Amendment, ledger: Ledger, way: Way) -> list[tuple[str, int, str]]:
    """Write the pages that a small change touches; give the files for researchers, all of them.

    Args:
        ledger: over the site's files, of which those not written stay as they are.
    """
    book, renderer = found.after.book, Renderer(found.after.book, way)
    ledger.files.update({p: d for p, d in found.files.items() if p != manifest.LISTING})
    for language in words.LANGUAGES:
        for leaf in (*about.leaves(book, language), *changes.leaves(book, language)):
            ledger.put(leaf.address, renderer.page(leaf))
        for group, person in groups(found.after):
            remembered = group == "remembered"
            leaf = people.leaf(book, person, language, remembered=remembered)
            ledger.put(leaf.address, renderer.page(leaf))
        for leaf in _pieces(found, language):
            ledger.put(leaf.address, renderer.page(leaf))
        ledger.put(f"{language}/feed.atom", feeds.atom(book, language))
    return _tables(found, ledger)


def _pieces(found: Amendment, language: str) -> Iterator[Leaf]:
    """Give the pieces of sources on which the changed claims stand."""
    book = found.after.book
    for (source, number), held in found.after.pieces.items():
        last = found.kept.lengths[source]
        way = [addresses.source(language, source, each) for each in range(1, last + 1)]
        passages = [book.held.passages[each] for each in held]
        record = book.held.sources[source]
        yield sources.leaf(book, record, passages, number, way, language)


def _tables(found: Amendment, ledger: Ledger) -> list[tuple[str, int, str]]:
    """Write the files for researchers with the lines that changed."""
    book, folder = found.after.book, found.folder
    count = sum((found.kept.totals.remembered, found.kept.totals.unnamed, found.kept.totals.others))
    pieces = research.pieces_for(count)
    swaps: dict[str, list[tuple[bytes, bytes]]] = defaultdict(list)
    for (name, place), two in _lines(found, pieces):
        swaps[research.address(book, name, place, pieces)].append(two)
    made = {where: swapped((folder / where).read_bytes(), two) for where, two in swaps.items()}
    address, blocks = research.changes(book)
    made[address] = b"".join(blocks)
    for where, held in made.items():
        ledger.put(where, held)
    return [
        (where, len(made[where]), ledger.files[where]) if where in made else (where, size, digest)
        for where, size, digest in found.kept.data
    ]


def _lines(found: Amendment, pieces: int) -> Iterator[tuple[tuple[str, int], tuple[bytes, bytes]]]:
    """Give the lines before and after, by file and piece."""
    before, after = found.before.book, found.after.book
    for _, person in groups(found.after):
        place = research.piece_of(after, person.mentions[0], pieces)
        old, new = (research.rows_of(book, _word(book, person), person) for book in (before, after))
        for name in new:
            yield (name, place), (old[name], new[name])
    for identity in found.changed:
        if identity in after.held.claims:
            claim, was = after.held.claims[identity], before.held.claims.get(identity)
            place = research.piece_of(after, claim.mention, pieces)
            old_row = research.row_of(before, was) if was else b""
            yield ("claims.csv", place), (old_row, research.row_of(after, claim))


def _word(book: Book, person: Person) -> str:
    """Give the group of a person as the files for researchers name it."""
    lists = (("remembered", book.remembered), ("unnamed", book.unnamed), ("named", book.others))
    return next(word for word, people in lists if any(p.id == person.id for p in people))
