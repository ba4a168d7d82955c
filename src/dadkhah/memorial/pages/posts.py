"""Posts at their times: who held which, each line a claim by its speaker."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dadkhah.dates import DateSpan, relation
from dadkhah.errors import DadkhahError
from dadkhah.memorial import addresses, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Leaf
from dadkhah.memorial.naming import Called, call
from dadkhah.memorial.saying import Said, Text, date, say, text_of
from dadkhah.names import sort_key
from dadkhah.records import Claim
from dadkhah.text import fold_letters

__all__ = ["Tenure", "leaves"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One claim that a person held a post, with the time that it gives."""

    holder: Called
    address: str
    said: Said
    begins: datetime.date
    span: DateSpan | None


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the one page of this room in one language."""
    held: dict[str, list[Tenure]] = defaultdict(list)
    titles: dict[str, Text] = {}
    bodies: dict[str, list[Said]] = defaultdict(list)
    for claim in book.held.claims.by("predicate").get("person.holds_post"):
        if claim.mention in book.person_of:
            key, title = _post(book, claim, language)
            titles.setdefault(key, title)
            held[key].append(_tenure(book, claim, language))
            bodies[key] += [say(book, c, language) for c in book.claims(claim.target, "post.body")]
    every = [
        (titles[key], bodies[key][:1], sorted(held[key], key=lambda t: (t.begins, t.said.id)))
        for key in sorted(held, key=lambda key: (key == "", sort_key(titles[key].text)))
    ]
    yield Leaf(
        address=addresses.page(language, "posts"),
        other=addresses.page("en" if language == "fa" else "fa", "posts"),
        language=language, template="posts.html", room="posts",
        title=words.of(language)["posts"],
        shows={"posts": every, **_at_the_time(book, every, language)},
    )  # fmt: skip


def _at_the_time(
    book: Book, every: Sequence[tuple[Text, Sequence[Said], Sequence[Tenure]]], language: str
) -> dict[str, Any]:
    """Give who, by a source, held a post in the time that the case documents, and how surely."""
    try:
        span = DateSpan.from_edtf(book.held.case.dates) if book.held.case.dates else None
    except DadkhahError:
        span = None
    if span is None:
        return {"time": "", "then": []}
    then = [
        (title, tenure, relation(tenure.span, span).overlaps == "definitely")
        for title, _, tenures in every
        for tenure in tenures
        if tenure.span is not None and relation(tenure.span, span).overlaps != "no"
    ]
    return {"time": date(book.held.case.dates, language), "then": then}


def _post(book: Book, claim: Claim, language: str) -> tuple[str, Text]:
    named = book.claims(claim.target, "post.title")
    if not named:
        return "", Text(text=words.of(language)["post_withheld"], direction="")
    title = str(named[0].value or named[0].written)
    return fold_letters(title).casefold(), text_of(title, language)


def _tenure(book: Book, claim: Claim, language: str) -> Tenure:
    person, span = book.person_of[claim.mention], _span(claim.when)
    return Tenure(
        holder=call(book, person, language),
        address=addresses.person(language, person.id),
        said=say(book, claim, language),
        begins=_begins(span),
        span=span,
    )


def _span(edtf: str) -> DateSpan | None:
    try:
        return DateSpan.from_edtf(edtf) if edtf else None
    except DadkhahError:
        return None


def _begins(span: DateSpan | None) -> datetime.date:
    return (span and (span.earliest or span.latest)) or datetime.date.max
