"""Orders as a text names them, with the person who is said to have issued them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final

from dadkhah.claims.extraction.counted import even
from dadkhah.claims.extraction.drafts import Draft, Voice
from dadkhah.claims.extraction.lexicon import lexicon, one_of, words_in
from dadkhah.claims.extraction.names_in_text import (
    known_name,
    name_pattern,
    plausible,
    title_pattern,
)
from dadkhah.claims.extraction.persons import Named
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.claims.extraction.tenures import Times
from dadkhah.claims.extraction.tenures import propose as propose_person

__all__ = ["propose"]

_ASIDE: Final = re.compile(r"[،,][^،,.]{3,90}[،,]")


def propose(draft: Draft, sentence: Sentence, voice: Voice, times: Times) -> None:
    """Propose the orders of one sentence: each with its issuer, and its date where one is given."""
    for pattern in _patterns(sentence.language):
        for match in pattern.finditer(sentence.text):
            name = _name_of(match)
            if not plausible(match[name], sentence.language):
                continue
            if not _is_place(sentence, match, name) and not _of_another(sentence, match, name):
                _order(draft, sentence, match, voice, times)


def _name_of(match: re.Match[str]) -> str:
    return "titled" if match.groupdict().get("titled") else "name"


def _is_place(sentence: Sentence, match: re.Match[str], name: str) -> bool:
    start, end = match.span(name)
    return any(place.start <= start and end <= place.end for place in sentence.places)


def _of_another(sentence: Sentence, match: re.Match[str], name: str) -> bool:
    """Say whether somebody else stands between the name and the verb: "as N recalls, the leader
    ordered".
    """
    after = sentence.text[match.end(name) : match.end()]
    rest = after[aside.end() :] if (aside := _ASIDE.match(after)) else after
    return bool(words_in(rest, sentence.language, "posts", "heads"))


def _order(
    draft: Draft, sentence: Sentence, match: re.Match[str], voice: Voice, times: Times
) -> None:
    start, end = match.span(_name_of(match))
    title = match.groupdict().get("title") or ""
    issuer = Named(start=start, end=end, stop=end, name=sentence.raw[start:end],
                   title=sentence.raw[slice(*match.span("title"))] if title else "",
                   title_start=match.start("title") if title else start)  # fmt: skip
    person = propose_person(draft, sentence, issuer, voice, times)
    order = draft.mention("order", (even(issuer.name),), label=sentence.raw[slice(*match.span())],
                          at=sentence)  # fmt: skip
    draft.claim(order, "order.issuer", sentence, start, end, voice, target=person)
    for found in sentence.times:
        if match.start() <= found.start <= match.end() + 30:
            draft.claim(order, "order.date", sentence, found.start, found.end, voice,
                        value=found.date.edtf)  # fmt: skip


@functools.cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """Make the patterns of the lexicon; {noun}, {kind}, {person} and {titled} stand in."""
    orders = lexicon(language).data["orders"]
    name, title = name_pattern(language, titled=True), title_pattern(language)
    sure = one_of(orders["alone"]) + (rf"|{known_name()}" if language == "fa" else "")
    slots = {
        "{sure}": rf"(?:(?P<title>{title})[ \u200c]+(?P<titled>{name})|(?P<name>{sure}))",
        "{noun}": one_of(orders["nouns"]),
        "{kind}": one_of(orders["qualifiers"]),
        "{titled}": rf"(?P<title>{title})[ \u200c]+(?P<name>{name})",
        "{person}": rf"(?:(?P<title>{title})[ \u200c]+)?(?P<name>{name})",
    }
    return tuple(re.compile(_filled(row, slots)) for row in orders["patterns"])


def _filled(pattern: str, slots: Mapping[str, str]) -> str:
    for slot, words in slots.items():
        pattern = pattern.replace(slot, words)
    return pattern
