"""How two places stand to each other: one in the other, the same, or perhaps."""

from __future__ import annotations

from typing import Literal

from dadkhah.places.values import Place

__all__ = ["compatible", "contains"]

Answer = Literal["definitely", "possibly", "no"]


def contains(a: Place, b: Place) -> bool:
    """Say whether place b is known to lie in place a, or to be it."""
    return a.gazetteer is not None and (a.gazetteer == b.gazetteer or a.gazetteer in b.within)


def compatible(a: Place, b: Place) -> Answer:
    """Say whether two written places can be one place: for linkage.

    Returns: "definitely" for one gazetteer entry; "possibly" when one lies in the other, when a
        name can mean either, or when nothing known keeps them apart; "no" when the nearest places
        known of both lie outside each other.
    """
    if a.gazetteer is not None and a.gazetteer == b.gazetteer:
        return "definitely"
    homes_a, homes_b = _homes(a), _homes(b)
    if not homes_a or not homes_b:
        return "possibly"
    near = homes_a & homes_b or homes_a & set(b.within) or homes_b & set(a.within)
    return "possibly" if near else "no"


def _homes(place: Place) -> set[str]:
    """Give the nearest places known of a place: what it is or can be, else what it lies in."""
    if place.gazetteer is not None:
        return {place.gazetteer, *place.candidates}
    return set(place.candidates or place.within[:1])
