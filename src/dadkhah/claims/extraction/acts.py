"""Acts as proposals: type, method, victims, time and place, each on its own words."""

from __future__ import annotations

import functools
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any, Final

from dadkhah import places
from dadkhah.claims.extraction import numbers
from dadkhah.claims.extraction.act_words import Act, find
from dadkhah.claims.extraction.circumstances import Circumstances, around, points_back
from dadkhah.claims.extraction.counted import Figure, even
from dadkhah.claims.extraction.drafts import Draft, Voice
from dadkhah.claims.extraction.persons import Named
from dadkhah.claims.extraction.scopes import place_value
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.claims.extraction.speakers import Reported, voice_at
from dadkhah.claims.extraction.surface import level
from dadkhah.dates import DateSpan, relation
from dadkhah.places import FoundPlace

__all__ = ["Told", "propose"]

_REMEMBERED: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One act as told of: `alone` when of one person, `whom` the victims, `time` in EDTF."""

    family: str
    whom: str
    time: str
    alone: bool
    mention: str
    places: tuple[FoundPlace, ...] = ()


@dataclass(slots=True, kw_only=True)
class Told:
    """The acts of one source so far: a later sentence may speak of the same one again.

    `killing` is the last act that killed many. `person` is the name and mention of the one person
    whose fate the sentence before told, whom "he" can mean.
    """

    acts: dict[tuple[str, bool], deque[_Told]] = field(default_factory=dict)
    killing: str = ""
    codes: dict[str, set[str]] = field(default_factory=dict)
    person: tuple[str, str] | None = None

    def same(self, act: _Told, *, again: bool) -> str:
        """Find the act that is spoken of again, empty when it is another one.

        What happened to one person is never what happened to many.

        Args:
            again: the words point back ("this massacre"), so that nothing else need agree.
        """
        for one in reversed(self.acts.get((act.family, act.alone), ())):
            if _apart(one.time, act.time) or _elsewhere(one.places, act.places):
                continue
            if act.alone and act.whom == one.whom and act.whom:
                return one.mention
            if act.alone:
                continue
            if again or _one_head(one.whom, act.whom) or (one.time and act.time):
                return one.mention
        return ""

    def add(self, act: _Told) -> None:
        """Remember an act; of each kind the last ones are enough to speak of again."""
        self.acts.setdefault((act.family, act.alone), deque(maxlen=_REMEMBERED)).append(act)
        if act.family.startswith("01") and not act.alone:
            self.killing = act.mention


def _one_head(one: str, other: str) -> bool:
    """Say whether two groups may be one: "prisoners" and the "political prisoners" before."""
    return bool(one and other) and one.split()[-1] == other.split()[-1]


def _elsewhere(one: tuple[FoundPlace, ...], other: tuple[FoundPlace, ...]) -> bool:
    """Two acts each told to be in places that have nothing in common are two."""
    return bool(one and other) and not any(
        places.compatible(here.place, there.place) != "no" for here in one for there in other
    )


@functools.lru_cache(maxsize=4096)
def _apart(one: str, other: str) -> bool:
    """Two times that share no day set two acts apart; silence sets nothing apart."""
    if not one or not other:
        return False
    return relation(DateSpan.from_edtf(one), DateSpan.from_edtf(other)).overlaps == "no"


def propose(
    draft: Draft,
    sentence: Sentence,
    reported: list[Reported],
    own: Voice,
    told: Told,
    figures: list[tuple[Figure, str]],
    persons: list[tuple[Named, str]],
) -> list[tuple[Act, str]]:
    """Propose the acts of one sentence and give each with its mention."""
    acts = find(sentence)
    made: list[tuple[Act, str]] = []
    for at, act in enumerate(acts):
        found = around(sentence, at, acts, figures, persons)
        if found is None:
            continue
        voice = voice_at(reported, act.start, own)
        mention = _mention(draft, sentence, act, found, told, voice)
        _what(draft, sentence, act, told, mention, voice)
        _whom(draft, sentence, act, found, mention, voice)
        _when_and_where(draft, sentence, found, mention, voice)
        made.append((act, mention))
    return made


def _mention(
    draft: Draft, sentence: Sentence, act: Act, found: Circumstances, told: Told, voice: Voice
) -> str:
    whom = _name_of_victims(sentence, found)
    one = _Told(
        family=f"{act.family}|{voice.speaker}",
        whom=even(level(whom)),
        time=found.times[0].date.edtf if found.times else "",
        alone=found.alone,
        mention="",
        places=found.places,
    )
    # A list of acts tells what is done as a rule, not once more of the act told of before.
    mention = "" if found.listed else told.same(one, again=points_back(sentence, act))
    if not mention:
        word = sentence.raw[act.start : act.end]
        label = f"{word}: {whom}" if whom else word
        key = (sentence.passage.id, str(act.start))
        mention = draft.mention("act", key, label=label, at=sentence)
    if not found.listed:
        told.add(replace(one, mention=mention))
    return mention


def _name_of_victims(sentence: Sentence, found: Circumstances) -> str:
    if found.person:
        return ", ".join(named.name for named, _ in (found.person, *found.together))
    if found.victims:
        return sentence.raw[slice(*found.victims)]
    return found.counted[0].counted if found.counted else ""


def _what(
    draft: Draft, sentence: Sentence, act: Act, told: Told, mention: str, voice: Voice
) -> None:
    """Propose type and method; a broader type than one already proposed says nothing new."""
    codes = told.codes.setdefault(mention, set())
    if not any(code.startswith(act.code) for code in codes):
        codes.add(act.code)
        draft.claim(mention, "act.type", sentence, act.start, act.end, voice, value=f"4:{act.code}")
    if act.method:
        draft.claim(
            mention, "act.method", sentence, act.start, act.end, voice, value=f"5:{act.method}"
        )


def _whom(
    draft: Draft, sentence: Sentence, act: Act, found: Circumstances, mention: str, voice: Voice
) -> None:
    for named, person in (*([found.person] if found.person else []), *found.together):
        word = sentence.raw[named.start : named.end]
        basis = f"{word!r} is read as the one person of the sentence before."
        draft.claim(mention, "act.victim", sentence, named.start, named.end, voice, target=person,
                    basis=basis if named.pronoun else "")  # fmt: skip
    if found.counted:
        figure, counted = found.counted
        draft.claim(mention, "act.victims", sentence, figure.start, figure.number.end, voice,
                    value=numbers.reading(figure.number))  # fmt: skip
        draft.claim(counted, "figure.act", sentence, act.start, act.end, voice, target=mention)
    elif found.victims:
        text = sentence.raw[slice(*found.victims)]
        group = draft.mention("group", (even(text),), label=text, at=sentence)
        draft.claim(group, "group.name", sentence, *found.victims, voice, value=text)
        draft.claim(mention, "act.victim", sentence, *found.victims, voice, target=group)


def _when_and_where(
    draft: Draft, sentence: Sentence, found: Circumstances, mention: str, voice: Voice
) -> None:
    def say(predicate: str, start: int, end: int, value: Any) -> None:
        draft.claim(mention, predicate, sentence, start, end, voice, value=value)

    for time in found.times:
        say("act.date", time.start, time.end, time.date.edtf)
    for length in found.durations:
        say("act.duration", length.start, length.end, sentence.raw[length.start : length.end])
    for place in found.places:
        say("act.place", place.start, place.end, place_value(place, sentence))
