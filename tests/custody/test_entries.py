from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import code_of, entry
from tests.custody.test_merkle import refused

from dadkhah.custody.entries import Entry, entry_bytes, entry_leaf, entry_time, read_entry
from dadkhah.custody.merkle import leaf_hash
from dadkhah.errors import RecordError, VerificationError

DATA = entry_bytes(entry(0))


def test_an_entry_reads_back() -> None:
    made = entry(7, note="یادداشت")
    assert read_entry(entry_bytes(made)) == made
    assert entry_leaf(made) == leaf_hash(entry_bytes(made))


def test_a_moment_is_written_in_utc() -> None:
    tehran = timezone(timedelta(hours=3, minutes=30))
    moment = datetime(2026, 3, 21, 13, 0, tzinfo=tehran)
    assert entry_time(moment) == "2026-03-21T09:30:00Z"
    assert entry_time(datetime(2026, 3, 21, 9, 30, 0, 999_999, tzinfo=UTC)).endswith("00Z")
    with pytest.raises(RecordError):
        entry_time(moment.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("index", -1, "entry-index"),
        ("index", True, "entry-index"),
        ("index", 2**53, "entry-index"),
        ("at", "2026-03-21T09:30:00+00:00", "entry-time"),
        ("at", "2026-02-30T09:30:00Z", "entry-time"),
        ("at", "2026-03-21T09:30:60Z", "entry-time"),
        ("at", "2026-03-21", "entry-time"),
        ("at", 5, "entry-time"),
        ("by", "", "entry-by"),
        ("by", "a b", "entry-by"),
        ("by", "a@example.org", "entry-by"),
        ("by", "a" * 129, "entry-by"),
        ("action", "sources", "entry-action"),
        ("action", "sources.add.more", "entry-action"),
        ("action", "Sources.add", "entry-action"),
        ("records", -1, "entry-records"),
        ("records", 1.0, "entry-records"),
        ("root", "ab", "entry-root"),
        ("root", "A" * 64, "entry-root"),
        ("root", None, "entry-root"),
        ("note", "two\nlines", "entry-note"),
        ("note", "x" * 501, "entry-note"),
        ("note", "\u2028", "entry-note"),
        ("note", "\ud800", "entry-note"),
        ("note", None, "entry-note"),
    ],
)
def test_an_entry_that_breaks_a_rule_is_not_made(field: str, value: Any, code: str) -> None:
    with pytest.raises(RecordError) as refusal:
        entry(0, **{field: value})
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "entry-json"),
        (b"\xff", "entry-json"),
        (b"[" * 60_000, "entry-json"),
        (b" " * 65_536, "entry-size"),
        (b"[]", "entry-fields"),
        (b"{}", "entry-fields"),
        (DATA.replace(b'"note":""', b'"note":"","more":1'), "entry-fields"),
        (DATA.replace(b'"records":2', b'"records":2.0'), "entry-records"),
        (DATA.replace(b"account-1", b"an account"), "entry-by"),
        (DATA.replace(b'":', b'": '), "entry-canonical"),
        (DATA + b"\n", "entry-canonical"),
        (DATA.replace(b'"note":""', b'"note":"","note":""'), "entry-canonical"),
        (DATA.replace(b"sources", b"\\u0073ources"), "entry-canonical"),
    ],
)
def test_a_malformed_entry_is_refused_with_its_own_code(data: bytes, code: str) -> None:
    with refused(code):
        read_entry(data)


@settings(deadline=None)
@given(at=st.integers(0, len(DATA) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_gives_another_leaf(at: int, bit: int) -> None:
    data = bytearray(DATA)
    data[at] ^= 1 << bit
    changed = bytes(data)
    code = code_of(lambda: read_entry(changed))
    assert code.startswith("entry-") or entry_leaf(read_entry(changed)) != leaf_hash(DATA)


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_refused_with_a_code(data: bytes) -> None:
    with pytest.raises(VerificationError) as refusal:
        read_entry(data)
    assert refusal.value.code


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(Entry.__slots__),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none()),
    )
)
def test_any_fields_are_refused_with_a_code(fields: dict[str, Any]) -> None:
    with pytest.raises(VerificationError) as refusal:
        read_entry(json.dumps(fields).encode())
    assert refusal.value.code
