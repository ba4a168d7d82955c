"""Whose words a sentence gives: the source's own, or another's that it reports."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from dadkhah.claims.extraction.drafts import Voice
from dadkhah.claims.extraction.lexicon import lexicon, one_of
from dadkhah.claims.extraction.sentences import Sentence

__all__ = ["Reported", "region", "voice_at", "voices"]

_LATIN: Final = r"[A-Z][\w'.-]*"
_ARABIC: Final = r"[\u0621-\u06cc\u200c]+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """Another's words, from `start` to `end` of the passage; `who` is where the speaker stands."""

    start: int
    end: int
    voice: Voice
    who: tuple[int, int]


def voices(sentence: Sentence) -> list[Reported]:
    """Find the words of others in a sentence, each with its speaker and stance."""
    found = [_according(sentence), *_said(sentence)]
    return [reported for reported in found if reported]


def region(reported: list[Reported], at: int, length: int) -> tuple[int, int]:
    """Give the stretch of the sentence that is said in one voice with what stands here."""
    for item in reversed(reported):
        if item.start <= at < item.end:
            return item.start, item.end
    return 0, length


def voice_at(reported: list[Reported], at: int, own: Voice) -> Voice:
    """Give the voice of what stands at this character."""
    for item in reversed(reported):
        if item.start <= at < item.end:
            return item.voice
    return own


def _according(sentence: Sentence) -> Reported | None:
    match = _according_pattern(sentence.language).search(sentence.text)
    if not match:
        return None
    speaker = sentence.raw[match.start("speaker") : match.end("speaker")].strip(" ,،")
    voice = Voice(speaker=speaker, stance="reports")
    return Reported(start=0, end=len(sentence.raw), voice=voice, who=match.span("speaker"))


def _said(sentence: Sentence) -> list[Reported]:
    last = _told_last().match(sentence.text) if sentence.language == "fa" else None
    if last and not _is_pronoun(last["speaker"], "fa"):
        who = last.span("speaker")
        voice = Voice(speaker=sentence.raw[slice(*who)].strip(" ,،\"'"), stance="reports")
        return [Reported(start=who[1], end=len(sentence.raw), voice=voice, who=who)]
    match = _said_pattern(sentence.language).match(sentence.text)
    if not match or _is_pronoun(match["speaker"], sentence.language):
        return []
    kind = next(kind for kind in ("reports", "denies", "doubts") if match[kind])
    # "The former prosecutor, N N, denied": the name is part of it; "N N, then a judge, said": not.
    end = match.end("speaker") if match.groupdict().get("name") else match.start(kind)
    speaker = sentence.raw[match.start("speaker") : end].strip(" ,،\"'")
    voice = Voice(speaker=speaker, stance=kind)
    who = match.span("speaker")
    return [Reported(start=match.end(), end=len(sentence.raw), voice=voice, who=who)]


def _is_pronoun(text: str, language: str) -> bool:
    return text.strip().lower() in lexicon(language).words("reports", "not_speakers")


@functools.cache
def _according_pattern(language: str) -> re.Pattern[str]:
    words = one_of(lexicon(language).words("reports", "according"))
    if language == "fa":
        stop = r"(?=[،,:]|[ \u200c]در |[ \u200c]که |[ \u200c]بیش |[ \u200c]دست|$)"
        return re.compile(rf"{words}[ \u200c]+(?P<speaker>{_ARABIC}(?: {_ARABIC}){{0,5}}?){stop}")
    return re.compile(rf"{words} (?P<speaker>[^,;:.]{{3,80}}?)(?=,|;|\.|$)")


@functools.cache
def _said_pattern(language: str) -> re.Pattern[str]:
    reports = lexicon(language).data["reports"]
    kinds = "|".join(
        f"(?P<{kind}>{one_of(reports[words])})"
        for kind, words in (("denies", "denials"), ("doubts", "doubts"), ("reports", "verbs"))
    )
    lead = rf" *{reports['lead']}[\" ]*"
    if language == "fa":
        # Speaker, verb, "that"; where the verb comes last, the words stay the source's own.
        who = rf"(?P<speaker>{_ARABIC}(?: {_ARABIC}){{0,7}}?)"
        return re.compile(rf"{lead}{who} (?:{kinds})[ \u200c]*(?:که|:|،)")
    nouns = one_of(reports["speakers"])
    name = rf"(?P<name>{_LATIN}(?: (?:of|the|for|and|al|{_LATIN}))*)"
    of = r"(?: (?:of|at|in|from) [\w' -]{3,40}?)?"
    group = rf"(?:(?:[\w'-]+ ){{0,5}}?{nouns}{of})"
    return re.compile(
        rf"{lead}(?P<speaker>{name}|{group})(?:,[^,]{{3,80}},)? (?:{kinds})"
        rf"(?: (?:that|how|the number|it|in [^,.;]{{3,40}} that))?\b"
    )


@functools.cache
def _told_last() -> re.Pattern[str]:
    """Persian where the verb comes last: "X put the number of victims at 3,200"."""
    reports = lexicon("fa").data["reports"]
    return re.compile(
        rf" *{reports['lead']}[\" ]*(?P<speaker>{_ARABIC}(?: {_ARABIC}){{0,6}}?) "
        rf"{one_of(reports['totals'])}[ \u200c][^.؛]{{2,80}}?[ \u200c]را[ \u200c][^.؛]{{1,80}}?"
        rf"{one_of(reports['last'])}[ .]*$"
    )
