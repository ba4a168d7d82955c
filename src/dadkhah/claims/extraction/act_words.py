"""The words of a sentence that tell an act, by HURIDOCS lists 4 and 5."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dadkhah.claims.extraction.lexicon import grammar, lexicon, one_of, words_in
from dadkhah.claims.extraction.sentences import Sentence

__all__ = ["NEAR", "Act", "find", "is_object"]

NEAR: Final = 60
_BEFORE: Final = 28
_KILLING: Final = "01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A word or phrase that says an act; `code` is of list 4 and `method` of list 5."""

    start: int
    end: int
    code: str
    method: str
    verb: bool
    needs: str = ""

    @property
    def family(self) -> str:
        """What may be one act under two words: all killing is one family, other acts are apart."""
        return _KILLING if self.code.startswith(_KILLING) else self.code


def find(sentence: Sentence) -> list[Act]:
    """Find the acts that a sentence tells of: not denied, not only possible, not a slogan."""
    if sentence.slogan:
        return []
    barred = [match.span() for match in words_in(sentence.text, sentence.language, "not_acts")]
    found = (_act(sentence, match, barred) for match in _triggers(sentence.language, sentence.text))
    return [act for act in found if act]


def _act(sentence: Sentence, match: re.Match[str], barred: list[tuple[int, int]]) -> Act | None:
    row, verb = _words(sentence.language)[_squeezed(match[0])]
    start, end = match.span()
    inside = any(first < end and start < last for first, last in barred)
    if inside and not is_object(sentence, start):
        return None
    needs = str(row.get("objects", "people")) if row.get("needs_object") else ""
    if _unreal(sentence, start, verb) or (needs and not _has(sentence, needs, start, end)):
        return None
    return Act(
        start=start,
        end=end,
        code=str(row["code"]),
        method=str(row.get("method", "")),
        verb=verb,
        needs=needs,
    )


def is_object(sentence: Sentence, at: int) -> bool:
    """Say whether an act is what someone is said to have ordered, planned or taken part in."""
    phrases = _involving(sentence.language).finditer(sentence.text)
    return any(found.start() <= at <= found.end() + 2 for found in phrases)


@functools.cache
def _involving(language: str) -> re.Pattern[str]:
    rows = lexicon(language).data["involvement"]
    return re.compile(one_of(item for row in rows for item in row["words"]))


@functools.cache
def _words(language: str) -> Mapping[str, tuple[Mapping[str, Any], bool]]:
    """Give every word of an act, squeezed, with its row of the lexicon and whether it is a verb."""
    return {
        _squeezed(str(item)): (row, kind == "verbs")
        for row in lexicon(language).data["acts"]
        for kind in ("nouns", "verbs")
        for item in _forms(language, row.get(kind, ()))
    }


def _triggers(language: str, text: str) -> list[re.Match[str]]:
    return list(_trigger(language).finditer(text))


@functools.cache
def _trigger(language: str) -> re.Pattern[str]:
    rows = lexicon(language).data["acts"]
    kinds = ("nouns", "verbs")
    return re.compile(
        one_of(w for row in rows for k in kinds for w in _forms(language, row.get(k, ())))
    )


def _forms(language: str, words: Iterable[str]) -> Iterator[str]:
    """Give words with the further tenses of those that end in a verb of the list."""
    tenses = lexicon(language).data["tenses"]
    for item in words:
        yield item
        lead, _, verb = item.rpartition(" ")
        yield from (f"{lead} {form}" for form in tenses.get(verb, ()) if lead)


def _squeezed(text: str) -> str:
    return "".join(text.replace("\u200c", " ").lower().split())


def _unreal(sentence: Sentence, start: int, verb: bool) -> bool:
    """Say whether an act is denied or only possible; in Persian what unsettles it stands afar."""
    language = sentence.language
    if language == "fa":
        denied = grammar(language, "denied").search(sentence.text, max(0, start - 12), start)
        return bool(denied or words_in(sentence.text[max(0, start - NEAR) : start], "fa", "modals"))
    clause = grammar(language, "clause").split(sentence.text[max(0, start - _BEFORE) : start])[-1]
    if not verb:
        return bool(grammar(language, "denied_noun").search(clause))
    return bool(words_in(clause, language, "modals") or grammar(language, "denied").search(clause))


def _has(sentence: Sentence, needs: str, start: int, end: int) -> bool:
    """Say whether the people, graves or gatherings that a word needs stand near it."""
    path = ("counted", "people") if needs == "people" else ("objects", needs)
    first = end if needs == "people" else max(0, start - NEAR)
    return bool(words_in(sentence.text[first : end + NEAR], sentence.language, *path))
