"""What a source says of itself in its first and last lines: title, issuers, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dadkhah import dates
from dadkhah.claims.extraction import issuers
from dadkhah.claims.extraction.lexicon import grammar
from dadkhah.claims.extraction.sentences import language_of
from dadkhah.claims.extraction.surface import level
from dadkhah.dates import FoundDate
from dadkhah.records import Passage

__all__ = ["Fact", "Imprint", "read"]

_LAST: Final = 8
_FIRST: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact about the source itself, with the words that give it."""

    predicate: str
    value: str
    written: str
    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Title, issuers and date of a source, each empty when its lines do not say."""

    title: Fact | None = None
    issuers: tuple[Fact, ...] = ()
    date: Fact | None = None
    passages: frozenset[str] = frozenset()

    @property
    def issuer(self) -> str:
        """The issuers as one text, in the order they sign."""
        return "; ".join(fact.value for fact in self.issuers)


def read(passages: Sequence[Passage]) -> Imprint:
    """Read the imprint of a source from its passages in their order, furniture left out."""
    lines = [passage for passage in passages if not passage.noise]
    at = _date_line(lines)
    signed, alone = issuers.find(lines, at)
    signers = tuple(_fact(*named) for named in signed)
    used = {fact.passage for fact in signers if alone}
    dated = _date_fact(lines[at]) if at is not None else None
    if dated:
        used.add(dated.passage)
    return Imprint(title=_title(lines), issuers=signers, date=dated, passages=frozenset(used))


def _date_line(lines: Sequence[Passage]) -> int | None:
    """Find the line that is nothing but a date: among the last, else among the first."""
    last = range(len(lines) - 1, max(-1, len(lines) - 1 - _LAST), -1)
    first = range(min(_FIRST, len(lines)))
    return next((at for at in (*last, *first) if _whole_date(lines[at])), None)


def _whole_date(passage: Passage) -> FoundDate | None:
    quote = passage.anchor.quote
    if len(quote) > 80:
        return None
    for found in dates.find(quote):
        rest = quote[: found.start] + quote[found.end :]
        # A place may stand before the date of a letter: "London, 5 October 2013".
        exact = found.date.span.days is not None and found.date.span.days <= 31
        if exact and found.role in ("point", "period") and len(re.findall(r"\w+", rest)) <= 2:
            return found
    return None


def _date_fact(passage: Passage) -> Fact | None:
    found = _whole_date(passage)
    if found is None:
        return None
    written = passage.anchor.quote[found.start : found.end]
    return Fact(predicate="source.date", value=found.date.edtf, written=written,
                passage=passage.id, start=found.start, end=found.end)  # fmt: skip


def _fact(passage: Passage, start: int, end: int) -> Fact:
    written = passage.anchor.quote[start:end]
    return Fact(predicate="source.issuer", value=" ".join(written.split()), written=written,
                passage=passage.id, start=start, end=end)  # fmt: skip


def _title(lines: Sequence[Passage]) -> Fact | None:
    """Take the first line when it stands like a title: short, and without a full stop."""
    for passage in lines[:2]:
        quote = passage.anchor.quote.strip()
        if grammar(language_of(passage), "no_title").fullmatch(level(quote)):
            continue
        if quote and len(quote) <= 220 and not quote.endswith((".", "؛", ":")):
            start = passage.anchor.quote.index(quote)
            return Fact(predicate="source.title", value=" ".join(quote.split()), written=quote,
                        passage=passage.id, start=start, end=start + len(quote))  # fmt: skip
    return None
