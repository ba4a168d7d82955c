"""Persons named in a sentence, with their titles and the posts that the words give them."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from dadkhah.claims.extraction.lexicon import lexicon, one_of, words_in
from dadkhah.claims.extraction.names_in_text import (
    known_name,
    name_pattern,
    plausible,
    title_pattern,
)
from dadkhah.claims.extraction.posts import Post, post_of, post_pattern
from dadkhah.claims.extraction.sentences import Sentence

__all__ = ["Named", "find", "listed"]

_MARK: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A person as a sentence names them; a holder of a post without a name has no `name`.

    `pronoun` is true of "he" where it can only mean the person of the sentence before.
    """

    start: int
    end: int
    name: str
    title: str = ""
    title_start: int = 0
    posts: tuple[Post, ...] = ()
    stop: int = 0
    pronoun: bool = False

    @property
    def unidentified(self) -> bool:
        """True when the sentence speaks of a holder of a post and gives no name."""
        return not self.name


def find(sentence: Sentence) -> list[Named]:
    """Find the persons of one sentence, each once, with every post found beside the name."""
    found: list[Named] = []
    language = sentence.language
    posts = bool(words_in(sentence.text, language, "posts", "heads"))
    for pattern, needs_post in _patterns(language):
        if needs_post and not posts:
            continue
        for match in pattern.finditer(sentence.text):
            named = _named(sentence, match)
            if named:
                found = _added(found, named)
    return _settled(sorted(found, key=lambda item: item.start))


def _settled(found: list[Named]) -> list[Named]:
    """Give a post between two names to one of them: in a list it belongs to the name before it.

    Where the list began with a post ("the warden, A, the prosecutor, B"), it belongs to the name
    after it.
    """
    settled = list(found)
    for at, (one, other) in enumerate(itertools.pairwise(found)):
        between = [p for p in other.posts if any(_same(p, q) for q in one.posts)]
        contested = [p for p in between if one.end <= p.start < other.start]
        if not contested:
            continue
        led = any(post.end <= one.start for post in settled[at].posts)
        loser = at if led else at + 1
        kept = [p for p in settled[loser].posts if not any(_same(p, q) for q in contested)]
        settled[loser] = replace(settled[loser], posts=tuple(kept))
    return [one for one in settled if one.posts or one.name]


def listed(sentence: Sentence, known: frozenset[str]) -> Iterator[Named]:
    """Find the persons of a list ("such as A, B and C") in which one is known already."""
    if sentence.language != "en":
        return
    pattern, person = _listed(known)
    for match in pattern.finditer(sentence.text):
        start, end = match.span("list")
        named = list(person.finditer(sentence.text, start, end))
        if len(named) > 1 and any(one[0].lower() in known for one in named):
            yield from (_bare(sentence, *one.span()) for one in named)


