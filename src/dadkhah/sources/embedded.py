"""What a page shows from other files: its pictures and style sheets, collected with it.

Read from the page's own HTML and one step into its style sheets; what a script would load is not
known here. Frames, films and scripts are left: a script is never run, so it shows nothing.
"""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from dadkhah.errors import SourceError
from dadkhah.sources.collecting import Exchange, collect
from dadkhah.sources.connecting import Limits, Way
from dadkhah.sources.encoding import decode

__all__ = ["Embedded", "addresses_of", "collect_embedded"]

MOST_FILES = 200
NAMED = (
    ("img", "src"), ("source", "src"), ("video", "poster"), ("input[type=image]", "src"),
    ("link[rel~=stylesheet]", "href"), ("link[rel~=icon]", "href"),
)  # fmt: skip
_URL = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]{1,2000})""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """What was collected beside a page.

    Args:
        exchanges: one for each file, with the redirects before it.
        missed: addresses that gave no file, each with the code of why.
        left: addresses at other hosts, or past the limits, that were not asked.
    """

    exchanges: tuple[Exchange, ...] = ()
    missed: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """In a few words, for the collection record."""
        named = len(self.missed) + len(self.left)
        return f"{len(self.exchanges)} answers for embedded files, {named} not had"


def addresses_of(exchange: Exchange) -> list[str]:
    """Give the addresses of the files that an answer shows, each once, in order."""
    kind = exchange.headers.get("content-type", "").partition(";")[0].strip().lower()
    found: dict[str, None] = {}
    for written in _named(kind, exchange.body):
        try:
            address = urldefrag(urljoin(exchange.address, written.strip())).url
        except ValueError:  # such as a bracket that opens no IPv6 address
            continue
        if address.startswith(("http://", "https://")) and address != exchange.address:
            found[address] = None
    return [*found]


def collect_embedded(
    page: Exchange, *, way: Way, limits: Limits, elsewhere: bool = False
) -> Embedded:
    """Fetch the files that a page shows, within the limits of the page itself all together.

    Args:
        elsewhere: also at other hosts than the page's; they then learn that somebody asked.
    """
    until, room = time.monotonic() + limits.seconds, limits.size_bytes
    waiting, known = addresses_of(page), {page.address}
    made: list[Exchange] = []
    missed: list[tuple[str, str]] = []
    left: list[str] = []
    while waiting:
        address = waiting.pop(0)
        if address in known:
            continue
        known.add(address)
        seconds = until - time.monotonic()
        near = elsewhere or urlsplit(address).netloc == urlsplit(page.address).netloc
        if not near or room <= 0 or seconds <= 0 or len(known) > MOST_FILES:
            left.append(address)
            continue
        fewer = dataclasses.replace(limits, size_bytes=room, seconds=seconds)
        try:
            answers = collect(address, way=way, limits=fewer)
        except SourceError as refusal:
            missed.append((address, refusal.code))
            continue
        made.extend(answers)
        room -= sum(len(answer.answer) for answer in answers)
        if not 200 <= answers[-1].status < 300:
            missed.append((address, f"status {answers[-1].status}"))
        elif answers[-1].headers.get("content-type", "").startswith("text/css"):
            waiting.extend(addresses_of(answers[-1]))
    return Embedded(exchanges=tuple(made), missed=tuple(missed), left=tuple(left))


def _named(kind: str, body: bytes) -> Iterator[str]:
    if kind == "text/css":
        yield from _URL.findall(body.decode("utf-8", "replace"))
    elif kind in {"text/html", "application/xhtml+xml"}:
        tree = LexborHTMLParser(_text(body))
        for selector, attribute in NAMED:
            for node in tree.css(selector):
                yield node.attributes.get(attribute) or ""
        for node in tree.css("[srcset]"):
            choices = (node.attributes.get("srcset") or "").split(",")
            yield from (choice.split()[0] for choice in choices if choice.strip())
        for node in tree.css("style"):
            yield from _URL.findall(node.text())
        for node in tree.css("[style]"):
            yield from _URL.findall(node.attributes.get("style") or "")


def _text(body: bytes) -> str:
    """The text of a page; addresses are plain letters, so what cannot be read well is no harm."""
    try:
        return decode(body).text
    except SourceError:
        return body.decode("utf-8", "replace")
