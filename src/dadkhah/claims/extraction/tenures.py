"""Who held which post, and when: the time is inferred from the words and the reason is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dadkhah.claims.extraction.counted import even
from dadkhah.claims.extraction.drafts import Draft, Voice
from dadkhah.claims.extraction.lexicon import grammar
from dadkhah.claims.extraction.persons import Named
from dadkhah.claims.extraction.posts import Post
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.claims.extraction.surface import level
from dadkhah.dates import DateSpan, FoundDate

__all__ = ["Times", "person_mention", "propose"]

_ROLES: Final = ("point", "period", "since", "until", "before", "after")


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What times a source gives: its own date, and that of the events it tells of, in EDTF."""

    source: DateSpan | None
    event: str = ""

    @property
    def source_edtf(self) -> str:
        """The source's own date, empty when it is not known."""
        return self.source.edtf if self.source else ""


def person_mention(draft: Draft, sentence: Sentence, named: Named) -> str:
    """Give the mention of a person: one per name as the source writes it, or per unnamed holder."""
    if named.unidentified:
        label = sentence.raw[named.start : named.end]
        key = ("unnamed", even(label), sentence.passage.id)
        return draft.mention("person", key, label=label, at=sentence, unidentified=True)
    return draft.mention("person", (even(level(named.name)),), label=named.name, at=sentence)


def propose(draft: Draft, sentence: Sentence, named: Named, voice: Voice, times: Times) -> str:
    """Propose a person with name, title and posts, and give the person's mention."""
    person = person_mention(draft, sentence, named)
    if not named.unidentified:
        draft.claim(
            person, "person.name", sentence, named.start, named.end, voice, value=named.name
        )
    if named.title:
        start = named.title_start
        draft.claim(person, "person.title", sentence, start, start + len(named.title), voice,
                    value=named.title.rstrip("."))  # fmt: skip
    for post in named.posts:
        _hold(draft, sentence, person, post, voice, times, unnamed=named.unidentified)
    return person


def _hold(
    draft: Draft, sentence: Sentence, person: str, post: Post, voice: Voice, times: Times, *,
    unnamed: bool,
) -> None:  # fmt: skip
    label = f"{post.title}, {post.body}" if post.body else post.title
    mention = draft.mention(
        "post", (even(level(post.title)), even(level(post.body))), label=label, at=sentence
    )
    draft.claim(mention, "post.title", sentence, post.start, post.start + len(post.title), voice,
                value=post.title)  # fmt: skip
    if post.body:
        start = post.body_start
        draft.claim(mention, "post.body", sentence, start, start + len(post.body), voice,
                    value=post.body)  # fmt: skip
    when, basis = _when(sentence, post, times, unnamed=unnamed)
    draft.claim(person, "person.holds_post", sentence, post.start, post.end, voice,
                target=mention, when=when, basis=basis)  # fmt: skip


def _when(sentence: Sentence, post: Post, times: Times, *, unnamed: bool) -> tuple[str, str]:
    """Infer when the post was held, and say how."""
    told = [d for d in sentence.dates if d.role in _ROLES and _beside(sentence, post, d)]
    if told:
        written = sentence.raw[told[0].start : told[0].end]
        return told[0].date.edtf, f"The text gives the time: {written!r}."
    words = f"{post.held_words!r}"
    if post.held == "then":
        return _at_the_time(sentence, times, words)
    if post.held == "now":
        return _from_source(times, f"{words} means the day of this source")
    if post.held == "before":
        return _until_source(times, words)
    if unnamed:
        return _from_source(times, "A holder without name or time is the one on this source's day")
    return "", "The text does not say when."


def _at_the_time(sentence: Sentence, times: Times, words: str) -> tuple[str, str]:
    here = {found.date.edtf for found in sentence.times if found.date.edtf}
    here -= {times.source_edtf}
    if len(here) == 1:
        return here.pop(), f"{words} points to the date in the same sentence."
    if times.event:
        return times.event, f"{words} points to the time of the events told of."
    return "", f"{words} points to a time that this source does not give."


def _until_source(times: Times, words: str) -> tuple[str, str]:
    if times.source is None or times.source.latest is None:
        return "", f"{words} means that it ended before this source, whose date is not known."
    until = f"../{times.source.latest.isoformat()}"
    return until, f"{words} means that the post ended before the day of this source."


def _beside(sentence: Sentence, post: Post, found: FoundDate) -> bool:
    """Say whether a date follows the post with nothing but words of time between them."""
    before = sentence.text[found.end : post.start] if found.end <= post.start else "?"
    if sentence.language == "fa" and not before.strip(" \u200c"):
        return True
    gap = sentence.text[post.end : found.start] if post.end <= found.start < post.tail_end else "?"
    return bool(grammar(sentence.language, "of_time").fullmatch(gap))


def _from_source(times: Times, words: str) -> tuple[str, str]:
    if not times.source_edtf:
        return "", f"{words}, whose date is not known."
    return times.source_edtf, f"{words}."
