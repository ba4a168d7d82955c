"""The page of one person, and how the claims about one thing are put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from dadkhah.memorial import addresses, disagreement, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Leaf
from dadkhah.memorial.linked import script
from dadkhah.memorial.naming import call
from dadkhah.memorial.origins import roots
from dadkhah.memorial.pictures import KINDS as PICTURES
from dadkhah.memorial.saying import Said, Text, label, reading, say, term, text_of
from dadkhah.memorial.sent import CLAIMS as SENT
from dadkhah.memorial.slips import NAMES, OF_AN_ACTOR
from dadkhah.records import Claim, Person

__all__ = ["Group", "leaf", "said_in_groups"]

POST: Final = "person.holds_post"
APART: Final = frozenset({*NAMES, POST, *PICTURES, *SENT})


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


def leaf(book: Book, person: Person, language: str, *, remembered: bool) -> Leaf:
    """Give the page of one person."""
    called = call(book, person, language)
    claims = book.claims_about(person)
    rest = [c for c in claims if c.predicate not in APART]
    pointed = [c for m in person.mentions for c in book.pointing_at.get(m, ())]
    quiet = len(rest) > 1 and all(c.status == "unreviewed" for c in (*claims, *pointed))
    w = words.of(language)
    lists = [book.held.collections[c] for c in person.collections if c in book.held.collections]
    kept = book.held.withheld.get(person.id, ())
    withheld = [label(name, language) for name in kept if name != "sensitive"]
    return Leaf(
        address=addresses.person(language, person.id),
        other=addresses.person("en" if language == "fa" else "fa", person.id),
        language=language,
        template="person.html",
        room="people",
        title=called.name.text,
        shows={
            "called": called,
            "identity": person.id,
            "linked": Markup(script(book, person, claims)),  # noqa: S704 — no sign in it can end the element
            "remembered": remembered,
            "names": said_in_groups(book, _some(claims, NAMES), language, quiet=quiet),
            "groups": said_in_groups(book, rest, language, quiet=quiet),
            "pictures": [
                (
                    book.pictures[c.id],
                    say(book, c, language),
                    label(c.predicate, language),
                    text_of(c.written, language),
                )
                for c in _some(claims, PICTURES)
                if c.id in book.pictures
            ],
            "sent_here": [say(book, claim, language) for claim in _some(claims, SENT)],
            "posts": [say(book, c, language, quiet=quiet) for c in _some(claims, (POST,))],
            "alleged": [
                _pointed(book, c, language, quiet=quiet)
                for c in pointed
                if c.predicate in OF_AN_ACTOR
            ],
            "named_in": [
                _pointed(book, c, language, quiet=quiet)
                for c in pointed
                if c.predicate not in OF_AN_ACTOR
            ],
            "quiet": quiet,
            "entries": len(person.mentions),
            "lists": [text_of(each.title, language) for each in lists],
            "withheld": withheld + [w["withheld_sensitive"]] * ("sensitive" in kept),
        },
    )


def _some(claims: Iterable[Claim], names: Container[str]) -> list[Claim]:
    return [claim for claim in claims if claim.predicate in names]


def _pointed(
    book: Book, claim: Claim, language: str, *, quiet: bool
) -> tuple[str, Text, Said, tuple[str, str]]:
    """Show a claim about something else that names this person: an act, an order, a relative."""
    degree = "" if claim.value is None else term(str(claim.value), language)
    name = label(claim.predicate, language)
    said = say(book, claim, language, quiet=quiet)
    return name, Text(text=degree, direction=""), said, _where(book, claim, language)


def _where(book: Book, claim: Claim, language: str) -> tuple[str, str]:
    """Give the kind and the address of where the thing that a claim is about is shown."""
    person = book.person_of.get(claim.mention)
    if person is not None:
        return "person", addresses.person(language, person.id)
    if book.held.mentions[claim.mention].type in {"event", "order", "act"}:
        return "timeline", f"{addresses.page(language, 'timeline')}#m-{claim.mention}"
    return "", ""


def said_in_groups(
    book: Book, claims: Iterable[Claim], language: str, *, quiet: bool = False
) -> list[Group]:
    """Put claims together by predicate, and within it by reading, in log order.

    Args:
        quiet: see `say`.
    """
    held: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        held[claim.predicate].append(claim)
    return [
        Group(
            label=label(predicate, language),
            values=_values(book, found, language, quiet=quiet),
            contested=predicate in disagreement.SINGLE and disagreement.apart(predicate, found),
        )
        for predicate, found in held.items()
    ]


def _values(
    book: Book, claims: Sequence[Claim], language: str, *, quiet: bool
) -> tuple[tuple[tuple[Said, ...], int], ...]:
    found: dict[str, list[tuple[Claim, tuple[str, bool]]]] = defaultdict(list)
    for claim in claims:
        read = reading(book, claim, language)
        found[read[0].casefold()].append((claim, read))
    return tuple(
        (
            tuple([say(book, claim, language, read, quiet=quiet) for claim, read in same]),
            _independent(book, [claim for claim, _ in same]),
        )
        for same in found.values()
    )


def _independent(book: Book, claims: Sequence[Claim]) -> int:
    """Count the independent roots of the sources behind some claims (CR-12)."""
    sources = {book.held.mentions[claim.mention].source for claim in claims}
    return len(frozenset().union(*(roots(book, source) for source in sources)))
