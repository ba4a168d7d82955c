"""Compare two names: a score, what speaks for and against, in codes and in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from dadkhah.names import kernels
from dadkhah.names.known import known_numbers
from dadkhah.names.reading import Name, Part
from dadkhah.names.scoring import run
from dadkhah.names.spelling import differences
from dadkhah.names.swapping import SWAPPED as PRICE_OF_SWAP
from dadkhah.names.table import Frequencies, NameTable, encode, word_parts
from dadkhah.text import fold_letters

__all__ = ["Comparison", "Reason", "compare"]

ALIKE: Final = 6.0  # nats under the best counterpart from which two words may be two names
COMMON: Final = 4.5  # nats: a part that more than one in ninety parts is
RARE: Final = 8.0  # nats: one in three thousand
_CORE: Final = frozenset({"given", "family", "nisba"})
_FORMS: Final = {
    "title": "title", "honorific": "style", "given": "given name", "patronymic": "father's name",
    "nisba": "nisba", "family": "family name", "kunya": "kunya", "nom_de_guerre": "other name",
    "initial": "initial", "unknown": "name",
}  # fmt: skip
_SENTENCES: Final = {
    "equal": "“{left}” and “{right}” are the same word.",
    "spelling": "“{left}” and “{right}” are spellings of one word{detail}.",
    "doubtful": "“{left}” and “{right}” are alike but may be two names{detail}.",
    "joined": "“{left}” and “{right}” are one name, written together and apart.",
    "initial": "“{left}” can stand for “{right}”.",
    "turned": "The words stand in another order.",
    "missing": "The {detail} “{left}{right}” is in one of the two only.",
    "common": "The parts they share are common in this case.",
    "rare": "A part they share is rare in this case.",
    "letters-swapped": "In “{left}” and “{right}” two neighbouring letters changed places.",
    "given-differs": "The given names “{left}” and “{right}” differ: perhaps kin, not one person.",
    "family-differs": "The family names “{left}” and “{right}” differ.",
    "patronymic-agrees": "The father is called “{left}” and “{right}”: the same name.",
    "patronymic-conflict": "The fathers have different names: “{left}” and “{right}”.",
    "unidentified": "One of the two names nobody; nothing can rest on the word.",
    "nothing-shared": "No part of one is a spelling of a part of the other.",
}
_SPELLS: Final = frozenset(
    {"equal", "spelling", "joined", "turned", "common", "rare", "patronymic-agrees"}
)
_STYLES: Final = frozenset({"title", "honorific"})
_FORBIDS: Final = frozenset({"given-differs", "patronymic-conflict", "unidentified"})
_AGAINST: Final = _FORBIDS | {"doubtful", "missing", "family-differs", "nothing-shared"}
_WEIGHT_OF_CONFLICT: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason: a stable code (docs/names.md), the words it speaks of, and which way it speaks.

    `detail` holds differences of spelling as "q/gh" pairs joined by ", ", or a kind of part.
    """

    code: str
    left: str = ""
    right: str = ""
    detail: str = ""

    @property
    def favours(self) -> bool:
        """Say whether the reason speaks for one person."""
        return self.code not in _AGAINST

    @property
    def spells(self) -> bool:
        """Say whether the reason leaves two texts spellings of one name."""
        style = self.code == "missing" and self.detail in _STYLES
        return style or self.code in _SPELLS

    def sentence(self) -> str:
        """Say the reason in English."""
        detail = _FORMS.get(self.detail, self.detail)
        if self.code in ("spelling", "doubtful") and detail:
            detail = ": " + ", ".join(pair.replace("/", " for ") for pair in detail.split(", "))
        return _SENTENCES[self.code].format(left=self.left, right=self.right, detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How alike two names are.

    `score` is the calibrated probability of docs/names.md that they are forms of one name;
    `findings` say why, `reasons` say it in English; `against` holds the codes of evidence that
    forbids merging on the name: given-differs, patronymic-conflict, unidentified.
    """

    score: float
    findings: tuple[Reason, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Give the findings as English sentences."""
        return tuple(finding.sentence() for finding in self.findings)

    @property
    def spelt_alike(self) -> bool:
        """Say whether each word that names the person is, in both, a spelling of the other's.

        That two texts spell one name says nothing of one bearer: every Mohammad is spelt alike.
        """
        return bool(self.findings) and all(item.spells for item in self.findings)

    @property
    def against(self) -> tuple[str, ...]:
        """Give the codes that forbid merging on the name."""
        return tuple(item.code for item in self.findings if item.code in _FORBIDS)


def compare(a: Name | str, b: Name | str, frequencies: Frequencies | None = None) -> Comparison:
    """Compare two names written in any script.

    Args:
        a, b: names or their texts; what cannot be read is no evidence of anything.
        frequencies: counts of name parts in the case, so that rare parts weigh more.

    Returns: the score that `score_pairs` gives, lowered where a word may be two names or the
        fathers' names conflict, and no less than SWAPPED where the texts differ by two letters that
        changed places, with its reasons. The order of the two does not change the score.
    """
    texts = [item.written if isinstance(item, Name) else item for item in (a, b)]
    parts = (word_parts(texts[0]), word_parts(texts[1]))
    if not parts[0] or not parts[1]:
        return Comparison(score=0.0, findings=(Reason(code="unidentified"),))
    table = encode(texts, frequencies)
    found, score, steps = _aligned(table)
    if not steps:
        return Comparison(score=0.0, findings=(Reason(code="nothing-shared"),))
    findings = _step_findings(*parts, steps)
    findings += _name_findings(found, frequencies)
    codes = {finding.code for finding in findings}
    if "doubtful" in codes or "letters-swapped" in codes:
        score = min(score, DOUBTFUL if "doubtful" in codes else SWAPPED)
    if _letters_swapped(*texts):
        score = max(score, SWAPPED)
        if "letters-swapped" not in codes:
            findings.append(Reason(code="letters-swapped", left=texts[0], right=texts[1]))
    fathers = _fathers(*parts)
    if fathers is not None:
        findings.append(fathers)
        score *= _WEIGHT_OF_CONFLICT if fathers.code == "patronymic-conflict" else 1.0
    return Comparison(score=score, findings=tuple(findings))


def _letters_swapped(left: str, right: str) -> bool:
    """Say whether two spellings differ only by two neighbouring letters that changed places."""
    one, other = ("".join(fold_letters(text).casefold().split()) for text in (left, right))
    if len(one) != len(other) or len(one) < FEWEST_LETTERS:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), len(one))
    if at == len(one):
        return False
    return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]


