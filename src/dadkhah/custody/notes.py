"""Signed notes: a text, a blank line, and who signed it.

    The text, one line or many.

    — quasimodo.example/log NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKON...

Source: C2SP signed-note. Nothing in a note may be believed before `open_note` returned it.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from dadkhah.custody.signers import (
    LogSigner,
    LogVerifier,
    Signature,
    Verifier,
    decode_base64,
    is_key_name,
    read_signer,
    read_verifier,
    signer_text,
    verifier_text,
)
from dadkhah.errors import VerificationError

__all__ = [
    "MAX_NOTE_BYTES",
    "MAX_SIGNATURES",
    "LogSigner",
    "LogVerifier",
    "Note",
    "Signature",
    "Verifier",
    "add_signature",
    "note_text",
    "open_note",
    "parse_note",
    "read_signer",
    "read_verifier",
    "sign",
    "signature_line",
    "signer_text",
    "verifier_text",
]

MAX_NOTE_BYTES = 1_000_000
MAX_SIGNATURES = 100
LINE_START = "— "


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note taken apart.

    Args:
        text: what was signed, with its last newline.
        signatures: those that a given verifier found true.
        unverified: those of keys that nobody asked about.
    """

    text: str
    signatures: tuple[Signature, ...] = ()
    unverified: tuple[Signature, ...] = ()


def sign(text: str, *signers: LogSigner) -> str:
    """Sign a text and write the note.

    Raises:
        VerificationError: note-text when the text cannot be a note's text.
    """
    _check_text(text)
    return note_text(text, [signer.signs(text) for signer in signers])


def note_text(text: str, signatures: Sequence[Signature]) -> str:
    """Write a note: the text, a blank line, one line per signature."""
    return text + "\n" + "".join(signature_line(signature) for signature in signatures)


def signature_line(signature: Signature) -> str:
    """Write one signature line, with its newline."""
    packed = base64.b64encode(signature.key_id + signature.raw).decode()
    return f"{LINE_START}{signature.name} {packed}\n"


def add_signature(note: str, signature: Signature) -> str:
    """Add one more signature, such as a witness' cosignature, below those of a note."""
    return note + signature_line(signature)


def parse_note(note: str | bytes) -> Note:
    """Take a note apart without believing any of it.

    Raises:
        VerificationError: note-size, note-encoding, note-control-character, note-shape,
            note-signature-line, note-too-many-signatures.

    Source: C2SP signed-note, Format.
    """
    written = _decode(note)
    end = written.rfind("\n\n")
    if end < 0 or not written.endswith("\n"):
        raise VerificationError(
            "note-shape",
            "A note is a text, a blank line, and signature lines that end in a newline.",
        )
    if end == 0 or end + 2 == len(written):
        raise VerificationError("note-shape", "This note has no text or no signature.")
    lines = written[end + 2 : -1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise VerificationError(
            "note-too-many-signatures", f"A note carries at most {MAX_SIGNATURES} signatures."
        )
    return Note(text=written[: end + 1], unverified=tuple(map(_read_signature, lines)))


def open_note(note: str | bytes, verifiers: Sequence[Verifier]) -> Note:
    """Take a note apart and check every signature made by a key that is known.

    Args:
        note: as received.
        verifiers: the known keys; signatures of others are kept apart, never believed.

    Returns:
        The note; at least one of its signatures holds.

    Raises:
        VerificationError: those of parse_note; note-bad-signature when a known key's
            signature does not hold, note-unsigned when no known key signed.

    Source: C2SP signed-note, Signatures.
    """
    parsed = parse_note(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    good: dict[tuple[str, bytes], Signature] = {}
    unknown: list[Signature] = []
    for signature in parsed.unverified:
        key = (signature.name, signature.key_id)
        if key not in known:
            unknown.append(signature)
        elif key not in good:
            _check_signature(known[key], parsed.text, signature)
            good[key] = signature
    if not good:
        raise VerificationError(
            "note-unsigned",
            "No key that is trusted here signed this note.",
            todo="Check that the verifier key given belongs to this log.",
        )
    return Note(text=parsed.text, signatures=tuple(good.values()), unverified=tuple(unknown))


def _decode(note: str | bytes) -> str:
    try:
        packed = note.encode() if isinstance(note, str) else note
        if len(packed) > MAX_NOTE_BYTES:
            raise VerificationError(
                "note-size", f"A note has at most {MAX_NOTE_BYTES} bytes; this has {len(packed)}."
            )
        written = packed.decode()
    except UnicodeError:
        raise VerificationError("note-encoding", "A note is UTF-8 text; this is not.") from None
    if any(character < " " and character != "\n" for character in written):
        raise VerificationError("note-control-character", "A note holds no control characters.")
    return written


def _check_text(text: str) -> None:
    if not text.endswith("\n") or _decode(text) == "\n":
        raise VerificationError(
            "note-text", "The text of a note is not empty and ends in a newline."
        )


def _read_signature(line: str) -> Signature:
    parts = line.removeprefix(LINE_START).split(" ")
    if not line.startswith(LINE_START) or len(parts) != 2 or not is_key_name(parts[0]):
        raise VerificationError(
            "note-signature-line",
            "A signature line is an em dash, the key name and the base64 signature.",
        )
    packed = decode_base64(parts[1], "note-signature-line")
    if len(packed) < 5:
        raise VerificationError("note-signature-line", "This signature is too short to be one.")
    return Signature(name=parts[0], key_id=packed[:4], raw=packed[4:])


def _check_signature(verifier: Verifier, text: str, signature: Signature) -> None:
    if not verifier.verifies(text, signature.raw):
        raise VerificationError(
            "note-bad-signature",
            "A signature in this note does not belong to its text.",
            where=f"key {signature.name}",
            todo="The text or the signature was altered: get the note again from its publisher.",
        )
