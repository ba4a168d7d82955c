"""Where the passages that a change touches stand now, and which sources are shown after it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dadkhah.memorial.book import reading_order
from dadkhah.memorial.change import Change, State
from dadkhah.memorial.disclosed import Shown
from dadkhah.memorial.ground import Ground
from dadkhah.memorial.kept import Kept
from dadkhah.memorial.recutting import Recut, recut
from dadkhah.memorial.shelf import Shelf
from dadkhah.memorial.told import Told
from dadkhah.records import Claim, Passage

__all__ = ["Standing", "restand"]

Pieces = dict[tuple[str, int], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Sources after a change.

    Args:
        told: accounts by source and list. captures: see `Kept`. names_of: see `Kept`.
        recut: by source. pieces: those to be written, by source and name, with their passages.
        moved: by passage, another piece than before. readers: accounts that stand on those.
    """

    told: Told
    captures: Mapping[str, int]
    names_of: Mapping[str, tuple[int, ...]]
    recut: Mapping[str, Recut]
    pieces: Pieces
    moved: Mapping[str, int]
    readers: tuple[str, ...]

    @property
    def shown(self) -> Shown:
        """Give the ids of what is shown."""
        return Shown(
            sources=frozenset(self.told.sources), captures=frozenset(self.captures),
            collections=frozenset(self.told.collections),
        )  # fmt: skip


def restand(shelf: Shelf, ground: Ground, last: Kept, change: Change) -> Iterator[Standing]:
    """Say how sources stand after a change, where that can be said without reading them whole."""
    told = Told(
        sources=_counts(last.sources, change, "source"),
        collections=_counts(last.collections, change, "collection"),
    )
    if told.collections.keys() != last.collections.keys():
        return  # what every page is made from
    if _breaks_a_line(ground, last.sources.keys() ^ told.sources.keys(), told):
        return
    touched = _passages(shelf, change)
    now = {p: _stands(shelf, ground, passage) for p, passage in touched.items()}
    changed: dict[str, tuple[list[Passage], list[str]]] = defaultdict(lambda: ([], []))
    for identity, passage in touched.items():
        was = shelf.piece_of(identity) != 0
        if now[identity] and not was:
            changed[passage.source][0].append(passage)
        elif was and not now[identity]:
            changed[passage.source][1].append(identity)
    cut = {
        source: recut(shelf, source, last.names_of.get(source, ()), *two)
        for source, two in changed.items()
    }
    moved = {each: name for one in cut.values() for each, name in one.moved.items()}
    names_of = {**last.names_of, **{source: one.names for source, one in cut.items()}}
    if any(not names_of.get(source) for source in told.sources):
        return
    readers = list(_readers(shelf, ground, moved))
    if all(kind == "person" for _, kind in readers):
        yield Standing(
            told=told, captures=_captures(last, touched, shelf, now), recut=cut, moved=moved,
            names_of={source: tuple(names) for source, names in names_of.items() if names},
            pieces=_pieces(shelf, touched, cut, moved),
            readers=tuple(dict.fromkeys(mention for mention, _ in readers)),
        )  # fmt: skip


def _counts(held: Mapping[str, int], change: Change, name: str) -> dict[str, int]:
    """Count the public accounts after a change; what is left with none is left out."""
    found, none = Counter(held), {each for each, count in held.items() if not count}
    for state, sign in ((change.before, -1), (change.after, 1)):
        for mention in _told(state):
            found[getattr(state.mentions[mention], name)] += sign
    return {each: n for each, n in found.items() if each and (n > 0 or each in none)}


def _told(state: State) -> Iterator[str]:
    return (mention for person in state.people for mention in person.mentions)


def _breaks_a_line(ground: Ground, changed: set[str], told: Told) -> bool:
    """Say whether a source that is shown from now on, or no more, is one that another shows."""
    parents = {p for s in told.sources for p in ground.sources[s].derived_from}
    own = {p for s in changed for p in ground.sources[s].derived_from}
    return bool(changed & parents) or bool(own) or bool(changed & ground.open_texts)


def _passages(shelf: Shelf, change: Change) -> dict[str, Passage]:
    claims = (*change.before.claims, *change.after.claims)
    told = dict.fromkeys([*(claim.passage for claim in claims), *change.passages])
    return {each: shelf.newest("passage", "id", each)[each][1] for each in told}


def _stands(shelf: Shelf, ground: Ground, passage: Passage) -> bool:
    """Say whether there is anything to show of a passage."""
    is_open = passage.source in ground.open_texts
    return (is_open and bool(passage.anchor.quote.strip())) or any(
        True for _ in _let_out(shelf, ground, passage.id)
    )


def _let_out(shelf: Shelf, ground: Ground, passage: str) -> Iterator[tuple[Claim, str]]:
    """Give the claims on a passage that are let out, with the kind of what they are about."""
    for _, claim in shelf.newest("claim", "passage", passage).values():
        for _, mention in shelf.newest("mention", "id", claim.mention).values():
            if mention.source in ground.sources and ground.allowed.lets_out(claim, mention):
                yield claim, mention.type


def _readers(shelf: Shelf, ground: Ground, moved: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for passage, name in moved.items():
        if name:
            for claim, kind in _let_out(shelf, ground, passage):
                yield claim.mention, kind


def _captures(
    last: Kept, touched: Mapping[str, Passage], shelf: Shelf, now: Mapping[str, bool]
) -> dict[str, int]:
    found = Counter(last.captures)
    for identity, passage in touched.items():
        change = now[identity] - (shelf.piece_of(identity) != 0)
        for anchor in filter(None, (passage.anchor, passage.origin)):
            found[anchor.capture] += change
    return {each: count for each, count in found.items() if count > 0}


def _pieces(
    shelf: Shelf, touched: Mapping[str, Passage], cut: Mapping[str, Recut],
    moved: Mapping[str, int],
) -> Pieces:  # fmt: skip
    """Give the pieces to be written: cut anew, beside those, or with a changed person on them."""
    wanted = {(source, name) for source, one in cut.items() for name in (*one.held, *one.turned)}
    for identity, passage in touched.items():
        name = moved.get(identity, shelf.piece_of(identity))
        if name:
            wanted.add((passage.source, name))
    found: Pieces = {}
    for source, name in sorted(wanted):
        if source in cut and name in cut[source].held:
            found[source, name] = cut[source].held[name]
        else:
            held = sorted(shelf.on_piece(source, name), key=reading_order)
            found[source, name] = tuple(each.id for each in held)
    return found
