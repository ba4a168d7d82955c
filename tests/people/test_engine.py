"""Pairs are found part by part, each once; what spills holds names, and goes with its step."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from dadkhah.people.blocks import Blocks, choose_blocks
from dadkhah.people.engine import find_pairs, open_engine
from dadkhah.people.keys import RULES
from dadkhah.people.settings import LinkageSettings


def test_what_spills_lies_in_a_temporary_folder_that_goes() -> None:
    with open_engine(LinkageSettings()) as connection:
        (place,) = connection.execute("select current_setting('temp_directory')").fetchone()
        assert Path(place).name.startswith("dadkhah-link-")
        assert Path(place).is_dir()
    assert not Path(place).exists()


def made_blocks(folder: Path) -> tuple[Blocks, dict[tuple[int, int], int]]:
    """Give blocks of 300 mentions by two rules, and the pairs that they hold, with their rules."""
    rng = np.random.default_rng(3)
    numbers = {name: number for number, name in enumerate(RULES)}
    sole = np.where(np.arange(300) < 40, 7, -np.arange(300) - 1).astype(np.int32)
    rules, expected = [], defaultdict(int)
    for name, values in (("name", 60), ("birth_day", 25)):
        keys = rng.integers(0, values, 300).astype(np.uint64)
        rules.append((name, (keys, np.arange(300, dtype=np.int32))))
        for a, b in combinations(range(300), 2):
            if keys[a] == keys[b] and sole[a] != sole[b]:
                expected[a, b] |= 1 << numbers[name]
    return choose_blocks(rules, sole, LinkageSettings(), folder), expected


@pytest.mark.parametrize("at_once", [300, 10**6])
def test_pairs_found_in_many_parts_are_those_that_share_a_block(
    tmp_path: Path, at_once: int
) -> None:
    blocks, expected = made_blocks(tmp_path)
    found = list(find_pairs(blocks, 300, LinkageSettings(), at_once=at_once))
    assert (len(found) > 5) == (at_once == 300)
    columns = [np.stack([part.left, part.right, part.rules], axis=1) for part in found]
    pairs = np.concatenate(columns).tolist()
    assert pairs == sorted([*ends, rules] for ends, rules in expected.items())
