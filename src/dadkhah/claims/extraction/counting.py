"""Reading figures: which numbers of a sentence count people, or what stands for people."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import Final

from dadkhah.claims.extraction import asides, numbers
from dadkhah.claims.extraction.lexicon import grammar, lexicon, one_of
from dadkhah.claims.extraction.numbers import Number
from dadkhah.claims.extraction.sentences import Sentence

__all__ = ["Figure", "even", "find"]

_INDIVIDUAL: Final = "01"
_FAMILY: Final = "02"
_LOOK: Final = 24
_PHRASE: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with the words for what it counts.

    `part` counts some of the figure before it, `whole` only says of how many another is a part,
    `refers` counts some of what the sentence before counted, `aside` is where a part said in
    passing stands.
    """

    number: Number
    counted_start: int
    counted_end: int
    counted: str
    unit: str
    people: bool
    part: bool = False
    whole: bool = False
    refers: bool = False
    aside: tuple[int, int] | None = None

    @property
    def start(self) -> int:
        """Where the figure begins, its hedge included."""
        return self.number.start


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
        figure = figure or _total(sentence, number)
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
    if (plain and _is_year(text[number.first : number.last])) or _is_article(number, text):
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


def _is_article(number: Number, text: str) -> bool:
    """ "One prisoner" and "یک زندانی" say a prisoner, not how many."""
    return number.low == 1 and number.high == 1 and not text[number.first].isdigit()


def _counted(sentence: Sentence, number: Number) -> Figure | None:
    """Read the noun that follows a number: "18,000 political prisoners", "سی هزار نفر"."""
    match = _noun(sentence.language).match(sentence.text, number.last)
    if not match or _stopped(match["between"] or "", sentence.language):
        return None
    start, end = match.start("what"), match.end()
    noun = " ".join(match["noun"].replace("\u200c", " ").lower().split())
    people = _folded(sentence.language, "people")
    unit = _unit(sentence.language, noun)
    return Figure(
        number=number,
        counted_start=start,
        counted_end=end,
        counted=sentence.raw[start:end].strip(),
        unit=unit,
        people=noun in people,
    )


def _stopped(between: str, language: str) -> bool:
    stops = _folded(language, "stops")
    return any(item in stops for item in re.findall(r"[\w'-]+", between.lower()))


def _unit(language: str, noun: str) -> str:
    other = {even(k): v for k, v in lexicon(language).data["counted"]["other"].items()}
    if noun in other:
        return str(other[noun])
    return _FAMILY if noun in _folded(language, "families") else _INDIVIDUAL


def even(text: str) -> str:
    """Give a word in small letters with single spaces and no joiners."""
    return " ".join(str(text).replace("\u200c", " ").lower().split())


@functools.cache
def _folded(language: str, group: str) -> frozenset[str]:
    return frozenset(even(item) for item in lexicon(language).words("counted", group))


@functools.cache
def _noun(language: str) -> re.Pattern[str]:
    counted = lexicon(language).data["counted"]
    noun = one_of([*counted["people"], *counted["other"]])
    if language == "fa":
        more = rf"(?:[ \u200c]+از[ \u200c]+{one_of(counted['people'])})?"
        extra = r"(?:[ \u200c]+(?:سیاسی|عقیدتی|چپ|مجاهد|دیگر))?"
        return re.compile(
            rf"\"?[ \u200c]+(?:از[ \u200c]+)?(?P<what>(?P<between>(?:[\w\u200c]+ ){{0,1}}?)"
            rf"(?P<noun>{noun})(?![ \u200c]?ها(?!\w)){more}{extra})"
        )
    # "600 women prisoners" counts prisoners; "68 children executed" counts children.
    happened = set(counted["happened"])
    second = one_of(item for item in counted["people"] if item not in happened)
    return re.compile(
        rf"\"?,? (?:of (?:the |our |these |those |its |their )?)?"
        rf"(?P<what>(?P<between>(?:[\w'-]+,? ){{0,4}}?)(?P<noun>{noun})(?: {second})?)"
    )


def _out_of(sentence: Sentence, number: Number, after: Number) -> list[Figure]:
    """Read "30 of the 35 women": both count women, and the second is the whole."""
    gap = sentence.text[number.last : after.start]
    if not re.fullmatch(
        r" of (?:the |these |those |our )|[ \u200c]+(?:نفر |تن )?از[ \u200c]+", gap
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
        unit=_INDIVIDUAL,
        people=True,
    )


def _part(sentence: Sentence, number: Number, found: list[Figure]) -> Figure | None:
    """Read "more than 200 of them": it counts some of what the figure before it counts."""
    words = one_of(lexicon(sentence.language).words("counted", "pronouns"))
    # In Persian a counting word may stand between the number and the pronoun.
    match = re.compile(rf"[ \u200c]+(?:نفر |تن )?{words}").match(sentence.text, number.last)
    if not match:
        return None
    if not found:
        start, end = match.start() + 1, match.end()
        return Figure(number=number, counted_start=start, counted_end=end, unit=_INDIVIDUAL,
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
                  counted=sentence.raw[start:end], unit=_INDIVIDUAL, people=True)  # fmt: skip


def _total(sentence: Sentence, number: Number) -> Figure | None:
    """Read "the number of prisoners executed was 450", "the death toll stands at 210"."""
    if sentence.is_date(number.first, number.last) and not number.grouped:
        return None
    language, first = sentence.language, max(0, number.start - _PHRASE)
    match = _total_of(language).search(sentence.text, first, number.start)
    match = match or _total_of(language).search(sentence.text, first, number.first)
    if match:
        noun = even(match["noun"])
        return Figure(number=number, counted_start=match.start("phrase"),
                      counted_end=match.end("phrase"),
                      counted=sentence.raw[match.start("phrase") : match.end("phrase")],
                      unit=_unit(language, noun),
                      people=noun in _folded(language, "people"))  # fmt: skip
    match = _total_alone(language).search(sentence.text, first, number.start)
    if not match or not grammar(language, "ends_number").match(sentence.text, number.end):
        return None
    start, end = match.span("alone")
    unit = {even(k): v for k, v in lexicon(language).data["counted"]["alone"].items()}
    told = str(unit[even(match["alone"])])
    return Figure(number=number, counted_start=start, counted_end=end, unit=told, people=not told,
                  counted=sentence.raw[start:end] if told else "")  # fmt: skip


@functools.cache
def _total_of(language: str) -> re.Pattern[str]:
    counted = lexicon(language).data["counted"]
    total, verbs = one_of(counted["total"]), one_of(counted["total_verbs"])
    people, range_ = one_of([*counted["people"], *counted["other"]]), one_of(counted["range_leads"])
    return re.compile(
        rf"{total}[ \u200c]+(?:of )?(?P<phrase>(?:[\w'\u200c-]+ ){{0,4}}?(?P<noun>{people})"
        rf"(?: (?!(?:was|were|is|are|has) )[\w'\u200c-]+){{0,5}}?)[ \u200c]+{verbs}"
        rf"(?:[ \u200c]+{range_})?[ \u200c\"]*$"
    )


@functools.cache
def _total_alone(language: str) -> re.Pattern[str]:
    """A total that does not say of what: "the figure", or that says it itself: "the death toll"."""
    counted = lexicon(language).data["counted"]
    alone, verbs = one_of(counted["alone"]), one_of(counted["total_verbs"])
    return re.compile(
        rf"(?P<alone>{alone})(?:[ \u200c]+[^,.;()،؛]{{3,50}}?)??[ \u200c]+{verbs}"
        rf"(?:[ \u200c]+{one_of(counted['range_leads'])})?[ \u200c\"]*$"
    )
