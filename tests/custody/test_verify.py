from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import (
    COMMITMENTS,
    ITEMS,
    LOG,
    ORIGIN,
    OTHER,
    RECORDS,
    SALTS,
    SECOND,
    SECONDS,
    WITNESS,
    checkpoint,
    entries,
    entry,
)

from dadkhah.custody import verify
from dadkhah.custody.cosignatures import cosign_text, witness_of
from dadkhah.custody.entries import Entry, entry_bytes
from dadkhah.custody.notes import add_signature, parse_note
from dadkhah.custody.report import Report
from dadkhah.custody.tiles import write_log
from dadkhah.custody.verify import verify_commitments, verify_log, verify_tiles

DATA = entries(9)
KEYS = [LOG.verifier]


def check(data: list[bytes], note: str | bytes | None = None, **more: object) -> Report:
    head = checkpoint(DATA) if note is None else note
    return verify_log(iter(data), head, KEYS, origin=ORIGIN, **more)  # type: ignore[arg-type]


def failed(report: Report) -> dict[int, str]:
    return {found.number: found.code for found in report.failures}


def cosigned(note: str, *witnesses: object) -> str:
    text = parse_note(note).text
    for witness in (WITNESS, SECOND)[: len(witnesses) or 2]:
        note = add_signature(note, cosign_text(text, witness, seconds=SECONDS))
    return note


def test_a_whole_log_passes_eight_checks() -> None:
    report = check(DATA)
    assert report.passed
    assert [found.number for found in report.checks] == list(range(1, 9))
    assert report.entries == 9


def test_an_empty_log_passes() -> None:
    assert check([], checkpoint([])).passed


def test_each_entry_is_handed_on() -> None:
    seen: list[Entry] = []
    check(DATA, visit=seen.append)
    assert [found.index for found in seen] == list(range(9))


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (DATA[:-1], {6: "log-size", 7: "log-root"}),
        ([*DATA, DATA[-1]], {4: "log-order", 6: "log-size", 7: "log-root"}),
        (DATA[1:], {4: "log-order", 6: "log-size", 7: "log-root"}),
        ([DATA[1], DATA[0], *DATA[2:]], {4: "log-order", 5: "log-time", 7: "log-root"}),
        ([*DATA[:3], b"{}", *DATA[4:]], {3: "entry-fields", 7: "log-root"}),
        ([*DATA[:3], DATA[3] + b" ", *DATA[4:]], {3: "entry-canonical", 7: "log-root"}),
        (
            [*DATA[:3], entry_bytes(entry(3, by="account-2")), *DATA[4:]],
            {7: "log-root"},
        ),
        (
            [*DATA[:3], entry_bytes(entry(3, at="2020-01-01T00:00:00Z")), *DATA[4:]],
            {5: "log-time", 7: "log-root"},
        ),
        ([], {6: "log-size", 7: "log-root"}),
    ],
)
def test_a_log_that_was_touched_fails_and_says_how(
    data: list[bytes], codes: dict[int, str]
) -> None:
    assert failed(check(data)) == codes


def test_the_place_of_a_fault_is_named_and_faults_are_counted() -> None:
    report = check([*DATA[:3], b"{}", b"{}", *DATA[5:]])
    assert report.failures[0].where == "entry 3; 2 in all"


def test_a_back_dated_log_fails_even_when_its_own_key_signed_it() -> None:
    data = [*DATA[:3], entry_bytes(entry(3, at="2020-01-01T00:00:00Z")), *DATA[4:]]
    assert failed(check(data, checkpoint(data))) == {5: "log-time"}


@pytest.mark.parametrize(
    ("note", "code"),
    [
        (checkpoint(DATA, OTHER), "note-unsigned"),
        (checkpoint(DATA, origin="example.org/other"), "checkpoint-origin"),
        (checkpoint(DATA).replace("\n9\n", "\n8\n"), "note-bad-signature"),
        (b"\xff", "note-encoding"),
        ("", "note-shape"),
    ],
)
def test_a_checkpoint_that_cannot_be_believed_fails_the_log(note: str | bytes, code: str) -> None:
    codes = failed(check(DATA, note))
    assert codes[1] == code
    assert codes[6] == codes[7] == "checkpoint-unbelieved"


def test_witnesses_are_counted_once_each() -> None:
    note, witnesses = cosigned(checkpoint(DATA)), [witness_of(WITNESS), witness_of(SECOND)]
    assert check(DATA, note, witnesses=witnesses, quorum=2).passed
    assert failed(check(DATA, note, witnesses=witnesses, quorum=3)) == {2: "witness-quorum"}
    assert failed(check(DATA, note, witnesses=witnesses[:1] * 2, quorum=2)) == {2: "witness-quorum"}
    assert failed(check(DATA, witnesses=witnesses, quorum=1)) == {2: "witness-quorum"}


def test_a_log_cannot_be_its_own_witness() -> None:
    note = checkpoint(DATA)
    note = add_signature(note, cosign_text(parse_note(note).text, LOG, seconds=SECONDS))
    assert failed(check(DATA, note, witnesses=[witness_of(LOG)], quorum=1)) == {2: "witness-quorum"}


