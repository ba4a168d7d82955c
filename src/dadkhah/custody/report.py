"""What a verification says: numbered checks, passed or failed, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dadkhah.custody.sentences import SENTENCES

__all__ = ["Check", "Fault", "Report", "join", "outcome"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One numbered check and how it came out.

    Args:
        number: as in the list of verify.py.
        code: stable; of the check when it passed, of the fault when it did not.
        passed: whether it did.
        sentence_en: the outcome in words.
        sentence_fa: the same in Persian.
        where: the first place of a fault and how many there are.
    """

    number: int
    code: str
    passed: bool
    sentence_en: str
    sentence_fa: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All checks made, with counts of what was gone through.

    Args:
        checks: in the order of their numbers.
        entries: gone through.
        records: gone through, shown or erased.
        erased: records of which only the commitment is left.
        unlisted: further failures that were counted but not listed.
    """

    checks: tuple[Check, ...]
    entries: int = 0
    records: int = 0
    erased: int = 0
    unlisted: int = 0

    @property
    def passed(self) -> bool:
        """Whether every check passed; a report without checks has shown nothing."""
        return bool(self.checks) and all(check.passed for check in self.checks)

    @property
    def failures(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.passed)


@dataclass(slots=True)
class Fault:
    """The first fault of one number, and how many there were."""

    code: str
    where: str
    count: int = 1


def join(reports: Iterable[Report], *, most: int = 1000) -> Report:
    """Join reports of many entries into one: each failure is kept, each pass is told once.

    Args:
        reports: may be a stream.
        most: failures kept; the first ones.
    """
    passes: dict[int, Check] = {}
    failures: list[Check] = []
    failed: set[int] = set()
    counts = [0, 0, 0, 0]
    for report in reports:
        for place, count in enumerate(
            (report.entries, report.records, report.erased, report.unlisted)
        ):
            counts[place] += count
        for check in report.checks:
            if check.passed:
                passes.setdefault(check.number, check)
            elif len(failures) < most or check.number not in failed:
                failed.add(check.number)
                failures.append(check)
            else:
                counts[3] += 1
    kept = [check for number, check in passes.items() if number not in failed]
    checks = tuple(sorted([*kept, *failures], key=lambda check: check.number))
    return Report(
        checks=checks, entries=counts[0], records=counts[1], erased=counts[2], unlisted=counts[3]
    )


def outcome(number: int, fault: Fault | None, *, where: str = "") -> Check:
    """Say how one numbered check came out."""
    sentence = SENTENCES[number]
    if fault is None:
        return Check(
            number=number,
            code=sentence.code,
            passed=True,
            sentence_en=sentence.passed_en,
            sentence_fa=sentence.passed_fa,
            where=where,
        )
    more = f"; {fault.count} in all" if fault.count > 1 else ""
    return Check(
        number=number,
        code=fault.code,
        passed=False,
        sentence_en=sentence.failed_en,
        sentence_fa=sentence.failed_fa,
        where=fault.where + more,
    )
