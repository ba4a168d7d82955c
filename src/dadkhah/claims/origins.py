"""Common origin: which sources stand on their own, and which only repeat another (CR-12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dadkhah.records import Claim, Collection, Mention, Source

__all__ = ["Origins", "independent", "origins"]

Origins = Mapping[str, frozenset[str]]
"""For each claim id, everything that its words go back to: sources, collections, speakers."""


def origins(
    claims: Iterable[Claim],
    mentions: Sequence[Mention],
    sources: Sequence[Source],
    collections: Sequence[Collection] = (),
) -> Origins:
    """Trace every claim to what it goes back to.

    A copy, a translation or a compilation goes back to its parents, what a collection holds to its
    compiler's work, and words that a source reports to the one whose words they are.
    """
    parents = {source.id: source.derived_from for source in sources}
    parents |= {item.id: item.derived_from for item in collections}
    of_source = {source.id: source.collection for source in sources}
    known = {mention.id: mention for mention in mentions}
    return {
        claim.id: _traced(claim, known.get(claim.mention), parents, of_source) for claim in claims
    }


def _traced(
    claim: Claim,
    mention: Mention | None,
    parents: Mapping[str, tuple[str, ...]],
    of_source: Mapping[str, str],
) -> frozenset[str]:
    starts = (
        [mention.source, mention.collection, of_source.get(mention.source, "")] if mention else []
    )
    if claim.stance == "reports" and claim.speaker:
        starts.append(f"speaker:{' '.join(claim.speaker.casefold().split())}")
    seen: set[str] = set()
    waiting = [start for start in starts if start] or [f"claim:{claim.id}"]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += parents.get(here, ())
    return frozenset(seen)


def independent(claim_ids: Iterable[str], traced: Origins) -> int:
    """Count the groups of claims that share no origin with another group."""
    groups: list[set[str]] = []
    for claim_id in claim_ids:
        mine = set(traced[claim_id])
        joined = [group for group in groups if group & mine]
        groups = [group for group in groups if not group & mine]
        groups.append(mine.union(*joined))
    return len(groups)
