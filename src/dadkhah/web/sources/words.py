"""Find words in the texts of sources, however they were typed.

A word is found inside longer ones, since a Persian word carries its endings and its article with
it. Letters that one hand or keyboard writes in two ways are one, as are digits, capitals, accents,
and a word with or without its zero-width joint.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from dadkhah import text
from dadkhah.web.custody import access
from dadkhah.web.custody.access import Reader
from dadkhah.web.custody.store import Placed
from dadkhah.web.sources.models import Passage, PassageWords

__all__ = ["PAGE", "Piece", "find", "fold", "keep", "pieces", "sought"]

PAGE: Final = 25
MOST_WORDS: Final = 8
_ACCENTS: Final = re.compile("[\u0300-\u036f\u200c]+")
_PARTS: Final = re.compile(r'"([^"]*)"|«([^»]*)»|(\S+)')
_RUNS: Final = re.compile(r"[^\W_]+(?:[\u200c'’ʼʿʾ-]+[^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a passage as written, and whether it holds a word that was sought."""

    text: str
    found: bool


def fold(words: str) -> str:
    """Give the form in which words are sought and kept."""
    folded = text.fold_letters(words).casefold()
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", folded)))


def sought(query: str) -> tuple[str, ...]:
    """Cut a query into what every passage must hold: words, and phrases in quotation marks."""
    parts = (fold("".join(found.groups(default=""))) for found in _PARTS.finditer(query))
    return tuple(dict.fromkeys(part for part in parts if part))[:MOST_WORDS]


def find(reader: Reader, wanted: Sequence[str], after: str = "") -> list[Passage]:
    """Give up to PAGE + 1 passages that hold all that is sought, in the order they came.

    Args:
        wanted: as `sought` gives it.
        after: the last passage of the page before.
    """
    if not wanted:
        return []
    readable = Passage.objects.filter(access.texts(reader, "source__"))
    rows = readable.select_related("source")
    for part in wanted:
        rows = rows.filter(words__folded__contains=part)
    last = readable.filter(pk=after).first() if after else None
    if last is not None:
        rows = rows.filter(
            Q(entry__gt=last.entry) | Q(entry=last.entry, position__gt=last.position)
        )
    return list(rows.order_by("entry", "position")[: PAGE + 1])


def pieces(written: str, wanted: Sequence[str]) -> list[Piece]:
    """Cut a passage where words of it hold what is sought; the pieces together are the passage."""
    singly = tuple(word for part in wanted for word in part.split())
    cut, end = [], 0
    for run in _RUNS.finditer(written):
        folded = fold(run.group())
        if any(word in folded for word in singly):
            cut += [Piece(text=written[end : run.start()], found=False)]
            cut += [Piece(text=run.group(), found=True)]
            end = run.end()
    cut.append(Piece(text=written[end:], found=False))
    return [piece for piece in cut if piece.text]


def keep(placed: Sequence[Placed], **_: Any) -> None:
    """Keep the words of passages that were stored; of noise, nothing."""
    PassageWords.objects.bulk_create(
        (
            PassageWords(
                passage_id=item.fields["id"],
                folded="" if item.fields.get("noise") else fold(item.fields["anchor"]["quote"]),
            )
            for item in placed
        ),
        update_conflicts=True,
        unique_fields=["passage"],
        update_fields=["folded"],
    )
