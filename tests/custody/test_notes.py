from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import LOG, OTHER, WITNESS, code_of, golden
from tests.custody.test_merkle import refused

from dadkhah.custody.notes import (
    MAX_NOTE_BYTES,
    MAX_SIGNATURES,
    add_signature,
    open_note,
    parse_note,
    read_verifier,
    sign,
    verifier_text,
)
from dadkhah.errors import VerificationError

NOTES = golden("notes.json")["notes"]
GO = NOTES[1]
TEXT = "A text of one line.\n"
NOTE = sign(TEXT, LOG)


@pytest.mark.parametrize("vector", NOTES)
def test_published_notes_open(vector: dict[str, str]) -> None:
    verifiers = [read_verifier(text) for text in vector["verifiers"]]
    opened = open_note(vector["note"], verifiers)
    assert [signature.name for signature in opened.signatures] == [v.name for v in verifiers]
    assert [verifier_text(verifier) for verifier in verifiers] == vector["verifiers"]


def test_a_text_may_hold_blank_lines() -> None:
    text = "one\n\ntwo\n"
    assert open_note(sign(text, LOG), [LOG.verifier]).text == text


def test_signatures_of_unknown_keys_are_kept_apart() -> None:
    opened = open_note(sign(TEXT, LOG, WITNESS), [LOG.verifier])
    assert [signature.name for signature in opened.signatures] == [LOG.name]
    assert [signature.name for signature in opened.unverified] == [WITNESS.name]


def test_a_note_signed_by_nobody_known_is_refused() -> None:
    with refused("note-unsigned"):
        open_note(NOTE, [WITNESS.verifier])
    with refused("note-unsigned"):
        open_note(NOTE, [OTHER.verifier])
    with refused("note-unsigned"):
        open_note(NOTE, [])


def test_one_bad_signature_of_a_known_key_refuses_the_note() -> None:
    mixed = add_signature(NOTE, WITNESS.signs("Another text.\n"))
    with refused("note-bad-signature"):
        open_note(mixed, [LOG.verifier, WITNESS.verifier])


def test_a_changed_text_is_refused() -> None:
    with refused("note-bad-signature"):
        open_note(NOTE.replace("one", "two"), [LOG.verifier])


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("", "note-shape"),
        ("text\n", "note-shape"),
        ("text\n\n", "note-shape"),
        ("\n\n— a AAAAAAA=\n", "note-shape"),
        (NOTE[:-1], "note-shape"),
        (NOTE.replace("—", "-"), "note-signature-line"),
        (NOTE.replace("log ", "log  "), "note-signature-line"),
        (NOTE.replace("example.org/log ", "a+b "), "note-signature-line"),
        (NOTE[:-2] + "*\n", "note-signature-line"),
        ("text\n\n— a AAAAAB==\n", "note-signature-line"),
        ("text\n\n— a AAAA\n", "note-signature-line"),
        (NOTE.replace("text", "te\txt"), "note-control-character"),
        (NOTE.replace("text", "te\rxt"), "note-control-character"),
        (b"\xff\n\n", "note-encoding"),
        ("\ud800\n\n", "note-encoding"),
        (b"a" * (MAX_NOTE_BYTES + 1), "note-size"),
        (TEXT + "\n" + NOTE.split("\n\n")[1] * (MAX_SIGNATURES + 1), "note-too-many-signatures"),
    ],
)
def test_a_malformed_note_is_refused_with_its_own_code(note: str | bytes, code: str) -> None:
    with refused(code):
        open_note(note, [LOG.verifier])


@pytest.mark.parametrize("text", ["", "\n", "no newline", "control\x01\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text: str) -> None:
    with pytest.raises(VerificationError):
        sign(text, LOG)


@settings(deadline=None)
@given(st.text() | st.binary())
def test_any_text_is_refused_with_a_code(note: str | bytes) -> None:
    with pytest.raises(VerificationError) as refusal:
        open_note(note, [LOG.verifier])
    assert refusal.value.code


@settings(deadline=None)
@given(at=st.integers(0, len(NOTE.encode()) - 1), bit=st.integers(0, 7))
def test_one_flipped_bit_in_a_note_is_always_refused(at: int, bit: int) -> None:
    data = bytearray(NOTE.encode())
    data[at] ^= 1 << bit
    with pytest.raises(VerificationError):
        open_note(bytes(data), [LOG.verifier])


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\r", min_codepoint=32), min_size=1))
def test_what_is_signed_opens_to_the_same_text(line: str) -> None:
    text = line + "\n"
    if code_of(lambda: sign(text, LOG)) != "note-encoding":
        note = sign(text, LOG)
        assert open_note(note, [LOG.verifier]).text == text
        assert parse_note(note).unverified
