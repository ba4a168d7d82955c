"""A small change: the pages that it touches, and no others; the same bytes as a whole build.

What counts as small is said in `change`. Where a rule there does not hold, where the site does not
stand as it was sealed, or where the search or the files for researchers would be cut otherwise, the
site is built whole.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dadkhah import records
from dadkhah.memorial import change, fingerprints, kept, research, totals
from dadkhah.memorial.book import Book
from dadkhah.memorial.change import Change, Registers
from dadkhah.memorial.gathering import Part, gather
from dadkhah.memorial.ground import Ground, stand_on
from dadkhah.memorial.kept import Kept
from dadkhah.memorial.ledger import looking
from dadkhah.memorial.relisting import Relisted, relist
from dadkhah.memorial.resealing import Sealed, sealed
from dadkhah.memorial.respelling import Respelled, respell
from dadkhah.memorial.restanding import Standing, restand
from dadkhah.memorial.roll import Roll, amended
from dadkhah.memorial.shelf import Shelf
from dadkhah.memorial.spots import spots
from dadkhah.memorial.totals import Totals
from dadkhah.memorial.way import Way
from dadkhah.records import Person

__all__ = ["Amendment", "prepare", "word_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What changed, and what is kept for the next build.

    Args:
        book: of the part, with the roll, the counts and the totals of the whole.
        people: those whose pages are written. digests: what each person's page was made from.
        site: its files as they stand. last: what the last build kept.
    """

    folder: Path
    change: Change
    book: Book
    people: tuple[Person, ...]
    standing: Standing
    lists: Relisted
    respelled: Respelled
    site: Sealed
    digests: Mapping[str, str]
    last: Kept
    kept: Kept
    register: Mapping[str, Sequence[str]] | None


def prepare(
    archive: Path, folder: Path, persons: Sequence[Person] | None, way: Way, state: Path
) -> Iterator[Amendment]:
    """Give the amendment, if the change is a small one."""
    for last in kept.take(state):
        for site in sealed(folder, last.site):
            with looking(folder, len(site.files)) as is_untouched, ThreadPoolExecutor(1) as pool:
                measuring = pool.submit(kept.measure_again, archive, last.measured)
                for found in _of_the_site(
                    archive, folder, persons, way, state, last, site, measuring
                ):
                    if is_untouched():
                        yield found


def _of_the_site(
    archive: Path, folder: Path, persons: Sequence[Person] | None, way: Way, state: Path,
    last: Kept, site: Sealed, measuring: Future[tuple[kept.Measured, kept.Measured]],
) -> Iterator[Amendment]:  # fmt: skip
    ground = stand_on(archive)
    if ground.log.origin != last.origin or ground.log.day[:4] != last.day[:4]:
        return
    seen = {kind: size for kind, (size, _) in last.measured.items()}
    shelf = Shelf(archive, kept.read(state), last.indexed, seen, last.moved)
    try:
        on = _Ground(shelf, ground, last, state, folder, site)
        yield from _amendments(on, way, persons, measuring.result())
    finally:
        shelf.close()


@dataclass(frozen=True, slots=True)
class _Ground:
    """What an amendment is made from."""

    shelf: Shelf
    archive: Ground
    last: Kept
    state: Path
    folder: Path
    site: Sealed


def _registers(state: Path, persons: Sequence[Person] | None) -> Iterator[Registers]:
    """Give both registers, unless only one of the two builds had one."""
    was = kept.last_register(state)
    if persons is None or was is None:
        if was is None and persons is None:
            yield Registers(before=None, after=None, differing=())
        return
    after = {m: p for p in persons for m in p.mentions}
    gone = {p: held for p, held in was.items() if p not in after or after[p].id != p}
    come = [p for p in persons if was.get(p.id) != list(p.mentions)]
    gone |= {p.id: was[p.id] for p in come if p.id in was}
    before = after.copy() if gone or come else after
    for person in come:
        for mention in person.mentions:
            before.pop(mention, None)
    for identity, mentions in gone.items():
        one = Person(id=identity, mentions=tuple(mentions))
        before.update(dict.fromkeys(mentions, one))
    told = [m for p in come for m in p.mentions] + [m for held in gone.values() for m in held]
    yield Registers(before=before, after=after, differing=tuple(sorted(set(told))))


def _amendments(
    on: _Ground, way: Way, persons: Sequence[Person] | None,
    now: tuple[kept.Measured, kept.Measured],
) -> Iterator[Amendment]:  # fmt: skip
    for two in _registers(on.state, persons):
        for found in change.find(on.shelf, on.archive, on.last, now, two):
            for standing in restand(on.shelf, on.archive, on.last, found):
                yield from _with_lists(on, way, two, found, standing, now[0])


