"""Changes of a log's key, written in the log itself, and which key may sign what.

    action keys.rotate   note: the old verifier key, a space, the new one
    action keys.revoke   the same; from here on the old key is not believed at all

A rotation is handed over: the checkpoint that ends with its entry is signed by both keys, so that
whoever trusts the old key comes to trust the new one. A revocation is not: a thief of the old key
could have written the same entry, so the new key must come by another way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dadkhah.custody.checkpoints import Checkpoint, open_checkpoint, read_checkpoint
from dadkhah.custody.entries import Entry
from dadkhah.custody.notes import Note, open_note, parse_note
from dadkhah.custody.signers import LogVerifier, Verifier, read_verifier, verifier_text
from dadkhah.errors import VerificationError

__all__ = ["REVOKE", "ROTATE", "Chain", "Step", "change_note"]

ROTATE = "keys.rotate"
REVOKE = "keys.revoke"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of key: the entry that says it, and both keys."""

    index: int
    revoked: bool
    old: LogVerifier
    new: LogVerifier


@dataclass(slots=True)
class Chain:
    """The changes of key that a log tells of, in order."""

    steps: list[Step] = field(default_factory=list)
    broken: str = ""

    def visit(self, entry: Entry) -> None:
        """Take up an entry, if it changes the key."""
        if entry.action not in (ROTATE, REVOKE):
            return
        try:
            old, new = map(read_verifier, entry.note.split(" "))
        except (ValueError, VerificationError):
            self.broken = self.broken or f"entry {entry.index}"
            return
        if self.steps and self.steps[-1].new != old:
            self.broken = self.broken or f"entry {entry.index}"
        revoked = entry.action == REVOKE
        self.steps.append(Step(index=entry.index, revoked=revoked, old=old, new=new))

    def follow(self, given: LogVerifier, notes: Sequence[str | bytes], origin: str) -> LogVerifier:
        """Lead from the key that was given to the one in force now.

        Args:
            notes: every checkpoint at hand; those that hand a key over are looked for in them.

        Raises:
            VerificationError: key-chain, key-unknown, key-revoked, key-handover.
        """
        if self.broken:
            raise VerificationError(
                "key-chain", "A change of key does not follow the one before.", where=self.broken
            )
        if not self.steps or given == self.steps[-1].new:
            return given
        ahead = next((n for n, step in enumerate(self.steps) if step.old == given), None)
        if ahead is None:
            raise VerificationError(
                "key-unknown",
                "The key given never was the key of this log.",
                todo="Check that the key belongs to this log.",
            )
        for step in self.steps[ahead:]:
            _check_handover(step, notes, origin)
        return self.steps[-1].new

    def open(
        self,
        note: str | bytes,
        given: Sequence[LogVerifier],
        origin: str,
        others: Sequence[Verifier] = (),
    ) -> tuple[Checkpoint, Note]:
        """Open a checkpoint with the key that was in force at its size.

        Args:
            given: the keys to believe while the log tells of no change.
            others: keys of witnesses.

        Raises:
            VerificationError: those of open_checkpoint; key-retired and key-revoked when a key
                signed that was in force no more.
        """
        if not self.steps:
            return open_checkpoint(note, [*given, *others], origin=origin)
        size = read_checkpoint(parse_note(note).text).size
        try:
            # the key in force must have signed; a witness alone does not speak for the log
            open_note(note, [*self._in_force(size)])
        except VerificationError as error:
            if error.code == "note-unsigned":
                self._name_past_key(note)
            raise
        return open_checkpoint(note, [*self._in_force(size), *others], origin=origin)

    def _in_force(self, size: int) -> Iterator[LogVerifier]:
        """The keys that may sign this size; both where a rotation hands over."""
        last = self.steps[0].old
        for step in self.steps:
            if step.index + 1 > size:
                break
            if step.index + 1 == size and not step.revoked:
                yield last
            last = step.new
        yield last

    def _name_past_key(self, note: str | bytes) -> None:
        for step in self.steps:
            try:
                open_note(note, [step.old])
            except VerificationError:
                continue
            code = "key-revoked" if step.revoked else "key-retired"
            raise VerificationError(
                code,
                "The key that signed this was in force no more.",
                where=f"changed in entry {step.index}",
                todo="Ask for a checkpoint signed by the key in force now.",
            )


def change_note(old: LogVerifier, new: LogVerifier) -> str:
    """Write the note of an entry that changes the key."""
    return f"{verifier_text(old)} {verifier_text(new)}"


def _check_handover(step: Step, notes: Sequence[str | bytes], origin: str) -> None:
    if step.revoked:
        raise VerificationError(
            "key-revoked",
            "The key given was revoked, and nothing it says leads on.",
            where=f"entry {step.index}",
            todo="Get the new key from whoever keeps the log, by another way.",
        )
    for note in notes:
        try:
            for key in (step.old, step.new):
                head, _ = open_checkpoint(note, [key], origin=origin)
        except VerificationError:
            continue
        if head.size == step.index + 1:
            return
    raise VerificationError(
        "key-handover",
        "A change of key is not signed by both keys.",
        where=f"entry {step.index}",
        todo="Get the new key from whoever keeps the log, by another way.",
    )
