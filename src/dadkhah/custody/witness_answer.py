"""What a witness answers to `add-checkpoint`: status codes and bodies of C2SP tlog-witness."""

from __future__ import annotations

from dataclasses import dataclass

from dadkhah.custody.checkpoints import Checkpoint, open_checkpoint, read_checkpoint
from dadkhah.custody.forks import Fork, differ
from dadkhah.custody.notes import parse_note, signature_line
from dadkhah.custody.witness import Request, Seen, cosign, read_request
from dadkhah.custody.witness_memory import Memory
from dadkhah.errors import VerificationError

__all__ = ["Answer", "answer"]

TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"
UNSIGNED = frozenset({"note-unsigned", "note-bad-signature"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer.

    Args:
        status: 200, 400, 403, 404, 409 or 422, as C2SP tlog-witness says.
        body: signature lines, a size, or a sentence.
        kind: of the body, as HTTP names it.
        fork: the name of the proof that was kept, when the log is shown to have forked.
    """

    status: int
    body: str
    kind: str = TEXT
    fork: str = ""


def answer(memory: Memory, data: bytes, *, seconds: int) -> Answer:
    """Answer one request, and remember what was cosigned before the answer is given.

    Args:
        data: the body of the request, or a request file off a stick.
        seconds: POSIX time, now.

    Source: C2SP tlog-witness, add-checkpoint; the numbers are the order of its checks.
    """
    # 1. The request can be read.
    try:
        request = read_request(data)
        origin = read_checkpoint(parse_note(request.checkpoint).text).origin
    except VerificationError as error:
        return _refuse(400, error)
    # 2. The log is known.
    log = memory.logs(origin)
    if not log:
        return Answer(status=404, body="This witness does not know this log.\n")
    # 3. A trusted key of it signed.
    try:
        checkpoint, _ = open_checkpoint(request.checkpoint, log, origin=origin)
    except VerificationError as error:
        return _refuse(403 if error.code in UNSIGNED else 400, error)
    # 4. The old size is not the larger one.
    if request.old_size > checkpoint.size:
        return Answer(status=400, body="The old size is larger than the checkpoint's.\n")
    with memory.held():
        return _decide(memory, request, checkpoint, seconds)


def _decide(memory: Memory, request: Request, checkpoint: Checkpoint, seconds: int) -> Answer:
    seen = memory.seen(checkpoint.origin)
    # 5. The old size is that of the last checkpoint cosigned; the roots of one size are one.
    if seen is not None and differ(seen.checkpoint, checkpoint, ()):
        kept = memory.keep_fork(Fork(older=seen.note, newer=request.checkpoint))
        return _conflict(seen, kept.name)
    if request.old_size != (seen.checkpoint.size if seen else 0):
        return _conflict(seen)
    # 6. The log only grew.
    log = memory.logs(checkpoint.origin)
    try:
        found = cosign(
            seen, request.checkpoint, request.proof, memory.key,
            log=log, origin=checkpoint.origin, seconds=seconds,
        )  # fmt: skip
    except VerificationError as error:
        return _refuse(422, error)
    if isinstance(found, Fork):
        kept = memory.keep_fork(found)
        return Answer(status=422, body="The proof shows that this log forked.\n", fork=kept.name)
    # 7. It is written down, and only then answered.
    memory.remember(found.seen)
    return Answer(status=200, body=signature_line(found.signature))


def _conflict(seen: Seen | None, fork: str = "") -> Answer:
    size = seen.checkpoint.size if seen else 0
    return Answer(status=409, body=f"{size}\n", kind=SIZE, fork=fork)


def _refuse(status: int, error: VerificationError) -> Answer:
    return Answer(status=status, body=f"{error.what} [{error.code}]\n")