@functools.lru_cache(maxsize=4)
def _listed(known: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of a list of persons and of one person in it."""
    again = "|".join(re.escape(name) for name in sorted(known)) or "(?!)"
    person = rf"(?:{name_pattern('en', titled=True)}|(?i:{again}))"
    item = rf"(?:{title_pattern('en')} )?{person}"
    leads = one_of(lexicon("en").words("list_leads"))
    listed = rf"{leads} (?P<list>{item}(?:, {item})*(?:,? and {item})?)"
    return re.compile(listed), re.compile(person)


def _bare(sentence: Sentence, start: int, end: int) -> Named:
    name = sentence.raw[start:end]
    return Named(start=start, end=end, name=name, title_start=start, stop=end)


@functools.cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Make the patterns of the lexicon, each with whether a post must stand in the sentence.

    {name}, {person}, {post}, {holder} and {then} stand in.
    """
    grammar = lexicon(language).data["person_patterns"]
    filled = functools.partial(_slot, language)
    return tuple((re.compile(_MARK.sub(filled, row)), "post" in row) for row in grammar)


def _slot(language: str, mark: re.Match[str]) -> str:
    slot = mark[1]
    if slot in ("post", "post2", "barepost"):
        suffix = "2" if slot == "post2" else ""
        return post_pattern(language, suffix, bare=slot == "barepost")
    if slot == "then":
        return one_of(lexicon(language).words("then_after"))
    if slot == "kin":
        return one_of([*lexicon(language).words("kin"), *lexicon(language).words("friends")])
    return _name_slots(language).get(slot) or one_of(lexicon(language).words(slot))


@functools.cache
def _name_slots(language: str) -> dict[str, str]:
    title = title_pattern(language)
    lone, full = name_pattern(language, titled=True), name_pattern(language)
    known = known_name()
    maybe = rf"(?:(?P<title>{title})[ \u200c]+)?"
    return {
        "titled": rf"(?:(?P<title>{title})[ \u200c]+)(?P<name>{lone})",
        "person": rf"{maybe}(?P<name>{lone})",
        "fullname": rf"{maybe}(?P<name>{full})(?!'s )",
        "known": rf"{maybe}(?P<name>{known})",
        "another": known,
        "owner": rf"(?P<owner>{lone})",
    }


def _named(sentence: Sentence, match: re.Match[str]) -> Named | None:
    groups = match.groupdict()
    posts = tuple(
        post
        for suffix in ("", "2")
        if groups.get(f"post{suffix}") and (post := post_of(sentence, match, suffix))
    )
    if groups.get("title"):
        posts = tuple(post for post in posts if not _is_title(post, match))
    if groups.get("name") is None:
        start, end = match.span("holder") if "holder" in groups else match.span()
        return (
            Named(start=start, end=end, name="", posts=posts, stop=match.end()) if posts else None
        )
    start, end = match.span("name")
    name = sentence.raw[start:end]
    vouched = posts or groups.get("title") or "post" not in groups
    if not _is_person(sentence, match) or not vouched:
        return None
    title = groups.get("title") or ""
    return Named(
        start=start,
        end=end,
        name=name,
        title=sentence.raw[match.start("title") : match.end("title")] if title else "",
        title_start=match.start("title") if title else start,
        posts=posts,
        stop=match.end(),
    )


def _is_title(post: Post, match: re.Match[str]) -> bool:
    """A title such as Judge before a name is no post by itself."""
    start, end = match.span("title")
    return post.start < end and start < post.end and not (post.body or post.held)


def _is_person(sentence: Sentence, match: re.Match[str]) -> bool:
    start, end = match.span("name")
    if not plausible(match["name"], sentence.language) or sentence.is_date(start, end):
        return False
    place = any(p.start <= start and end <= p.end for p in sentence.places)
    return not place or bool(match.groupdict().get("title"))


def _added(found: list[Named], new: Named) -> list[Named]:
    """Keep one reading per stretch of words: posts are joined, the longer name stands."""
    for at, old in enumerate(found):
        if old.start < new.end and new.start < old.end:
            return [*found[:at], _joined(old, new), *found[at + 1 :]]
    return [*found, new]


def _joined(old: Named, new: Named) -> Named:
    if old.unidentified != new.unidentified:
        return new if old.unidentified else old
    posts = tuple(_fuller(p, new.posts) for p in old.posts)
    posts += tuple(p for p in new.posts if not any(_same(p, q) for q in posts))
    wider = new if new.end - new.start > old.end - old.start else old
    titled = old if old.title else new
    span = titled.title_start, titled.title_start + len(titled.title)
    posts = tuple(p for p in posts if p.body or p.held or not span[0] <= p.start < span[1])
    return replace(wider, title=titled.title, title_start=titled.title_start, posts=posts,
                   stop=max(old.stop, new.stop))  # fmt: skip


def _fuller(post: Post, others: tuple[Post, ...]) -> Post:
    """Of two readings of one post, keep the one that says more."""
    readings = [post, *(other for other in others if _same(post, other))]
    return max(readings, key=lambda item: (bool(item.body) + bool(item.held), len(item.body)))


def _same(one: Post, other: Post) -> bool:
    return one.start < other.end and other.start < one.end
