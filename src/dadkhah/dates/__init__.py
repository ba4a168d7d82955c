"""Dates as written, their calendar, and what they can mean: an interval, never a guess."""

from dadkhah.dates.ages import birth_span
from dadkhah.dates.calendars import (
    CALENDARS,
    from_lunar_hijri,
    from_solar_hijri,
    to_lunar_hijri,
    to_solar_hijri,
)
from dadkhah.dates.display import display
from dadkhah.dates.reading import ROLES, FoundDate, Inference, WrittenDate
from dadkhah.dates.relation import Relation, relation
from dadkhah.dates.span import DateSpan
from dadkhah.dates.suspicion import Suspicion, suspicious
from dadkhah.dates.written import find, read

__all__ = [
    "CALENDARS",
    "ROLES",
    "DateSpan",
    "FoundDate",
    "Inference",
    "Relation",
    "Suspicion",
    "WrittenDate",
    "birth_span",
    "display",
    "find",
    "from_lunar_hijri",
    "from_solar_hijri",
    "read",
    "relation",
    "suspicious",
    "to_lunar_hijri",
    "to_solar_hijri",
]
