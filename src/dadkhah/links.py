"""Plain text as somebody sent it, cut into paragraphs, lines, addresses and e-mail addresses.

    links.paragraphs("See https://example.org\\n\\nرهگشا")
    → one paragraph of one line: text "See ", web "https://example.org"; then one of "رهگشا"

Nothing here makes HTML: whoever shows the pieces escapes them. Only http and https addresses
become links, and none of the reader's own machine; the words of a link are the words as written.
Direction controls, with which a text can be made to read as something else, are taken out; the
bytes that came are kept elsewhere.
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
# a host with a name: not one of the reader's own machine, nor a number
_NAMED: Final = re.compile(r"[a-z0-9-]\.[a-z][a-z0-9-]*[a-z0-9]\.?$", re.IGNORECASE)
_WEB: Final = frozenset({"http:", "https:", ""})
# signs that end a sentence, and those that close what was opened before the address
_AFTER: Final = frozenset("،؛؟…。、·!?,;:.'\"")
_CLOSING: Final = {")": "(", "]": "[", "»": "«", "”": "“", "’": "‘", "›": "‹"}
_SIGN: Final = r"[^\s@▧/?&=#,;:،؛؟()<>\[\]«»\"']"
_AT: Final = "(?:@|%40)"
_AT_SIGNS: Final = str.maketrans("＠﹫", "@@")  # they read as "@"
# in a plain run of text; in a web address, where "@" has other uses too, the host must have a dot
_EMAIL: Final = re.compile(rf"{_SIGN}{{1,64}}(?:{_AT}{_SIGN}{{1,255}})+", re.IGNORECASE)
_EMAIL_IN_ADDRESS: Final = re.compile(
    rf"{_SIGN}{{1,64}}{_AT}[^\s@/?&=#]{{1,200}}\.[^\W\d_]{{2}}", re.IGNORECASE
)


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
    pieces, end = list[Piece](), 0
    for match in (_linker().match(line.translate(_AT_SIGNS)) or ())[:MOST_LINKS]:
        pieces += _plain(line[end : match.index], emails)
        written = _within(line[match.index : match.last_index])
        pieces.append(_piece(match, written, emails))
        end = match.index + len(written)
    return [*pieces, *_plain(line[end:], emails)]


def _plain(run: str, emails: bool) -> list[Piece]:
    """Give a run without links; an e-mail address that was not known for one is none to show."""
    if emails or not run:
        return [Piece(kind="text", written=run)] if run else []
    found, end = list[Piece](), 0
    for match in _EMAIL.finditer(run.translate(_AT_SIGNS)):
        if match.start() > end:
            found.append(Piece(kind="text", written=run[end : match.start()]))
        found.append(Piece(kind="withheld", written=run[slice(*match.span())]))
        end = match.end()
    return [*found, Piece(kind="text", written=run[end:])] if run[end:] else found


def _within(written: str) -> str:
    """Give an address without the signs of the sentence that it stands in."""
    end = len(written)
    while end and _is_after(written[:end]):
        end -= 1
    return written[:end]


def _is_after(written: str) -> bool:
    last = written[-1]
    opening = _CLOSING.get(last)
    return last in _AFTER or (opening is not None and opening not in written)


def _piece(match: Any, written: str, emails: bool) -> Piece:
    url = str(match.url)[: len(match.url) - (match.last_index - match.index - len(written))]
    if match.schema == "mailto:":
        if not emails:
            return Piece(kind="withheld", written=written)
        return Piece(kind="email", written=written, address=url)
    if not emails and _EMAIL_IN_ADDRESS.search(written.translate(_AT_SIGNS)):
        return Piece(kind="withheld", written=written)
    address, host = _address(url)
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
    if parts.scheme not in {"http", "https"} or parts.username or parts.password:
        return "", ""
    if not _NAMED.search(host):
        return "", ""
    return parts._replace(netloc=f"{host}{port}").geturl(), host


@functools.cache
def _linker() -> Any:
    from linkify_it import LinkifyIt

    linker = LinkifyIt(options={"fuzzy_link": True, "fuzzy_email": True, "fuzzy_ip": False})
    return linker.add("ftp:", None).add("//", None)