def test_a_false_cosignature_fails_the_witnesses() -> None:
    note = add_signature(checkpoint(DATA), cosign_text("other\n", WITNESS, seconds=SECONDS))
    report = check(DATA, note, witnesses=[witness_of(WITNESS)], quorum=1)
    assert failed(report) == {2: "note-bad-signature"}


def test_earlier_checkpoints_are_the_beginning_of_the_log() -> None:
    earlier = [checkpoint(DATA[:size]) for size in (0, 1, 4, 9)]
    assert check(DATA, earlier=earlier).passed


def test_a_rewritten_log_does_not_fit_what_was_seen_before() -> None:
    rewritten = [*DATA[:3], entry_bytes(entry(3, by="account-2")), *DATA[4:]]
    seen = [checkpoint(DATA[:2]), checkpoint(DATA[:5])]
    report = check(rewritten, checkpoint(rewritten), earlier=seen)
    assert failed(report) == {8: "log-history"}
    assert report.failures[0].where == "the checkpoint of size 5"


def test_a_rolled_back_log_does_not_fit_what_was_seen_before() -> None:
    shorter = DATA[:4]
    assert failed(check(shorter, checkpoint(shorter), earlier=[checkpoint(DATA)])) == {
        8: "log-rolled-back"
    }
    assert failed(check(DATA, earlier=[checkpoint(DATA, OTHER)])) == {8: "note-unsigned"}


def test_records_shown_or_erased_fit_their_entry() -> None:
    shown = verify_commitments(entry(0), ITEMS)
    assert shown.passed
    assert (shown.records, shown.erased) == (2, 0)
    erased = verify_commitments(entry(0), [ITEMS[0], COMMITMENTS[1]])
    assert erased.passed
    assert (erased.records, erased.erased) == (2, 1)
    assert verify_commitments(entry(0), zip(SALTS, RECORDS, strict=True)).passed


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ([ITEMS[0]], {9: "entry-count", 11: "entry-commitments"}),
        ([*ITEMS, ITEMS[0]], {9: "entry-count", 11: "entry-commitments"}),
        ([ITEMS[1], ITEMS[0]], {11: "entry-commitments"}),
        ([ITEMS[0], (SALTS[1], RECORDS[0], COMMITMENTS[1])], {10: "record-changed"}),
        ([ITEMS[0], (SALTS[0], RECORDS[1], COMMITMENTS[1])], {10: "record-changed"}),
        ([ITEMS[0], (SALTS[1], RECORDS[0])], {11: "entry-commitments"}),
        ([ITEMS[0], bytes(32)], {11: "entry-commitments"}),
        ([ITEMS[0], b"short"], {10: "commitment-length", 11: "entry-commitments"}),
        ([ITEMS[0], (b"", RECORDS[1], COMMITMENTS[1])], {10: "commitment-salt"}),
    ],
)
def test_records_that_were_touched_fail_and_say_how(
    items: list[verify.Item], codes: dict[int, str]
) -> None:
    assert failed(verify_commitments(entry(0), items)) == codes


def test_a_changed_record_is_named_by_its_position() -> None:
    report = verify_commitments(entry(5), [ITEMS[0], (SALTS[1], b"{}", COMMITMENTS[1])])
    assert report.failures[0].where == "entry 5, record 1"


@settings(deadline=None)
@given(
    st.lists(
        st.binary(max_size=40)
        | st.tuples(st.binary(max_size=20), st.binary())
        | st.tuples(st.binary(max_size=20), st.binary(), st.binary(max_size=40))
    )
)
def test_any_items_give_a_report_that_fails(items: list[verify.Item]) -> None:
    assert not verify_commitments(entry(0), items).passed


@settings(deadline=None)
@given(st.lists(st.binary()), st.text() | st.binary())
def test_any_log_gives_a_report_that_fails(data: list[bytes], note: str | bytes) -> None:
    assert not check(data, note).passed


def test_tiles_and_bundles_are_those_that_the_entries_make() -> None:
    files: dict[str, bytes] = {}
    data = entries(300)
    assert write_log(iter(data), files.__setitem__) == 300
    assert verify_tiles(iter(data), files.get).passed
    for path in files:
        changed = {**files, path: files[path][:-1] + bytes([files[path][-1] ^ 1])}
        report = verify_tiles(data, changed.get)
        assert failed(report) == {12: "tile-changed"}
        assert report.failures[0].where == path
        lost = {name: content for name, content in files.items() if name != path}
        assert failed(verify_tiles(data, lost.get)) == {12: "tile-missing"}
    assert failed(verify_tiles([bytes(70_000)], files.get)) == {12: "bundle-entry-size"}


def test_a_thousand_flipped_bits_are_all_found() -> None:
    chance = random.Random(1367)
    note = checkpoint(DATA)
    for _ in range(1000):
        at, bit = chance.randrange(len(DATA) + 1), 1 << chance.randrange(8)
        evidence = [note.encode(), *DATA]
        broken = bytearray(evidence[at])
        broken[chance.randrange(len(broken))] ^= bit
        evidence[at] = bytes(broken)
        assert not check(evidence[1:], evidence[0]).passed
