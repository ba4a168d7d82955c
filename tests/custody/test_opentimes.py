"""OpenTimestamps against a calendar and a chain made here."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp
from tests.custody.cast import code_of

from dadkhah.custody.opentimes import check_proof, read_header, stamp, upgrade

DATA = b"example.org/log\n3\nroot\n"
CALENDAR = "https://calendar.example"


class Calendar:
    """Promises first; gives the path to block 850000 once that block is made."""

    def __init__(self) -> None:
        self.posted: list[bytes] = []
        self.root = b""

    def send(self, address: str, data: bytes | None) -> bytes:
        if data is not None:
            assert address == f"{CALENDAR}/digest"
            self.posted.append(data)
            promised = Timestamp(data)
            promised.ops.add(OpAppend(b"salt")).attestations.add(PendingAttestation(CALENDAR))
            return written(promised)
        prefix = f"{CALENDAR}/timestamp/"
        assert address.startswith(prefix)
        if not self.root:
            return b""
        path = Timestamp(bytes.fromhex(address.removeprefix(prefix)))
        top = path.ops.add(OpSHA256())
        top.attestations.add(BitcoinBlockHeaderAttestation(850_000))
        return written(path)

    def mine(self) -> bytes:
        """Make the block, and give its header."""
        leaf = self.posted[0] + b"salt"
        self.root = hashlib.sha256(leaf).digest()
        seconds = int(datetime(2026, 3, 21, tzinfo=UTC).timestamp())
        return bytes(36) + self.root + seconds.to_bytes(4, "little") + bytes(8)


def written(timestamp: Timestamp) -> bytes:
    context = BytesSerializationContext()
    timestamp.serialize(context)
    return bytes(context.getbytes())


@pytest.fixture(scope="module")
def proofs() -> tuple[bytes, bytes, bytes]:
    """A pending proof, the same upgraded, and the block's header."""
    calendar = Calendar()
    pending = stamp(DATA, [CALENDAR], calendar.send)
    assert upgrade(pending, calendar.send) == pending
    header = calendar.mine()
    assert hashlib.sha256(DATA).digest() not in calendar.posted
    return pending, upgrade(pending, calendar.send), header


def test_a_pending_proof_says_that_it_is_pending(proofs: tuple[bytes, bytes, bytes]) -> None:
    found = check_proof(proofs[0], DATA, {})
    assert (found.pending, found.blocks) == ((CALENDAR,), {})


def test_an_upgraded_proof_leads_to_a_block_and_its_time(
    proofs: tuple[bytes, bytes, bytes],
) -> None:
    _, proof, header = proofs
    assert check_proof(proof, DATA, {}).blocks == {850_000: None}
    found = check_proof(proof, DATA, {850_000: header})
    assert found.blocks == {850_000: datetime(2026, 3, 21, tzinfo=UTC)}


def test_other_bytes_and_another_block_are_refused(proofs: tuple[bytes, bytes, bytes]) -> None:
    _, proof, header = proofs
    assert code_of(lambda: check_proof(proof, DATA + b"x", {})) == "opentimes-digest"
    other = header[:40] + b"x" + header[41:]
    assert code_of(lambda: check_proof(proof, DATA, {850_000: other})) == "opentimes-block"
    for data in (b"", proof[:-3], b"x" * 70_000, b"\x00" * 50):
        assert code_of(lambda: check_proof(data, DATA, {})) == "opentimes-proof"  # noqa: B023
    assert code_of(lambda: stamp(DATA, ["https://a.example"], lambda _a, _d: b"x")) == (
        "opentimes-answer"
    )


def test_a_line_of_headers_is_read_or_refused() -> None:
    assert read_header(f"850000 {'ab' * 80}") == (850_000, b"\xab" * 80)
    for line in ("", "850000", f"x {'ab' * 80}", f"1 {'ab' * 79}", f"1 {'zz' * 80}"):
        assert code_of(lambda: read_header(line)) == "opentimes-header"  # noqa: B023


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_an_altered_proof_is_refused_or_leads_elsewhere(
    proofs: tuple[bytes, bytes, bytes], data: st.DataObject
) -> None:
    _, proof, header = proofs
    altered = bytearray(proof)
    altered[data.draw(st.integers(0, len(proof) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    found = []
    code = code_of(lambda: found.append(check_proof(bytes(altered), DATA, {850_000: header})))
    assert code or found[0].blocks.get(850_000) in {None, datetime(2026, 3, 21, tzinfo=UTC)}


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_after_the_head_of_a_proof_are_read_or_refused(
    proofs: tuple[bytes, bytes, bytes], tail: bytes
) -> None:
    code_of(lambda: check_proof(proofs[0][:32] + tail, DATA, {}))
