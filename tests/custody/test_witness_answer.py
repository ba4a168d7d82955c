"""A witness' answers, status by status, as C2SP tlog-witness has them; and its memory."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import LOG, ORIGIN, OTHER, SECONDS, checkpoint, entries

from dadkhah.cli.verify import prove_fork
from dadkhah.custody import witness_http, witness_memory
from dadkhah.custody.checkpoints import Checkpoint, sign_checkpoint
from dadkhah.custody.cosignatures import witness_of
from dadkhah.custody.merkle import consistency_proof, leaf_hash
from dadkhah.custody.notes import open_note
from dadkhah.custody.signers import LogVerifier, verifier_text
from dadkhah.custody.witness import Request, request_text
from dadkhah.custody.witness_answer import SIZE, Answer, answer
from dadkhah.custody.witness_memory import Memory
from dadkhah.errors import CaseError, VerificationError

DATA = entries(40)
ALTERED = [*DATA[:2], DATA[0], *DATA[3:]]


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    made = witness_memory.begin(tmp_path / "w", "witness.example/w1")
    made.know(LOG.verifier)
    return witness_memory.open_memory(tmp_path / "w")


def body(
    old: int, data: list[bytes], note: str = "", proof: tuple[bytes, ...] | None = None
) -> bytes:
    leaves = [leaf_hash(item) for item in data]
    path = consistency_proof(leaves, old) if proof is None else proof
    return request_text(
        Request(old_size=old, proof=path, checkpoint=note or checkpoint(data))
    ).encode()


def ask(memory: Memory, data: bytes) -> Answer:
    return answer(memory, data, seconds=SECONDS)


def test_200_gives_a_cosignature_that_holds_and_is_remembered(memory: Memory) -> None:
    for old, size in ((0, 3), (3, 3), (3, 7), (7, 40)):
        found = ask(memory, body(old, DATA[:size]))
        assert found.status == 200
        assert found.body.startswith("— witness.example/w1 ")
        opened = open_note(checkpoint(DATA[:size]) + found.body, [witness_of(memory.key)])
        assert len(opened.signatures) == 1
        seen = witness_memory.open_memory(memory.folder).seen(ORIGIN)
        assert seen is not None
        assert seen.checkpoint.size == size


def test_400_for_what_cannot_be_read_or_runs_backwards(memory: Memory) -> None:
    assert ask(memory, b"hello").status == 400
    assert ask(memory, b"old 1\n\nhello\n").status == 400
    assert ask(memory, body(3, DATA[:2], proof=())).status == 400


def test_403_for_a_checkpoint_that_no_trusted_key_signed(memory: Memory) -> None:
    assert ask(memory, body(0, DATA, checkpoint(DATA, OTHER))).status == 403


def test_404_for_a_log_that_is_not_known(memory: Memory) -> None:
    note = checkpoint(DATA, origin="example.org/other")
    assert ask(memory, body(0, DATA, note)).status == 404


def test_409_with_the_size_when_the_old_size_is_not_the_last(memory: Memory) -> None:
    assert ask(memory, body(3, DATA)) == Answer(status=409, body="0\n", kind=SIZE)
    ask(memory, body(0, DATA[:7]))
    for old in (0, 3, 8):
        assert ask(memory, body(old, DATA)) == Answer(status=409, body="7\n", kind=SIZE)


def test_409_and_a_proof_when_one_size_has_two_roots(memory: Memory) -> None:
    ask(memory, body(0, DATA))
    found = ask(memory, body(40, ALTERED))
    assert (found.status, found.kind) == (409, SIZE)
    proved(memory, found)


def test_422_when_the_proof_does_not_hold_and_nothing_is_remembered(memory: Memory) -> None:
    ask(memory, body(0, DATA[:7]))
    assert ask(memory, body(7, DATA, proof=(b"x" * 32,))).status == 422
    assert ask(memory, body(7, DATA, proof=())).status == 422
    seen = memory.seen(ORIGIN)
    assert seen is not None
    assert seen.checkpoint.size == 7


def test_422_and_a_proof_when_the_log_forked(memory: Memory) -> None:
    ask(memory, body(0, DATA[:7]))
    found = ask(memory, body(7, ALTERED))
    assert found.status == 422
    proved(memory, found)


def proved(memory: Memory, found: Answer) -> None:
    """The kept file convinces anyone who has the log's key, and nobody with another."""
    path = memory.folder / "forks" / found.fork
    assert "signed two histories" in prove_fork(path, verifier_text(LOG.verifier))
    with pytest.raises(VerificationError, match="note-unsigned"):
        prove_fork(path, verifier_text(OTHER.verifier))
    with pytest.raises(VerificationError, match="key-needed"):
        prove_fork(path, "")


