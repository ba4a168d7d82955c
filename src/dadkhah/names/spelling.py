"""How two spellings of one word differ, symbol by symbol, for a person to read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dadkhah.names.spellings import spell
from dadkhah.names.swapping import FEWEST, SWAPPED
from dadkhah.names.symbols import GAP, LATIN, SYMBOLS, WITHIN, symbols
from dadkhah.names.weights import weights

__all__ = ["Spelling", "differences"]

ODD: Final = 1.2  # nats, from which a symbol left out, or half of it one changed, is named
OFTEN: Final = -1.0  # what leaving a symbol out may cost that is often not written
MOST_PAIRS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """Two spellings aligned.

    `pairs` are the unusual correspondences as "q/gh", nothing being "-"; `cost` is how many nats
    the alignment lies under the best that either spelling could reach, a vowel that the other
    script mostly leaves out being free; `swapped` says that two
    neighbouring letters changed places, `odd` that there is an unusual correspondence.
    """

    pairs: tuple[str, ...]
    cost: float
    swapped: bool = False

    @property
    def odd(self) -> bool:
        """Say whether something in the spelling is unusual."""
        return bool(self.pairs)


@lru_cache(maxsize=1 << 14)
def differences(left: str, right: str) -> Spelling:
    """Align two folded words and name what is unusual between them."""
    a, b = symbols(left)[:60], symbols(right)[:60]
    if not a or not b:
        return Spelling(pairs=(), cost=99.0)
    across = (a[0] <= len(LATIN)) != (b[0] <= len(LATIN))
    skip = GAP if across else WITHIN
    total, edits, swapped = _align(a, b, skip, _may_be_swapped(left, right))
    odds = weights().log_odds
    best = 0.5 * (sum(float(odds[x].max()) for x in a) + sum(float(odds[y].max()) for y in b))
    pairs = [_pair(x, y) for x, y in edits if _unusual(x, y, skip)]
    free = sum(_left_out(x or y) for x, y in edits if GAP in (x, y)) if across else 0.0
    cost = max(best - total - free, 0.0)
    kept = tuple(dict.fromkeys(pairs))[:MOST_PAIRS]
    return Spelling(pairs=kept, cost=cost, swapped=swapped)


def _left_out(symbol: int) -> float:
    """Give what leaving out costs of a vowel that the other script mostly leaves out, else 0."""
    odds = weights().log_odds
    left_out = float(odds[GAP, symbol])
    return 0.5 * float(odds[symbol].max()) - left_out if left_out > OFTEN else 0.0


def _may_be_swapped(left: str, right: str) -> bool:
    """Say whether two words have the same consonants and are long enough."""
    one, other = spell([left, right]).classes
    return min(len(symbols(left)), len(symbols(right))) >= FEWEST and bool((one == other).all())


def _align(
    a: tuple[int, ...], b: tuple[int, ...], skip: int, may_be_swapped: bool
) -> tuple[float, list[tuple[int, int]], bool]:
    """Find the best alignment and its edits, GAP standing for nothing; say if letters swapped."""
    odds = weights().log_odds
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            ways = []
            if i and j:
                ways.append((best[i - 1, j - 1][0] + float(odds[a[i - 1], b[j - 1]]), (1, 1)))
            if i:
                ways.append((best[i - 1, j][0] + float(odds[skip, a[i - 1]]), (1, 0)))
            if j:
                ways.append((best[i, j - 1][0] + float(odds[skip, b[j - 1]]), (0, 1)))
            if may_be_swapped and i > 1 and j > 1:
                crossed = float(odds[a[i - 2], b[j - 1]]) + float(odds[a[i - 1], b[j - 2]])
                ways.append((best[i - 2, j - 2][0] + crossed - SWAPPED, (2, 2)))
            if ways:
                best[i, j] = max(ways)
    edits, i, j, swapped = [], len(a), len(b), False
    while i or j:
        di, dj = best[i, j][1]
        if di == 2:
            edits += [(a[i - 2], b[j - 1]), (a[i - 1], b[j - 2])]
            swapped = True
        else:
            edits.append((a[i - 1] if di else GAP, b[j - 1] if dj else GAP))
        i, j = i - di, j - dj
    return best[len(a), len(b)][0], edits[::-1], swapped


def _unusual(x: int, y: int, skip: int) -> bool:
    """Say whether one correspondence is worth naming."""
    if x == y:
        return False
    odds = weights().log_odds
    if GAP in (x, y):
        return float(odds[skip, x or y]) < -ODD
    across = (x <= len(LATIN)) != (y <= len(LATIN))
    row = odds[x, 1 : len(LATIN) + 1] if y <= len(LATIN) else odds[x, len(LATIN) + 1 : WITHIN]
    return not across or float(odds[x, y]) < float(row.max()) - ODD / 2


def _pair(x: int, y: int) -> str:
    """Write one correspondence."""
    return f"{SYMBOLS[x].strip('$^:') if x else '-'}/{SYMBOLS[y].strip('$^:') if y else '-'}"
