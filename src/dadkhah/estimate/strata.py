"""People cut into strata, those whose stratum is not known placed by multiple imputation.

The steps, for each imputation:

1. people whose place in every cut is told once are counted by pattern of lists and stratum;
2. for each pattern, the shares of the strata are drawn from their posterior (a Dirichlet around the
   counts, with the whole register's shares as one person's worth of prior);
3. everybody else is placed by these shares among the strata that agree with what is told of them.

Source: Rubin (1987), Multiple Imputation; Little and Rubin (2019), chapter 13.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dadkhah.estimate.overlaps import overlaps
from dadkhah.estimate.values import Overlaps

__all__ = ["NOT_KNOWN", "Listed", "join_scripts", "missing_share", "stratify"]

_JOINED_SHARE = 0.8
_JOINED_LEAST = 5

NOT_KNOWN = "not known"
Stratum = tuple[str, ...]
Zeros = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One person: the lists that name them, and the values told of them, one set per cut."""

    lists: frozenset[str]
    told: tuple[frozenset[str], ...] = ()

    @property
    def stratum(self) -> Stratum | None:
        """The stratum, when every cut has exactly one value."""
        if any(len(values) != 1 for values in self.told):
            return None
        return tuple(next(iter(values)) for values in self.told)


def missing_share(people: Sequence[Listed]) -> float:
    """The share of people whose stratum is not told, or told in two ways."""
    return sum(p.stratum is None for p in people) / max(len(people), 1)


def join_scripts(people: Sequence[Listed]) -> tuple[list[Listed], dict[str, str]]:
    """Take two values in different scripts as one where people on several lists bear them out.

    One list writes a party in Persian, another in English. When at least five people are told both
    and at least four in five of those told the one in the other script are told this one, and the
    same the other way, the two are one value.

    Returns:
        The people with the Latin value, and which value was taken for which: to be shown.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    for person in people:
        for told in person.told:
            latin = [v for v in told if v.isascii()]
            other = [v for v in told if not v.isascii()]
            if len(latin) == len(other) == 1:
                pairs[latin[0], other[0]] += 1
                alone.update((latin[0], other[0]))
    joined = {
        other: latin
        for (latin, other), n in pairs.items()
        if n >= _JOINED_LEAST and n >= _JOINED_SHARE * max(alone[latin], alone[other])
    }
    renamed = [
        Listed(
            lists=person.lists,
            told=tuple(frozenset(joined.get(v, v) for v in values) for values in person.told),
        )
        for person in people
    ]
    return renamed, joined


def stratify(
    people: Sequence[Listed],
    lists: Sequence[str],
    *,
    seed: int,
    derived_from: Mapping[str, Collection[str]] | None = None,
    structural_zeros: Mapping[str, Collection[str]] | None = None,
) -> tuple[Overlaps, ...]:
    """Cut people into strata once, imputing what is missing.

    Args:
        people: with one set of told values per cut; no cuts give one stratum.
        lists: names of the lists that may enter.
        seed: of this imputation; another seed gives another.
        derived_from: list -> lists it comes from, as for `overlaps`.
        structural_zeros: list -> values of any cut whose people it could not list (ST-09).

    Returns:
        Overlaps per stratum, the largest first; the same people in every imputation.
    """
    rng = np.random.default_rng(np.random.SeedSequence([seed, 43]))
    placed: dict[Stratum, list[frozenset[str]]] = defaultdict(list)
    zeros = {
        name: frozenset(str(text).casefold().strip() for text in texts)
        for name, texts in (structural_zeros or {}).items()
    }
    for person, stratum in zip(people, _placed(people, zeros, rng), strict=True):
        placed[stratum].append(person.lists)
    ordered = sorted(placed.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        overlaps(
            members,
            lists,
            derived_from=derived_from,
            stratum=" / ".join(stratum),
            structural_zeros=_impossible(zeros, stratum),
        )
        for stratum, members in ordered
    )


def _impossible(zeros: Zeros, stratum: Stratum) -> list[str]:
    """Lists that could not list people of this stratum."""
    values = {value.casefold().strip() for value in stratum}
    return [name for name, texts in zeros.items() if values & texts]


def _placed(people: Sequence[Listed], zeros: Zeros, rng: np.random.Generator) -> list[Stratum]:
    """The stratum of everybody, told or drawn."""
    counts: dict[frozenset[str], Counter[Stratum]] = defaultdict(Counter)
    whole: Counter[Stratum] = Counter()
    for person in people:
        if (stratum := person.stratum) is not None:
            counts[person.lists][stratum] += 1
            whole[stratum] += 1
    strata = sorted(whole)
    barred = {stratum: frozenset(_impossible(zeros, stratum)) for stratum in strata}
    total = sum(whole.values())
    shares: dict[frozenset[str], list[float]] = {}
    found = []
    for person in people:
        stratum = person.stratum
        if stratum is None and person.lists not in shares:
            own = counts[person.lists]
            weights = [own[s] + whole[s] / total for s in strata]
            shares[person.lists] = [float(x) for x in rng.gamma(weights)] if strata else []
        if stratum is None:
            open_to = [not barred[s] & person.lists for s in strata]
            stratum = _drawn(person, strata, shares[person.lists], open_to, rng)
        found.append(stratum)
    return found


def _drawn(
    person: Listed,
    strata: list[Stratum],
    shares: list[float],
    open_to: list[bool],
    rng: np.random.Generator,
) -> Stratum:
    """Draw a stratum that agrees with what is told and that the person's lists could list.

    When none is known, what is told stays as it is, and the rest is not known.
    """
    fitting = [
        at
        for at, stratum in enumerate(strata)
        if all(not told or value in told for told, value in zip(person.told, stratum, strict=True))
    ]
    fitting = [at for at in fitting if open_to[at]] or fitting
    if not fitting:
        return tuple(min(told) if told else NOT_KNOWN for told in person.told)
    weights = np.array([max(shares[at], 1e-300) for at in fitting])
    return strata[fitting[int(rng.choice(len(fitting), p=weights / weights.sum()))]]
