"""What stands around an act in its sentence: victims, number, time, place, how long it took."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dadkhah.claims.extraction import asides
from dadkhah.claims.extraction.act_words import NEAR, Act, is_object
from dadkhah.claims.extraction.counted import Figure
from dadkhah.claims.extraction.lexicon import grammar
from dadkhah.claims.extraction.persons import Named
from dadkhah.claims.extraction.scopes import located
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.dates import FoundDate
from dadkhah.places import FoundPlace

__all__ = ["Circumstances", "around", "points_back"]

_CLAUSE: Final = 110
_LIST: Final = 24
_BREAK: Final = re.compile(r"[;؛()]")
_COMMA: Final = re.compile(r",(?!\d{3})|،")
_STRAIGHT: Final = 12
_BETWEEN: Final = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is told of one act; `victims` are characters of the passage, `listed` a list of acts.

    `alone` says that the act is told of one person, or of several by name: those in `together`.
    """

    victims: tuple[int, int] | None
    counted: tuple[Figure, str] | None
    person: tuple[Named, str] | None
    times: tuple[FoundDate, ...]
    durations: tuple[FoundDate, ...]
    places: tuple[FoundPlace, ...]
    listed: bool
    alone: bool = False
    together: tuple[tuple[Named, str], ...] = ()

    @property
    def told(self) -> bool:
        """False when the word stands alone and says nothing that could be reviewed."""
        people = self.victims or self.counted or self.person
        return bool(people or self.times or self.durations or self.places)


def around(
    sentence: Sentence,
    at: int,
    acts: list[Act],
    figures: list[tuple[Figure, str]],
    persons: list[tuple[Named, str]],
) -> Circumstances | None:
    """Gather what is told of the act at this place of the list, None when it is nothing."""
    act = acts[at]
    stop = acts[at + 1].start if at + 1 < len(acts) else len(sentence.raw)
    victims = _victims(sentence, act, stop)
    shared = None if victims else _shared(sentence, acts, at)
    counted = _counted(sentence, act, figures)
    person = _person(sentence, act, acts, persons, counted)
    found = Circumstances(
        victims=None if person else victims or shared,
        counted=counted,
        person=person,
        times=_times(sentence, act, acts),
        durations=_durations(sentence, act),
        places=_places(sentence, act, acts),
        listed=bool(shared),
        together=_together(sentence, person, persons),
        alone=bool(person) or (not (counted or victims or shared) and _of_one(sentence, act)),
    )
    enough = found.told or act.needs == "gatherings" or is_object(sentence, act.start)
    return found if enough else None


def points_back(sentence: Sentence, act: Act) -> bool:
    """Say whether the words point to an act told of before: "this massacre", "این کشتار"."""
    before = sentence.text[max(0, act.start - 16) : act.start]
    return bool(grammar(sentence.language, "points_back").search(before))


def _victims(sentence: Sentence, act: Act, stop: int) -> tuple[int, int] | None:
    """Find the people that the words name as victims, without a number."""
    match = grammar(sentence.language, "victims_after").match(sentence.text, act.end)
    if match and match.end() <= stop + 40:
        return match.span("whom")
    if not act.verb:
        return None
    before = grammar(sentence.language, "victims_before").search(
        sentence.text, max(0, act.start - 50), act.start
    )
    return before.span("whom") if before else None


def _shared(sentence: Sentence, acts: list[Act], at: int) -> tuple[int, int] | None:
    """In a list ("torture and ill-treatment of prisoners") the last victims are those of all."""
    if acts[at].verb:
        return None
    for one, after in zip(acts[at:], acts[at + 1 :], strict=False):
        gap = sentence.text[one.end : after.start]
        joined = grammar(sentence.language, "listed").match(gap)
        if after.verb or not joined or len(gap) > _LIST or re.search(r"[;.]", gap):
            return None
        victims = _victims(sentence, after, len(sentence.raw))
        if victims:
            return victims
    return None


def _counted(
    sentence: Sentence, act: Act, figures: list[tuple[Figure, str]]
) -> tuple[Figure, str] | None:
    """Find the number of victims: straight after the act, or before its verb."""
    passing = [figure.aside for figure, _ in figures if figure.aside]
    for figure, mention in reversed(figures):
        if figure.aside and not figure.aside[0] <= act.start < figure.aside[1]:
            continue
        if figure.people and not figure.whole and _counts(sentence, act, figure, passing):
            return figure, mention
    return None


def _counts(sentence: Sentence, act: Act, figure: Figure, passing: list[tuple[int, int]]) -> bool:
    if act.verb and figure.counted_start <= act.start < figure.counted_end:
        return True
    if figure.start >= act.end:
        gap = sentence.text[act.end : figure.start]
        return len(gap) <= _STRAIGHT and not grammar(sentence.language, "no_figure").search(gap)
    if not act.verb or act.start < figure.counted_start:
        return False
    between = asides.without(sentence, figure.counted_end, act.start, passing)
    reach = NEAR if sentence.language == "fa" else _BETWEEN
    return len(between) <= reach and not re.search(r"[;.؛]", between)


def _of_one(sentence: Sentence, act: Act) -> bool:
    """Say whether a verb stands in the singular: "he was hanged", "به دار آویخته شد"."""
    if not act.verb:
        return False
    first = max(0, act.start - NEAR)
    return bool(grammar(sentence.language, "singular").search(sentence.text, first, act.end))


