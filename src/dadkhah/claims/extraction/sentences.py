"""One passage made ready to be read: levelled text, its dates and places, whose words it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dadkhah import dates, places, text
from dadkhah.claims.extraction.lexicon import LANGUAGES, grammar, words_in
from dadkhah.claims.extraction.surface import level
from dadkhah.dates import DateSpan, FoundDate
from dadkhah.places import FoundPlace
from dadkhah.records import Passage

__all__ = ["Sentence", "language_of", "read"]

_TIMED: Final = ("point", "period")
_AGO: Final = ("ago",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A passage with what is found in it; offsets count characters of the passage's quote.

    `slogan` marks what calls, demands or asks: it tells nothing.
    """

    passage: Passage
    raw: str
    text: str
    language: str
    dates: tuple[FoundDate, ...]
    places: tuple[FoundPlace, ...]
    slogan: bool = False

    @property
    def times(self) -> tuple[FoundDate, ...]:
        """The dates that say when something was: days, months, years, seasons and periods.

        "25 years ago" says it where no other date does.
        """
        return self._of(_TIMED) or self._of(_AGO)

    def _of(self, roles: tuple[str, ...]) -> tuple[FoundDate, ...]:
        bounded = (f for f in self.dates if f.date.span.earliest or f.date.span.latest)
        return tuple(found for found in bounded if found.role in roles)

    def is_date(self, start: int, end: int) -> bool:
        """Say whether these characters are part of a date."""
        return any(found.start < end and start < found.end for found in self.dates)


def language_of(passage: Passage) -> str:
    """Give the language to read a passage in: its own, else by its script."""
    named = passage.language.split("-")[0].lower()
    if named in LANGUAGES:
        return named
    return "fa" if text.script(passage.anchor.quote) == "Arabic" else "en"


def read(passage: Passage, *, relative_to: DateSpan | None) -> Sentence:
    """Read one passage."""
    raw = passage.anchor.quote
    language = language_of(passage)
    levelled = _without_label(level(raw), language)
    return Sentence(
        passage=passage,
        raw=raw,
        text=levelled,
        language=language,
        dates=tuple(dates.find(raw, relative_to=relative_to)),
        places=tuple(places.find(raw)),
        slogan=_is_slogan(levelled, language) or levelled.rstrip(" \"')").endswith(("?", "؟")),
    )


def _without_label(levelled: str, language: str) -> str:
    """Blank out who speaks in an interview: "Q:", "پاسخ:"."""
    label = grammar(language, "label").match(levelled)
    return " " * label.end() + levelled[label.end() :] if label else levelled


def _is_slogan(levelled: str, language: str) -> bool:
    """Say whether a passage calls, demands or salutes: such words open it and tell nothing."""
    opening = levelled.lstrip(" \"'-*•!،.")
    return any(found.start() <= 1 for found in words_in(opening, language, "slogans"))
