"""The weights of the edit model: log odds that two symbols stand for one sound.

From data/weights.tsv when it is there (made by studies/names), else from the schemes of
romanisation alone, which is worse but needs no data.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dadkhah.names.symbols import ARABIC, COUNT, GAP, LATIN, SYMBOLS, VOWELS, WITHIN

__all__ = [
    "FLOOR",
    "Joint",
    "Weights",
    "composed",
    "dot_confusion",
    "joint_from_schemes",
    "log_odds",
    "weights",
]

FLOOR: Final = -7.0
_CODE: Final = {symbol: place for place, symbol in enumerate(SYMBOLS)}
_NEVER: Final = 1e-6
# Of a vowel of the schemes, how much stands between consonants, beside a vowel, at the end.
_PLACES: Final = (("", 0.72), (":", 0.13), ("$", 0.15))
_INSERTED: Final = {"a": 0.09, "e": 0.08, "o": 0.045, "i": 0.012, "u": 0.012, "y": 0.004}

Joint = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The edit model as arrays.

    `log_odds` is COUNT + 1 square, symmetric, in nats: symbol against symbol; row GAP holds what
    leaving a symbol out costs against the other script, row WITHIN against its own script.
    `decision` holds the coefficients of the score, by feature name (docs/names.md, the score).
    """

    log_odds: NDArray[np.float32]
    decision: dict[str, float]
    trained: bool


def _lines(file_name: str) -> list[list[str]]:
    """Read a table of data/, without comments."""
    text = resources.files("dadkhah.names").joinpath(f"data/{file_name}").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]


def _forms(latin: str) -> tuple[tuple[str, float], ...]:
    """Share a bare vowel of the schemes out over the places where it can stand."""
    if latin in VOWELS:
        return tuple((latin + place, share) for place, share in _PLACES)
    return (("y", 0.6), ("y^", 0.1), ("y$", 0.3)) if latin == "y" else ((latin, 1.0),)


def joint_from_schemes() -> Joint:
    """Give P(Arabic symbol, Latin symbol) as the schemes of romanisation have it.

    Returns: COUNT x COUNT; rows are Arabic symbols (or GAP), columns Latin ones (or GAP).
    """
    joint = np.zeros((COUNT, COUNT))
    for symbol, per_thousand, options in _lines("schemes.tsv"):
        shares = [option.rsplit(":", 1) for option in options.split()]
        whole = sum(float(share) for _, share in shares)
        for latin, share in shares:
            often = float(per_thousand) / 1000 * float(share) / whole
            for form, part in _forms(latin):
                joint[_CODE[symbol], _CODE[form]] += often * part
    for vowel, often in _INSERTED.items():
        joint[GAP, _CODE[vowel]] = often
    arabic, roman = [_CODE[s] for s in ARABIC], [_CODE[s] for s in LATIN]
    joint[np.ix_([GAP, *arabic], [GAP, *roman])] += _NEVER
    joint[GAP, GAP] = 0.0
    summed: Joint = joint / joint.sum()
    return summed


def composed(joint: Joint) -> tuple[Joint, Joint]:
    """Compose two crossings of the script: P(Latin, Latin) and P(Arabic, Arabic)."""
    arabic = joint.sum(axis=1, keepdims=True)
    latin = joint.sum(axis=0, keepdims=True)
    given_arabic = np.divide(joint, arabic, out=np.zeros_like(joint), where=arabic > 0)
    given_latin = np.divide(joint, latin, out=np.zeros_like(joint), where=latin > 0)
    return given_arabic.T @ (arabic * given_arabic), given_latin @ (latin.T * given_latin.T)


def dot_confusion() -> NDArray[np.float64]:
    """Give P(letter read | letter meant), COUNT x COUNT, the identity but for dots."""
    found = np.eye(COUNT)
    for share, group in _lines("dots.tsv"):
        codes = [_CODE[letter] for letter in group.split()]
        for code in codes:
            others = [other for other in codes if other != code]
            found[code, others] += float(share) / len(others)
            found[code, code] -= float(share)
    return found


def _odds(joint: Joint) -> NDArray[np.float64]:
    """Turn one joint distribution into log odds against two independent symbols."""
    rows, columns = joint.sum(axis=1), joint.sum(axis=0)
    # Chance draws each side from its own symbols; GAP is not one of them.
    rows, columns = rows / (1.0 - rows[GAP]), columns / (1.0 - columns[GAP])
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = np.log(joint / np.outer(rows, columns))
        odds[GAP, :] = np.log(joint[GAP, :] / columns)
        odds[:, GAP] = np.log(joint[:, GAP] / rows)
    return np.where(np.isfinite(odds), np.maximum(odds, FLOOR), FLOOR)


def log_odds(cross: Joint, latin: Joint, arabic: Joint) -> NDArray[np.float32]:
    """Turn joint distributions over symbol pairs into log odds against chance.

    Args:
        cross: P(Arabic symbol, Latin symbol), rows Arabic.
        latin, arabic: the same within one script.

    Returns: the matrix of `Weights`.

    Source: Durbin et al., Biological Sequence Analysis (1998), sections 2.2 and 4.4.
    """
    found = np.full((COUNT + 1, COUNT + 1), FLOOR)
    for table in (cross, latin, arabic):
        odds = _odds(table)
        odds = np.maximum(odds, odds.T)
        found[1:COUNT, 1:COUNT] = np.maximum(found[1:COUNT, 1:COUNT], odds[1:, 1:])
        gap = GAP if table is cross else WITHIN
        found[gap, 1:COUNT] = np.maximum(found[gap, 1:COUNT], odds[GAP, 1:])
    found[1:COUNT, GAP], found[1:COUNT, WITHIN] = found[GAP, 1:COUNT], found[WITHIN, 1:COUNT]
    found[GAP, GAP] = found[WITHIN, WITHIN] = 0.0
    return found.astype(np.float32)


def untrained_log_odds() -> NDArray[np.float32]:
    """Give the log odds that the schemes and the dots alone lead to."""
    cross = dot_confusion().T @ joint_from_schemes()
    latin, arabic = composed(cross)
    return log_odds(cross, latin, arabic)


_UNTRAINED: Final = {
    "constant": -3.0,
    "evidence": 0.5,
    "worst": -0.6,
    "cost": -0.45,
    "left_over": -0.5,
    "turned": -0.5,
}


@cache
def weights() -> Weights:
    """Load the weights once: trained when data/weights.tsv is there, else from the schemes."""
    path = resources.files("dadkhah.names").joinpath("data/weights.tsv")
    if not path.is_file():
        return Weights(log_odds=untrained_log_odds(), decision=dict(_UNTRAINED), trained=False)
    found = np.full((COUNT + 1, COUNT + 1), FLOOR, dtype=np.float32)
    decision: dict[str, float] = {}
    for kind, left, right, value in _lines("weights.tsv"):
        if kind == "decision":
            decision[left] = float(value)
        else:
            row = WITHIN if kind == "gap_within" else _CODE[left]
            found[row, _CODE[right]] = found[_CODE[right], row] = float(value)
    found[GAP, GAP] = found[WITHIN, WITHIN] = 0.0
    return Weights(log_odds=found, decision=decision, trained=True)
