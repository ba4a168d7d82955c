"""Who a text says was of a body: "a commission made up of N, the judge, M, the prosecutor, ..."."""

from __future__ import annotations

from dadkhah.claims.extraction.counted import even
from dadkhah.claims.extraction.drafts import Draft, Voice
from dadkhah.claims.extraction.lexicon import grammar
from dadkhah.claims.extraction.persons import Named
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.claims.extraction.surface import level

__all__ = ["propose"]


def propose(
    draft: Draft, sentence: Sentence, people: list[tuple[Named, str]], voice: Voice
) -> None:
    """Propose that the persons listed as those whom a body was made up of were its members."""
    for match in grammar(sentence.language, "made_up").finditer(sentence.text):
        members = _listed(sentence, match.end(), people)
        if not members:
            continue
        start, end = match.span("body")
        name = sentence.raw[start:end]
        group = draft.mention("group", (even(level(name)),), label=name, at=sentence)
        draft.claim(group, "group.name", sentence, start, end, voice, value=name)
        for _, person in members:
            draft.claim(person, "person.member_of", sentence, start, end, voice, target=group,
                        basis=f"The list after {match[0].strip()!r} names them.")  # fmt: skip


def _listed(
    sentence: Sentence, at: int, people: list[tuple[Named, str]]
) -> list[tuple[Named, str]]:
    """Take the persons that stand one after another from here on, each perhaps with a post."""
    found: list[tuple[Named, str]] = []
    for named, person in people:
        if named.unidentified or named.title_start < at:
            continue
        between = grammar(sentence.language, "next_member")
        if not between.fullmatch(sentence.text, at, named.title_start):
            break
        found.append((named, person))
        at = max([named.end, *(post.end for post in named.posts if post.start >= named.end)])
    return found
