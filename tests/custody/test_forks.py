from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import LOG, ORIGIN, OTHER, checkpoint, entries
from tests.custody.test_merkle import refused

from dadkhah.custody.forks import Fork, check_fork, fork_text, prove_fork, read_fork
from dadkhah.custody.merkle import leaf_hash, root
from dadkhah.errors import VerificationError

DATA = entries(11)
ALTERED = [*DATA[:2], DATA[0], *DATA[3:]]
KEYS = [LOG.verifier]


def leaves(data: list[bytes]) -> list[bytes]:
    return [leaf_hash(item) for item in data]


def made(size: int) -> Fork:
    def read_hash(level: int, index: int) -> bytes:
        return root(leaves(ALTERED)[index << level : (index + 1) << level])

    older, newer = checkpoint(DATA[:size]), checkpoint(ALTERED)
    return prove_fork(older, newer, read_hash, log=KEYS, origin=ORIGIN)


@pytest.mark.parametrize("size", range(3, 12))
def test_a_fork_is_proved_from_the_tiles_of_the_newer_history(size: int) -> None:
    def read_hash(level: int, index: int) -> bytes:
        return root(leaves(ALTERED)[index << level : (index + 1) << level])

    fork = prove_fork(
        checkpoint(DATA[:size]), checkpoint(ALTERED), read_hash, log=KEYS, origin=ORIGIN
    )
    check_fork(fork, KEYS, origin=ORIGIN)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 8, 10, 11])
def test_one_history_is_never_proved_a_fork(size: int) -> None:
    def read_hash(level: int, index: int) -> bytes:
        return root(leaves(DATA)[index << level : (index + 1) << level])

    with refused("fork-unproved"):
        prove_fork(checkpoint(DATA[:size]), checkpoint(DATA), read_hash, log=KEYS, origin=ORIGIN)


@pytest.mark.parametrize("size", [3, 4, 11])
def test_a_fork_reads_back(size: int) -> None:
    fork = made(size)
    assert read_fork(fork_text(fork)) == fork
    assert read_fork(fork_text(fork).encode()) == fork
    check_fork(read_fork(fork_text(fork)), KEYS, origin=ORIGIN)


def test_nobody_without_the_key_can_make_a_fork_up() -> None:
    fork = made(5)
    forged = replace(fork, older=checkpoint(DATA[:5], OTHER))
    with refused("note-unsigned"):
        check_fork(forged, KEYS, origin=ORIGIN)
    with refused("fork-unproved"):
        check_fork(replace(fork, older=checkpoint(ALTERED[:5])), KEYS, origin=ORIGIN)
    with refused("fork-unproved"):
        check_fork(Fork(older=fork.newer, newer=fork.older, path=fork.path), KEYS, origin=ORIGIN)
    with refused("fork-unproved"):
        check_fork(Fork(older=fork.newer, newer=fork.newer), KEYS, origin=ORIGIN)


def test_hashes_that_lead_nowhere_prove_no_fork() -> None:
    fork = made(5)
    for path in ((), fork.path[:-1], (*fork.path, bytes(32)), (bytes(32), *fork.path[1:])):
        with refused("fork-unproved"):
            check_fork(replace(fork, path=path), KEYS, origin=ORIGIN)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "fork-shape"),
        ("dadkhah fork v1\n\n", "fork-shape"),
        ("dadkhah fork v1\nolder x\n\n", "fork-shape"),
        ("dadkhah fork v2\nolder 1\n\n", "fork-shape"),
        ("dadkhah fork v1\nolder 1\nAAAA\n\n", "proof-hash"),
        ("dadkhah fork v1\nolder 1\n" + "AAAA\n" * 64 + "\n", "proof-too-long"),
        (b"\xff", "fork-encoding"),
        ("dadkhah fork v1\nolder 1\n\n—", "fork-encoding"),
        (b"a" * 3_000_001, "fork-size"),
    ],
)
def test_a_malformed_fork_is_refused_with_its_own_code(data: str | bytes, code: str) -> None:
    with refused(code):
        read_fork(data)


@settings(deadline=None)
@given(st.text() | st.binary())
def test_any_text_is_refused_with_a_code(data: str | bytes) -> None:
    with pytest.raises(VerificationError) as refusal:
        read_fork(data)
    assert refusal.value.code
