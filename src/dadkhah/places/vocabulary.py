"""The words that say what kind of place a name is, from the data file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from dadkhah import bundled
from dadkhah.places.tokens import Word, words

__all__ = ["kind_at", "word_set"]


@cache
def _data() -> Any:
    return bundled.read("dadkhah.places", "data/words.yaml")


@cache
def _kinds() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Index the words of places by their first word, longest first; the value is their kind."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    groups = {**_data()["levels"], "whole": _data()["whole_country"]}
    for kind, forms in groups.items():
        for form in forms:
            folds = tuple(word.fold for word in words(form))
            index.setdefault(folds[0], []).append((folds, kind))
    for held in index.values():
        held.sort(key=lambda item: -len(item[0]))
    return index


@cache
def word_set(name: str) -> frozenset[str]:
    """Give the folded words of one list of the data file."""
    return frozenset(word.fold for form in _data()[name] for word in words(form))


def kind_at(cut: Sequence[Word], at: int) -> tuple[int, str] | None:
    """Give the word after the kind of place that stands at a word, and the kind."""
    for folds, kind in _kinds().get(cut[at].fold, ()):
        end = at + len(folds)
        if tuple(word.fold for word in cut[at:end]) == folds:
            return end, kind
    return None
