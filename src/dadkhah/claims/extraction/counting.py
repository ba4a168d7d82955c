"""Reading figures: which numbers of a sentence count people, or what stands for people."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import Final

from dadkhah.claims.extraction import asides, numbers, totals
from dadkhah.claims.extraction.counted import INDIVIDUAL, Figure, folded, key, unit_of
from dadkhah.claims.extraction.lexicon import grammar, lexicon, one_of, run_on
from dadkhah.claims.extraction.numbers import Number
from dadkhah.claims.extraction.sentences import Sentence

__all__ = ["find"]

_LOOK: Final = 24
_PLURAL: Final = re.compile(r"(?<!ou)(?<!s)(?<!i)s (?:and|or)\b|^(?:and|or)\b|\b(?:and|or)$")


def find(sentence: Sentence) -> list[Figure]:
    """Find the figures of a sentence: numbers of people, and of what stands for people."""
    found: list[Figure] = []
    every = numbers.find(sentence.text, sentence.language)
    for number, after in zip(every, [*every, None][1:], strict=True):
        if _is_something_else(sentence, number):
            continue
        if after and (pair := _out_of(sentence, number, after)):
            found += pair
            continue
        if found and found[-1].whole and found[-1].number == number:
            continue
        figure = _part(sentence, number, found) or _counted(sentence, number)
        figure = figure or _named_after(sentence, number)
        figure = figure or _acted_on(sentence, number, elliptic=bool(found))
        figure = figure or totals.total(sentence, number)
        if figure:
            found.append(_in_passing(sentence, figure, found, after))
    return found


def _in_passing(
    sentence: Sentence, figure: Figure, found: list[Figure], after: Number | None
) -> Figure:
    """Mark a figure that stands in an aside, or that is only the whole of the next one."""
    start, end = figure.start, max(figure.counted_end, figure.number.end)
    last = found[-1] if found else None
    place = asides.aside(sentence, start, end, last.aside) if last else None
    if place:
        return replace(figure, part=True, aside=place)
    if last and last.whole and not figure.whole:
        return replace(figure, part=True)
    if asides.is_whole(sentence, start, end, after.start if after else None):
        return replace(figure, whole=True)
    return figure


def _is_something_else(sentence: Sentence, number: Number) -> bool:
    """A date, an age, a dimension, a serial number: not a figure."""
    text = sentence.text
    plain = not number.grouped and not number.hedge
    if plain and sentence.is_date(number.first, number.last):
        return True
    year = plain and _is_year(text[number.first : number.last])
    if (year and not _has_counter(sentence, number)) or _is_article(number, text):
        return True
    after = text[number.last : number.last + _LOOK]
    before = text[max(0, number.first - _LOOK) : number.first]
    if grammar(sentence.language, "ratio").search(before):
        return True
    if sentence.language == "fa" and grammar("fa", "exceeds_not").match(text, number.last):
        return True
    if re.match(r"(?i)[ \u200c]*(?:by|x|×|در)[ \u200c]*\d", after):
        return True
    if plain and re.match(r"(?:st|nd|rd|th)\b", after):
        return True
    labels = one_of(lexicon(sentence.language).words("counted", "labels"))
    return plain and bool(re.search(rf"{labels}\.?[ \u200c]+$", before))


def _is_year(text: str) -> bool:
    """A bare four-digit number of these sizes is a year, Gregorian or Solar Hijri, not a count."""
    return (
        len(text) == 4 and text.isdigit() and (1250 <= int(text) < 1420 or 1850 <= int(text) < 2100)
    )


def _has_counter(sentence: Sentence, number: Number) -> bool:
    """Say whether a Persian word for counting people follows: "۱۴۱۲ نفر" is no year."""
    after = re.compile(rf"[ \u200c]*{_counter(sentence.language)}(?!\w)")
    return after.match(sentence.text, number.last) is not None


def _counter(language: str) -> str:
    return one_of(lexicon(language).words("counted", "counters"))


def _is_article(number: Number, text: str) -> bool:
    """ "One prisoner" and "یک زندانی" say a prisoner, not how many."""
    return number.low == 1 and number.high == 1 and not text[number.first].isdigit()


def _counted(sentence: Sentence, number: Number) -> Figure | None:
    """Read the noun that follows a number: "18,000 political prisoners", "سی هزار نفر"."""
    match = _noun(sentence.language).match(sentence.text, number.last)
    if not match or _stopped(match["between"] or "", sentence.language):
        return None
    start, end = match.start("what"), match.end()
    noun = key(match["noun"])
    people = folded(sentence.language, "people")
    unit = unit_of(sentence.language, noun)
    return Figure(
        number=number,
        counted_start=start,
        counted_end=end,
        counted=sentence.raw[start:end].strip(),
        unit=unit,
        people=noun in people,
    )


def _stopped(between: str, language: str) -> bool:
    """Say whether the words before a noun are more than what describes it.

    "Political and social activists" are activists; "cars and prisoners" are not all prisoners.
    """
    items = re.findall(r"[\w'-]+", between.lower())
    if _PLURAL.search(" ".join(items)) is None:
        items = [item for item in items if item not in ("and", "or")]
    return any(item in folded(language, "stops") for item in items)


@functools.cache
def _noun(language: str) -> re.Pattern[str]:
    counted = lexicon(language).data["counted"]
    noun = one_of([*counted["people"], *counted["other"]])
    joined = run_on(lexicon(language).words("numbers", "runs_on", "counted"))
    if language == "fa":
        more = rf"(?:[ \u200c]+از[ \u200c]+{one_of(counted['people'])})?"
        extra = r"(?:[ \u200c]+(?:سیاسی|عقیدتی|چپ|مجاهد|دیگر))?"
        return re.compile(
            rf"\"?(?:[ \u200c]+(?:از[ \u200c]+)?|(?={joined}))"
            rf"(?P<what>(?P<between>(?:[\w\u200c]+ ){{0,1}}?)"
            rf"(?P<noun>{noun}|{joined})(?![ \u200c]?ها(?!\w)){more}{extra})"
        )
    # "600 women prisoners" counts prisoners; "68 children executed" counts children.
    happened = set(counted["happened"])
    second = one_of(item for item in counted["people"] if item not in happened)
    return re.compile(
        rf"\"?,? (?:of (?:the |our |these |those |its |their )?)?"
        rf"(?P<what>(?P<between>(?:[\w'-]+,? ){{0,4}}?)(?P<noun>{noun})(?: {second})?"
        rf"(?:(?:,| and|, and) {one_of(counted['kinds'])})*)"
    )


def _out_of(sentence: Sentence, number: Number, after: Number) -> list[Figure]:
    """Read "30 of the 35 women": both count women, and the second is the whole."""
    gap = sentence.text[number.last : after.start]
    counter = _counter(sentence.language)
    if not re.fullmatch(
        rf" of (?:the |these |those |our )|[ \u200c]+(?:{counter} )?از[ \u200c]+", gap
    ):
        return []
    whole = _counted(sentence, after)
    if whole is None:
        return []
    return [replace(whole, number=number), replace(whole, whole=True)]


def _named_after(sentence: Sentence, number: Number) -> Figure | None:
    """Read "of whom 84 were women"."""
    if sentence.language != "en":
        return None
    nouns = one_of(lexicon("en").words("counted", "people"))
    match = re.compile(rf" (?:were|are) (?P<noun>{nouns})(?! by)").match(sentence.text, number.last)
    before = sentence.text[max(0, number.start - _LOOK) : number.start]
    if not match or not re.search(r"(?:whom|them|which|these) $", before):
        return None
    start, end = match.span("noun")
    return Figure(
        number=number,
        counted_start=start,
        counted_end=end,
        counted=sentence.raw[start:end],
        unit=INDIVIDUAL,
        people=True,
    )


def _part(sentence: Sentence, number: Number, found: list[Figure]) -> Figure | None:
    """Read "more than 200 of them": it counts some of what the figure before it counts."""
    words = one_of(lexicon(sentence.language).words("counted", "pronouns"))
    # In Persian a counting word may stand between the number and the pronoun.
    counter = _counter(sentence.language)
    match = re.compile(rf"[ \u200c]+(?:{counter} )?{words}").match(sentence.text, number.last)
    if not match:
        return None
    if not found:
        start, end = match.start() + 1, match.end()
        return Figure(number=number, counted_start=start, counted_end=end, unit=INDIVIDUAL,
                      counted=sentence.raw[start:end].strip(), people=True,
                      refers=True)  # fmt: skip
    before = found[-1]
    return replace(before, number=number, counted_start=match.start() + 1,
                   counted_end=match.end(), part=True)  # fmt: skip


def _acted_on(sentence: Sentence, number: Number, *, elliptic: bool) -> Figure | None:
    """Read "2,800 or 3,800 were executed": the verb says what happened to those counted."""
    if sentence.language != "en":
        return None
    verbs = [verb for act in lexicon("en").data["acts"] for verb in act.get("verbs", ())]
    # "100 were beaten and 8 arrested": the second says "were" no more.
    auxiliary = f"(?:were |had been |have been ){'?' if elliptic else ''}"
    pattern = re.compile(rf"\"? {auxiliary}(?P<verb>{one_of(verbs)})")
    match = pattern.match(sentence.text, number.last)
    if not match or sentence.is_date(number.first, number.last):
        return None
    start, end = match.span("verb")
    return Figure(number=number, counted_start=start, counted_end=end,
                  counted=sentence.raw[start:end], unit=INDIVIDUAL, people=True)  # fmt: skip
