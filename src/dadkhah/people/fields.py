"""The fields that linkage compares, and their levels of agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["FIELDS", "OTHER", "UNSAID", "Field", "field_of"]

UNSAID: Final = -1
OTHER: Final = "further_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field and its levels, from 0 (apart) upwards.

    `m` are the chances of each level among pairs of one person that training starts from;
    `agrees` is the lowest level that counts as agreement, `conflicts` the highest that counts as
    conflict (-1: none does). A field that is not in the model only vetoes. None of the lowest
    `tied` levels may speak more for one person than they do together.
    """

    levels: tuple[str, ...]
    m: tuple[float, ...]
    agrees: int
    conflicts: int = 0
    of_name: bool = False
    in_model: bool = True
    tied: int = 1


_RARITY: Final = (
    "words that hundreds share", "words that dozens share", "words that several share",
    "words that few share", "rare words", "very rare words",
    "words as good as unique",
)  # fmt: skip
FIELDS: Final[Mapping[str, Field]] = {
    "name": Field(
        levels=("different", "unlike", "doubtful", "alike", "much alike", "the same"),
        m=(0.02, 0.03, 0.05, 0.10, 0.35, 0.45), agrees=3, of_name=True, in_model=False,
    ),
    # what the model weighs of the name: how alike, and how rare the words are that both share
    "rarity": Field(
        levels=(
            "different names", "different names with a word alike",
            "different names but for the given one", "one word, which the other name has",
            "different names, but each word near", "unlike names",
            *(f"alike but for a word, in {words}" for words in _RARITY),
            *(f"alike in {words}" for words in _RARITY),
            *(f"much alike in {words}" for words in _RARITY),
        ),
        m=(
            0.010, 0.010, 0.005, 0.005, 0.01, 0.03, *[0.006] * 7, *[0.01] * 7,
            0.07, 0.10, 0.13, 0.16, 0.16, 0.1, 0.098,
        ),
        agrees=24, conflicts=-1, of_name=True, tied=3,
    ),
    "given": Field(
        levels=("different", "doubtful", "alike", "the same"), m=(0.02, 0.05, 0.2, 0.73),
        agrees=2, of_name=True, in_model=False,
    ),
    "father": Field(
        levels=("different", "doubtful", "alike", "the same"), m=(0.04, 0.06, 0.2, 0.7), agrees=2
    ),
    "birth": Field(
        levels=(
            "years apart", "up to two years apart", "up to a year apart",
            "days of which two of year, month and day are the same",
            "days written one slip apart",
            "overlapping, wide", "overlapping", "the same day",
        ),
        m=(0.03, 0.04, 0.05, 0.03, 0.05, 0.10, 0.40, 0.30), agrees=6,
    ),
    "death": Field(
        levels=("weeks apart", "days apart", "overlapping", "the same day"),
        m=(0.03, 0.07, 0.55, 0.35), agrees=2,
    ),
    "place": Field(
        levels=(
            "different", "one may lie in the other", "the same", "the same, which fewer share",
            "the same, which few share", "the same, which very few share",
        ),
        m=(0.05, 0.10, 0.30, 0.20, 0.25, 0.10), agrees=2,
    ),
    "affiliation": Field(levels=("different", "the same"), m=(0.05, 0.95), agrees=1),
    "sex": Field(levels=("different", "the same"), m=(0.005, 0.995), agrees=2),
}  # fmt: skip

# Any further field of a list: it may change or be told otherwise, so that nothing in it conflicts.
_OTHER_FIELD: Final = Field(
    levels=(
        "different", "nearly the same", "the same, often so", "the same", "the same, rarely so"
    ),
    m=(0.15, 0.15, 0.15, 0.15, 0.40), agrees=3, conflicts=-1,
)  # fmt: skip


def field_of(name: str) -> Field:
    """Give a field by its name; one that begins with "further_" is a further field of the lists."""
    return _OTHER_FIELD if name.startswith(OTHER) else FIELDS[name]
