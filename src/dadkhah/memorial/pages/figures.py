"""How many: every figure with its speaker and scope, and the record's own answer beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dadkhah.memorial import addresses, words
from dadkhah.memorial.answer import Answer, answer_of
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Leaf
from dadkhah.memorial.saying import Said, date, say
from dadkhah.memorial.scale import Bar, Chart, chart
from dadkhah.records import Claim, Mention

__all__ = ["KINDS", "Figure", "figures", "leaves"]

KINDS: Final = ("reported", "documented", "estimated", "unknown")
_TOLD: Final = ("figure.counted", "figure.scope", "figure.place", "figure.period", "figure.method")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure as a source gives it.

    Args:
        kind: one of KINDS. low, high: of its first reading; high None when open.
        told: what else is said of it, by predicate.
    """

    id: str
    kind: str
    number: Said
    low: int
    high: int | None
    told: Mapping[str, tuple[Said, ...]]


def figures(book: Book, language: str) -> list[Figure]:
    """Give the figures let out: by their lower end, then by source."""
    found = [
        _figure(book, mention, claim, language)
        for mention in book.mentions("figure")
        for claim in book.claims(mention.id, "figure.number")[:1]
    ]
    return sorted(found, key=lambda figure: (figure.low, figure.high or 10**15, figure.id))


def _figure(book: Book, mention: Mention, claim: Claim, language: str) -> Figure:
    value = claim.value if isinstance(claim.value, dict) else {}
    kinds = [str(c.value) for c in book.claims(mention.id, "figure.kind") if c.value]
    kind = kinds[0].partition(":")[2] if kinds else "unknown"
    return Figure(
        id=mention.id,
        kind=kind if kind in KINDS else "unknown",
        number=say(book, claim, language),
        low=int(value.get("low") or 0),
        high=value.get("high") if value else None,
        told={
            name.partition(".")[2]: tuple(
                say(book, c, language) for c in book.claims(mention.id, name)
            )
            for name in _TOLD
        },
    )


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the one page of this room in one language."""
    every = figures(book, language)
    yield Leaf(
        address=addresses.page(language, "figures"),
        other=addresses.page("en" if language == "fa" else "fa", "figures"),
        language=language,
        template="figures.html",
        room="figures",
        title=words.of(language)["figures"],
        shows={
            "kinds": [(k, [f for f in every if f.kind == k]) for k in KINDS],
            "chart": draw(every),
            "answer": _answer(book),
            "answer_day": date(book.held.run.at[:10], language) if book.held.run else "",
        },
    )


def draw(every: Sequence[Figure]) -> Chart | None:
    """Draw figures on one logarithmic scale; those not read as a number stay out."""
    bars = [Bar(id=f.id, kind=f.kind, low=f.low, high=f.high) for f in every if f.low or f.high]
    return chart(bars) if len(bars) > 1 else None


def _answer(book: Book) -> Answer | None:
    run: Any = book.held.run
    return answer_of(run, book) if run is not None else None
