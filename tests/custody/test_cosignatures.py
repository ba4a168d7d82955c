from __future__ import annotations

import pytest
from tests.custody.cast import LOG, SECONDS, WITNESS, checkpoint, entries, golden
from tests.custody.test_merkle import refused

from dadkhah.custody.checkpoints import open_checkpoint
from dadkhah.custody.cosignatures import (
    WitnessVerifier,
    cosign_text,
    cosignatures,
    read_witness,
    witness_of,
    witness_text,
)
from dadkhah.custody.notes import add_signature, open_note, parse_note, read_verifier
from dadkhah.errors import VerificationError

PUBLISHED = golden("notes.json")["checkpoint"]


def test_a_published_checkpoint_opens_with_its_log_and_its_witnesses() -> None:
    witnesses = [read_witness(text) for text in PUBLISHED["witnesses"]]
    log = [read_verifier(text) for text in PUBLISHED["verifiers"]]
    head, note = open_checkpoint(PUBLISHED["note"], [*log, *witnesses], origin=PUBLISHED["origin"])
    assert head.size == PUBLISHED["size"]
    assert len(cosignatures(note, witnesses)) == 4
    assert {found.seconds for found in cosignatures(note, witnesses)} == {1779573024}


def test_witness_keys_read_back() -> None:
    for text in PUBLISHED["witnesses"]:
        assert witness_text(read_witness(text)) == text
    with refused("key-type"):
        read_witness(PUBLISHED["verifiers"][0])
    with refused("key-type"):
        read_verifier(PUBLISHED["witnesses"][0])


def test_a_cosignature_says_who_and_when() -> None:
    note = checkpoint(entries())
    text = parse_note(note).text
    cosigned = add_signature(note, cosign_text(text, WITNESS, seconds=SECONDS))
    opened = open_note(cosigned, [LOG.verifier, witness_of(WITNESS)])
    (found,) = cosignatures(opened, [witness_of(WITNESS)])
    assert (found.name, found.seconds) == (WITNESS.name, SECONDS)


def test_a_cosignature_with_another_time_is_refused() -> None:
    note = checkpoint(entries())
    made = cosign_text(parse_note(note).text, WITNESS, seconds=SECONDS)
    witness = witness_of(WITNESS)
    text = parse_note(note).text
    assert witness.verifies(text, made.raw)
    assert not witness.verifies(text, (SECONDS + 1).to_bytes(8) + made.raw[8:])
    assert not witness.verifies(text, made.raw[8:])
    assert not witness.verifies(text, b"\xff" * 72)
    assert not WitnessVerifier(name="a", public_key=b"short").verifies(text, made.raw)


def test_a_log_signature_cannot_pass_for_a_cosignature() -> None:
    text = parse_note(checkpoint(entries())).text
    assert not witness_of(LOG).verifies(text, bytes(8) + LOG.signs(text).raw)


@pytest.mark.parametrize("seconds", [0, -1, 2**63])
def test_a_time_that_cannot_be_written_is_refused(seconds: int) -> None:
    with pytest.raises(VerificationError):
        cosign_text("text\n", WITNESS, seconds=seconds)
