"""The wall of names, those without a name, others named in sources, and each person's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from dadkhah.memorial import addresses, disagreement, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import NAMES_A_PAGE, Leaf, pieces
from dadkhah.memorial.linked import script
from dadkhah.memorial.naming import Called, call, first_letter, ranks
from dadkhah.memorial.origins import roots
from dadkhah.memorial.pictures import KINDS as PICTURES
from dadkhah.memorial.saying import Said, Text, label, reading, say, term, text_of
from dadkhah.memorial.sent import CLAIMS as SENT
from dadkhah.records import Claim, Person

__all__ = ["Card", "Group", "cards", "leaf", "leaves", "letters_of", "said_in_groups"]

NAMES: Final = ("person.name", "person.other_name")
POST: Final = "person.holds_post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A person in a list."""

    person: Person
    called: Called
    letter: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The claims of one predicate about one thing, the same readings together.

    Args:
        values: for each reading, the claims that give it and how many independent sources they
            come from.
        contested: whether the readings cannot all be true.
    """

    label: str
    values: tuple[tuple[tuple[Said, ...], int], ...]
    contested: bool


def cards(book: Book, people: Iterable[Person], language: str) -> list[Card]:
    """Give people as a list shows them, in alphabetical order."""
    place = ranks(book, language)
    return [_card(book, p, language) for p in sorted(people, key=lambda each: place[each.id])]


def _card(book: Book, person: Person, language: str) -> Card:
    called = call(book, person, language)
    return Card(
        person=person, called=called, letter=first_letter(called),
        address=addresses.person(language, person.id),
    )  # fmt: skip


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the lists of people in one language; the page of each is made by `leaf`."""
    w = words.of(language)
    walls = (
        ("people", w["people"], w["people_lead"], book.remembered, "wall.html"),
        ("people/named", w["others_named"], w["others_lead"], book.others, "wall.html"),
        ("people/unnamed", w["unnamed"], w["unnamed_lead"], book.unnamed, "unnamed.html"),
    )
    for word, title, lead, people, template in walls:
        yield from _wall(book, language, word, title, lead, people, template)


def _wall(
    book: Book, language: str, word: str, title: str, lead: str,
    people: Sequence[Person], template: str,
) -> Iterator[Leaf]:  # fmt: skip
    every = cards(book, people, language)
    letters = letters_of(every, language, word)
    cut = list(pieces(every))
    way = [addresses.piece(language, word, number) for number, _ in cut]
    doors = _doors(book, language, word)
    for number, piece in cut:
        yield Leaf(
            address=way[number - 1],
            other=addresses.piece(_other(language), word, number),
            language=language,
            template=template,
            room="people",
            title=title,
            shows={
                "lead": lead, "word": word, "count": len(every), "number": number,
                "sections": _by_letter(piece), "letters": letters,
                "pieces": way,
                "facts": _facts(book, piece, language) if word == "people/unnamed" else {},
                "doors": doors,
            },
        )  # fmt: skip


