"""How two readings of one predicate stand to each other: the same, finer, or apart."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any, Final, Literal

from dadkhah import dates, names, places, predicates, text
from dadkhah.dates import DateSpan
from dadkhah.places import Place
from dadkhah.predicates import Predicate

__all__ = ["ONE_NAME", "Relation", "any_apart", "compare"]

Relation = Literal["same", "finer", "coarser", "possible", "apart"]
ONE_NAME: Final = 0.4
"""From this score on two names are shown as forms of one; it merges nobody (CR-18)."""


def compare(predicate: Predicate, left: Any, right: Any) -> Relation:
    """Say how a left reading stands to a right one.

    Returns: "same"; "finer" or "coarser" when one lies within the other; "possible" when both may
        be true at once; "apart" when they cannot.
    """
    if left == right:
        return "same"
    if predicate.value == "number":
        return _intervals(left, right)
    if predicate.value == "date":
        return _spans(DateSpan.from_edtf(left), DateSpan.from_edtf(right))
    if predicate.value == "place":
        return _places(left, right)
    if predicate.value == "term":
        return _terms(str(left), str(right))
    if predicate.value == "name":
        return "possible" if _one_name(left, right) else "apart"
    return "same" if _folded(left) == _folded(right) else "apart"


def any_apart(name: str, values: Iterable[Any]) -> bool:
    """Say whether two of the readings of a predicate cannot both be true.

    Two spellings of one name, or a year and a day in it, do not disagree.
    """
    different: list[Any] = []
    for value in values:
        if value not in different:
            different.append(value)
    if len(different) < 2:
        return False
    predicate = predicates.get(name)
    return any(compare(predicate, *pair) == "apart" for pair in combinations(different, 2))


def _one_name(left: str, right: str) -> bool:
    if names.is_unidentified(left) or names.is_unidentified(right):
        return True  # a word for unknown contradicts nobody
    found = names.compare(left, right)
    codes = {finding.code for finding in found.findings}
    if found.spelt_alike or "letters-swapped" in codes:
        return True
    # one script spells a name in few ways; between two scripts a rare spelling looks doubtful, too
    doubtful = "doubtful" in codes and text.script(left) == text.script(right)
    return found.score >= ONE_NAME and not found.against and not doubtful


def _folded(value: Any) -> str:
    return text.fold_letters(str(value)).casefold()


def _intervals(left: dict[str, Any], right: dict[str, Any]) -> Relation:
    """Compare whole numbers from low to high, an open end reaching past every other."""
    low, high = left["low"], _end(left)
    other_low, other_high = right["low"], _end(right)
    if (low, high) == (other_low, other_high):
        return "same"
    if low >= other_low and high <= other_high:
        return "finer"
    if other_low >= low and other_high <= high:
        return "coarser"
    return "possible" if low <= other_high and other_low <= high else "apart"


def _end(value: dict[str, Any]) -> float:
    return float("inf") if value["high"] is None else value["high"]


def _spans(left: DateSpan, right: DateSpan) -> Relation:
    if left in right:
        return "finer"
    if right in left:
        return "coarser"
    return "apart" if dates.relation(left, right).overlaps == "no" else "possible"


def _places(left: dict[str, str], right: dict[str, str]) -> Relation:
    one, other = _place(left), _place(right)
    if places.contains(other, one):
        return "finer" if one.gazetteer != other.gazetteer else "same"
    if places.contains(one, other):
        return "coarser"
    return "apart" if places.compatible(one, other) == "no" else "possible"


def _place(value: dict[str, str]) -> Place:
    return places.read(value["name"])


def _terms(left: str, right: str) -> Relation:
    """A longer code of the same list is a narrower term of the shorter one."""
    if left.startswith(right):
        return "finer"
    return "coarser" if right.startswith(left) else "apart"
