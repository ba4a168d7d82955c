"""What checks 13 to 18 say, passed or failed, and the faults found on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dadkhah.custody.report import Check, Fault, Report

__all__ = ["NUMBERS", "Faults"]

NUMBERS = {
    13: (
        "manifest",
        "Every file is as the manifest says.",
        "A file is not as the manifest says.",
        "هر پرونده همان است که فهرست می‌گوید.",
        "پرونده‌ای همان نیست که فهرست می‌گوید.",
    ),
    14: (
        "capture-bytes",
        "Every capture has the bytes that its digest names.",
        "A capture does not have the bytes that its digest names.",
        "بایت‌های هر نسخه همان است که چکیده‌اش می‌گوید.",
        "بایت‌های نسخه‌ای آن نیست که چکیده‌اش می‌گوید.",
    ),
    15: (
        "record-links",
        "Every record points to records that are there.",
        "A record points to one that is not there.",
        "هر رکورد به رکوردهایی اشاره می‌کند که هستند.",
        "رکوردی به رکوردی اشاره می‌کند که نیست.",
    ),
    16: (
        "passage-anchored",
        "Every passage stands in its capture where its anchor says.",
        "A passage does not stand where its anchor says.",
        "هر قطعه در همان جای منبع است که نشانی‌اش می‌گوید.",
        "قطعه‌ای در جایی که نشانی‌اش می‌گوید نیست.",
    ),
    17: (
        "claim-words",
        "The words of every claim stand in its passage.",
        "The words of a claim do not stand in its passage.",
        "واژه‌های هر ادعا در قطعهٔ آن هست.",
        "واژه‌های ادعایی در قطعهٔ آن نیست.",
    ),
    18: (
        "tombstones-decided",
        "Every erased record was erased by a decision in the log, and nothing of it is left.",
        "A record is gone without a decision in the log, or something of it is left.",
        "زدودن هر رکورد زدوده‌شده در دفتر ثبت شده و چیزی از آن بر جا نمانده است.",
        "رکوردی بی‌آنکه تصمیمی در دفتر باشد از میان رفته، یا چیزی از آن بر جا مانده است.",
    ),
}


@dataclass(slots=True)
class Faults:
    """The first fault of each number and how many there were."""

    found: dict[int, Fault] = field(default_factory=dict)

    def add(self, number: int, code: str, where: str) -> None:
        if number in self.found:
            self.found[number].count += 1
        else:
            self.found[number] = Fault(code, where)

    def join(self, others: Mapping[int, Fault]) -> None:
        """Take over the faults of another walk."""
        for number, fault in others.items():
            kept = self.found.setdefault(number, fault)
            kept.count += fault.count if kept is not fault else 0

    def report(self, numbers: Iterable[int]) -> Report:
        return Report(checks=tuple(_check(n, self.found.get(n)) for n in numbers))


def _check(number: int, fault: Fault | None) -> Check:
    code, passed_en, failed_en, passed_fa, failed_fa = NUMBERS[number]
    more = f"; {fault.count} in all" if fault is not None and fault.count > 1 else ""
    return Check(
        number=number,
        code=fault.code if fault else code,
        passed=fault is None,
        sentence_en=failed_en if fault else passed_en,
        sentence_fa=failed_fa if fault else passed_fa,
        where=fault.where + more if fault else "",
    )
