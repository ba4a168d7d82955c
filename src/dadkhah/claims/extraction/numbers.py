"""Numbers in running text: digits, words, ranges, and words that only say how large."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from dadkhah.claims.extraction.lexicon import Lexicon, lexicon, one_of, run_on, word

__all__ = ["HEDGES", "Number", "find", "reading"]

# How a hedge changes what a number can be; "or" and "range" come from the text's own two ends.
HEDGES: Final = (
    "", "estimated", "about", "at least", "over", "up to", "fewer than", "or", "range", "open"
)  # fmt: skip
# Thousands are set apart by commas, points or spaces; "67 300" may be a year and a number.
_DIGITS: Final = r"\d{1,3}(?:[.,]\d{3})+|\d{1,3}(?: \d{3})* 000|\d{1,3}(?: \d{3}){2,}|\d+"
_BETWEEN: Final = re.compile(r"(?i)(?:between|بین|میان)[ \u200c]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as it stands: `start` and `end` include its hedge, `first` and `last` do not."""

    start: int
    end: int
    low: int
    high: int | None
    hedge: str = ""
    first: int
    last: int
    grouped: bool = False


def reading(number: Number) -> dict[str, object]:
    """Give the value of a claim: low, high (null when open) and the kind of hedge."""
    value: dict[str, object] = {"low": number.low, "high": number.high}
    return {**value, "hedge": number.hedge} if number.hedge else value


def find(text: str, language: str) -> list[Number]:
    """Find the numbers of a levelled text in their order, each with its range and hedge."""
    words = lexicon(language)
    found = [_joined(words, match) for match in _number(language).finditer(text)]
    found = list(_sums(text, language, found))
    return [_hedged(text, language, number) for number in _ranges(text, language, found)]


def _joined(words: Lexicon, match: re.Match[str]) -> Number:
    if match["vague"]:
        low = {_key(k): v for k, v in words.data["numbers"]["vague"].items()}[_key(match["vague"])]
        high, hedge = None, "open"
    else:
        low = high = _value(match, words)
        hedge = ""
    start, end = match.span()
    grouped = not (match["digits"] or "0").isdigit()
    return Number(
        start=start,
        end=end,
        first=start,
        last=end,
        low=low,
        high=high,
        hedge=hedge,
        grouped=grouped,
    )


def _key(text: str) -> str:
    return "".join(text.lower().replace("\u200c", " ").split())


def _value(match: re.Match[str], words: Lexicon) -> int:
    scales = words.data["numbers"]["scales"]
    if match["digits"]:
        base = int(re.sub(r"\D", "", match["digits"]))
        scale = match["scale"] or match["joined"]
        return base * (scales[scale.lower()] if scale else 1)
    return _spelled(match["words"], words)


def _spelled(text: str, words: Lexicon) -> int:
    """Add up number words: "four thousand and thirty-five", "two dozen", "سی و دو هزار"."""
    units, scales = words.data["numbers"]["units"], words.data["numbers"]["scales"]
    total = part = 0
    for item in re.findall(r"[^\W\d]+", text.lower()):
        if item in units:
            part += units[item]
        elif item in scales and scales[item] == 100:
            part = max(part, 1) * 100
        elif item in scales:
            total, part = total + max(part, 1) * scales[item], 0
    return total + part


@functools.cache
def _number(language: str) -> re.Pattern[str]:
    data = lexicon(language).data["numbers"]
    counted, joined = data["runs_on"]["counted"], run_on(data["runs_on"]["scales"])
    units, scales = one_of(data["units"], before=counted), one_of(data["scales"], before=counted)
    both = one_of([*data["units"], *data["scales"]], before=counted)
    glue, vague = one_of(data["and"]), one_of(data["vague"], before=counted)
    after = rf"(?!(?!{joined}|{run_on(counted)})\w|[.,]\d|%)"
    digits = rf"(?<![\w.,])(?:{_DIGITS}){after}"
    article = one_of(data["articles"])
    spelled = (
        rf"(?:{article} (?={scales}))?(?:{units}|{scales})"
        rf"(?:[ \u200c-]+(?:{glue}[ \u200c]+)?{both})*"
    )
    return re.compile(
        rf"(?P<vague>{vague})|(?P<words>{spelled})|(?P<digits>{digits})"
        rf"(?:[ \u200c-]+(?P<scale>{scales})|(?P<joined>{joined}))?"
    )


