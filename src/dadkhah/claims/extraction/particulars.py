"""What a sentence says of one person beside the name: kin, age, occupation, birth and burial."""

from __future__ import annotations

import functools
import re
from typing import Any, Final

from dadkhah.claims.extraction import numbers
from dadkhah.claims.extraction.drafts import Draft, Voice
from dadkhah.claims.extraction.lexicon import grammar, lexicon, one_of, word
from dadkhah.claims.extraction.persons import Named
from dadkhah.claims.extraction.scopes import place_value
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.claims.extraction.speakers import Reported, voice_at
from dadkhah.dates import FoundDate
from dadkhah.places import FoundPlace

__all__ = ["propose"]

_REACH: Final = 130
_KIN: Final = 40
_OLDEST: Final = 110


def propose(
    draft: Draft, sentence: Sentence, reported: list[Reported], own: Voice,
    people: list[tuple[Named, str]],
) -> None:  # fmt: skip
    """Propose what the words beside each name say of the person."""
    for at, (named, person) in enumerate(people):
        if named.unidentified:
            continue
        stop = people[at + 1][0].title_start if at + 1 < len(people) else len(sentence.text)
        voice = voice_at(reported, named.start, own)
        said = _Said(draft, sentence, person, voice)
        _kin(said, named)
        beside = _beside(sentence, named, stop)
        if beside:
            _age(said, *beside)
            _occupation(said, *beside)
            _born(said, *beside)
        if len(people) == 1:
            _buried(said, named.end)


class _Said:
    """One person of one sentence, so that a claim is a predicate, its words and its value."""

    def __init__(self, draft: Draft, sentence: Sentence, person: str, voice: Voice) -> None:
        self.draft, self.sentence, self.person, self.voice = draft, sentence, person, voice

    def claim(self, predicate: str, start: int, end: int, value: Any) -> None:
        self.draft.claim(self.person, predicate, self.sentence, start, end, self.voice, value=value)


def _kin(said: _Said, named: Named) -> None:
    """Read "My brother, N N": the relation is to whoever speaks, and stays in their words."""
    sentence = said.sentence
    first = max(0, named.title_start - _KIN)
    match = _kin_before(sentence.language).search(sentence.text, first, named.title_start)
    if match:
        start, end = match.span("kin")
        said.claim("person.relative", start, end, sentence.raw[start:end])


@functools.cache
def _kin_before(language: str) -> re.Pattern[str]:
    kin = one_of(lexicon(language).words("kin"))
    if language == "fa":
        return re.compile(rf"(?P<kin>{kin})[ \u200c]*،?[ \u200c]*$")
    owner = r"\b(?i:my|our|his|her|their)"
    return re.compile(rf"(?P<kin>{owner} (?:[a-z]+ )?{kin}),? $")


def _beside(sentence: Sentence, named: Named, stop: int) -> tuple[int, int] | None:
    """Give the words in apposition to a name: after its comma, to the verb or the next name."""
    last = min(stop, named.end + _REACH)
    match = grammar(sentence.language, "apposition").match(sentence.text, named.end, last)
    return match.span("beside") if match else None


def _age(said: _Said, start: int, end: int) -> None:
    """Read "aged 24", "a 24-year-old student", "۲۴ ساله"."""
    sentence = said.sentence
    before, after = (grammar(sentence.language, name) for name in ("age_before", "age_after"))
    for number in numbers.find(sentence.text[start:end], sentence.language):
        first, last = start + number.first, start + number.last
        told = before.search(sentence.text, max(0, first - 12), first)
        told = told or after.match(sentence.text, last)
        if told and number.high is not None and 0 < number.high <= _OLDEST:
            said.claim("person.age", start + number.start, max(last, told.end()),
                       numbers.reading(number))  # fmt: skip
            return


def _occupation(said: _Said, start: int, end: int) -> None:
    match = _occupations(said.sentence.language).search(said.sentence.text, start, end)
    if match:
        first, last = match.span("occupation")
        said.claim("person.occupation", first, last, said.sentence.raw[first:last])


@functools.cache
def _occupations(language: str) -> re.Pattern[str]:
    """An occupation of the list; in English with the words that say of what kind."""
    listed = lexicon(language).words("occupations")
    if language == "fa":
        # "دانشجوی ۲۴ ساله": what joins it to the next word is no part of it.
        longest = sorted(listed, key=lambda item: -len(item))
        return re.compile(
            rf"(?<![\w\u200c])(?P<occupation>{'|'.join(map(word, longest))})\u200c?ی?(?![\w\u200c])"
        )
    barred = one_of(lexicon(language).words("not_occupations"))
    return re.compile(
        rf"(?<=[ ,])(?P<occupation>(?:(?!{barred})[a-z]+ ){{0,2}}?{one_of(listed)})(?! of\b)"
    )


def _born(said: _Said, start: int, end: int) -> None:
    """Read "born in 1962 in Shiraz"; "from Shiraz" says where someone lived, not this."""
    sentence = said.sentence
    match = grammar(sentence.language, "born").search(sentence.text, start, end)
    if not match:
        return
    joint = grammar(sentence.language, "of_birth")
    at = match.end()
    told: list[FoundDate | FoundPlace] = [*sentence.times, *sentence.places]
    for found in sorted(told, key=lambda item: item.start):
        if found.start < at or found.start >= end:
            continue
        if not joint.fullmatch(sentence.text, at, found.start):
            break
        if isinstance(found, FoundDate):
            said.claim("person.birth_date", found.start, found.end, found.date.edtf)
        else:
            said.claim("person.birth_place", found.start, found.end, place_value(found, sentence))
        at = found.end


def _buried(said: _Said, after: int) -> None:
    """Read "N N ... is buried in Khavaran", where the sentence is about one person."""
    sentence = said.sentence
    match = grammar(sentence.language, "buried").search(sentence.text, after, after + 2 * _REACH)
    for place in sentence.places if match else ():
        if match and match.start("where") <= place.start and place.end <= match.end("where"):
            said.claim("person.burial_place", place.start, place.end, place_value(place, sentence))
            return
