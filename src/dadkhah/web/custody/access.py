"""The one access layer: every read by a route, an export, a search or a job passes here.

A signed-in account reads the case, but confidential sources only as a keeper. Everybody else
reads what a disclosure in force lets out, and nothing else: a whitelist.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
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
    return _of_sources(in_force(), prefix)


def texts(reader: Reader, prefix: str = "") -> Q:
    """Give the filter that leaves the sources whose whole text this reader may see."""
    if reader.signed_in:
        return sources(reader, prefix)
    return _of_sources((d for d in in_force() if d.text_of_sources), prefix)


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
    held = in_force()
    allowed = Q(**{f"{prefix}pk__in": {claim for d in held for claim in d.claims}})
    # those that let out the same predicates together: a question with a part for each of a thousand
    # disclosures is one that a store refuses
    alike: dict[tuple[str, ...], list[Disclosure]] = {}
    for disclosure in held:
        general = {name for name in disclosure.predicates if not predicates.get(name).sensitive}
        alike.setdefault(tuple(sorted(general)), []).append(disclosure)
    for names, these in alike.items():
        if names:
            place = _of_places(these, f"{prefix}mention__source", f"{prefix}mention__collection")
            allowed |= Q(**{f"{prefix}predicate__in": names}) & place
    return allowed & ~Q(**{f"{prefix}status": "withdrawn"})


def _of_sources(disclosures: Iterable[Disclosure], prefix: str) -> Q:
    return _of_places(disclosures, f"{prefix}pk", f"{prefix}collection")


def _of_places(disclosures: Iterable[Disclosure], source: str, collection: str) -> Q:
    """Give the filter for what lies in the sources or collections of some disclosures."""
    held = list(disclosures)
    sources = {one for d in held for one in d.sources}
    collections = {one for d in held for one in d.collections}
    return Q(**{f"{source}__in": sources}) | Q(**{f"{collection}__in": collections})


def in_force() -> list[Disclosure]:
    """Give the disclosures that hold today."""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    rows = Disclosure.objects.filter(withdrawn=False)
    return list(rows.filter(Q(until="") | Q(until__gte=today)))
