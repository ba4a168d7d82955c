"""A case and its witnesses: what they are asked, and what they answered."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from dadkhah.custody import merkle
from dadkhah.custody.checkpoints import read_checkpoint
from dadkhah.custody.cosignatures import WitnessVerifier, cosignatures
from dadkhah.custody.notes import note_text, open_note, parse_note
from dadkhah.custody.signers import LogVerifier
from dadkhah.custody.witness import Request, request_text
from dadkhah.errors import VerificationError
from dadkhah.web.custody import tree
from dadkhah.web.custody.models import SignedCheckpoint

__all__ = ["bring", "last_cosigned", "request"]


def request(*, old_size: int, note: str) -> str:
    """Write what is sent to a witness: this checkpoint, and that the log grew into it.

    Args:
        old_size: of the last checkpoint that the witness cosigned; 0 at the first meeting.
        note: the signed checkpoint.

    Raises:
        VerificationError: proof-order when the witness saw a longer log than this.
    """
    size = read_checkpoint(parse_note(note).text).size
    proof = merkle.consistency_proof_from(tree.read_hash, old_size, size)
    return request_text(Request(old_size=old_size, proof=proof, checkpoint=note))


def last_cosigned(key: WitnessVerifier, log: LogVerifier) -> int:
    """Give the size of the last checkpoint that a witness cosigned and that was brought home."""
    for size, note in SignedCheckpoint.objects.order_by("-size").values_list("size", "note"):
        try:
            opened = open_note(note, [log, key])
        except VerificationError:
            continue
        if cosignatures(opened, [key]):
            return int(size)
    return 0


@transaction.atomic
def bring(*, lines: str, witnesses: Sequence[WitnessVerifier], log: LogVerifier) -> int:
    """Keep the cosignatures of an answer with the checkpoint that they belong to.

    Args:
        lines: signature lines, as a witness answers.
        witnesses: those that this case asks.

    Returns:
        The size of the checkpoint that they cosign.

    Raises:
        VerificationError: cosignature-unknown when they belong to no checkpoint and witness.
    """
    for row in SignedCheckpoint.objects.select_for_update().order_by("-size"):
        found = _joined(str(row.note), lines, witnesses, log)
        if found:
            row.note = found
            row.save(update_fields=["note"])
            return int(row.size)
    raise VerificationError(
        "cosignature-unknown",
        "This answer cosigns no checkpoint of this log, or is of no witness in the policy.",
        todo="Check that the answer belongs to this case, and that its policy names the witness.",
    )


def _joined(note: str, lines: str, witnesses: Sequence[WitnessVerifier], log: LogVerifier) -> str:
    """The note with the cosignatures that hold for it; empty when none does."""
    kept, text = parse_note(note).unverified, parse_note(note).text
    fresh = parse_note(f"{text}\n{lines}").unverified
    known = {(key.name, key.key_id): key for key in witnesses}
    good = [
        one
        for one in fresh
        if (key := known.get((one.name, one.key_id))) is not None and key.verifies(text, one.raw)
    ]
    if not good:
        return ""
    names = {(one.name, one.key_id) for one in good}
    older = [one for one in kept if (one.name, one.key_id) not in names]
    # the log's own signature first, the others by name: the same cosignatures give the same bytes
    every = sorted([*older, *good], key=lambda one: (one.name != log.name, one.name, one.key_id))
    return note_text(text, every)
