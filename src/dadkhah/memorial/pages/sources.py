"""Sources: each with its particulars, its words with the claims in them marked, and its digests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dadkhah.memorial import addresses, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Leaf, pieces
from dadkhah.memorial.marking import Piece, mark, marked
from dadkhah.memorial.naming import call
from dadkhah.memorial.saying import (
    Text,
    date,
    label,
    place_name,
    reading,
    source_title,
    term,
    text_of,
)
from dadkhah.memorial.sent import about, is_sent
from dadkhah.memorial.slips import key_of
from dadkhah.memorial.told import told
from dadkhah.names import sort_key
from dadkhah.records import Capture, Claim, Passage, Source

__all__ = ["Bytes", "Shown", "files", "leaf", "leaves", "of_all"]

SOURCES_A_PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Bytes:
    """One capture: its digest, and where its bytes lie when the text is open."""

    capture: Capture
    file: str
    received: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What is read from a passage about one thing: (claim id or empty, label, value)."""

    about: Text
    address: str
    claims: tuple[tuple[str, str, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A passage: its marked words, or the written words of its claims when it is not open."""

    passage: Passage
    text: Text
    pieces: tuple[Piece, ...]
    reads: tuple[Read, ...]
    translations: tuple[Text, ...]


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the index of sources, and every piece of every source."""
    yield from of_all(book, language)
    for source in _in_order(book):
        yield from _source(book, source, language)


def _in_order(book: Book) -> list[Source]:
    return sorted(
        book.held.sources.values(),
        key=lambda s: (s.confidentiality == "confidential", sort_key(s.title or s.author), s.id),
    )


def of_all(book: Book, language: str) -> Iterator[Leaf]:
    """Give the index of sources."""
    w, other = words.of(language), "en" if language == "fa" else "fa"
    every = _in_order(book)
    cut = list(pieces(every, SOURCES_A_PAGE))
    for number, piece in cut:
        yield Leaf(
            address=addresses.piece(language, "sources", number),
            other=addresses.piece(other, "sources", number),
            language=language, template="sources.html", room="sources", title=w["sources"],
            shows={
                "rows": [_row(book, source, language) for source in piece],
                "number": number, "count": len(every),
                "lists": _lists(book, language) if number == 1 else [],
                "pieces": [addresses.piece(language, "sources", n) for n, _ in cut],
            },
        )  # fmt: skip


def _row(book: Book, source: Source, language: str) -> dict[str, object]:
    return {
        "title": source_title(source, language),
        "address": addresses.source(language, source.id),
        "author": text_of(source.author, language) if source.author else None,
        "date": date(source.date, language) if source.date else "",
        "type": term(source.type, language) if ":" in source.type else "",
        "is_open": source.id in book.held.open_texts,
        "digests": [c.id for c in book.captures_of.get(source.id, ()) if not c.parent],
    }


def _lists(book: Book, language: str) -> list[dict[str, object]]:
    counts = told(book).collections
    titles = {c.id: text_of(c.title, language) for c in book.held.collections.values()}
    return [
        {
            "title": titles[each.id],
            "parents": [titles[p] for p in each.derived_from if p in titles],
            "count": counts.get(each.id, 0),
            "facts": [
                (words.of(language)[word], text_of(said, language))
                for word, said in (
                    ("compiler", each.compiler), ("scope", each.scope), ("period", each.period),
                    ("would_not_list", each.would_not_list), ("method_word", each.method),
                    ("version", each.version),
                )
                if said
            ],
        }
        for each in book.held.collections.values()
    ]  # fmt: skip


def _source(book: Book, source: Source, language: str) -> Iterator[Leaf]:
    held: Mapping[int, Sequence[Passage]] = book.passages_of.get(source.id, {1: ()})
    names = list(held)
    for name in names:
        yield leaf(book, source, held[name], name, names, language)


def leaf(
    book: Book, source: Source, passages: Sequence[Passage], name: int, names: Sequence[int],
    language: str,
) -> Leaf:  # fmt: skip
    """Give one piece of a source's page.

    Args:
        passages: those of this piece, in reading order. names: of all pieces, in order.
    """
    place = names.index(name)
    before, after = names[max(place - 1, 0) : place], names[place + 1 : place + 2]
    title = source_title(source, language)
    return Leaf(
        address=addresses.source(language, source.id, name),
        other=addresses.source("en" if language == "fa" else "fa", source.id, name),
        language=language,
        template="source.html",
        room="sources",
        title=title.text,
        shows={
            "name": title, "source": source,
            "around": [
                addresses.source(language, source.id, each[0]) if each else ""
                for each in (before, after)
            ],
            "is_open": source.id in book.held.open_texts,
            "facts": _facts(book, source, language),
            "passages": [_passage(book, passage, language) for passage in passages],
            "captures": [_bytes(book, c, language) for c in _order(book, source)],
            "sent_here": about(book, f"source:{source.id}", language) if name == 1 else [],
        },
    )  # fmt: skip


def _order(book: Book, source: Source) -> Sequence[Capture]:
    return sorted(book.captures_of.get(source.id, ()), key=lambda c: (bool(c.parent), c.id))


def _facts(book: Book, source: Source, language: str) -> list[tuple[str, Text, str]]:
    """Give the particulars of a source: label, value, and where it leads."""
    w = words.of(language)
    list_ = book.held.collections.get(source.collection)
    said = (
        ("author", source.author), ("publisher", source.publisher),
        ("list", list_.title if list_ else ""),
    )  # fmt: skip
    facts = [(w[word], text_of(value, language), "") for word, value in said if value]
    if source.date:
        facts.append((w["date"], Text(text=date(source.date, language), direction=""), ""))
    if ":" in source.type:
        facts.append((w["type"], Text(text=term(source.type, language), direction=""), ""))
    return facts + [
        (w["derived_from"], source_title(book.held.sources[parent], language),
         addresses.source(language, parent))
        for parent in source.derived_from
    ]  # fmt: skip


def _bytes(book: Book, capture: Capture, language: str) -> Bytes:
    is_open = capture.source in book.held.open_texts
    received = capture.collected.received_at[:10]
    return Bytes(
        capture=capture,
        file=_file(book, capture) if is_open else "",
        received=date(received, language) if received else "",
    )


def _file(book: Book, capture: Capture) -> str:
    plain = capture.media_type in {"text/plain", "text/csv", "text/tab-separated-values"}
    return addresses.capture(capture.id, text=plain, simulated=book.held.case.simulated)


def files(book: Book) -> dict[str, str]:
    """Give the captures whose bytes go out with the site: digest to place."""
    held = book.held
    return {c.id: _file(book, c) for c in held.captures.values() if c.source in held.open_texts}


def _passage(book: Book, passage: Passage, language: str) -> Shown:
    claims = book.claims_in.get(passage.id, ())
    is_open = passage.source in book.held.open_texts
    found = mark(passage, claims) if is_open else ()
    placed = marked(found)
    return Shown(
        passage=passage,
        text=text_of(passage.anchor.quote, language, passage.language),
        pieces=found,
        reads=tuple(_reads(book, claims, placed, language, is_open=is_open)),
        translations=tuple(text_of(t, language) for t in passage.translation.values() if t),
    )


def _reads(
    book: Book, claims: Iterable[Claim], placed: frozenset[str], language: str, *, is_open: bool
) -> Iterator[Read]:
    by_mention: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_mention[claim.mention].append(claim)
    for mention, held in by_mention.items():
        about, address = _about(book, mention, language)
        yield Read(
            about=about,
            address=address,
            claims=tuple(
                (
                    "" if claim.id in placed else claim.id,
                    label(claim.predicate, language),
                    _value(book, claim, language, is_open=is_open),
                )
                for claim in held
            ),
        )


def _about(book: Book, mention: str, language: str) -> tuple[Text, str]:
    person = book.person_of.get(mention)
    if person is not None:
        return call(book, person, language).name, addresses.person(language, person.id)
    kind = book.held.mentions[mention].type
    if is_sent(book, mention):
        return Text(text=words.of(language)["sent"], direction=""), ""
    if kind == "place":
        return _place(book, mention, language)
    name = {"figure": "figures", "post": "posts"}.get(kind, f"kind_{kind}")
    return Text(text=words.of(language)[name], direction=""), _door(book, mention, language)


def _door(book: Book, mention: str, language: str) -> str:
    """Give the address of where a thing that is no person or place is shown; may be empty."""
    kind = book.held.mentions[mention].type
    if kind in {"event", "order", "act"}:
        return f"{addresses.page(language, 'timeline')}#m-{mention}"
    if kind == "figure" and book.claims(mention, "figure.number"):
        return f"{addresses.page(language, 'figures')}#m-{mention}"
    return addresses.page(language, "posts") if kind == "post" else ""


def _place(book: Book, mention: str, language: str) -> tuple[Text, str]:
    named = [c for c in book.claims(mention, "place.name") if isinstance(c.value, dict)]
    if not named:
        return Text(text=words.of(language)["places"], direction=""), ""
    name = text_of(place_name(named[0].value, language), language)
    return name, addresses.place(language, key_of(named[0].value))


def _value(book: Book, claim: Claim, language: str, *, is_open: bool) -> Text:
    """Give a claim's reading; of a source that is not open, its written words."""
    if not is_open:
        return text_of(claim.written, language)
    shown, is_ours = reading(book, claim, language)
    return Text(text=shown, direction="") if is_ours else text_of(shown, language)
