"""What may leave the house: nothing, until two people decide.

A whitelist and never a blacklist: a claim leaves when a disclosure in force names it, or names its
source (or collection) together with its predicate. A sensitive predicate leaves only claim by
claim. A withdrawn claim never leaves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dadkhah import predicates
from dadkhah.errors import AccessError
from dadkhah.records import Claim, Disclosure, Erasure, Mention

__all__ = ["Whitelist", "check", "check_erasure", "whitelist"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whitelist:
    """The disclosures in force, ready to answer for one claim at a time."""

    claims: frozenset[str]
    rules: tuple[tuple[frozenset[str], frozenset[str], frozenset[str]], ...]
    texts: tuple[tuple[frozenset[str], frozenset[str]], ...]

    def lets_out(self, claim: Claim, mention: Mention) -> bool:
        """Say whether this claim about this mention may be public."""
        if claim.status == "withdrawn":
            return False
        if claim.id in self.claims:
            return True
        return any(
            claim.predicate in names
            and (mention.source in sources or mention.collection in collections)
            for sources, collections, names in self.rules
        )

    def lets_out_text(self, source: str, collection: str) -> bool:
        """Say whether the whole text of a source may be public."""
        return any(source in sources or collection in lists for sources, lists in self.texts)


def whitelist(disclosures: Iterable[Disclosure], *, on: str) -> Whitelist:
    """Gather the disclosures that hold on a day.

    Args:
        on: the day, YYYY-MM-DD; a disclosure holds through its `until`.
    """
    held = [d for d in disclosures if not d.withdrawn and (not d.until or d.until >= on)]
    return Whitelist(
        claims=frozenset(claim for d in held for claim in d.claims),
        rules=tuple(
            (
                frozenset(d.sources),
                frozenset(d.collections) - {""},
                frozenset(p for p in d.predicates if not predicates.get(p).sensitive),
            )
            for d in held
        ),
        texts=tuple(
            (frozenset(d.sources), frozenset(d.collections) - {""})
            for d in held
            if d.text_of_sources
        ),
    )


def check(disclosure: Disclosure) -> None:
    """Refuse a disclosure that one person made alone, or without a ground (CR-17, CR-28).

    Raises:
        AccessError: disclosure-alone, disclosure-ground.
    """
    if not disclosure.reviewed_by or disclosure.by == disclosure.reviewed_by:
        raise AccessError(
            "disclosure-alone",
            "A disclosure needs a second person who is not its author.",
            todo="Let another editor review it.",
        )
    if not disclosure.ground.strip():
        raise AccessError("disclosure-ground", "A disclosure states its ground.")


def check_erasure(erasure: Erasure) -> None:
    """Refuse an erasure that one person decided alone, or without reason and authority (EV-20).

    Raises:
        AccessError: erasure-alone, erasure-reason.
    """
    if not erasure.reviewed_by or erasure.by == erasure.reviewed_by:
        raise AccessError(
            "erasure-alone",
            "An erasure needs a second person who is not its author.",
            todo="Let another keeper review it.",
        )
    if not erasure.reason.strip() or not erasure.authority.strip():
        raise AccessError(
            "erasure-reason",
            "An erasure states its reason, and by what authority it is done.",
            todo="Give both, and name nobody in them: they stay in the log for ever.",
        )