def test_a_memory_that_was_altered_is_not_built_on(memory: Memory) -> None:
    ask(memory, body(0, DATA[:7]))
    (path,) = (memory.folder / "seen").iterdir()
    path.write_text(path.read_text().replace("\n7\n", "\n6\n"))
    with pytest.raises(VerificationError, match="note-bad-signature"):
        ask(memory, body(7, DATA))


def test_a_witness_is_begun_once_and_opened_only_where_it_is(
    memory: Memory, tmp_path: Path
) -> None:
    with pytest.raises(CaseError, match="witness-exists"):
        witness_memory.begin(memory.folder, "witness.example/w2")
    with pytest.raises(CaseError, match="witness-missing"):
        witness_memory.open_memory(tmp_path / "nowhere")
    assert (memory.folder / "key").stat().st_mode & 0o077 == 0


def test_many_at_once_never_roll_the_witness_back(memory: Memory) -> None:
    """The race of C2SP tlog-witness: sizes only rise, whoever is answered first."""
    sizes: list[int] = []

    def grow(size: int) -> None:
        found, old = ask(memory, body(0, DATA[:size])), 0
        while found.status == 409 and (old := int(found.body)) <= size:
            found = ask(memory, body(old, DATA[:size]))
        if found.status == 200:
            sizes.append(size)

    threads = [threading.Thread(target=grow, args=(size,)) for size in range(1, 41)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen = memory.seen(ORIGIN)
    assert seen is not None
    assert seen.checkpoint.size == max(sizes) == 40


class Untaught(Memory):
    """A witness that knows no log."""

    def all_logs(self) -> list[LogVerifier]:
        return []


UNTAUGHT = Untaught(folder=Path("/nowhere"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert ask(UNTAUGHT, data).status in {400, 404}


@pytest.fixture
def address(memory: Memory) -> Iterator[str]:
    with witness_http.server(memory, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_over_http_the_same_answers_come_with_their_status_and_kind(address: str) -> None:
    reply = witness_http.ask(address, body(0, DATA[:7]))
    assert (reply.status, reply.body[:4]) == (200, "— ".encode())
    reply = witness_http.ask(address, body(0, DATA))
    assert (reply.status, reply.kind, reply.body) == (409, "text/x.tlog.size", b"7\n")
    assert witness_http.ask(address, b"").status == 400
    assert witness_http.ask(address + "elsewhere", body(7, DATA)).status == 404


def test_one_connection_serves_many_requests_and_an_endless_one_is_refused(address: str) -> None:
    line = http.client.HTTPConnection("127.0.0.1", int(address.rstrip("/").rpartition(":")[2]))
    for old, size in ((0, 3), (3, 9)):
        line.request("POST", "/add-checkpoint", body(old, DATA[:size]))
        found = line.getresponse()
        assert found.status == 200
        found.read()
    line.putrequest("POST", "/add-checkpoint")
    line.putheader("Content-Length", "99999999")
    line.endheaders()
    assert line.getresponse().status == 400
    line.close()


def test_a_witness_that_is_not_there_is_said_to_be_so() -> None:
    with pytest.raises(CaseError, match="witness-unreachable"):
        witness_http.ask("http://127.0.0.1:9/", b"")
    with pytest.raises(CaseError, match="witness-address"):
        witness_http.ask("ftp://witness.example/", b"")


def test_an_empty_log_can_be_witnessed(memory: Memory) -> None:
    empty = sign_checkpoint(Checkpoint(origin=ORIGIN, size=0, root=b"\xe3" + b"x" * 31), LOG)
    assert ask(memory, body(0, [], empty)).status == 422
    assert ask(memory, body(0, [])).status == 200
