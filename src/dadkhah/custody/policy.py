"""A policy: which witnesses are asked, and how many of them are enough.

    witness ngo   witness.example/ngo+2f6f1a2c+BAWq...   https://witness.example/ngo/
    witness law   law.example/w+90fd2b11+BE5s...
    group   two-of-us all ngo law
    quorum  two-of-us

Source: C2SP tlog-policy.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from dadkhah.custody.cosignatures import WitnessVerifier, read_witness
from dadkhah.custody.signers import LogVerifier, read_verifier
from dadkhah.errors import VerificationError

__all__ = ["Policy", "PolicyWitness", "read_policy"]

NONE = "none"
MAX_LINES = 1000
MAX_BYTES = 100_000

_NOT_PLAIN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_COUNT = re.compile("[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyWitness:
    """One witness of a policy: its key, and where it can be asked; the address may be empty."""

    key: WitnessVerifier
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Which logs are known, which witnesses, and the rule.

    Args:
        logs: keys of logs; empty when the log is known from elsewhere.
        witnesses: by the name that only this policy uses.
        groups: for each group how many of its members are needed, and their names.
        quorum: name of a witness or group, or none.
    """

    logs: tuple[LogVerifier, ...] = ()
    witnesses: Mapping[str, PolicyWitness] = field(default_factory=dict)
    groups: Mapping[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    quorum: str = NONE

    @property
    def keys(self) -> tuple[WitnessVerifier, ...]:
        """The keys of all witnesses."""
        return tuple(witness.key for witness in self.witnesses.values())

    def met_by(self, cosigners: Collection[bytes]) -> bool:
        """Say whether these public keys, having cosigned a checkpoint, are enough."""
        return self.quorum == NONE or self._witnessed(self.quorum, cosigners)

    def _witnessed(self, name: str, cosigners: Collection[bytes]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name].key.public_key in cosigners
        needed, members = self.groups[name]
        return sum(self._witnessed(member, cosigners) for member in members) >= needed


@dataclass(slots=True)
class _Reading:
    """A policy half read: a line may only name what stands above it."""

    logs: list[LogVerifier] = field(default_factory=list)
    witnesses: dict[str, PolicyWitness] = field(default_factory=dict)
    groups: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    quorum: str = ""

    def log(self, words: list[str], where: str) -> None:
        _check(
            len(words) in (1, 2), "policy-line", "A log has a key and perhaps an address.", where
        )
        key = read_verifier(words[0])
        known = {log.public_key for log in self.logs}
        _check(key.public_key not in known, "policy-twice", "This key stands here twice.", where)
        self.logs.append(key)

    def witness(self, words: list[str], where: str) -> None:
        _check(len(words) in (2, 3), "policy-line", "A witness has a name and a key.", where)
        self._name(words[0], where)
        key = read_witness(words[1])
        known = {witness.key.public_key for witness in self.witnesses.values()}
        _check(key.public_key not in known, "policy-twice", "This key stands here twice.", where)
        address = words[2] if len(words) == 3 else ""
        self.witnesses[words[0]] = PolicyWitness(key=key, address=address)

    def group(self, words: list[str], where: str) -> None:
        _check(len(words) >= 3, "policy-line", "A group has a name, a number and members.", where)
        name, count, *members = words
        self._name(name, where)
        for member in members:
            known = member in self.witnesses or member in self.groups
            _check(known, "policy-name", "A group names only what stands above it.", where)
            once = member not in self.taken
            _check(once, "policy-twice", "A member belongs to one group, once.", where)
            self.taken.add(member)
        needed = {"all": len(members), "any": 1}.get(count, 0)
        if not needed:
            _check(bool(_COUNT.fullmatch(count)), "policy-line", "Not a number.", where)
            needed = int(count)
        _check(needed <= len(members), "policy-line", "More are needed than there are.", where)
        self.groups[name] = (needed, tuple(members))

    def rule(self, words: list[str], where: str) -> None:
        _check(len(words) == 1 and not self.quorum, "policy-quorum", "One quorum is needed.", where)
        known = words[0] == NONE or words[0] in self.witnesses or words[0] in self.groups
        _check(known, "policy-name", "The quorum names what stands above it.", where)
        self.quorum = words[0]

    def _name(self, name: str, where: str) -> None:
        free = name != NONE and name not in self.witnesses and name not in self.groups
        _check(free, "policy-twice", "This name is taken.", where)


def read_policy(text: str) -> Policy:
    """Read a policy.

    Raises:
        VerificationError: policy-character, policy-line, policy-name, policy-twice,
            policy-quorum, and those of a key.

    Source: C2SP tlog-policy, Policy file syntax and structure.
    """
    _check(not _NOT_PLAIN.search(text), "policy-character", "A policy holds no control characters.")
    lines = text.split("\n")
    large = len(lines) > MAX_LINES or len(text) > MAX_BYTES
    _check(not large, "policy-line", "This policy is too long.")
    reading = _Reading()
    kinds = {
        "log": reading.log,
        "witness": reading.witness,
        "group": reading.group,
        "quorum": reading.rule,
    }
    for number, line in enumerate(lines, start=1):
        words = re.split("[ \t]+", line.strip(" \t"))
        if words[0].startswith("#") or words == [""]:
            continue
        where = f"line {number}"
        _check(words[0] in kinds, "policy-line", "This line begins with no known word.", where)
        kinds[words[0]](words[1:], where)
    _check(bool(reading.quorum), "policy-quorum", "One quorum is needed.")
    return Policy(
        logs=tuple(reading.logs),
        witnesses=reading.witnesses,
        groups=reading.groups,
        quorum=reading.quorum,
    )


def _check(good: bool, code: str, what: str, where: str = "") -> None:
    if not good:
        raise VerificationError(code, what, where=where, todo="See docs/formats/policy.md.")
