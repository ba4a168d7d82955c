"""Times of a real authority, and of authorities that do it wrong."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.authority import STAMPING, Tsa, make, sequence
from tests.custody.cast import code_of

from dadkhah.custody.timestamps import check_reply, query, read_roots
from dadkhah.errors import VerificationError

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
DATA = b"example.org/log\n3\nroot\n"


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make(tmp_path_factory.mktemp("clock") / "tsa")


@pytest.fixture(scope="module")
def reply(tsa: Tsa) -> bytes:
    return tsa.reply(query(DATA).der)


def test_a_time_of_a_pinned_authority_holds(tsa: Tsa) -> None:
    asked = query(DATA)
    found = check_reply(tsa.reply(asked.der), DATA, read_roots(tsa.root), nonce=asked.nonce)
    assert found.authority == "CN=invented clock"
    assert found.moment.tzinfo is not None


def test_openssl_says_the_same_of_it(tsa: Tsa, reply: bytes, tmp_path: Path) -> None:
    (tmp_path / "reply").write_bytes(reply)
    (tmp_path / "data").write_bytes(DATA)
    words = ["openssl", "ts", "-verify", "-data", "data", "-in", "reply", "-CAfile",
             str(tsa.room / "root.pem"), "-untrusted", str(tsa.room / "tsa.pem")]  # fmt: skip
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in ran.stdout + ran.stderr
    (tmp_path / "data").write_bytes(DATA + b"x")
    assert subprocess.run(words, cwd=tmp_path, capture_output=True, check=False).returncode != 0
    assert code_of(lambda: check_reply(reply, DATA + b"x", read_roots(tsa.root))) == "time-imprint"


def test_the_answer_to_another_question_is_refused(tsa: Tsa, reply: bytes) -> None:
    nonce = query(DATA).nonce
    roots = read_roots(tsa.root)
    assert code_of(lambda: check_reply(reply, DATA, roots, nonce=nonce)) == "time-nonce"


def test_an_authority_that_is_not_pinned_is_refused(tsa: Tsa, reply: bytes, tmp_path: Path) -> None:
    stranger = make(tmp_path / "stranger")
    assert code_of(lambda: check_reply(reply, DATA, read_roots(stranger.root))) == "time-chain"
    assert code_of(lambda: check_reply(reply, DATA, [])) == "time-chain"
    assert code_of(lambda: read_roots(b"no certificate")) == "time-roots"


def test_a_certificate_expired_at_that_time_is_refused(reply: bytes, tmp_path: Path) -> None:
    old = make(tmp_path / "old", days=(-100, -1))
    made = old.resigned(reply)
    assert code_of(lambda: check_reply(made, DATA, read_roots(old.root))) == "time-chain"


@pytest.mark.parametrize(
    ("usage", "critical"),
    [
        ((), True),
        ((STAMPING,), False),
        ((ExtendedKeyUsageOID.CODE_SIGNING,), True),
        ((STAMPING, ExtendedKeyUsageOID.CODE_SIGNING), True),
    ],
)
def test_a_certificate_that_is_not_for_time_stamping_alone_is_refused(
    reply: bytes, tmp_path: Path, usage: tuple[ExtendedKeyUsageOID, ...], critical: bool
) -> None:
    wrong = make(tmp_path / "wrong", usage=usage, critical=critical)  # type: ignore[arg-type]
    made = wrong.resigned(reply)
    assert code_of(lambda: check_reply(made, DATA, read_roots(wrong.root))) == "time-purpose"


def test_the_same_time_signed_again_by_a_right_clock_holds(reply: bytes, tmp_path: Path) -> None:
    """Without this the refusals above could come from the signing again."""
    right = make(tmp_path / "right")
    check_reply(right.resigned(reply), DATA, read_roots(right.root))


def test_a_refusal_and_what_is_no_reply_are_refused(tsa: Tsa, reply: bytes) -> None:
    roots = read_roots(tsa.root)
    rejected = sequence(sequence(b"\x02\x01\x02"))
    assert code_of(lambda: check_reply(rejected, DATA, roots)) == "time-status"
    for data in (b"", b"\x30\x00", reply[:-9], b"<html>", b"x" * (1 << 19)):
        assert code_of(lambda: check_reply(data, DATA, roots)) in {"time-reply", "time-chain"}  # noqa: B023


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_one_flipped_bit_in_a_reply_never_gives_another_time(
    tsa: Tsa, reply: bytes, data: st.DataObject
) -> None:
    altered = bytearray(reply)
    at = data.draw(st.integers(0, len(reply) - 1))
    altered[at] ^= 1 << data.draw(st.integers(0, 7))
    roots = read_roots(tsa.root)
    try:
        found = check_reply(bytes(altered), DATA, roots)
    except VerificationError:
        return
    assert found == check_reply(reply, DATA, roots)