def _person(
    sentence: Sentence,
    act: Act,
    acts: list[Act],
    persons: list[tuple[Named, str]],
    counted: tuple[Figure, str] | None,
) -> tuple[Named, str] | None:
    """Find the named victim: "N was executed", "the execution of N", "N ... اعدام شد"."""
    for named, mention in persons:
        if named.unidentified:
            continue
        if named.start >= act.end:
            gap = sentence.text[act.end : min(named.start, named.title_start)]
            if not act.verb and grammar(sentence.language, "object").fullmatch(gap):
                return named, mention
        elif act.verb and _is_subject(sentence, named, counted):
            gap = _subject_gap(sentence, named, act, acts)
            if grammar(sentence.language, "subject").fullmatch(gap):
                return named, mention
    return None


def _together(
    sentence: Sentence, victim: tuple[Named, str] | None, persons: list[tuple[Named, str]]
) -> tuple[tuple[Named, str], ...]:
    """Find those named with a victim: "N, M and O were executed"."""
    if victim is None or victim not in persons:
        return ()
    at = persons.index(victim)
    joined = grammar(sentence.language, "joined")
    found: list[tuple[Named, str]] = []
    for rest, step in ((persons[:at][::-1], -1), (persons[at + 1 :], 1)):
        last = victim[0]
        for one, mention in rest:
            first, second = (one, last) if step < 0 else (last, one)
            gap = sentence.text[first.end : second.title_start]
            if one.unidentified or not joined.fullmatch(gap) or _after_words(sentence, one):
                break
            found.append((one, mention))
            last = one
    return tuple(sorted(found, key=lambda pair: pair[0].start))


def _after_words(sentence: Sentence, named: Named) -> bool:
    """Say whether a name stands after words that make it no subject: "according to N"."""
    first = max(0, named.title_start - NEAR)
    found = grammar(sentence.language, "not_subject").search(
        sentence.text, first, named.title_start
    )
    return bool(found)


def _is_subject(sentence: Sentence, named: Named, counted: tuple[Figure, str] | None) -> bool:
    """Say whether a name can be whom a verb tells of: not "by order of N, 40 people were"."""
    if _after_words(sentence, named):
        return False
    return counted is None or counted[0].start < named.start


def _subject_gap(sentence: Sentence, named: Named, act: Act, acts: list[Act]) -> str:
    """Give the words between a subject and its verb; of two verbs joined by "and", the first's."""
    before = [one for one in acts if one.verb and named.end <= one.start < act.start]
    joined = grammar(sentence.language, "second_verb").search(
        sentence.text, max(0, act.start - NEAR), act.start
    )
    verb = before[0] if before and joined else act
    return sentence.text[named.end : verb.start]


def _times(sentence: Sentence, act: Act, acts: list[Act]) -> tuple[FoundDate, ...]:
    """Find when: a date in the act's own clause, nearer to it than to any other act."""
    if points_back(sentence, act):
        return ()
    times = (found for found in sentence.times if found.date.edtf)
    return tuple(found for found in times if _belongs(sentence, act, acts, found))[:1]


def _places(sentence: Sentence, act: Act, acts: list[Act]) -> tuple[FoundPlace, ...]:
    if points_back(sentence, act):
        return ()
    inside = (place for place in sentence.places if located(sentence, place))
    return tuple(place for place in inside if _belongs(sentence, act, acts, place))


def _durations(sentence: Sentence, act: Act) -> tuple[FoundDate, ...]:
    """Find how long the act took: "in less than two months", not "four decades of rule"."""
    lead = grammar(sentence.language, "lasted")
    return tuple(
        found
        for found in sentence.dates
        if found.role == "duration"
        and min(abs(act.start - found.end), abs(found.start - act.end)) <= NEAR
        and lead.search(sentence.text, max(0, found.start - 14), found.end)
        and not _BREAK.search(sentence.text, min(act.end, found.end), max(act.start, found.start))
    )


def _belongs(sentence: Sentence, act: Act, acts: list[Act], found: FoundDate | FoundPlace) -> bool:
    at = found.start
    if grammar(sentence.language, "other_time").search(sentence.text, max(0, at - NEAR), at):
        return False
    nearest = min(acts, key=lambda one: min(abs(one.start - at), abs(one.end - at)))
    return nearest is act and _one_clause(sentence, act, found.start, found.end)


def _one_clause(sentence: Sentence, act: Act, start: int, end: int) -> bool:
    """Say whether what is told stands with the act: no break between, and for a noun close by."""
    if start >= act.end:
        gap = sentence.text[act.end : start]
    elif act.verb and start <= 4:
        # What opens a sentence is said of its verb: "In July 1988, ...".
        return not _BREAK.search(sentence.text, end, act.start)
    else:
        gap = sentence.text[end : act.start]
        if grammar(sentence.language, "breaks_before").search(gap):
            return False
    if grammar(sentence.language, "breaks").search(gap):
        return False
    told = act.verb or grammar(sentence.language, "took_place").match(sentence.text, act.end)
    return len(_COMMA.findall(gap)) <= (1 if told else 0) and len(gap) <= _CLAUSE
