"""Tables of real overlaps with published answers, when they are there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import dadkhah.estimate as mse

CAPTURES = Path(__file__).resolve().parents[2] / "../shared/data/captures"


@pytest.fixture
def published() -> Callable[[str], mse.Overlaps]:
    """Read one published table, or skip."""

    def read(name: str) -> mse.Overlaps:
        path = CAPTURES / f"{name}.csv"
        if not path.exists():
            pytest.skip("the published tables are not on this machine")
        return mse.overlaps_from_table(path)

    return read


@pytest.fixture
def alike() -> mse.Overlaps:
    """Four independent lists of 2,000 people who are all alike."""
    kinds = (mse.Kind(share=1.0, least=0.2, most=0.4),)
    return mse.world(mse.Design(people=2000, lists=4, kinds=kinds), seed=5)
