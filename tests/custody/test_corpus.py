"""Bytes that once broke a reader, or nearly: each is read or refused by a documented code."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.custody.readers import TARGETS, refused_well

CORPUS = Path(__file__).with_name("corpus")
KEPT = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("name", sorted(TARGETS.keys() - {"bag", "fork"}))
def test_what_every_trial_begins_from_is_true(name: str) -> None:
    whole, read = TARGETS[name]
    assert read(whole) is not None


@pytest.mark.parametrize("name", TARGETS)
def test_true_evidence_cut_at_any_third_is_read_or_refused(name: str) -> None:
    whole, read = TARGETS[name]
    for cut in range(0, len(whole) + 1, max(1, len(whole) // 3)):
        refused_well(read, whole[:cut])


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_by_fuzzing_is_read_or_refused(path: Path) -> None:
    readers = {name.replace(" ", "-"): read for name, (_, read) in TARGETS.items()}
    refused_well(readers[path.parent.name], path.read_bytes())
