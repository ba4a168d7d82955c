"""Which mentions are worth comparing: keys, their cost, and a refusal before a blow-up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.errors import LinkageError
from dadkhah.people.blocks import Blocks, choose_blocks
from dadkhah.people.engine import find_pairs
from dadkhah.people.keys import RULES, every_rule
from dadkhah.people.rooms import open_room
from dadkhah.people.settings import LinkageSettings, Progress
from dadkhah.people.wording import Wording, read_wording

__all__ = ["RULES", "Candidates", "block", "sole_lists"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs worth comparing, as row numbers of the table, left before right, in order.

    `report` has one row per rule: pairs it gives, pairs that only it gives, the largest block,
    and how many blocks were too large to use.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    report: pl.DataFrame
    flags: tuple[str, ...]


def block(
    table: pl.DataFrame,
    settings: LinkageSettings,
    wording: Wording | None = None,
    progress: Progress | None = None,
) -> Candidates:
    """Find candidate pairs by every rule.

    Args:
        wording: of the table's names, where they are read already.

    Raises:
        LinkageError: `linkage-too-many-pairs` when the keys would give more than allowed.
    """
    sole = sole_lists(table, settings)
    parts: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
    pairs, alone = np.zeros(len(RULES), np.int64), np.zeros(len(RULES), np.int64)
    with open_room() as room:
        rules = every_rule(table, wording or read_wording(table["name"]))
        blocks = choose_blocks(rules, sole, settings, room)
        _refuse_blow_up(blocks, settings)
        for part in find_pairs(blocks, table.height, settings, progress):
            parts.append((part.left, part.right))
            for number in range(len(RULES)):
                pairs[number] += np.count_nonzero(part.rules & (1 << number))
                alone[number] += np.count_nonzero(part.rules == 1 << number)
    return Candidates(
        left=_together([left for left, _ in parts]),
        right=_together([right for _, right in parts]),
        report=_report(blocks, pairs, alone),
        flags=_flags(blocks),
    )


def _together(parts: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate([np.zeros(0, np.int32), *parts])


def sole_lists(table: pl.DataFrame, settings: LinkageSettings) -> NDArray[np.int32]:
    """Number the collections that list nobody twice; any other mention is one of its own."""
    sole = table["collection"].is_in(list(settings.no_duplicates)).fill_null(value=False)
    lists = table["collection"].fill_null("").rank("dense").cast(pl.Int32).to_numpy()
    return np.where(sole.to_numpy(), lists, -np.arange(table.height) - 1).astype(np.int32)


def _refuse_blow_up(blocks: Blocks, settings: LinkageSettings) -> None:
    cost = sum(blocks.cost.values())
    if cost > settings.most_pairs:
        raise LinkageError(
            "linkage-too-many-pairs",
            f"The keys would give about {cost:,.0f} pairs; at most {settings.most_pairs:,} may be "
            "compared.",
            todo="Link fewer lists at a time, give more fields, or raise --most-pairs knowingly.",
        )


def _report(blocks: Blocks, pairs: NDArray[np.int64], alone: NDArray[np.int64]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "rule": list(RULES),
            "says": [rule.says for rule in RULES.values()],
            "pairs": pairs,
            "only_here": alone,
            "largest_block": [blocks.largest[name] for name in RULES],
            "blocks_left_out": [blocks.left_out[name] for name in RULES],
        }
    )


def _flags(blocks: Blocks) -> tuple[str, ...]:
    left_out = sum(blocks.left_out.values())
    return (f"blocks-left-out:{left_out}",) if left_out else ()
