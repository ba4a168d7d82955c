"""Hierarchical models are all there, once."""

from __future__ import annotations

from dadkhah.estimate.hierarchy import hierarchical_models


def test_there_are_as_many_hierarchical_models_as_mathematics_says() -> None:
    assert len(hierarchical_models(3, 2)) == 8
    assert len(hierarchical_models(4, 2)) == 64
    assert len(hierarchical_models(4, 3)) == 113
    assert len(hierarchical_models(5, 2)) == 1024
