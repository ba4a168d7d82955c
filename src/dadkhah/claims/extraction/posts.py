"""Posts as a text names them: the office, its body, and the words that say when it was held."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from dadkhah.claims.extraction.counted import even
from dadkhah.claims.extraction.lexicon import grammar, lexicon, one_of, word, words_in
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.claims.extraction.surface import level

__all__ = ["Post", "post_of", "post_pattern"]

NOW, THEN, BEFORE = "now", "then", "before"
_TAIL: Final = 48
_ENDS: Final = re.compile(r"^(?:the|an?) | (?:of|and|the|at)$")
_QUOTES: Final = " \"'\u201c\u201d\u2018\u2019"
_SMALL: Final = ("the", "a", "an", "of", "and")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post beside a person; `held` is now, then, before or empty, `held_words` says so."""

    start: int
    end: int
    title: str
    body: str = ""
    body_start: int = 0
    held: str = ""
    held_words: str = ""
    tail_end: int = 0


def post_pattern(language: str, suffix: str = "", *, bare: bool = False) -> str:
    """Give the pattern of a post with its words of time; groups end in `suffix`.

    Args:
        bare: without a body after it, so that a name may follow straight on.
    """
    posts = lexicon(language).data["posts"]
    now, then, before = (one_of(lexicon(language).words(k)) for k in (NOW, THEN, BEFORE))
    time_words = f"{now}|{then}|{before}"
    heads, body = one_of(posts["heads"]), _body(language)
    time = rf"(?:(?P<now{suffix}>{now})|(?P<then{suffix}>{then})|(?P<before{suffix}>{before}))"
    if language == "fa":
        late = time.replace(f"{suffix}>", f"{suffix}_late>")
        return (
            rf"(?P<post{suffix}>{heads})(?:[ \u200c]+{time})?"
            rf"(?:[ \u200c]+(?P<body{suffix}>{body}))?(?:[ \u200c]+{late})?"
        )
    joins = "|".join(posts["joins"])
    owner = (
        rf"(?P<bodyowner{suffix}>(?:[A-Z][\w-]+ ){{1,2}}(?i:prison|court|university|party|army) )?"
    )
    after = "" if bare else rf"(?: (?:{joins}) (?P<body{suffix}>{body}))?"
    # "the Tehran prosecutor": whether the words are a place is seen afterwards.
    place = "" if bare else rf"(?:(?!{heads}|{time_words})[A-Z][\w'-]+ ){{0,2}}?"
    return rf"(?:{time}[ -])?(?:{owner}|{place})(?P<post{suffix}>{heads}){after}"


@functools.cache
def _body(language: str) -> str:
    posts = lexicon(language).data["posts"]
    if language == "fa":
        leads = one_of(posts["body_leads"])
        stop = "|".join(word(item) for item in lexicon("fa").words("not_names"))
        free = rf"(?!(?:{stop})(?![\w\u200c]))[\u0621-\u06cc]+(?:\u200c[\u0621-\u06cc]+)*"
        known = one_of(posts["body_words"])
        plain = one_of(posts["body_alone"])
        return rf"{known}(?:[ \u200c]+{known})*|{leads}[ \u200c]+{free}|{plain}"
    small = "|".join(re.escape(item) for item in posts["body_words"])
    token = rf"(?:[\"']?(?:{small})[\"']?(?![\w-])|[A-Z][\w'-]*)"
    # One word that is not known may describe a known one: "the provincial guards".
    first = rf"(?:the |an? )?[\"']?(?:[a-z]+ (?={token}))?{token}"
    return rf"{first}(?: {token}){{0,6}}(?<! of)(?<! the)(?<! and)"


def post_of(sentence: Sentence, match: re.Match[str], suffix: str = "") -> Post | None:
    """Make the post of a match; None when its word needs a body and none is there."""
    start, end = match.span(f"post{suffix}")
    title = sentence.raw[start:end]
    body, at = _body_of(sentence, match, suffix)
    if not body:
        body, at = _place_after(sentence, end)
    if not body:
        body, at = _place_before(sentence, start)
    if not body and even(level(title)) in _need_body(sentence.language):
        return None
    last = at + len(body) if at > end else end
    tail_end = _tail_end(sentence, last)
    held, words = _held(sentence, match, suffix, tail_end)
    return Post(
        start=start,
        end=last,
        title=title,
        body=body,
        body_start=at,
        held=held,
        held_words=words,
        tail_end=tail_end,
    )


@functools.cache
def _need_body(language: str) -> frozenset[str]:
    return frozenset(even(item) for item in lexicon(language).words("posts", "need_body"))


def _body_of(sentence: Sentence, match: re.Match[str], suffix: str) -> tuple[str, int]:
    groups = match.groupdict()
    for name in ("owner", f"body{suffix}", f"bodyowner{suffix}"):
        if groups.get(name):
            start, end = match.span(name)
            raw = sentence.raw[start:end]
            body = _ENDS.sub("", raw.strip()).strip(_QUOTES)
            if body and body.lower() not in _SMALL:
                return body, start + raw.find(body)
    return "", 0


def _place_after(sentence: Sentence, end: int) -> tuple[str, int]:
    """Take a place that follows as the body: "prosecutor of Tabriz", "دادستان همدان"."""
    follows = grammar(sentence.language, "place_of_post")
    for found in sentence.places:
        if found.start >= end and follows.fullmatch(sentence.text, end, found.start):
            return sentence.raw[found.start : found.end], found.start
    return "", 0


def _place_before(sentence: Sentence, start: int) -> tuple[str, int]:
    """Take a place just before as the body: "the Tehran prosecutor"."""
    if sentence.language != "en":
        return "", 0
    for found in sentence.places:
        if found.end + 1 == start:
            return sentence.raw[found.start : found.end], found.start
    return "", 0


def _tail_end(sentence: Sentence, at: int) -> int:
    """Find where the clause after a post ends, or a little further on."""
    tail = re.compile(r"[;.:؛]|,(?! (?:at|in|from|until)\b)|،").search(sentence.text, at)
    return min(tail.start() if tail else len(sentence.text), at + _TAIL)


def _held(sentence: Sentence, match: re.Match[str], suffix: str, tail_end: int) -> tuple[str, str]:
    groups = match.groupdict()
    for kind in (NOW, THEN, BEFORE):
        for name in (f"{kind}{suffix}", f"{kind}{suffix}_late"):
            if groups.get(name):
                return kind, sentence.raw[match.start(name) : match.end(name)]
    at = match.start(f"post{suffix}")
    today = words_in(sentence.text[max(0, at - 14) : at], sentence.language, "now_before")
    if today:
        return NOW, today[-1][0]
    words = one_of(lexicon(sentence.language).words("then_after"))
    after = re.compile(words).search(sentence.text, match.start(f"post{suffix}"), tail_end)
    begin = max(0, match.start() - 30)
    # What another's post was held "at the time" says nothing of this one.
    comma = max(sentence.text.rfind(mark, begin, match.start()) for mark in ",،")
    begin = comma if begin and comma >= 0 else begin
    earlier = re.compile(words).search(sentence.text, begin, match.end())
    told = after or earlier
    return (THEN, sentence.raw[told.start() : told.end()]) if told else ("", "")
