"""Read claims, and the accounts that sources give of events, acts, orders and figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from dadkhah import predicates
from dadkhah.claims.readings import any_apart
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.claims.said import Said, newest_last, said, seen
from dadkhah.web.custody import access
from dadkhah.web.custody.access import Reader
from dadkhah.web.sources import queries as sources
from dadkhah.web.sources.models import Source

__all__ = [
    "PAGE",
    "Account",
    "accounts",
    "claim",
    "conflicts",
    "disagree",
    "grouped",
    "mentions",
    "page",
    "siblings",
]

PAGE = 50
MOST_ACCOUNTS = 800
MOST_MARKED = 200
# What one person may well have several of.
MANY = ("person.name", "person.other_name", "person.reference", "person.holds_post")
CONTRADICTS = "contradicts:"
# What a reading can find to contradict itself, by its periods and durations.
TIMED = ("act", "event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one source says of one thing: its claims by predicate."""

    mention: str
    kind: str
    label: str
    source: str
    source_title: str
    source_language: str
    speaker: str
    claims: tuple[Said, ...]

    @property
    def by_predicate(self) -> Mapping[str, list[Said]]:
        """The claims under their predicates."""
        return grouped(self.claims)

    def first(self, predicate: str) -> Said | None:
        """Give the first claim with this predicate."""
        return next((claim for claim in self.claims if claim.predicate == predicate), None)


def grouped(claims: Iterable[Said]) -> dict[str, list[Said]]:
    """Put claims under their predicates, in the order in which they came."""
    found: dict[str, list[Said]] = {}
    for claim in claims:
        found.setdefault(claim.predicate, []).append(claim)
    return found


def disagree(claims: list[Said]) -> bool:
    """Say whether claims of one predicate give readings that cannot all be true."""
    if not claims or claims[0].predicate in MANY:
        return False
    read = [claim.value for claim in claims if claim.value is not None]
    return any_apart(claims[0].predicate, read)


def page(reader: Reader, wanted: Mapping[str, str], after: tuple[int, int] | None) -> list[Said]:
    """Give up to PAGE + 1 claims after a place in the log, filtered.

    Args:
        wanted: exact values of predicate, status, stance; kind of mention; flagged; q for words
            as written.
    """
    rows = Claim.objects.all()
    if not sources.reads_all(reader):
        rows = rows.filter(access.claims(reader))
    exact = {name: wanted[name] for name in ("predicate", "status", "stance") if wanted.get(name)}
    rows = rows.filter(**exact)
    if wanted.get("kind"):
        rows = rows.filter(predicate__in=_of_kind(wanted["kind"]))
    if wanted.get("flagged"):
        rows = rows.exclude(flags=[])
    if wanted.get("q"):
        rows = rows.filter(written__icontains=wanted["q"])
    if after:
        rows = rows.filter(Q(entry__gt=after[0]) | Q(entry=after[0], position__gt=after[1]))
    chosen = list(rows.order_by("entry", "position").values_list("pk", flat=True)[: PAGE + 1])
    return newest_last(said(reader, seen(reader).filter(pk__in=chosen)))


def claim(reader: Reader, claim_id: str) -> Said | None:
    """Give one claim, or nothing when this reader may not see it."""
    return next(iter(said(reader, seen(reader).filter(pk=claim_id))), None)


def siblings(reader: Reader, found: Said) -> list[Said]:
    """Give the other claims about the same mention."""
    rows = seen(reader).filter(mention=found.mention).exclude(pk=found.id)
    return newest_last(said(reader, rows[:MOST_ACCOUNTS]))


def mentions(reader: Reader, ids: Iterable[str]) -> dict[str, Mention]:
    """Give some mentions, with their sources, as far as this reader may see them.

    The store is asked by mention alone: joined with the source, it would go through all that the
    source mentions.
    """
    found = Mention.objects.prefetch_related("source").in_bulk(list(ids))
    rule = access.sources(reader)
    of = Source.objects.filter(rule, pk__in={mention.source_id for mention in found.values()})
    allowed = set(of.values_list("pk", flat=True))
    return {pk: mention for pk, mention in found.items() if mention.source_id in allowed}


def conflicts(reader: Reader, count: int) -> list[Said]:
    """Give claims that a reviewer or a reading found in conflict, newest first."""
    rows = seen(reader).filter(status="conflict")[:MOST_MARKED]
    found = {claim.id: claim for claim in said(reader, rows)}
    for account in accounts(reader, *TIMED):
        found |= {claim.id: claim for claim in account.claims if _contradicts(claim)}
    return newest_last(found.values())[::-1][:count]


def accounts(reader: Reader, *kinds: str) -> list[Account]:
    """Give the accounts of some kinds of thing, one for each mention this reader may see.

    A withdrawn claim keeps its page and leaves every list and count.
    """
    things = Mention.objects.filter(type__in=kinds)
    ids = list(things.values_list("pk", flat=True)[:MOST_ACCOUNTS])
    rows = seen(reader).filter(mention__in=ids).exclude(status="withdrawn")
    found: dict[str, list[Said]] = {}
    for item in newest_last(said(reader, rows)):
        found.setdefault(item.mention, []).append(item)
    return [_account(claims) for claims in found.values()]


def _contradicts(claim: Said) -> bool:
    return any(flag.startswith(CONTRADICTS) for flag in claim.flags)


def _of_kind(kind: str) -> list[str]:
    return [predicate.name for predicate in predicates.all() if predicate.kind == kind]


def _account(claims: list[Said]) -> Account:
    first = claims[0]
    speaker = next((claim.speaker for claim in claims if claim.speaker), "")
    return Account(
        mention=first.mention,
        kind=first.kind,
        label=next((claim.label for claim in claims if claim.label), ""),
        source=first.source,
        source_title=first.source_title,
        source_language=first.source_language,
        speaker=speaker,
        claims=tuple(claims),
    )
