"""Any further field that a list has: an address, a number, a trade; compared as plain text.

A column `further_NAME` of the table is such a field. Texts are folded to letters and digits; what
is written in two scripts is not compared, since a translation is not a spelling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from dadkhah import text
from dadkhah.people.fields import OTHER, UNSAID

__all__ = ["Other", "compare_other", "encode_others", "other_columns"]

Rows = NDArray[np.int64]
Levels = NDArray[np.int8]
_COMMON: Final = 0.01
_LESS_COMMON: Final = 0.001
_CLOSE: Final = 0.88


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """One further field: each mention's text by number, and of each text its script and rarity.

    `tier` is 2 for a text that more than one mention in a hundred bears, 3 for one in a thousand,
    4 for rarer ones: the level of agreement on it.
    """

    row: NDArray[np.int64]
    texts: NDArray[np.object_]
    script: NDArray[np.int64]
    tier: Levels


def other_columns(table: pl.DataFrame) -> list[str]:
    """Give the further fields of a table, in order."""
    return [name for name in table.columns if name.startswith(OTHER)]


def encode_others(table: pl.DataFrame) -> dict[str, Other]:
    """Encode each further field once."""
    return {name: _encode(table[name]) for name in other_columns(table)}


def _encode(column: pl.Series) -> Other:
    folded = _fold(column)
    codes = folded.cast(pl.Categorical).to_physical().cast(pl.Int64)
    distinct = pl.DataFrame({"code": codes, "text": folded}).drop_nulls().unique("code")
    last: Any = distinct["code"].max() or 0
    texts: NDArray[Any] = np.full(int(last) + 1, "", dtype=object)
    texts[distinct["code"].to_numpy()] = distinct["text"].to_numpy()
    counts = np.bincount(codes.drop_nulls().to_numpy(), minlength=len(texts))
    share = counts / max(int(counts.sum()), 1)
    tier = np.where(share > _COMMON, 2, np.where(share > _LESS_COMMON, 3, 4)).astype(np.int8)
    # a text that only one mention bears is rare however few mentions there are
    tier[counts <= 2] = 4
    scripts = {"": UNSAID}
    script = [scripts.setdefault(text.script(each), len(scripts)) for each in texts]
    return Other(
        row=codes.fill_null(UNSAID).to_numpy(),
        texts=texts,
        script=np.array(script, dtype=np.int64),
        tier=tier,
    )


def _fold(column: pl.Series) -> pl.Series:
    """Leave letters and digits, in lower case; an empty text says nothing."""
    plain = column.cast(pl.String).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}@.]+", " ")
    plain = plain.str.strip_chars()
    return plain.set(plain == "", None).alias("folded")


def compare_other(other: Other, left: Rows, right: Rows) -> Levels:
    """Compare one further field: different, nearly the same, or the same and how rare it is."""
    a, b = other.row[left], other.row[right]
    said = (a >= 0) & (b >= 0)
    said[said] = other.script[a[said]] == other.script[b[said]]
    levels = np.full(len(left), UNSAID, dtype=np.int8)
    levels[said] = np.where(a[said] == b[said], other.tier[a[said]], 0)
    unlike = np.flatnonzero(said & (a != b))
    levels[unlike] = _near(other, a[unlike], b[unlike])
    return levels


def _near(other: Other, a: Rows, b: Rows) -> Levels:
    """Mark texts one slip apart, or alike from their beginning; each distinct pair once."""
    width = len(other.texts)
    code, inverse = np.unique(np.minimum(a, b) * width + np.maximum(a, b), return_inverse=True)
    if not len(code):
        return np.zeros(0, dtype=np.int8)
    one, two = other.texts[code // width], other.texts[code % width]
    slip = cpdist(one, two, scorer=OSA.distance, score_cutoff=1) <= 1
    alike = cpdist(one, two, scorer=JaroWinkler.similarity, score_cutoff=_CLOSE) >= _CLOSE
    return np.asarray(slip | alike, dtype=np.int8)[inverse]
