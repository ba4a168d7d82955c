"""Totals: a number said to be that of those counted, or standing alone as a total."""

from __future__ import annotations

import functools
import re
from typing import Final

from dadkhah.claims.extraction.counted import Figure, folded, key, unit_of
from dadkhah.claims.extraction.lexicon import grammar, lexicon, one_of
from dadkhah.claims.extraction.numbers import Number
from dadkhah.claims.extraction.sentences import Sentence

__all__ = ["total"]

_PHRASE: Final = 160


def total(sentence: Sentence, number: Number) -> Figure | None:
    """Read "the number of prisoners executed was 450", "the death toll stands at 210"."""
    if sentence.is_date(number.first, number.last) and not number.grouped:
        return None
    language, first = sentence.language, max(0, number.start - _PHRASE)
    match = _total_of(language).search(sentence.text, first, number.start)
    match = match or _total_of(language).search(sentence.text, first, number.first)
    if match:
        noun = key(match["noun"])
        return Figure(number=number, counted_start=match.start("phrase"),
                      counted_end=match.end("phrase"),
                      counted=sentence.raw[match.start("phrase") : match.end("phrase")],
                      unit=unit_of(language, noun),
                      people=noun in folded(language, "people"))  # fmt: skip
    match = _total_alone(language).search(sentence.text, first, number.start)
    if not match or not grammar(language, "ends_number").match(sentence.text, number.end):
        return None
    start, end = match.span("alone")
    alone = {key(k): v for k, v in lexicon(language).data["counted"]["alone"].items()}
    told = str(alone[key(match["alone"])])
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
