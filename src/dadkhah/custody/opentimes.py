"""OpenTimestamps: bytes tied to a block of the Bitcoin chain, through calendars.

A proof is first pending: a calendar promised. Hours later it is upgraded with the path to a block.
It then shows that the bytes existed when that block was made, by a chain that nobody owns. It does
not show who made them, that they are true, or that they are no older. A pending proof shows nothing
to anybody who does not trust the calendar.
"""

from __future__ import annotations

import hashlib
import secrets
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpSHA256
from opentimestamps.core.serialize import (
    BytesDeserializationContext,
    DeserializationError,
    StreamDeserializationContext,
    StreamSerializationContext,
)
from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp

from dadkhah.errors import VerificationError

__all__ = ["MAX_PROOF_BYTES", "Attested", "check_proof", "read_header", "stamp", "upgrade"]

MAX_PROOF_BYTES = 1 << 16
HEADER_BYTES = 80
# what the library says to bytes that are no proof
BROKEN = (
    DeserializationError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    EOFError,
)

# address of a calendar and bytes to be posted (or None to read), to its answer
Send = Callable[[str, bytes | None], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """What a proof leads to.

    Args:
        pending: addresses of calendars that promised.
        blocks: heights of blocks, with the time in their header where the header is here.
    """

    pending: tuple[str, ...]
    blocks: Mapping[int, datetime | None]


def stamp(data: bytes, calendars: Sequence[str], send: Send) -> bytes:
    """Make a pending proof; only a blinded SHA-256 goes to the calendars.

    Args:
        calendars: their addresses; each is asked.
        send: posts to a calendar and gives its answer.
    """
    top = Timestamp(hashlib.sha256(data).digest())
    # the random tail keeps a calendar from learning the digest of the bytes
    blinded = top.ops.add(OpAppend(secrets.token_bytes(16)))
    leaf = blinded.ops.add(OpSHA256())
    for address in calendars:
        answer = send(address.rstrip("/") + "/digest", leaf.msg)
        leaf.merge(_read_path(answer, leaf.msg))
    return _write(DetachedTimestampFile(OpSHA256(), top))


def upgrade(proof: bytes, send: Send) -> bytes:
    """Ask the calendars of a pending proof for the path to a block; unchanged when none has it.

    Raises:
        VerificationError: opentimes-proof.
    """
    found = _read(proof)
    for below, attestation in _attestations(found.timestamp):
        if isinstance(attestation, PendingAttestation):
            address = f"{attestation.uri.rstrip('/')}/timestamp/{below.msg.hex()}"
            answer = send(address, None)
            if answer:
                below.merge(_read_path(answer, below.msg))
    return _write(found)


def check_proof(proof: bytes, data: bytes, headers: Mapping[int, bytes]) -> Attested:
    """Check a proof against the headers of blocks that are here.

    Args:
        headers: by height, each of 80 bytes, taken from a copy of the chain that you trust.

    Raises:
        VerificationError: opentimes-proof, opentimes-digest, opentimes-block when a header says
            another root.
    """
    found = _read(proof)
    if found.file_digest != hashlib.sha256(data).digest():
        raise VerificationError("opentimes-digest", "This proof is of other bytes than these.")
    pending: list[str] = []
    blocks: dict[int, datetime | None] = {}
    for below, attestation in _attestations(found.timestamp):
        if isinstance(attestation, PendingAttestation):
            pending.append(attestation.uri)
        elif isinstance(attestation, BitcoinBlockHeaderAttestation):
            header = headers.get(attestation.height)
            blocks[attestation.height] = None if header is None else _moment(header, below.msg)
    return Attested(pending=tuple(sorted(pending)), blocks=dict(sorted(blocks.items())))


def read_header(line: str) -> tuple[int, bytes]:
    """Read one line of a file of headers: the height and 160 hex digits.

    Raises:
        VerificationError: opentimes-header.
    """
    height, _, digits = line.strip().partition(" ")
    try:
        header = bytes.fromhex(digits)
    except ValueError:
        header = b""
    if not height.isdecimal() or len(height) > 9 or len(header) != HEADER_BYTES:
        raise VerificationError(
            "opentimes-header", "A line of headers is a height and 160 hexadecimal digits."
        )
    return int(height), header


def _moment(header: bytes, root: bytes) -> datetime:
    # 4 version, 32 block before, 32 root over the transactions, 4 seconds, 4 target, 4 nonce
    if header[36:68] != root:
        raise VerificationError("opentimes-block", "The block's header says another root.")
    return datetime.fromtimestamp(int.from_bytes(header[68:72], "little"), tz=UTC)


def _attestations(timestamp: Timestamp) -> Iterator[tuple[Timestamp, object]]:
    """Every attestation with the place in the tree that it stands at."""
    waiting = [timestamp]
    while waiting:
        one = waiting.pop()
        yield from ((one, attestation) for attestation in sorted(one.attestations))
        waiting.extend(one.ops.values())


def _read(proof: bytes) -> DetachedTimestampFile:
    if len(proof) > MAX_PROOF_BYTES:
        raise VerificationError("opentimes-proof", "This proof is larger than any can be.")
    try:
        with _quiet():
            return DetachedTimestampFile.deserialize(StreamDeserializationContext(BytesIO(proof)))
    except BROKEN:
        raise VerificationError(
            "opentimes-proof", "This is not a proof of OpenTimestamps."
        ) from None


def _read_path(answer: bytes, message: bytes) -> Timestamp:
    try:
        with _quiet():
            return Timestamp.deserialize(BytesDeserializationContext(answer), message)
    except BROKEN:
        raise VerificationError("opentimes-answer", "A calendar did not answer as one.") from None


@contextmanager
def _quiet() -> Iterator[None]:
    """The library warns of an operation that proofs may still hold."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        yield


def _write(proof: DetachedTimestampFile) -> bytes:
    out = BytesIO()
    proof.serialize(StreamSerializationContext(out))
    return out.getvalue()
