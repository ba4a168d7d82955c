"""Where, as the value of a claim, and whether something is told to be there."""

from __future__ import annotations

from typing import Final

from dadkhah.claims.extraction.lexicon import grammar
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.places import FoundPlace

__all__ = ["located", "place_value"]

_BEFORE: Final = 30


def located(sentence: Sentence, found: FoundPlace) -> bool:
    """Say whether something is told to be in this place: "in Evin", not "the people of Iran"."""
    if found.place.gazetteer is None and found.place.level == "country":
        return False
    language, text = sentence.language, sentence.text
    if grammar(language, "starts_located").search(text, found.start, found.end):
        return True
    if grammar(language, "located").search(text[max(0, found.start - _BEFORE) : found.start]):
        return True
    # "in Shiraz and Mashhad": what holds for the first holds for the second.
    return any(
        before.end < found.start
        and grammar(language, "next_place").fullmatch(text, before.end, found.start)
        and located(sentence, before)
        for before in sentence.places
    )


def place_value(found: FoundPlace, sentence: Sentence) -> dict[str, str]:
    """Give a place as a claim holds it: its name, the level really known, its gazetteer id."""
    place = found.place
    name = place.name or sentence.raw[found.start : found.end]
    value = {"name": name, "level": place.level}
    return {**value, "gazetteer": place.gazetteer} if place.gazetteer else value
