"""Alleged involvement: whom a text ties to an act or an order, and in what degree."""

from __future__ import annotations

import functools
import re
from typing import Final

from dadkhah.claims.extraction.act_words import Act
from dadkhah.claims.extraction.acts import Told
from dadkhah.claims.extraction.drafts import Draft, Voice
from dadkhah.claims.extraction.lexicon import lexicon, one_of
from dadkhah.claims.extraction.persons import Named
from dadkhah.claims.extraction.sentences import Sentence

__all__ = ["propose"]

_REACH: Final = 70


def propose(
    draft: Draft,
    sentence: Sentence,
    persons: list[tuple[Named, str]],
    acts: list[tuple[Act, str]],
    told: Told,
    voice: Voice,
) -> None:
    """Propose the involvement that a sentence alleges, as a claim of its speaker."""
    for match in _phrases(sentence.language).finditer(sentence.text):
        row = next(int(key[1:]) for key, said in match.groupdict().items() if said)
        degree = str(lexicon(sentence.language).data["involvement"][row]["degree"])
        act = _act(match.end(), acts, told)
        if not act:
            continue
        for _, person in _whom(sentence, match, persons):
            draft.claim(
                act,
                "act.involvement",
                sentence,
                *match.span(),
                voice,
                value=f"18:{degree}",
                target=person,
                basis=f"The words are {sentence.raw[match.start() : match.end()]!r}; "
                "the degree is read from them alone.",
            )


@functools.cache
def _phrases(language: str) -> re.Pattern[str]:
    rows = lexicon(language).data["involvement"]
    return re.compile("|".join(f"(?P<d{at}>{one_of(row['words'])})" for at, row in enumerate(rows)))


def _act(at: int, acts: list[tuple[Act, str]], told: Told) -> str:
    """Choose the act: the next one in the sentence, else the one the source last told of."""
    after = [mention for act, mention in acts if act.end >= at - 2]
    if after:
        return after[0]
    return acts[-1][1] if acts else told.killing


def _whom(
    sentence: Sentence, match: re.Match[str], persons: list[tuple[Named, str]]
) -> list[tuple[Named, str]]:
    """Find the persons: the one just before, or with "all" every one named before."""
    before = [pair for pair in persons if pair[0].start < match.start()]
    if not before:
        return []
    gap = sentence.text[before[-1][0].end : match.start()]
    if re.search(one_of(lexicon(sentence.language).words("all_of")), gap):
        return before
    named = before[-1][0]
    reach = max(named.stop, named.end)
    if match.start() - reach > _REACH or re.search(r"[.;]", sentence.text[reach : match.start()]):
        return []
    return [before[-1]]
