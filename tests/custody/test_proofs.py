from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import LOG, ORIGIN, checkpoint, entries
from tests.custody.test_merkle import refused

from dadkhah.custody.merkle import inclusion_proof, leaf_hash
from dadkhah.custody.proofs import InclusionProof, check_proof, proof_text, read_proof
from dadkhah.errors import VerificationError

DATA = entries(5)
PROOF = InclusionProof(
    index=3,
    hashes=inclusion_proof([leaf_hash(data) for data in DATA], 3),
    checkpoint=checkpoint(DATA),
)
TEXT = proof_text(PROOF)


def test_a_proof_reads_back_and_checks() -> None:
    assert read_proof(TEXT) == PROOF
    assert read_proof(TEXT.encode()) == PROOF
    extra = replace(PROOF, extra=b"more")
    assert read_proof(proof_text(extra)) == extra
    assert check_proof(DATA[3], PROOF, [LOG.verifier], origin=ORIGIN).size == 5


def test_a_proof_of_the_only_entry_has_no_hashes() -> None:
    single = InclusionProof(index=0, hashes=(), checkpoint=checkpoint(DATA[:1]))
    assert read_proof(proof_text(single)) == single
    check_proof(DATA[0], single, [LOG.verifier], origin=ORIGIN)


def test_a_proof_does_not_fit_another_entry() -> None:
    with refused("proof-root"):
        check_proof(DATA[2], PROOF, [LOG.verifier], origin=ORIGIN)
    with refused("proof-length"):
        check_proof(DATA[3], replace(PROOF, index=4), [LOG.verifier], origin=ORIGIN)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "proof-shape"),
        ("c2sp.org/tlog-proof@v1\n\n", "proof-shape"),
        (TEXT.replace("v1", "v2", 1), "proof-shape"),
        (TEXT.replace("index 3", "number 3"), "proof-shape"),
        (TEXT.replace("index 3", "index 03"), "proof-index-text"),
        (TEXT.replace("index 3", "extra *\nindex 3"), "proof-extra"),
        (TEXT.replace("index 3", "index 3\nAAAA"), "proof-hash"),
        (TEXT.replace("index 3", "index 3\n*"), "proof-hash"),
        (TEXT.replace("index 3", "index 3" + "\nAAAA" * 64), "proof-too-long"),
        (b"\xff", "proof-encoding"),
        (b"a" * 2_000_001, "proof-size"),
    ],
)
def test_a_malformed_proof_is_refused_with_its_own_code(text: str | bytes, code: str) -> None:
    with refused(code):
        read_proof(text)


@settings(deadline=None)
@given(at=st.integers(0, len(TEXT.encode()) - 1), bit=st.integers(0, 7))
def test_one_flipped_bit_in_a_proof_is_always_refused(at: int, bit: int) -> None:
    data = bytearray(TEXT.encode())
    data[at] ^= 1 << bit
    with pytest.raises(VerificationError):
        check_proof(DATA[3], read_proof(bytes(data)), [LOG.verifier], origin=ORIGIN)


@settings(deadline=None)
@given(st.text() | st.binary())
def test_any_text_is_refused_with_a_code(data: str | bytes) -> None:
    with pytest.raises(VerificationError) as refusal:
        read_proof(data)
    assert refusal.value.code
