from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import LOG, golden
from tests.custody.test_merkle import refused

from dadkhah.custody.notes import sign
from dadkhah.custody.signers import (
    check_ed25519,
    decode_base64,
    read_signer,
    read_verifier,
    signer_text,
    verifier_text,
)
from dadkhah.errors import VerificationError

NOTES = golden("notes.json")["notes"]
GO = NOTES[1]


def test_signing_gives_the_published_bytes() -> None:
    signer = read_signer(GO["signer"])
    assert signer_text(signer) == GO["signer"]
    assert sign(GO["text"], signer) == GO["signed"]
    assert verifier_text(signer.verifier) == GO["verifiers"][0]


def test_the_published_key_is_read_whole() -> None:
    vector = NOTES[0]
    assert read_verifier(vector["verifiers"][0]).public_key.hex() == vector["public_key"]


def test_each_byte_of_a_key_text_matters() -> None:
    text = verifier_text(LOG.verifier)
    for at in range(len(text)):
        changed = text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]
        with pytest.raises(VerificationError):
            read_verifier(changed)
        with pytest.raises(VerificationError):
            read_verifier(text[:at])


def test_a_secret_key_is_not_shown() -> None:
    assert "seed" not in repr(LOG)
    with refused("key-shape"):
        read_signer(verifier_text(LOG.verifier))
    with refused("key-id"):
        read_signer(signer_text(LOG).replace("example.org", "example.net"))


@settings(deadline=None)
@given(st.text())
def test_any_key_text_is_refused_with_a_code(text: str) -> None:
    for read in (read_verifier, read_signer):
        with pytest.raises(VerificationError) as refusal:
            read(text)
        assert refusal.value.code


def test_a_key_that_is_no_point_on_the_curve_verifies_nothing() -> None:
    raw = LOG.signs("text\n").raw
    assert check_ed25519(LOG.verifier.public_key, raw, b"text\n")
    for key in (b"", b"\xff" * 32, bytes(31)):
        assert not check_ed25519(key, raw, b"text\n")
    assert not check_ed25519(LOG.verifier.public_key, raw[:-1], b"text\n")


@pytest.mark.parametrize("text", ["A", "AA", "AB==", "AAAA\n", "AA AA", "ААAA", "AAA", "-_-_"])
def test_base64_has_one_spelling_only(text: str) -> None:
    with refused("some-code"):
        decode_base64(text, "some-code")
