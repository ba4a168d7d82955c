"""What is checked when a log is verified, in this order, and nothing that is not listed.

 1. The checkpoint is a note of this log, signed by the log's key.
 2. As many of the named witnesses cosigned it as were asked for.
 3. Every entry can be read and is in its one canonical form.
 4. Every entry stands at its own index: none is missing, doubled or moved.
 5. The times of the entries never run backwards.
 6. The log has exactly as many entries as the checkpoint says.
 7. The entries hash to the root that was signed: not one bit is changed.
 8. Every earlier checkpoint given is signed, and is the beginning of this same log.
 9. An entry has exactly as many records, shown or erased, as it says.
10. Every record shown opens the commitment that was stored for it.
11. The commitments of an entry hash to the root that the entry holds.
12. Every tile and bundle kept beside the log is the one that its entries make.
19. The key given is the log's, or every change of key from it on was signed by both keys.
20. Every outside time kept is of a checkpoint of this log, and holds.

Checks 13 to 18, of the files and the records, are in dadkhah.sources.verification.
The code below carries the same numbers. What passing proves, and what it does not, is in
docs/custody.md: integrity since the checkpoint was seen, not authorship and not truth.
Memory stays flat: entries and records are streams, and each fault is counted, not collected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from dadkhah.custody.checkpoints import Checkpoint, read_checkpoint
from dadkhah.custody.cosignatures import WitnessVerifier
from dadkhah.custody.entries import Entry, read_entry
from dadkhah.custody.keychain import Chain
from dadkhah.custody.merkle import EMPTY, Frontier, leaf_hash
from dadkhah.custody.notes import parse_note
from dadkhah.custody.opening import Item, Opening
from dadkhah.custody.policy import Policy
from dadkhah.custody.report import Check, Fault, Report, join, outcome
from dadkhah.custody.signers import LogVerifier
from dadkhah.custody.tiles import write_log
from dadkhah.custody.witnessed import check_policy, check_witnesses
from dadkhah.errors import VerificationError

__all__ = ["Check", "Item", "Report", "join", "verify_commitments", "verify_log", "verify_tiles"]


@dataclass(slots=True)
class _Walk:
    """What one pass over the entries learned."""

    frontier: Frontier = EMPTY
    faults: dict[int, Fault] = field(default_factory=dict)
    roots: dict[int, bytes] = field(default_factory=dict)

    def fault(self, number: int, code: str, where: str) -> None:
        if number in self.faults:
            self.faults[number].count += 1
        else:
            self.faults[number] = Fault(code, where)


def verify_log(
    entries: Iterable[bytes],
    checkpoint: str | bytes,
    verifiers: Sequence[LogVerifier],
    *,
    origin: str,
    witnesses: Sequence[WitnessVerifier] = (),
    quorum: int = 0,
    policy: Policy | None = None,
    earlier: Sequence[str | bytes] = (),
    visit: Callable[[Entry], None] | None = None,
) -> Report:
    """Check a whole log against a signed checkpoint, checks 1 to 8.

    Args:
        entries: bytes of each entry, in order; may be a stream.
        checkpoint: the signed note.
        verifiers: trusted keys of the log.
        origin: the log's own name.
        witnesses: trusted keys of witnesses.
        quorum: how many of them must have cosigned.
        policy: the rule in place of these two; any checkpoint given may fulfil it, and the
            largest that does is named.
        earlier: checkpoints of this log seen before, such as those that witnesses keep.
        visit: called with each entry that reads well, so that its records can be checked on
            the way (`verify_commitments`).

    Returns:
        Eight checks, and check 19 where the log tells of a change of key. Nothing is raised for
        evidence that fails: it is what a report is for.
    """
    chain = Chain()
    notes = [checkpoint, *earlier]
    walk = _walk(entries, set(map(_size_of, notes)), visit, chain)
    trusted, followed = _follow(chain, verifiers, notes, origin)
    head, signed = _check_signed(checkpoint, trusted, chain, origin)
    if policy is None:
        witnessed = check_witnesses(checkpoint, trusted, witnesses, quorum, chain, origin)
    else:
        witnessed = check_policy(notes, trusted, policy, chain, origin)
    past, lost = _read_earlier(earlier, trusted, chain, origin)
    # 3. to 5.
    walked = [outcome(number, walk.faults.get(number)) for number in (3, 4, 5)]
    # 6. to 8.
    ends = [_check_size(head, walk), _check_root(head, walk), _check_past(past, lost, walk)]
    checks = (signed, witnessed, *walked, *ends, *followed)
    return Report(checks=checks, entries=walk.frontier.size)


def verify_commitments(entry: Entry, items: Iterable[Item]) -> Report:
    """Check the records of one entry against it, checks 9 to 11.

    Args:
        entry: as read from the log.
        items: for each position, in order, a record shown or the bare commitment of one erased.

    Returns:
        Three checks. A changed record is named by its position when its commitment is stored
        beside it; without that only the entry can be named.
    """
    opening = Opening()
    opening.entry(entry, items)
    return opening.report()


def verify_tiles(entries: Iterable[bytes], read: Callable[[str], bytes | None]) -> Report:
    """Check the tiles and bundles kept beside a log against its entries, check 12.

    Args:
        entries: bytes of each entry, in order; may be a stream.
        read: gives the bytes of the file at a path, or None when there is none.

    Returns:
        One check; the path of the first file that differs is its place.
    """
    walk = _Walk()

    def compare(path: str, data: bytes) -> None:
        # 12.
        kept = read(path)
        if kept != data:
            walk.fault(12, "tile-missing" if kept is None else "tile-changed", path)

    try:
        write_log(entries, compare)
    except VerificationError as error:
        walk.fault(12, error.code, "an entry")
    return Report(checks=(outcome(12, walk.faults.get(12)),))


def _size_of(note: str | bytes) -> int:
    """The size that a note claims, believed by nobody; -1 when it claims none."""
    try:
        return read_checkpoint(parse_note(note).text).size
    except VerificationError:
        return -1


def _follow(
    chain: Chain, verifiers: Sequence[LogVerifier], notes: Sequence[str | bytes], origin: str
) -> tuple[Sequence[LogVerifier], list[Check]]:
    # 19.
    if not chain.steps and not chain.broken:
        return verifiers, []
    fault: Fault | None = None
    for given in verifiers:
        try:
            found = chain.follow(given, notes, origin)
        except VerificationError as error:
            fault = Fault(error.code, error.where or error.what)
        else:
            return [found], [outcome(19, None, where=f"{len(chain.steps)} changes of key")]
    return verifiers, [outcome(19, fault)]


def _check_signed(
    note: str | bytes, verifiers: Sequence[LogVerifier], chain: Chain, origin: str
) -> tuple[Checkpoint | None, Check]:
    # 1.
    try:
        head, _ = chain.open(note, verifiers, origin)
    except VerificationError as error:
        return None, outcome(1, Fault(error.code, error.where or error.what))
    return head, outcome(1, None)


def _read_earlier(
    notes: Sequence[str | bytes], verifiers: Sequence[LogVerifier], chain: Chain, origin: str
) -> tuple[list[Checkpoint], Fault | None]:
    past: list[Checkpoint] = []
    for position, note in enumerate(notes):
        try:
            past.append(chain.open(note, verifiers, origin)[0])
        except VerificationError as error:
            return past, Fault(error.code, f"earlier checkpoint {position}")
    return past, None


def _walk(
    entries: Iterable[bytes],
    sizes: set[int],
    visit: Callable[[Entry], None] | None,
    chain: Chain,
) -> _Walk:
    walk, last = _Walk(), ""
    if 0 in sizes:
        walk.roots[0] = EMPTY.root()
    for index, data in enumerate(entries):
        walk.frontier = walk.frontier.append(leaf_hash(data))
        if index + 1 in sizes:
            walk.roots[index + 1] = walk.frontier.root()
        try:
            entry = read_entry(data)
        except VerificationError as error:
            # 3.
            walk.fault(3, error.code, f"entry {index}")
            continue
        # 4.
        if entry.index != index:
            walk.fault(4, "log-order", f"entry {index} says it is {entry.index}")
        # 5.
        if entry.at < last:
            walk.fault(5, "log-time", f"entry {index}: {entry.at} after {last}")
        last = max(last, entry.at)
        chain.visit(entry)
        if visit is not None:
            visit(entry)
    return walk


def _check_size(head: Checkpoint | None, walk: _Walk) -> Check:
    # 6.
    if head is None:
        return outcome(6, Fault("checkpoint-unbelieved", "see check 1"))
    if head.size != walk.frontier.size:
        where = f"{head.size} signed, {walk.frontier.size} found"
        return outcome(6, Fault("log-size", where))
    return outcome(6, None)


def _check_root(head: Checkpoint | None, walk: _Walk) -> Check:
    # 7.
    if head is None:
        return outcome(7, Fault("checkpoint-unbelieved", "see check 1"))
    found = walk.frontier.root()
    if head.root != found:
        return outcome(7, Fault("log-root", f"signed {head.root.hex()}, found {found.hex()}"))
    return outcome(7, None)


def _check_past(past: Sequence[Checkpoint], lost: Fault | None, walk: _Walk) -> Check:
    # 8.
    for old in past:
        if walk.roots.get(old.size) != old.root and lost is None:
            code = "log-rolled-back" if old.size > walk.frontier.size else "log-history"
            lost = Fault(code, f"the checkpoint of size {old.size}")
    return outcome(8, lost, where=f"{len(past)} earlier checkpoints")
