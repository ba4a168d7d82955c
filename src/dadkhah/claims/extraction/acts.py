"""Acts as proposals: type, method, victims, time and place, each on its own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dadkhah.claims.extraction import numbers
from dadkhah.claims.extraction.act_words import Act, find
from dadkhah.claims.extraction.circumstances import Circumstances, around, points_back
from dadkhah.claims.extraction.counting import Figure, even
from dadkhah.claims.extraction.drafts import Draft, Voice
from dadkhah.claims.extraction.persons import Named
from dadkhah.claims.extraction.scopes import place_value
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.claims.extraction.speakers import Reported, voice_at
from dadkhah.dates import DateSpan, relation

__all__ = ["Told", "propose"]


@dataclass(slots=True, kw_only=True)
class Told:
    """The acts of one source so far: a later sentence may speak of the same one again."""

    acts: list[tuple[str, str, str, str]] = field(default_factory=list)
    codes: dict[str, set[str]] = field(default_factory=dict)

    def same(self, family: str, victims: str, when: str, *, again: bool) -> str:
        """Find the act that is spoken of again, empty when it is another one.

        Args:
            again: the words point back ("this massacre"), so that nothing else need agree.
        """
        for kind, whom, time, mention in reversed(self.acts):
            if kind != family or _apart(time, when):
                continue
            if again or _one_head(whom, victims) or (time and when):
                return mention
        return ""


def _one_head(one: str, other: str) -> bool:
    """Say whether two groups may be one: "prisoners" and the "political prisoners" before."""
    return bool(one and other) and one.split()[-1] == other.split()[-1]


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
    when = found.times[0].date.edtf if found.times else ""
    family = f"{act.family}|{voice.speaker}"
    # A list of acts tells what is done as a rule, not once more of the act told of before.
    mention = ""
    if not found.listed:
        mention = told.same(family, even(whom), when, again=points_back(sentence, act))
    if not mention:
        word = sentence.raw[act.start : act.end]
        label = f"{word}: {whom}" if whom else word
        key = (sentence.passage.id, str(act.start))
        mention = draft.mention("act", key, label=label, at=sentence)
    if not found.listed:
        told.acts.append((family, even(whom), when, mention))
    return mention


def _name_of_victims(sentence: Sentence, found: Circumstances) -> str:
    if found.person:
        return found.person[0].name
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
    if found.person:
        named, person = found.person
        draft.claim(mention, "act.victim", sentence, named.start, named.end, voice, target=person)
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
