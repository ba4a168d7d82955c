"""RFC 3161: an authority outside the house says that these bytes existed at its time.

It shows that the bytes existed no later than that time, by the authority's clock. It does not show
who made them, that they are true, or that they did not exist long before. Chains are held against
certificates pinned beforehand, at the time that the token says; revocation lists are not read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import rfc3161_client
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import TimeStampResponse
from rfc3161_client.errors import VerificationError as Refused

from dadkhah.custody.der import with_certificates_in_order
from dadkhah.errors import VerificationError

__all__ = ["MAX_TOKEN_BYTES", "Query", "Stamped", "check_reply", "query", "read_roots"]

MAX_TOKEN_BYTES = 1 << 18
HASHES = {
    "2.16.840.1.101.3.4.2.1": hashlib.sha256,
    "2.16.840.1.101.3.4.2.2": hashlib.sha384,
    "2.16.840.1.101.3.4.2.3": hashlib.sha512,
}
GRANTED = 0
# what the libraries say to bytes that are no reply or no certificate
BROKEN = (
    ValueError,
    TypeError,
    OverflowError,
    KeyError,
    x509.InvalidVersion,
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is sent to an authority: the DER of the request, and the number it must repeat."""

    der: bytes
    nonce: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What a reply shows: the authority's name as its certificate has it, and its time."""

    authority: str
    moment: datetime


def query(data: bytes) -> Query:
    """Ask for a time for these bytes; only their SHA-256 leaves the house.

    Source: RFC 3161, section 2.4.1.
    """
    builder = rfc3161_client.TimestampRequestBuilder(
        data=data, hash_algorithm=rfc3161_client.HashAlgorithm.SHA256, nonce=True, cert_req=True
    )
    made = builder.build()
    return Query(der=made.as_bytes(), nonce=int(made.nonce or 0))


def read_roots(pem: bytes) -> list[x509.Certificate]:
    """Read pinned certificates.

    Raises:
        VerificationError: time-roots.
    """
    try:
        found = x509.load_pem_x509_certificates(pem)
    except ValueError:
        raise VerificationError("time-roots", "This is not a file of PEM certificates.") from None
    return found


def check_reply(
    reply: bytes, data: bytes, roots: Sequence[x509.Certificate], *, nonce: int | None = None
) -> Stamped:
    """Check the reply of an authority, in this order.

    1. It can be read, and the authority granted it.
    2. It speaks of the SHA-2 of these bytes.
    3. It repeats the number that was sent, when that is known.
    4. One signer, whose certificate is made for time stamping alone and says so critically.
    5. The signature holds, and its chain leads to a pinned certificate, all valid at that time.

    Args:
        reply: DER of a TimeStampResp.
        data: what was stamped.
        roots: pinned beforehand.
        nonce: that was sent; a stored reply is checked without it.

    Raises:
        VerificationError: time-reply, time-status, time-imprint, time-nonce, time-purpose,
            time-chain.

    Source: RFC 3161, sections 2.2 to 2.4.2; RFC 5280, section 4.2.1.12.
    """
    # 1.
    found = _read(reply)
    info = found.tst_info
    # 2.
    imprint = info.message_imprint
    digest = HASHES.get(imprint.hash_algorithm.dotted_string)
    if digest is None or imprint.message != digest(data).digest():
        raise VerificationError("time-imprint", "This time was given for other bytes than these.")
    # 3.
    if nonce is not None and info.nonce != nonce:
        raise VerificationError("time-nonce", "This is the answer to another question.")
    # 4.
    signer = _signer(found)
    # 5.
    if not roots:
        raise VerificationError("time-chain", "No certificate is pinned for this authority.")
    builder = rfc3161_client.VerifierBuilder()
    for root in dict.fromkeys(roots):
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify_message(found, data)
    except (Refused, *BROKEN) as error:
        raise VerificationError(
            "time-chain",
            "The signature does not hold, or leads to no pinned certificate valid at that time.",
            where=str(error)[:300],
        ) from error
    return Stamped(authority=signer.subject.rfc4514_string(), moment=info.gen_time)


def _read(reply: bytes) -> TimeStampResponse:
    if len(reply) > MAX_TOKEN_BYTES:
        raise VerificationError("time-reply", "This reply is larger than any can be.")
    try:
        found = rfc3161_client.decode_timestamp_response(with_certificates_in_order(reply))
        if found.status != GRANTED:
            raise VerificationError(
                "time-status",
                "The authority did not grant a time.",
                where=f"status {int(found.status)}",
            )
        found.tst_info, found.signed_data.certificates  # noqa: B018 — read here or refused here
    except BROKEN as error:
        raise VerificationError(
            "time-reply", "This is not the reply of a time authority.", where=str(error)[:200]
        ) from None
    return found


def _signer(found: TimeStampResponse) -> x509.Certificate:
    """The signer's certificate, if it is made for time stamping and nothing else."""
    signers = found.signed_data.signer_infos
    if len(signers) != 1:
        raise VerificationError("time-reply", "A time is signed by one authority.")
    one = next(iter(signers))
    try:
        certificates = [
            x509.load_der_x509_certificate(der) for der in found.signed_data.certificates
        ]
        (signer,) = (
            certificate
            for certificate in certificates
            if (certificate.issuer, certificate.serial_number) == (one.issuer, one.serial_number)
        )
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except BROKEN:
        raise VerificationError(
            "time-purpose", "The signer's certificate is not there, or is not for time stamping."
        ) from None
    if not usage.critical or [*usage.value] != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise VerificationError(
            "time-purpose", "The signer's certificate is not for time stamping alone."
        )
    return signer
