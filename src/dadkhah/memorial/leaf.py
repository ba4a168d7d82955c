"""One page before it is rendered, and how a long list is cut into pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

__all__ = ["Draft", "Leaf", "pieces"]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page: where it lies, which template it is made with, and what it shows.

    Args:
        room: the part of the site it belongs to, for the navigation.
        other: address of the same page in the other language.
    """

    address: str
    other: str
    language: str
    template: str
    room: str
    title: str
    shows: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One page of a list before its leaf is made.

    Args:
        made_from: equal where the page is. people: ids of those of whom it tells more than their
            slips hold.
    """

    address: str
    made_from: Any
    make: Callable[[], Leaf]
    people: frozenset[str] = frozenset()


def pieces(items: Sequence[Item], size: int) -> Iterator[tuple[int, Sequence[Item]]]:
    """Cut a list into numbered pieces, from 1; an empty list is one empty piece."""
    for number, start in enumerate(range(0, max(len(items), 1), size), start=1):
        yield number, items[start : start + size]