def _with_lists(
    on: _Ground, way: Way, two: Registers, found: Change, standing: Standing,
    measured: kept.Measured,
) -> Iterator[Amendment]:  # fmt: skip
    roll, words = kept.roll(on.state), kept.words(on.state)
    old, new = found.before.slips, found.after.slips
    if any(roll.slips.get(each) != one for each, one in old.items()):
        return  # what was kept is not what the archive said
    if research.pieces_for(len(roll.slips)) != research.pieces_for(
        len(roll.slips) - len(old) + len(new)
    ):
        return
    after = amended(roll, old, new.values()) if old != new else roll
    mark = records.SIMULATED if on.archive.case.simulated else ""
    for respelled in respell(on.folder, words, old.values(), new.values(), mark):
        part = _part(on, found, standing)
        touched = frozenset(old) | frozenset(new)
        book = _book(on, part, two, after, found, standing)
        lists = relist(book, roll, touched, mark)
        more = _accounts(two, (p for draft in lists.drafts for p in draft.people))
        if not set(more) <= set(part.people):
            part = dataclasses.replace(part, people=(*part.people, *more))
            book = _book(on, part, two, after, found, standing)
            lists = relist(book, roll, touched, mark)
        yield from _finished(on, way, two, found, standing, book, lists, respelled, measured)


def _part(on: _Ground, found: Change, standing: Standing) -> Part:
    """Say what is to be read."""
    accounts = [m for person in found.after.people for m in person.mentions]
    accounts += [*found.before.mentions, *found.after.mentions, *standing.readers]
    return Part(
        people=tuple(dict.fromkeys(accounts)),
        passages=tuple(dict.fromkeys(p for held in standing.pieces.values() for p in held)),
        corrected=tuple(dict.fromkeys([*on.last.corrected, *found.claims])),
        marked=on.last.marked, names=standing.moved, shown=standing.shown,
    )  # fmt: skip


def _accounts(two: Registers, people: Iterable[str]) -> list[str]:
    """Give the accounts of people."""
    wanted = dict.fromkeys(people)
    if two.after is None:
        return list(wanted)
    return [m for m, person in two.after.items() if person.id in wanted]


def _book(
    on: _Ground, part: Part, two: Registers, roll: Roll, found: Change, standing: Standing
) -> Book:
    """Read the part, and put the counts and totals of the whole into it."""
    book = gather(on.archive, on.shelf, part, two.after, roll)
    closed = on.last.closed + found.after.closed - found.before.closed
    book = dataclasses.replace(
        book, held=dataclasses.replace(book.held, withheld_claims=closed),
        kept={**book.kept, "told": standing.told},
    )  # fmt: skip
    return dataclasses.replace(book, totals=_totals(on.last.totals, found, book))


def _totals(whole: Totals, found: Change, book: Book) -> Totals:
    counted = totals.after(whole, found.before.claims, found.after.claims)
    old, new = found.before.slips.values(), found.after.slips.values()

    def change(group: str) -> int:
        return sum(one.group == group for one in new) - sum(one.group == group for one in old)

    contested = sum(one.contested for one in new) - sum(one.contested for one in old)
    same = {s for one in old for s in one.stays} == {s for one in new for s in one.stays}
    return dataclasses.replace(
        counted, remembered=whole.remembered + change("remembered"),
        unnamed=whole.unnamed + change("unnamed"), others=whole.others + change("named"),
        disagreements=whole.disagreements + contested,
        places=whole.places if same else len(spots(book)),
    )  # fmt: skip


def _finished(
    on: _Ground, way: Way, two: Registers, found: Change, standing: Standing, book: Book,
    lists: Relisted, respelled: Respelled, measured: kept.Measured,
) -> Iterator[Amendment]:  # fmt: skip
    shared = fingerprints.of_all(book, way)
    digests = fingerprints.recall(on.state, shared)
    if shared != on.last.shared or not digests:
        return
    readers = {book.person_of[m].id for m in standing.readers if m in book.person_of}
    people = tuple(p for p in book.held.people if p.id in readers | found.after.slips.keys())
    stamps: dict[str, str] = {}
    for each in found.before.slips:
        digests.pop(each, None)
    for person in people:
        group = word_of(book, person)
        digests[person.id] = fingerprints.of_person(book, person, group, stamps)
    past = book.held.past.corrections
    yield Amendment(
        folder=on.folder, change=found, book=book, people=people, standing=standing, lists=lists,
        respelled=respelled, site=on.site, digests=digests, last=on.last,
        register=_register(two),
        kept=dataclasses.replace(
            on.last, measured=measured, day=on.archive.log.day, log_size=on.archive.log.size,
            totals=book.totals, closed=book.held.withheld_claims,
            sources=standing.told.sources, collections=standing.told.collections,
            captures=standing.captures, names_of=standing.names_of,
            moved={**on.last.moved, **standing.moved},
            corrected=list(dict.fromkeys(c.id for c in past if c.mention)),
        ),
    )  # fmt: skip


def _register(two: Registers) -> dict[str, Sequence[str]] | None:
    return None if two.after is None else {p.id: p.mentions for p in two.after.values()}


def word_of(book: Book, person: Person) -> str:
    """Give the word under which the page of a person is made."""
    return "named" if book.slips[person.id].group == "named" else "remembered"
