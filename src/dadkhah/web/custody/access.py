"""The one access layer: every read by a route, an export, a search or a job passes here.

A signed-in account reads the case, but confidential sources only as a keeper. Everybody else
reads what a disclosure in force lets out, and nothing else: a whitelist.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest

from dadkhah import predicates
from dadkhah.errors import AccessError
from dadkhah.web.custody.models import Disclosure

__all__ = [
    "KEEPER",
    "PUBLIC",
    "Reader",
    "captures",
    "claims",
    "contributions",
    "reader_of",
    "require_editor",
    "sources",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: an account, by number, and how far it may see; nobody is the public."""

    author: str = ""
    role: str = ""

    @property
    def signed_in(self) -> bool:
        """Whether this reader works on the case."""
        return bool(self.author)

    @property
    def edits(self) -> bool:
        """Whether this reader may add and judge."""
        return self.role in {"editor", "keeper"}


PUBLIC = Reader()
KEEPER = Reader(author="command-line", role="keeper")


def reader_of(request: HttpRequest) -> Reader:
    """Give the reader behind a request."""
    account = request.user
    if not account.is_authenticated:
        return PUBLIC
    return Reader(author=account.author, role=account.role)


def require_editor(reader: Reader) -> None:
    """Refuse whoever may not change the case.

    Raises:
        AccessError: the reader is not an editor.
    """
    if not reader.edits:
        raise AccessError(
            "not-an-editor", "Only an editor can do this.", todo="Sign in as an editor."
        )


def sources(reader: Reader, prefix: str = "") -> Q:
    """Give the filter that leaves the sources this reader may see.

    Args:
        prefix: the path from the filtered rows to their source, such as "source__".
    """
    if reader.role == "keeper":
        return Q()
    if reader.signed_in:
        return ~Q(**{f"{prefix}confidentiality": "confidential"})
    allowed = Q(pk__in=[])
    for disclosure in in_force():
        allowed |= Q(**{f"{prefix}pk__in": disclosure.sources})
        allowed |= Q(**{f"{prefix}collection__in": disclosure.collections})
    return allowed


def texts(reader: Reader, prefix: str = "") -> Q:
    """Give the filter that leaves the sources whose whole text this reader may see."""
    if reader.signed_in:
        return sources(reader, prefix)
    allowed = Q(pk__in=[])
    for disclosure in in_force():
        if disclosure.text_of_sources:
            allowed |= Q(**{f"{prefix}pk__in": disclosure.sources})
            allowed |= Q(**{f"{prefix}collection__in": disclosure.collections})
    return allowed


def captures(reader: Reader, prefix: str = "") -> Q:
    """Give the filter that leaves the captures whose very bytes this reader may be handed.

    What somebody sent through the form is opened only as what was derived from it: a file from a
    stranger may be a weapon, and a letter may hold what its writer did not want shown.
    """
    sent = Q(**{f"{prefix}source__type": "contribution", f"{prefix}parent": None})
    return texts(reader, f"{prefix}source__") & ~sent


def contributions(reader: Reader) -> Q:
    """Give the filter that leaves the contributions this reader may see whole.

    Editors and keepers decide about them; one that threatens somebody is open to keepers only. The
    words of a published one are a claim, and everybody reads them as such.
    """
    if reader.role == "keeper":
        return Q()
    return ~Q(state="hidden") if reader.edits else Q(pk__in=[])


def claims(reader: Reader, prefix: str = "") -> Q:
    """Give the filter that leaves the claims this reader may see; withdrawn ones never count.

    Args:
        prefix: the path from the filtered rows to their claim, such as "claim__".
    """
    if reader.signed_in:
        return sources(reader, f"{prefix}mention__source__")
    allowed = Q(pk__in=[])
    for disclosure in in_force():
        allowed |= Q(**{f"{prefix}pk__in": disclosure.claims})
        general = [name for name in disclosure.predicates if not predicates.get(name).sensitive]
        place = Q(**{f"{prefix}mention__source__in": disclosure.sources})
        place |= Q(**{f"{prefix}mention__collection__in": disclosure.collections})
        allowed |= Q(**{f"{prefix}predicate__in": general}) & place
    return allowed & ~Q(**{f"{prefix}status": "withdrawn"})


def in_force() -> list[Disclosure]:
    """Give the disclosures that hold today."""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    rows = Disclosure.objects.filter(withdrawn=False)
    return list(rows.filter(Q(until="") | Q(until__gte=today)))
