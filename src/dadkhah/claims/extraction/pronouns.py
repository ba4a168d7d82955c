"""Whom "he" or "she" at the head of a sentence means: only where one person can be meant."""

from __future__ import annotations

from dadkhah.claims.extraction.drafts import Draft
from dadkhah.claims.extraction.lexicon import grammar
from dadkhah.claims.extraction.persons import Named
from dadkhah.claims.extraction.sentences import Sentence

__all__ = ["meant", "spoken_of"]

_FATE = ("act.victim", "person.relative")


def meant(sentence: Sentence, person: tuple[str, str] | None) -> list[tuple[Named, str]]:
    """Give the person whom the pronoun that opens a sentence means, if it opens with one."""
    match = grammar(sentence.language, "pronoun").match(sentence.text) if person else None
    if not match or not person:
        return []
    start, end = match.span("pronoun")
    name, mention = person
    return [(Named(start=start, end=end, title_start=start, name=name, pronoun=True), mention)]


def spoken_of(draft: Draft, since: int, people: list[tuple[Named, str]]) -> tuple[str, str] | None:
    """Give the one person of a sentence, when it told their fate or whose relative they are.

    Args:
        since: how many claims there were before the sentence.
    """
    if len(people) != 1 or people[0][0].unidentified:
        return None
    named, mention = people[0]
    told = any(
        claim.predicate in _FATE and mention in (claim.mention, claim.target)
        for claim in draft.claims[since:]
    )
    return (named.name, mention) if told else None