def _sums(text: str, language: str, found: list[Number]) -> Iterator[Number]:
    """Add up what stands beside a scale: "۴ هزار و ۴۸۲" is one number, as "4 thousand 482" is."""
    glue = re.compile(
        rf"[ \u200c]+(?:{one_of(lexicon(language).data['numbers']['and'])}[ \u200c]+)?"
    )
    whole: Number | None = None
    for number in found:
        gap = text[whole.last : number.first] if whole else ""
        if whole and glue.fullmatch(gap) and _adds(text, whole, number):
            low, last = whole.low + number.low, number.last
            whole = replace(whole, end=last, last=last, low=low, high=low, grouped=True)
            continue
        if whole:
            yield whole
        whole = number
    if whole:
        yield whole


def _adds(text: str, whole: Number, number: Number) -> bool:
    """Say whether a number goes on from one that ended in a scale and is larger than it."""
    scaled = whole.high is not None and not text[whole.first : whole.last][-1].isdigit()
    smaller = 0 < number.low < 1000 or (number.low % 1000 == 0 and number.low < 1_000_000)
    if not scaled or number.high is None or not smaller or whole.low % 1000 or not whole.low:
        return False
    if whole.low % 1_000_000 and number.low >= 1000:
        return False
    return not _BETWEEN.search(text[max(0, whole.first - 12) : whole.first])


def _ranges(text: str, language: str, found: list[Number]) -> Iterator[Number]:
    """Join two numbers with only a word of range between them."""
    data = lexicon(language).data["numbers"]
    between = re.compile(rf"[ \u200c]*(?:{'|'.join(word(w) for w in data['range'])})[ \u200c]*")
    at = 0
    while at < len(found):
        here = found[at]
        after = found[at + 1] if at + 1 < len(found) else None
        gap = text[here.last : after.first] if after else ""
        if (
            after
            and gap.strip()
            and between.fullmatch(gap)
            and (joined := _one(here, after, gap, text))
        ):
            yield joined
            at += 2
        else:
            yield here
            at += 1


def _one(low: Number, high: Number, gap: str, text: str) -> Number | None:
    """Make one range of two numbers; "10-12 thousand" lends its scale to the first."""
    if low.high is None or high.high is None:
        return None
    start = low.low
    if start < high.low and high.low % 1000 == 0 and start < 1000 and start * 1000 <= high.low:
        start *= 1000
    if not start < high.low or high.low > start * 20:
        return None
    joint = gap.strip().lower()
    before = text[max(0, low.first - 12) : low.first]
    if joint in ("and", "و") and not _BETWEEN.search(before):
        return None
    hedge = "or" if joint in ("or", "یا") else "range"
    return replace(low, end=high.end, last=high.last, low=start, high=high.low, hedge=hedge,
                   grouped=low.grouped or high.grouped)  # fmt: skip


@functools.cache
def _hedge(language: str, side: str) -> re.Pattern[str]:
    kinds = lexicon(language).data["hedges"][side]
    groups = [
        f"(?P<h{number}>{one_of(words)})" for number, words in enumerate(kinds.values()) if words
    ]
    body = "|".join(groups)
    if side == "before":
        return re.compile(rf"(?:{body})\u200c*,?[ \u200c]*(?:of )?$")
    return re.compile(rf"[ \u200c]*(?:{body})")


def _hedged(text: str, language: str, number: Number) -> Number:
    before = _hedge(language, "before").search(text, max(0, number.first - 40), number.first)
    if before:
        # Two hedges may stand together: "an estimated, more than".
        outer = _hedge(language, "before").search(text, max(0, before.start() - 40), before.start())
        kind = _kind(before, language, "before")
        if outer and kind != "estimated":
            number = replace(number, start=outer.start())
        else:
            number = replace(number, start=before.start())
        return _bounded(number, kind)
    after = _hedge(language, "after").match(text, number.last)
    if after and after.end() > number.last:
        return _bounded(replace(number, end=after.end()), _kind(after, language, "after"))
    return number


def _kind(match: re.Match[str], language: str, side: str) -> str:
    kinds = list(lexicon(language).data["hedges"][side])
    name = next(name for name, said in match.groupdict().items() if said)
    return str(kinds[int(name[1:])])


def _bounded(number: Number, kind: str) -> Number:
    """Say what the number can be under its hedge; an open word or a range stays what it is."""
    if number.hedge:
        return number
    low, high = number.low, number.high
    if kind == "at least":
        high = None
    elif kind == "over":
        low, high = low + 1, None
    elif kind == "up to":
        low = 0
    elif kind == "fewer than":
        low, high = 0, max(low - 1, 0)
    return replace(number, low=low, high=high, hedge=kind)