DOUBTFUL: Final = 0.49
"""Most that names may score with a word that may be two names: brothers' names are often alike."""
SWAPPED: Final = 0.6
"""Score of names that a slip of two letters explains: to be looked at, never to be merged."""
FEWEST_LETTERS: Final = 5
Step = tuple[int, int, int, int]


def _aligned(table: NameTable) -> tuple[kernels.Floats, float, list[Step]]:
    """Align the two names of a table: features, score, steps in the order of the first."""
    done = run(table, np.array([0]), table, np.array([1]), wanted=True)
    steps = [tuple(map(int, row)) for row in done.steps]
    return done.features[0], float(done.scores[0]), steps  # type: ignore[return-value]


def _step_findings(
    one: tuple[Part, ...], two: tuple[Part, ...], steps: list[Step]
) -> list[Reason]:  # fmt: skip
    """Say what each step of the alignment means; two lone parts of one kind are a difference."""
    findings: list[Reason] = []
    alone: tuple[list[Part], list[Part]] = ([], [])
    for a, taken, b, other in steps:
        left, right = one[a : a + taken], two[b : b + other]
        if left and right:
            findings.append(_matched(left, right))
        else:
            alone[0].extend(left)
            alone[1].extend(right)
    return findings + _lone(*alone)


def _matched(left: tuple[Part, ...], right: tuple[Part, ...]) -> Reason:
    """Say how two runs of parts are the same name."""
    said = {"left": _written(left), "right": _written(right)}
    if (left[0].kind == "initial") != (right[0].kind == "initial"):
        turned = right[0].kind == "initial"
        first, second = (said["right"], said["left"]) if turned else (said["left"], said["right"])
        return Reason(code="initial", left=first, right=second)
    one, other = (_folded(side) for side in (left, right))
    if len(left) != len(right) and not differences(one, other).odd:
        return Reason(code="joined", **said)
    if one == other:
        same = said["left"] == said["right"]
        return Reason(code="equal" if same else "spelling", **said)
    spelt = differences(one, other)
    if spelt.swapped and len(left) == len(right) == 1 and spelt.cost <= ALIKE + PRICE_OF_SWAP:
        return Reason(code="letters-swapped", **said)
    code = "spelling" if _may_be_one(one, other) else "doubtful"
    return Reason(code=code, detail=", ".join(spelt.pairs), **said)


