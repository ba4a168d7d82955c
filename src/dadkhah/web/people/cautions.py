"""What a judgement would contradict, said before it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from dadkhah import people
from dadkhah.web.claims.models import Mention
from dadkhah.web.claims.queries import mentions
from dadkhah.web.custody.access import Reader
from dadkhah.web.people import blind
from dadkhah.web.people.models import Judgement, Membership

__all__ = ["Caution", "cautions", "token"]

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """One thing that stands against a judgement.

    Args:
        code: "judged-otherwise", "would-join-different", "names-nobody-twice" or
            "would-take-apart".
        about: the two accounts. labels: their names, empty where the name is withheld.
    """

    code: str
    about: tuple[str, str]
    labels: tuple[str, str] = ("", "")


def cautions(
    *, reader: Reader, left: str, right: str, decision: str, blind: bool
) -> tuple[Caution, ...]:
    """Find what stands against a decision on two mentions.

    Args:
        reader: who is about to decide; their own earlier word is theirs to replace, and what they
            may not see is warned of without a name.
        blind: whether what another reviewer said of this very pair must not show.
    """
    found: list[Caution] = []
    if not blind:
        found += _judged_otherwise(reader.author, left, right, decision)
    if decision == "same":
        found += _would_join(left, right)
    if decision == "different" and not blind:
        found += _would_take_apart(left, right)
    return _as_seen(reader, found)


def _as_seen(reader: Reader, found: Sequence[Caution]) -> tuple[Caution, ...]:
    """Leave the names that this reader may see."""
    known = mentions(reader, {end for each in found for end in each.about})
    return tuple(
        replace(each, labels=(_label(known, each.about[0]), _label(known, each.about[1])))
        for each in found
    )


def _label(known: Mapping[str, Mention], mention: str) -> str:
    return known[mention].label if mention in known else ""


def token(decision: str, found: Sequence[Caution]) -> str:
    """Give a short text for what was shown, so that saying it again is known to be meant."""
    return f"{decision}:{','.join(sorted(each.code for each in found))}"


def _between(lefts: Sequence[str], rights: Sequence[str]) -> list[people.Effective]:
    rows = Judgement.objects.filter(
        Q(left__in=lefts, right__in=rights) | Q(left__in=rights, right__in=lefts)
    ).filter(run="")
    told = blind.counted(rows).order_by("entry", "position")
    return list(people.effective(row.record() for row in told))


def _judged_otherwise(by: str, left: str, right: str, decision: str) -> list[Caution]:
    rows = Judgement.objects.filter(
        Q(left=left, right=right) | Q(left=right, right=left), run=""
    ).order_by("entry", "position")
    said = people.standing(row.record() for row in rows)
    others = [j for j in said if j.by != by and j.decision not in ("unsure", decision)]
    opposed = others and decision != "unsure"
    return [Caution(code="judged-otherwise", about=(left, right))] if opposed else []


def _would_join(left: str, right: str) -> list[Caution]:
    """Find mentions judged different, or of one list that names nobody twice, on the two sides."""
    lefts, rights = _person_of(left), _person_of(right)
    if set(lefts) & set(rights):
        return []
    found = [
        Caution(code="would-join-different", about=(each.left, each.right))
        for each in _between(lefts, rights)
        if each.decision == "different" and {each.left, each.right} != {left, right}
    ]
    ones, twos = _sole(lefts), _sole(rights)
    found += [
        Caution(code="names-nobody-twice", about=(ones[name], twos[name]))
        for name in ones.keys() & twos.keys()
    ]
    return found[:5]


def _would_take_apart(left: str, right: str) -> list[Caution]:
    """Say when the two are held to be one person through other accounts."""
    members = _person_of(left)
    if right not in members or len(members) < 3:
        return []
    return [Caution(code="would-take-apart", about=(left, right))]


def _person_of(mention: str) -> list[str]:
    person = Membership.objects.filter(mention=mention).values("person")
    found = Membership.objects.filter(person__in=person).values_list("mention_id", flat=True)
    return list(found[:MOST]) or [mention]


def _sole(members: Sequence[str]) -> dict[str, str]:
    rows = Mention.objects.filter(pk__in=members, collection__no_duplicates=True)
    return dict(rows.values_list("collection_id", "pk"))
