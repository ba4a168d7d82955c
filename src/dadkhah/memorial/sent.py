"""What readers sent and two people let out: shown where it belongs, as sent and not as known."""

from __future__ import annotations

from dadkhah.memorial.book import Book
from dadkhah.memorial.saying import Said, say

__all__ = ["CLAIMS", "about", "is_sent"]

CLAIMS = frozenset({"person.contribution", "place.contribution", "event.contribution"})


def about(book: Book, what: str, language: str) -> list[Said]:
    """Give what was sent about one thing, in log order: "whole", "place:ID", "source:ID"..."""
    return [say(book, claim, language) for claim in book.sent_about.get(what, ())]


def is_sent(book: Book, mention: str) -> bool:
    """Say whether a mention holds nothing but what a reader sent: it is no event of its own."""
    claims = book.claims(mention)
    return bool(claims) and all(claim.predicate in CLAIMS for claim in claims)
