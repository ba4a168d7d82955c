"""One byte form per record."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dadkhah import canonical
from dadkhah.errors import RecordError

TEXTS = some.text(some.characters(exclude_categories=("Cs",)))
KEYS = some.text(some.characters(max_codepoint=0xD7FF), max_size=8)
VALUES = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def test_the_form_of_rfc_8785_without_its_floats() -> None:
    # RFC 8785, section 3.2.2: the literals and the string of its example
    value = {"string": '€$\x0f\nA\'B"\\\\"/', "literals": [None, True, False]}
    assert canonical.encode(value) == (
        b'{"literals":[null,true,false],"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@given(VALUES)
def test_what_is_written_reads_back_and_has_one_form(value: Any) -> None:
    data = canonical.encode(value)
    assert canonical.decode(data) == value
    assert canonical.encode(json.loads(data)) == data


@given(some.dictionaries(KEYS, some.integers(0, 9), max_size=6))
def test_keys_are_sorted_by_utf_16_units(value: dict[str, int]) -> None:
    keys = list(json.loads(canonical.encode(value), object_pairs_hook=list))
    names = [key for key, _ in keys]
    assert names == sorted(value, key=lambda key: key.encode("utf-16-be"))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0.5, "canonical-value"),
        ({"a": [1.0]}, "canonical-value"),
        (2**53, "canonical-number"),
        ({1: "a"}, "canonical-key"),
        ({"\ue000": 1}, "canonical-key"),
        ("\ud800", "canonical-text"),
        (b"bytes", "canonical-value"),
    ],
)
def test_what_has_no_exact_form_is_refused(value: Any, code: str) -> None:
    with pytest.raises(RecordError) as refused:
        canonical.encode(value)
    assert refused.value.code == code


@pytest.mark.parametrize("data", [b'{"b":1,"a":2}', b'{"a": 1}', b"{", b"1.0", b'"\\u0041"'])
def test_another_form_of_the_same_value_is_not_read(data: bytes) -> None:
    with pytest.raises(RecordError):
        canonical.decode(data)


def test_fractions_become_decimal_text() -> None:
    assert canonical.without_floats({"a": [0.1, 1], "b": (2.5,)}) == {"a": ["0.1", 1], "b": ["2.5"]}
