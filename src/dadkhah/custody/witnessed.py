"""Whether enough witnesses cosigned a log's checkpoints; check 2."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from dadkhah.custody.cosignatures import WitnessVerifier, cosignatures
from dadkhah.custody.entries import entry_time
from dadkhah.custody.keychain import Chain
from dadkhah.custody.policy import Policy
from dadkhah.custody.report import Check, Fault, outcome
from dadkhah.custody.signers import LogVerifier
from dadkhah.errors import VerificationError

__all__ = ["check_policy", "check_witnesses"]

LAST_SECOND = 253_402_300_799  # of the year 9999: a witness' clock may say anything


def check_witnesses(
    note: str | bytes,
    verifiers: Sequence[LogVerifier],
    witnesses: Sequence[WitnessVerifier],
    quorum: int,
    chain: Chain,
    origin: str,
) -> Check:
    """Check that as many of these witnesses cosigned a checkpoint as were asked for."""
    # 2. The log's key is no witness, so a cosignature by its own key adds nothing.
    own = {verifier.public_key for verifier in verifiers}
    others = {w.public_key: w for w in witnesses if w.public_key not in own}.values()
    try:
        _, opened = chain.open(note, verifiers, origin, [*others])
    except VerificationError as error:
        return outcome(2, Fault(error.code, error.where or error.what))
    names = {cosignature.name for cosignature in cosignatures(opened, [*others])}
    if len(names) < quorum:
        return outcome(2, Fault("witness-quorum", f"{len(names)} of {quorum} asked for"))
    return outcome(2, None, where=f"{len(names)} witnesses, {quorum} asked for")


def check_policy(
    notes: Sequence[str | bytes],
    verifiers: Sequence[LogVerifier],
    policy: Policy,
    chain: Chain,
    origin: str,
) -> Check:
    """Check that some checkpoint was cosigned as the policy asks."""
    # 2. The largest checkpoint that enough witnesses cosigned; what came after is not witnessed.
    own = {verifier.public_key for verifier in verifiers}
    trusted = [key for key in policy.keys if key.public_key not in own]
    by_name = {(key.name, key.key_id): key.public_key for key in trusted}
    for note in notes:
        try:
            head, opened = chain.open(note, verifiers, origin, trusted)
        except VerificationError as error:
            return outcome(2, Fault(error.code, error.where or error.what))
        signed = [by_name.get((one.name, one.key_id), b"") for one in opened.signatures]
        if policy.met_by(set(signed) - {b""}):
            times = [found.seconds for found in cosignatures(opened, trusted)]
            return outcome(2, None, where=_when(len(times), head.size, times))
    return outcome(2, Fault("witness-quorum", f"rule {policy.quorum}"))


def _when(count: int, size: int, times: Sequence[int]) -> str:
    if not count:
        return "no witness asked for"
    moment = datetime.fromtimestamp(min(max(times), LAST_SECOND), tz=UTC)
    return f"{count} witnesses, the first {size} entries, no later than {entry_time(moment)}"