def letters_of(every: Sequence[Card], language: str, word: str) -> dict[str, str]:
    """Give the address of the piece in which each first letter begins."""
    found = {
        card.letter: addresses.piece(language, word, 1 + place // NAMES_A_PAGE)
        for place, card in reversed(list(enumerate(every)))
    }
    return dict(reversed(found.items()))


def _other(language: str) -> str:
    return "en" if language == "fa" else "fa"


def _by_letter(piece: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    found: dict[str, list[Card]] = defaultdict(list)
    for card in piece:
        found[card.letter].append(card)
    return list(found.items())


def _doors(book: Book, language: str, word: str) -> list[tuple[str, str, int]]:
    """Give the ways to the other lists of people that hold anybody."""
    w = words.of(language)
    doors = [
        ("people", w["the_names"], len(book.remembered)),
        ("people/unnamed", w["unnamed"], len(book.unnamed)),
        ("people/groups", w["groups"], len(book.mentions("group"))),
        ("people/named", w["others_named"], len(book.others)),
    ]
    return [(addresses.piece(language, d, 1), t, n) for d, t, n in doors if n and d != word]


def _facts(book: Book, piece: Sequence[Card], language: str) -> dict[str, list[tuple[str, Text]]]:
    """Give a few facts on each entry without a name, so that one is told from another."""
    return {
        card.person.id: [
            (label(claim.predicate, language), _short(book, claim, language))
            for claim in book.claims_about(card.person)
            if claim.predicate not in NAMES
        ][:4]
        for card in piece
    }


def _short(book: Book, claim: Claim, language: str) -> Text:
    shown, is_ours = reading(book, claim, language)
    return Text(text=shown, direction="") if is_ours else text_of(shown, language)


def leaf(book: Book, person: Person, language: str, *, remembered: bool) -> Leaf:
    """Give the page of one person."""
    called = call(book, person, language)
    names = book.claims_about(person, *NAMES)
    posts = book.claims_about(person, POST)
    apart = {*NAMES, POST, *PICTURES, *SENT}
    rest = [c for c in book.claims_about(person) if c.predicate not in apart]
    pointed = [c for m in person.mentions for c in book.pointing_at.get(m, ())]
    w = words.of(language)
    lists = [book.held.collections[c] for c in person.collections if c in book.held.collections]
    kept = book.held.withheld.get(person.id, ())
    withheld = [label(name, language) for name in kept if name != "sensitive"]
    return Leaf(
        address=addresses.person(language, person.id),
        other=addresses.person(_other(language), person.id),
        language=language,
        template="person.html",
        room="people",
        title=called.name.text,
        shows={
            "called": called,
            "identity": person.id,
            "linked": Markup(script(book, person)),  # noqa: S704 — no sign in it can end the element
            "remembered": remembered,
            "names": said_in_groups(book, names, language),
            "groups": said_in_groups(book, rest, language),
            "pictures": [
                (
                    book.pictures[c.id],
                    say(book, c, language),
                    label(c.predicate, language),
                    text_of(c.written, language),
                )
                for c in book.claims_about(person, *PICTURES)
                if c.id in book.pictures
            ],
            "sent_here": [say(book, claim, language) for claim in book.claims_about(person, *SENT)],
            "posts": [say(book, claim, language) for claim in posts],
            "pointed": [_pointed(book, claim, language) for claim in pointed],
            "entries": len(person.mentions),
            "lists": [text_of(each.title, language) for each in lists],
            "withheld": withheld + [w["withheld_sensitive"]] * ("sensitive" in kept),
        },
    )


def _pointed(book: Book, claim: Claim, language: str) -> tuple[str, Text, Said]:
    """Show a claim about something else that names this person: an act, an order."""
    degree = "" if claim.value is None else term(str(claim.value), language)
    name = label(claim.predicate, language)
    return name, Text(text=degree, direction=""), say(book, claim, language)


def said_in_groups(book: Book, claims: Iterable[Claim], language: str) -> list[Group]:
    """Put claims together by predicate, and within it by reading, in log order."""
    held: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        held[claim.predicate].append(claim)
    return [
        Group(
            label=label(predicate, language),
            values=_values(book, found, language),
            contested=predicate in disagreement.SINGLE and disagreement.apart(predicate, found),
        )
        for predicate, found in held.items()
    ]


def _values(
    book: Book, claims: Sequence[Claim], language: str
) -> tuple[tuple[tuple[Said, ...], int], ...]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[reading(book, claim, language)[0].casefold()].append(claim)
    return tuple(
        (tuple(say(book, claim, language) for claim in same), _independent(book, same))
        for same in found.values()
    )


def _independent(book: Book, claims: Sequence[Claim]) -> int:
    """Count the independent roots of the sources behind some claims (CR-12)."""
    sources = {book.held.mentions[claim.mention].source for claim in claims}
    return len(frozenset().union(*(roots(book, source) for source in sources)))
