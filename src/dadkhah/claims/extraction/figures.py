"""Figures: a number, what it counts, for where and when, and how sure its speaker is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

from dadkhah.claims.extraction import numbers
from dadkhah.claims.extraction.counted import Figure, even
from dadkhah.claims.extraction.counting import find
from dadkhah.claims.extraction.drafts import Draft, Voice
from dadkhah.claims.extraction.lexicon import grammar, words_in
from dadkhah.claims.extraction.scopes import located, place_value
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.claims.extraction.speakers import Reported, region, voice_at

__all__ = ["propose", "unlabelled"]

_KIND: Final = "figure.kind"
_OPENING: Final = 4
_QUOTES: Final = str.maketrans("", "", '"\u201c\u201d\u00ab\u00bb')


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Found = TypeVar("_Found", bound=_Spanned)


def propose(
    draft: Draft,
    sentence: Sentence,
    reported: list[Reported],
    own: Voice,
    before: list[tuple[Figure, str]],
) -> list[tuple[Figure, str]]:
    """Propose the figures of one sentence and give each with its mention.

    Args:
        before: the figures of the sentence before, of which "12 of them" may be a part.
    """
    figures = [
        f for f in find(sentence) if not any(r.who[0] <= f.start < r.who[1] for r in reported)
    ]
    made: list[tuple[Figure, str]] = []
    for figure in figures:
        voice = voice_at(reported, figure.start, own)
        mention = _mention(draft, sentence, figure, voice)
        _number_claims(draft, sentence, figure, mention, voice)
        reach = _reach(figure, figures, region(reported, figure.start, len(sentence.raw)))
        _scope_claims(draft, sentence, figure, reach, mention, voice, figures)
        whole = _whole(figure, made, before)
        if whole:
            draft.claim(mention, "figure.part_of", sentence, figure.counted_start,
                        figure.counted_end, voice, target=whole)  # fmt: skip
        made.append((figure, mention))
    return made


def _whole(figure: Figure, made: list[tuple[Figure, str]], before: list[tuple[Figure, str]]) -> str:
    """Find the figure that another is a part of; across sentences only when there is just one."""
    if figure.part:
        return next((mention for one, mention in reversed(made) if not one.aside), "")
    wholes = [mention for one, mention in before if one.people and not one.part]
    return wholes[0] if figure.refers and len(wholes) == 1 and not made else ""


def _reach(figure: Figure, figures: list[Figure], said: tuple[int, int]) -> tuple[int, int]:
    """Give the stretch whose places and times are a figure's: from it to the next, or its aside."""
    if figure.aside:
        return max(figure.start, figure.aside[0]), figure.aside[1]
    first, last = said
    own = [one for one in figures if not one.aside]
    if len(own) > 1:
        first = max(first, figure.start)
        last = next((one.start for one in own if one.start > figure.start), last)
    return first, last


def unlabelled(draft: Draft) -> list[str]:
    """Give the figure mentions whose words did not say of what kind they are."""
    labelled = {claim.mention for claim in draft.claims if claim.predicate == _KIND}
    return [m.id for m in draft.mentions.values() if m.type == "figure" and m.id not in labelled]


def _mention(draft: Draft, sentence: Sentence, figure: Figure, voice: Voice) -> str:
    """One figure of one speaker is one mention, however often the source repeats it."""
    number = figure.number
    head = even(figure.counted).split()[-1] if figure.counted else ""
    ends = str(number.low), str(number.high), number.hedge if number.high is None else ""
    part = f"part:{sentence.passage.id}" if figure.part else ""
    key = (*ends, head, part, voice.speaker, voice.stance)
    if not figure.counted:
        label = sentence.raw[number.start : number.end]
    elif figure.counted_start >= number.end:
        label = sentence.raw[number.start : figure.counted_end]
    else:
        label = f"{sentence.raw[number.start : number.end]} ({figure.counted})"
    return draft.mention("figure", key, label=label.translate(_QUOTES), at=sentence)


def _number_claims(
    draft: Draft, sentence: Sentence, figure: Figure, mention: str, voice: Voice
) -> None:
    number = figure.number
    draft.claim(mention, "figure.number", sentence, number.start, number.end, voice,
                value=numbers.reading(number))  # fmt: skip
    start, end = figure.counted_start, figure.counted_end
    if figure.counted:
        draft.claim(mention, "figure.counted", sentence, start, end, voice, value=figure.counted)
        draft.claim(mention, "figure.unit", sentence, start, end, voice, value=f"7:{figure.unit}")
    kind, place = _kind(sentence, figure)
    if kind:
        draft.claim(mention, _KIND, sentence, *place, voice, value=f"figure_kind:{kind}")


def _kind(sentence: Sentence, figure: Figure) -> tuple[str, tuple[int, int]]:
    """Say estimated or documented where the words do; nothing where they do not."""
    number = figure.number
    if number.hedge == "estimated":
        return "estimated", (number.start, number.end)
    near = (
        max(0, min(number.start, figure.counted_start) - 30),
        min(len(sentence.raw), figure.counted_end + 20),
    )
    for kind in ("estimated", "documented"):
        for match in words_in(sentence.text, sentence.language, "figure_kinds", kind):
            if near[0] <= match.start() and match.end() <= near[1]:
                return kind, match.span()
    return "", (0, 0)


def _scope_claims(
    draft: Draft, sentence: Sentence, figure: Figure, reach: tuple[int, int], mention: str,
    voice: Voice, others: list[Figure],
) -> None:  # fmt: skip
    """Propose where and when: what stands within the figure's own stretch of the sentence."""
    for match in () if figure.aside else words_in(sentence.text, sentence.language, "scopes"):
        draft.claim(mention, "figure.scope", sentence, *match.span(), voice,
                    value=sentence.raw[match.start() : match.end()])  # fmt: skip
    own = bool(figure.aside)
    passing = [one.aside for one in others if one.aside and not own]
    for place in _within(sentence.places, reach, passing, in_passing=own):
        if located(sentence, place):
            draft.claim(mention, "figure.place", sentence, place.start, place.end, voice,
                        value=place_value(place, sentence))  # fmt: skip
    timed = _within(sentence.times, reach, passing, in_passing=own)
    # "a decree issued on 28 July" dates the decree, not those counted.
    other = grammar(sentence.language, "other_time")
    times = [t for t in timed if not other.search(sentence.text, max(0, t.start - 60), t.start)]
    if len(times) == 1:
        draft.claim(mention, "figure.period", sentence, times[0].start, times[0].end, voice,
                    value=times[0].date.edtf)  # fmt: skip


def _within(
    found: Sequence[_Found], reach: tuple[int, int], passing: Sequence[tuple[int, int]], *,
    in_passing: bool,
) -> list[_Found]:  # fmt: skip
    """Keep what begins within reach and in no aside; what opens a sentence is said of all."""
    first, last = reach
    opening = 0 if first <= _OPENING or in_passing else _OPENING
    return [
        item
        for item in found
        if (first <= item.start < last or item.start < opening)
        and not any(start <= item.start < end for start, end in passing)
    ]
