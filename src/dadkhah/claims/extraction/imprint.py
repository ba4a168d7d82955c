"""What a source says of itself in its first and last lines: title, issuers, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dadkhah import dates
from dadkhah.claims.extraction.lexicon import words_in
from dadkhah.claims.extraction.sentences import language_of
from dadkhah.claims.extraction.surface import level
from dadkhah.dates import FoundDate
from dadkhah.records import Passage

__all__ = ["Fact", "Imprint", "read"]

_LAST: Final = 8
_FIRST: Final = 4
_SIGNERS: Final = 4
_LONGEST: Final = 140


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
    signers = _signers(lines, at if at is not None else len(lines))
    used = {fact.passage for fact in signers}
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


def _signers(lines: Sequence[Passage], until: int) -> tuple[Fact, ...]:
    """Take the lines just above the date that name a body and say nothing."""
    found: list[Fact] = []
    end_of_text = until >= len(lines) - 1 - _LAST
    for passage in reversed(lines[max(0, until - _SIGNERS) : until] if end_of_text else []):
        if not _is_signature(passage):
            break
        quote = passage.anchor.quote.strip()
        start = passage.anchor.quote.index(quote)
        found.append(Fact(predicate="source.issuer", value=" ".join(quote.split()), written=quote,
                          passage=passage.id, start=start, end=start + len(quote)))  # fmt: skip
    return tuple(reversed(found))


def _is_signature(passage: Passage) -> bool:
    quote = level(passage.anchor.quote).strip()
    language = language_of(passage)
    if not quote or len(quote) > _LONGEST or quote[-1] in ".!?:؟" or len(quote.split()) > 16:
        return False
    if words_in(quote, language, "reports", "verbs") or re.search(
        r"\b(?:was|were|is|are|has|have)\b", quote
    ):
        return False
    return bool(words_in(quote, language, "organisations"))


def _title(lines: Sequence[Passage]) -> Fact | None:
    """Take the first line when it stands like a title: short, and without a full stop."""
    for passage in lines[:2]:
        quote = passage.anchor.quote.strip()
        if quote and len(quote) <= 220 and not quote.endswith((".", "؛", ":")):
            start = passage.anchor.quote.index(quote)
            return Fact(predicate="source.title", value=" ".join(quote.split()), written=quote,
                        passage=passage.id, start=start, end=start + len(quote))  # fmt: skip
    return None
