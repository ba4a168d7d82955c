"""What readers sent and two people let out: shown where it belongs, as sent and not as known."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from dadkhah import links
from dadkhah.links import Piece
from dadkhah.memorial.book import Book
from dadkhah.memorial.saying import Said, say

__all__ = ["CLAIMS", "about", "is_sent", "linked"]

CLAIMS = frozenset({"person.contribution", "place.contribution", "event.contribution"})


def about(book: Book, what: str, language: str) -> list[Said]:
    """Give what was sent about one thing, in log order: "whole", "place:ID", "source:ID"..."""
    return [say(book, claim, language) for claim in book.sent_about.get(what, ())]


def is_sent(book: Book, mention: str) -> bool:
    """Say whether a mention holds nothing but what a reader sent: it is no event of its own."""
    claims = book.claims(mention)
    return bool(claims) and all(claim.predicate in CLAIMS for claim in claims)


def linked(written: str, w: Mapping[str, str]) -> Markup:
    """Write what a reader sent: everything escaped, its addresses as links.

    An e-mail address that stands in it was let out by its owner; all others were taken out before,
    and a mark stands in their place.
    """
    blocks = links.paragraphs(written, emails=True)
    lines = ("\n".join("".join(map(_run, line.pieces)) for line in block) for block in blocks)
    mark = f'<span role="img" aria-label="{escape(w["withheld_words"])}">{links.WITHHELD}</span>'
    return Markup("\n\n".join(lines).replace(links.WITHHELD, mark))  # noqa: S704 — escaped


def _run(piece: Piece) -> str:
    shown = escape(piece.written)
    if not piece.address:
        return str(shown)
    host = f" <code>({escape(piece.host)})</code>" if piece.host else ""
    return f'<a href="{escape(piece.address)}" rel="{links.REL}" dir="ltr">{shown}</a>{host}'
