"""Plain text as somebody sent it, cut into paragraphs, lines, addresses and e-mail addresses.

    links.paragraphs("See https://example.org\\n\\nرهگشا")
    → one paragraph of one line: text "See ", web "https://example.org"; then one of "رهگشا"

Nothing here makes HTML: whoever shows the pieces escapes them. Only http and https addresses
become links; the words of a link are the words as written. Direction controls, with which a text
can be made to read as something else, are taken out; the bytes that came are kept elsewhere.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from dadkhah import text

__all__ = [
    "MOST_LINKS",
    "REL",
    "WITHHELD",
    "Line",
    "Piece",
    "count",
    "paragraphs",
    "tidy",
    "without_emails",
]

REL: Final = "nofollow noopener ugc"
WITHHELD: Final = "▧▧▧"
MOST_LINKS: Final = 200
LONGEST_LINK: Final = 2000
_NEW_LINES: Final = re.compile(r"\r\n?|\u2028|\u0085|\x0b|\x0c")
_MANY_NEW_LINES: Final = re.compile(r"\n[ \t]*\n\s*")
_WEB: Final = frozenset({"http:", "https:", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text: `kind` is text, web, email or withheld.

    Args:
        written: the words as they stand.
        address: for web the address to go to (http or https, host in ASCII), for email the mailto.
        host: for web the host in ASCII where it is not what is written: it may only look alike.
    """

    kind: str
    written: str
    address: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a paragraph, with the direction of its first strong letter."""

    direction: str
    pieces: tuple[Piece, ...]


def tidy(written: str) -> str:
    """Give what may be shown: one kind of line break, no controls, lines put into one form."""
    lines = _NEW_LINES.sub("\n", written.replace("\u2029", "\n\n")).split("\n")
    return "\n".join(text.clean(line) for line in lines).strip("\n")


def paragraphs(written: str, *, emails: bool = False) -> tuple[tuple[Line, ...], ...]:
    """Cut a text into paragraphs of lines of pieces.

    Args:
        emails: whether e-mail addresses may be shown; otherwise a mark stands for each.
    """
    blocks = _MANY_NEW_LINES.split(tidy(written))
    return tuple(
        tuple(_line(line, emails) for line in block.split("\n")) for block in blocks if block
    )


def count(written: str) -> int:
    """Count the web addresses of a text."""
    found = (_linker().match(line) or () for line in tidy(written).split("\n"))
    return sum(match.schema in _WEB for line in found for match in line)


def without_emails(written: str) -> str:
    """Put a mark in the place of every e-mail address."""
    return "\n".join(_without(line) for line in tidy(written).split("\n"))


def _without(line: str) -> str:
    return "".join(WITHHELD if p.kind == "withheld" else p.written for p in _pieces(line, False))


def _line(line: str, emails: bool) -> Line:
    return Line(direction=text.direction(line), pieces=tuple(_pieces(line, emails)))


def _pieces(line: str, emails: bool) -> list[Piece]:
    pieces, end = [], 0
    for match in (_linker().match(line) or ())[:MOST_LINKS]:
        if match.index > end:
            pieces.append(Piece(kind="text", written=line[end : match.index]))
        pieces.append(_piece(match, line[match.index : match.last_index], emails))
        end = match.last_index
    rest = line[end:]
    # beyond the limit nothing becomes a link, and an e-mail address must not slip through
    if rest and "@" in rest and not emails:
        rest = re.sub(r"[^\s@]{1,64}@[^\s@]{1,255}", WITHHELD, rest)
    return [*pieces, Piece(kind="text", written=rest)] if rest else pieces


def _piece(match: Any, written: str, emails: bool) -> Piece:
    if match.schema == "mailto:":
        if not emails:
            return Piece(kind="withheld", written=written)
        return Piece(kind="email", written=written, address=str(match.url))
    address, host = _address(str(match.url))
    if match.schema not in _WEB or not address or len(written) > LONGEST_LINK:
        return Piece(kind="text", written=written)
    shown = "" if host in written.casefold() else host
    return Piece(kind="web", written=written, address=address, host=shown)


def _address(url: str) -> tuple[str, str]:
    """Give an address with its host in ASCII, and the host; nothing when it is no web address."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (UnicodeError, ValueError):
        return "", ""
    # a name or password before the host serves only to mislead
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password:
        return "", ""
    return parts._replace(netloc=f"{host}{port}").geturl(), host


@functools.cache
def _linker() -> Any:
    from linkify_it import LinkifyIt

    linker = LinkifyIt(options={"fuzzy_link": True, "fuzzy_email": True, "fuzzy_ip": False})
    return linker.add("ftp:", None).add("//", None)
