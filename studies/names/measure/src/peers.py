"""Score pairs with other matchers; runs in build/peers. One line each.

A line holds the name, pairs a second from text, pairs a second from texts that were brought to
Latin letters before ("not measured" where that is no step of its own), and the scores.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path


def matchers() -> dict[str, Callable[[str, str], float]]:
    """Gather the matchers that can be imported, all given Latin letters by anyascii."""
    from anyascii import anyascii

    found: dict[str, Callable[[str, str], float]] = {}
    with suppress(ImportError):
        from rapidfuzz import fuzz
        from rapidfuzz.distance import JaroWinkler

        found["rapidfuzz WRatio on anyascii"] = lambda a, b: fuzz.WRatio(anyascii(a), anyascii(b))
        found["rapidfuzz Jaro-Winkler on anyascii"] = lambda a, b: JaroWinkler.similarity(
            anyascii(a).lower(), anyascii(b).lower()
        )
    with suppress(ImportError):
        import jellyfish

        found["jellyfish Jaro-Winkler on anyascii"] = lambda a, b: (
            jellyfish.jaro_winkler_similarity(anyascii(a).lower(), anyascii(b).lower())
        )
    with suppress(ImportError):
        from rigour.text.distance import levenshtein_similarity

        found["rigour Levenshtein on anyascii"] = lambda a, b: levenshtein_similarity(
            anyascii(a).lower(), anyascii(b).lower()
        )
    with suppress(ImportError):
        logic = _logic()
        found["nomenklatura logic-v2"] = logic
        found["nomenklatura logic-v2 on anyascii"] = lambda a, b: logic(anyascii(a), anyascii(b))
    return found


def prepared() -> dict[str, Callable[[list[str], list[str]], object]]:
    """Gather the fastest way of each to score two lists of texts pair by pair, on one thread."""
    found: dict[str, Callable[[list[str], list[str]], object]] = {}
    with suppress(ImportError):
        from rapidfuzz import fuzz
        from rapidfuzz.distance import JaroWinkler
        from rapidfuzz.process import cpdist

        found["rapidfuzz WRatio on anyascii"] = lambda a, b: cpdist(a, b, scorer=fuzz.WRatio)
        found["rapidfuzz Jaro-Winkler on anyascii"] = lambda a, b: cpdist(
            a, b, scorer=JaroWinkler.similarity
        )
    with suppress(ImportError):
        import jellyfish

        found["jellyfish Jaro-Winkler on anyascii"] = lambda a, b: list(
            map(jellyfish.jaro_winkler_similarity, a, b)
        )
    with suppress(ImportError):
        from rigour.text.distance import levenshtein_similarity

        found["rigour Levenshtein on anyascii"] = lambda a, b: list(
            map(levenshtein_similarity, a, b)
        )
    return found


def prepared_rate(name: str, pairs: list[tuple[str, str]]) -> str:
    """Give pairs a second from prepared texts, in millions."""
    score = prepared().get(name)
    if score is None:
        return "not measured"
    from anyascii import anyascii

    left, right = ([anyascii(pair[at]).lower() for pair in pairs] * 20 for at in (0, 1))
    begun = time.process_time()
    score(left, right)
    return f"{len(left) / (time.process_time() - begun):,.0f}"


def _logic() -> Callable[[str, str], float]:
    """Give nomenklatura's matcher on two persons with one name each."""
    from followthemoney import model
    from nomenklatura.matching.logic_v2.model import LogicV2
    from nomenklatura.matching.types import ScoringConfig

    try:
        config = LogicV2.default_config()
    except AttributeError:
        config = ScoringConfig.defaults()

    def entity(name: str, number: str):
        from followthemoney.proxy import EntityProxy

        return EntityProxy.from_dict(
            {"id": number, "schema": "Person", "properties": {"name": [name]}}
        )

    _ = model
    number = count()  # it remembers an entity's names by its id, so every entity has its own

    def score(a: str, b: str) -> float:
        left, right = entity(a, f"a{next(number)}"), entity(b, f"b{next(number)}")
        return float(LogicV2.compare(left, right, config).score)

    return score


def main() -> None:
    """Print a line for each matcher."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        pairs = [(row[0], row[1]) for row in csv.reader(file, delimiter="\t")]
    for name, score in matchers().items():
        begun = time.process_time()
        scores = [float(score(a, b)) for a, b in pairs]
        rate = len(pairs) / (time.process_time() - begun)
        ready = prepared_rate(name, pairs)
        print("\t".join([name, f"{rate:.1f}", ready, *(f"{value:.5f}" for value in scores)]))


if __name__ == "__main__":
    main()
