"""What a contribution is about: the whole, or a person, group, place or source by its id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from dadkhah import places, text
from dadkhah.web.claims.models import Claim
from dadkhah.web.custody import access
from dadkhah.web.custody.access import Reader
from dadkhah.web.people.models import IndexedPerson, Membership
from dadkhah.web.sources.models import Source

__all__ = ["KINDS", "WHOLE", "Subject", "read", "subject"]

KINDS: Final = ("person", "group", "place", "source")
WHOLE: Final = "whole"
LONGEST: Final = 160
NAMES: Final = ("person.name", "person.other_name", "group.name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What something is about, as one reader may know it.

    Args:
        about: "whole", or kind and id.
        label: what it is called; empty when this reader may not know.
        address: its page in the reading room; empty when there is none for this reader.
    """

    about: str
    kind: str
    label: str = ""
    address: str = ""


def read(written: str) -> str:
    """Read what a form or an address says it is about; what cannot be read is the whole."""
    kind, _, identity = text.clean(written[: 2 * LONGEST]).partition(":")
    if kind not in KINDS or not identity or len(identity) > LONGEST:
        return WHOLE
    return f"{kind}:{identity}"


def subject(reader: Reader, about: str, language: str) -> Subject:
    """Say what a contribution is about, by what this reader may know."""
    kind, _, identity = about.partition(":")
    label = _LABELS[kind](reader, identity, language) if kind in _LABELS else ""
    address = ""
    if label and kind == "person":
        address = reverse("people:person", args=[identity])
    if label and kind == "source":
        address = reverse("desk", args=[identity])
    return Subject(about=about, kind=kind, label=label, address=address)


def _person(reader: Reader, identity: str, language: str) -> str:
    members = list(Membership.objects.filter(person=identity).values_list("mention_id", flat=True))
    rows = Claim.objects.filter(access.claims(reader), mention__in=members)
    # all claims of the mentions, then the names: SQLite would walk every name of the case instead
    found = rows.values_list("predicate", "written", "entry", "position")
    ordered = sorted(found, key=lambda row: (row[2], row[3]))
    forms = [written for predicate, written, _, _ in ordered if predicate in NAMES]
    script = "Arabic" if language == "fa" else "Latin"
    label = IndexedPerson.objects.filter(pk=identity).values_list("label", flat=True).first()
    own = [form for form in forms if text.script(form) == script]
    return next(iter([*own[:1], *[f for f in forms if f == label], *forms]), "")


def _group(reader: Reader, identity: str, _: str) -> str:
    rows = Claim.objects.filter(access.claims(reader), mention=identity)
    named = rows.filter(predicate="group.name").values_list("written", flat=True)
    return str(named.first() or "")


def _source(reader: Reader, identity: str, _: str) -> str:
    rows = Source.objects.filter(access.sources(reader), pk=identity)
    return str(rows.values_list("title", flat=True).first() or "")


def _place(_: Reader, identity: str, language: str) -> str:
    """Give the name of a place: by the gazetteer, else what its id says, if that can be a name."""
    entry = places.Gazetteer.packaged().places.get(identity)
    if entry is not None:
        names = (entry.name_fa, entry.name_en) if language == "fa" else (entry.name_en, "")
        return next(filter(None, names), entry.name_en)
    name = identity.partition("|")[0]
    return name if _PLACE_NAME.fullmatch(name) else ""


# the id comes with an address that anybody can write: no sentence and no number may stand in it
_PLACE_NAME: Final = re.compile(r"[^\W\d_]+(?:[ \u200c-][^\W\d_]+){0,4}")
_LABELS: Final = {"person": _person, "group": _group, "place": _place, "source": _source}
