"""Align two names letter by letter, wherever their words part and whichever comes first."""

from __future__ import annotations

from dadkhah.names.alignment import BEGIN, END, Codes, Ints, align_words, inner

__all__ = ["whole_names"]


@inner
def _turned_whole(
    fixed: Codes, f0: int, f1: int, codes: Codes, words: Ints, w0: int, count: int,
    odds: Ints, row: Ints, buffer: Codes, least: int,
) -> int:  # fmt: skip
    """Align all letters of one name with those of the other, turned at each of its words."""
    best = least
    begin, end = words[w0, BEGIN], words[w0 + count - 1, END]
    length = min(end - begin, len(buffer))
    for turn in range(1, count):
        cut = words[w0 + turn, BEGIN]
        for place in range(length):
            at = cut + place
            buffer[place] = codes[at if at < end else at - end + begin]
        best = max(best, align_words(fixed, f0, f1, buffer, 0, length, odds, row))
    return best


@inner
def whole_names(
    lc: Codes, lw: Ints, a0: int, n: int, rc: Codes, rw: Ints, b0: int, m: int,
    odds: Ints, row: Ints, buffer: Codes,
) -> tuple[int, int]:  # fmt: skip
    """Align two names letter by letter without regard to words; give the worth, and if turned.

    Either name may be turned at any of its words, so that spacing and order are both free.
    """
    l0, l1 = lw[a0, BEGIN], lw[a0 + n - 1, END]
    r0, r1 = rw[b0, BEGIN], rw[b0 + m - 1, END]
    straight = align_words(lc, l0, l1, rc, r0, r1, odds, row)
    best = _turned_whole(lc, l0, l1, rc, rw, b0, m, odds, row, buffer, straight)
    best = _turned_whole(rc, r0, r1, lc, lw, a0, n, odds, row, buffer, best)
    return best, int(best > straight)
