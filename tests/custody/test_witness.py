from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import LOG, ORIGIN, OTHER, SECONDS, WITNESS, checkpoint, entries
from tests.custody.test_merkle import refused

from dadkhah.custody.cosignatures import witness_of
from dadkhah.custody.merkle import consistency_proof, leaf_hash
from dadkhah.custody.notes import open_note
from dadkhah.custody.witness import (
    Cosigned,
    Fork,
    Request,
    Seen,
    check_fork,
    cosign,
    read_request,
    request_text,
    seen_in,
)
from dadkhah.errors import VerificationError

DATA = entries(11)
ALTERED = [*DATA[:2], DATA[0], *DATA[3:]]
KEYS = [LOG.verifier]


def leaves(data: list[bytes]) -> list[bytes]:
    return [leaf_hash(item) for item in data]


def proof(data: list[bytes], old: int) -> tuple[bytes, ...]:
    return consistency_proof(leaves(data), old)


def ask(seen: Seen | None, note: str, hashes: tuple[bytes, ...]) -> Cosigned | Fork:
    return cosign(seen, note, hashes, WITNESS, log=KEYS, origin=ORIGIN, seconds=SECONDS)


def seen_at(size: int) -> Seen:
    return seen_in(checkpoint(DATA[:size]), KEYS, origin=ORIGIN)


def test_a_witness_cosigns_a_log_that_only_grew() -> None:
    seen = None
    for size in (0, 1, 4, 4, 7, 11):
        old = seen.checkpoint.size if seen else 0
        answer = ask(seen, checkpoint(DATA[:size]), proof(DATA[:size], old))
        assert isinstance(answer, Cosigned)
        open_note(answer.note, [LOG.verifier, witness_of(WITNESS)])
        seen = seen_in(answer.seen.note, KEYS, origin=ORIGIN)
        assert seen == answer.seen


@pytest.mark.parametrize("size", [3, 5, 6, 7, 11])
def test_a_fork_is_refused_with_a_proof_that_anyone_can_check(size: int) -> None:
    answer = ask(seen_at(size), checkpoint(ALTERED), proof(ALTERED, size))
    if size == 11:
        answer = ask(seen_at(size), checkpoint(ALTERED), ())
    assert isinstance(answer, Fork)
    check_fork(answer, KEYS, origin=ORIGIN)
    with refused("note-bad-signature"):
        forged = Fork(older=answer.older.replace("\n", "\n9", 1), newer=answer.newer)
        check_fork(forged, KEYS, origin=ORIGIN)


def test_a_rolled_back_log_that_forked_is_proved() -> None:
    answer = ask(
        seen_in(checkpoint(ALTERED), KEYS, origin=ORIGIN), checkpoint(DATA[:6]), proof(ALTERED, 6)
    )
    assert isinstance(answer, Fork)
    check_fork(answer, KEYS, origin=ORIGIN)


def test_a_rolled_back_log_is_refused() -> None:
    with refused("witness-rollback"):
        ask(seen_at(11), checkpoint(DATA[:6]), ())
    with refused("witness-stale"):
        ask(seen_at(11), checkpoint(DATA[:6]), proof(DATA, 6))


def test_growth_without_proof_is_refused() -> None:
    with refused("proof-length"):
        ask(seen_at(6), checkpoint(DATA), ())
    with refused("proof-old-root"):
        ask(seen_at(6), checkpoint(DATA), tuple(bytes(32) for _ in proof(DATA, 6)))
    with refused("proof-length"):
        ask(None, checkpoint(DATA), proof(DATA, 6))


def test_a_checkpoint_of_another_key_or_log_is_refused() -> None:
    with refused("note-unsigned"):
        ask(None, checkpoint(DATA, OTHER), ())
    with refused("checkpoint-origin"):
        ask(None, checkpoint(DATA, origin="example.org/other"), ())


def test_a_request_reads_back() -> None:
    request = Request(old_size=6, proof=proof(DATA, 6), checkpoint=checkpoint(DATA))
    assert read_request(request_text(request)) == request
    first = Request(old_size=0, proof=(), checkpoint=checkpoint(DATA))
    assert read_request(request_text(first).encode()) == first


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "request-shape"),
        ("old 5", "request-shape"),
        ("new 5\n\n", "request-shape"),
        ("old 05\n\n", "request-old-size"),
        ("old 5\nAAAA\n\n", "proof-hash"),
        ("old 5\n" + "AAAA\n" * 64 + "\n", "proof-too-long"),
        (b"\xff", "request-encoding"),
        (b"a" * 2_000_001, "request-size"),
    ],
)
def test_a_malformed_request_is_refused_with_its_own_code(data: str | bytes, code: str) -> None:
    with refused(code):
        read_request(data)


@settings(deadline=None)
@given(
    size=st.integers(1, 11),
    hashes=st.lists(st.binary(min_size=32, max_size=32), max_size=6),
    other=st.booleans(),
)
def test_no_made_up_proof_is_cosigned_or_called_a_fork(
    size: int, hashes: list[bytes], other: bool
) -> None:
    data = [*DATA, *(item for item in entries(3))] if other else DATA
    if not hashes:
        hashes = [bytes(32)]
    with pytest.raises(VerificationError) as refusal:
        ask(seen_at(size), checkpoint(data), tuple(hashes))
    assert refusal.value.code


def test_an_entry_added_in_the_middle_is_a_fork() -> None:
    longer = [*DATA[:5], entries(99)[-1], *DATA[5:]]
    answer = ask(seen_at(7), checkpoint(longer), proof(longer, 7))
    assert isinstance(answer, Fork)
