"""Align two words in which two neighbouring letters may have changed places. Numba."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit

from dadkhah.names.pointers import moved
from dadkhah.names.symbols import COUNT

__all__ = ["FEWEST", "SWAPPED", "align_swapped"]

Pointer = Any
SWAPPED: Final = 4.0  # nats that two letters that changed places cost
FEWEST: Final = 4  # symbols; in a shorter word two letters make another name
_WIDTH: Final = COUNT + 1


@njit(cache=True, nogil=True, error_model="numpy")
def align_swapped(
    left: Pointer, n: int, right: Pointer, m: int, gains: Pointer, price: int
) -> int:  # fmt: skip
    """Give what the best alignment gains over leaving every symbol out, neighbours swapped or not.

    Args:
        gains: what two symbols gain over leaving both out (`alignment.Model`), of one script
            against the other or against itself.
        price: what swapping costs, once for every two symbols.
    """
    best = np.zeros((n + 1, m + 1), dtype=np.int32)
    for i in range(1, n + 1):
        gain = moved(gains, left[i - 1] * _WIDTH)
        for j in range(1, m + 1):
            value = max(best[i - 1, j], best[i, j - 1], best[i - 1, j - 1] + gain[right[j - 1]])
            if i > 1 and j > 1:
                crossed = gains[left[i - 2] * _WIDTH + right[j - 1]] + gain[right[j - 2]]
                value = max(value, best[i - 2, j - 2] + crossed - price)
            best[i, j] = value
    return int(best[n, m])
