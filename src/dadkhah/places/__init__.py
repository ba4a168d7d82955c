"""A place at the level really known; names come from a gazetteer that is data."""

from dadkhah.places.display import display
from dadkhah.places.finding import find
from dadkhah.places.gazetteer import LEVELS, Entry, Gazetteer
from dadkhah.places.relation import compatible, contains
from dadkhah.places.values import FoundPlace, Place
from dadkhah.places.written import read

__all__ = [
    "LEVELS",
    "Entry",
    "FoundPlace",
    "Gazetteer",
    "Place",
    "compatible",
    "contains",
    "display",
    "find",
    "read",
]
