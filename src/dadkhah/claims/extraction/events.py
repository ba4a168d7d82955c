"""Events that are not themselves violations, with their time: elections, trials, gatherings."""

from __future__ import annotations

import functools
import re
from typing import Final

from dadkhah.claims.extraction.counted import even
from dadkhah.claims.extraction.drafts import Draft, Voice
from dadkhah.claims.extraction.lexicon import grammar, lexicon, one_of
from dadkhah.claims.extraction.scopes import located, place_value
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.dates import FoundDate
from dadkhah.places import FoundPlace

__all__ = ["propose"]

_REACH: Final = 45


def propose(draft: Draft, sentence: Sentence, voice: Voice) -> None:
    """Propose each event that a sentence gives a time; a trial by its place too."""
    for match in _words(sentence.language).finditer(sentence.text):
        start, end = match.span()
        times = [found for found in sentence.times if _timed(sentence, start, end, found)][:1]
        where = _places(sentence, end)
        if times or (where and even(match[0]) in _placed(sentence.language)):
            _event(draft, sentence, (start, end), times, where, voice)


def _event(
    draft: Draft, sentence: Sentence, span: tuple[int, int], times: list[FoundDate],
    where: list[FoundPlace], voice: Voice,
) -> None:  # fmt: skip
    label = sentence.raw[slice(*span)]
    key = (even(label), times[0].date.edtf if times else sentence.passage.id)
    event = draft.mention("event", key, label=label, at=sentence)
    draft.claim(event, "event.name", sentence, *span, voice, value=label)
    for time in times:
        draft.claim(event, "event.date", sentence, time.start, time.end, voice,
                    value=time.date.edtf)  # fmt: skip
    for place in where:
        draft.claim(event, "event.place", sentence, place.start, place.end, voice,
                    value=place_value(place, sentence))  # fmt: skip


def _places(sentence: Sentence, end: int) -> list[FoundPlace]:
    """Give the places that something is told to be in, close behind the event's words."""
    return [
        place
        for place in sentence.places
        if 0 <= place.start - end <= 2 * _REACH
        and located(sentence, place)
        and not re.search(r"[;:.()؛]", sentence.text[end : place.start])
    ][:1]


@functools.cache
def _placed(language: str) -> frozenset[str]:
    rows = lexicon(language).data["events"]
    return frozenset(even(w) for row in rows if row.get("place_is_enough") for w in row["words"])


def _timed(sentence: Sentence, start: int, end: int, found: FoundDate) -> bool:
    """Say whether a date is the event's: joined to it by a preposition, or just before it."""
    if found.end <= start:
        return not sentence.text[found.end : start].strip()
    gap = sentence.text[end : found.start]
    joint = grammar(sentence.language, "dated_event").search(gap)
    own = grammar(sentence.language, "starts_dated").match(sentence.text, found.start, found.end)
    return bool(joint or own) and _joined(sentence, end, found.start)


def _joined(sentence: Sentence, end: int, start: int) -> bool:
    """Say whether what starts here stands close behind, in the same clause."""
    if not 0 <= start - end <= _REACH:
        return False
    return not re.search(r"[,;:.()،؛]", sentence.text[end:start])


@functools.cache
def _words(language: str) -> re.Pattern[str]:
    return re.compile(one_of(w for row in lexicon(language).data["events"] for w in row["words"]))