def _lone(left: list[Part], right: list[Part]) -> list[Reason]:
    """Say which parts stand alone; a core part on both sides is a conflict, not silence."""
    findings: list[Reason] = []
    one = [part for part in left if part.kind in _CORE]
    other = [part for part in right if part.kind in _CORE]
    for x, y in zip(one, other, strict=False):
        code = "given-differs" if "given" in (x.kind, y.kind) else "family-differs"
        findings.append(Reason(code=code, left=x.written, right=y.written))
        left, right = _without(left, x), _without(right, y)
    findings += [Reason(code="missing", left=part.written, detail=part.kind) for part in left]
    findings += [Reason(code="missing", right=part.written, detail=part.kind) for part in right]
    return findings


def _without(parts: list[Part], gone: Part) -> list[Part]:
    """Give the parts but one."""
    return [part for part in parts if part is not gone]


def _name_findings(found: kernels.Floats, frequencies: Frequencies | None) -> list[Reason]:
    """Say what holds of the names as a whole: order, and how common the shared parts are."""
    whole: list[Reason] = []
    if found[kernels.TURNED]:
        whole.append(Reason(code="turned"))
    shared = found[kernels.MATCHED]
    if frequencies is not None and shared:
        each = found[kernels.RARITY] / shared
        if each < COMMON or each > RARE:
            whole.append(Reason(code="common" if each < COMMON else "rare"))
    return whole


def _fathers(left: tuple[Part, ...], right: tuple[Part, ...]) -> Reason | None:
    """Compare the fathers' names when both names give one, word by word.

    One source may say more than the other: Hossein, Hossein Karimi. Where only a later word is
    shared (Ali, Mohammad Ali), that is no agreement, and no conflict either.
    """
    one, other = (
        tuple(part for part in side if part.kind == "patronymic") for side in (left, right)
    )
    if not one or not other:
        return None
    said = {"left": _written(one), "right": _written(other)}
    fewer, more = sorted((one, other), key=len)
    shared = all(any(_may_be_one(a.folded, b.folded) for b in more) for a in fewer)
    if _may_be_one(_folded(one), _folded(other)) or (
        shared and _may_be_one(one[0].folded, other[0].folded)
    ):
        return Reason(code="patronymic-agrees", **said)
    return None if shared else Reason(code="patronymic-conflict", **said)


def _may_be_one(left: str, right: str) -> bool:
    """Say whether two folded words may be spellings of one: known names are the same or two."""
    if left == right:
        return True
    one, other = known_numbers([left, right])
    if one and other:
        return bool(one == other)
    return differences(left, right).cost <= ALIKE


def _written(parts: tuple[Part, ...]) -> str:
    """Give parts as written."""
    return " ".join(part.written for part in parts)


def _folded(parts: tuple[Part, ...]) -> str:
    """Give parts folded and joined."""
    return "".join(part.folded for part in parts)
