"""From the passages of one source to proposals: mentions and claims for a person to review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dadkhah import predicates
from dadkhah.claims.extraction import (
    act_words,
    acts,
    contradictions,
    events,
    figures,
    imprint,
    involvement,
    members,
    orders,
    particulars,
    persons,
    pronouns,
    sentences,
    speakers,
    tenures,
)
from dadkhah.claims.extraction.counted import Figure, even
from dadkhah.claims.extraction.drafts import Draft, Voice
from dadkhah.claims.extraction.imprint import Fact, Imprint
from dadkhah.claims.extraction.proposer import Proposer
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.claims.extraction.tenures import Times
from dadkhah.dates import DateSpan
from dadkhah.records import Claim, Mention, Passage, Source, new_id

__all__ = ["Extraction", "extract"]

_WEIGHT: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one source gives: proposals, and what it says of itself.

    `issuer` is the body or bodies that sign, as one text; `date` is EDTF; `facts` are the same with
    their anchors' places; `flags` say what a reviewer should look at first.
    """

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    issuer: str = ""
    date: str = ""
    title: str = ""
    facts: tuple[Fact, ...] = ()
    flags: tuple[str, ...] = ()


def extract(
    passages: Sequence[Passage],
    *,
    source: Source,
    relative_to: DateSpan | None = None,
    proposers: Sequence[Proposer] = (),
    make_id: Callable[[], str] = new_id,
) -> Extraction:
    """Propose what the passages of one source say; nothing here is ever accepted.

    Args:
        passages: in the order of the text; those marked as noise make no claim.
        source: what the passages are of; its author speaks where no one signs.
        relative_to: the source's own date; without it, the date that the source gives of itself.
        proposers: a team's own models, none by default.
        make_id: gives a new id; the proposals are the same for the same input but for their ids.
    """
    told_of_itself = imprint.read(passages)
    own_date = relative_to or _own_date(told_of_itself, source)
    issuer = told_of_itself.issuer or source.author or source.publisher
    kept = [p for p in passages if not p.noise and p.id not in told_of_itself.passages]
    read = [sentences.read(passage, relative_to=own_date) for passage in kept]
    draft = Draft(source=source.id, make_id=make_id)
    _propose(draft, read, Voice(speaker=issuer), Times(source=own_date, event=_main_event(read)))
    contradictions.flag(draft)
    mentions, claims = list(draft.mentions.values()), draft.claims
    for proposer in proposers:
        more = _from_model(proposer, kept, source)
        mentions, claims = [*mentions, *more[0]], [*claims, *more[1]]
    return _extraction(told_of_itself, issuer, mentions, claims)


def _extraction(
    found: Imprint, issuer: str, mentions: list[Mention], claims: list[Claim]
) -> Extraction:
    spoken = {claim.mention for claim in claims} | {claim.target for claim in claims}
    facts = tuple(fact for fact in (found.title, *found.issuers, found.date) if fact)
    contradictory = sorted({flag.split(":")[0] for claim in claims for flag in claim.flags})
    return Extraction(
        mentions=tuple(mention for mention in mentions if mention.id in spoken),
        claims=tuple(claims),
        issuer=issuer,
        date=found.date.value if found.date else "",
        title=found.title.value if found.title else "",
        facts=facts,
        flags=(*contradictory, *(() if found.date else ("no-date",))),
    )


def _own_date(found: Imprint, source: Source) -> DateSpan | None:
    text = found.date.value if found.date else source.date
    return DateSpan.from_edtf(text) if text else None


def _main_event(read: Sequence[Sentence]) -> str:
    """Give the time that the source tells of most often beside an act, killings before others."""
    counts: dict[str, int] = {}
    for sentence in read:
        acts_told = act_words.find(sentence)
        weight = max((_WEIGHT if act.family == "01" else 1 for act in acts_told), default=0)
        for found in sentence.times if weight else ():
            counts[found.date.edtf] = counts.get(found.date.edtf, 0) + weight
    return max(counts, key=lambda edtf: counts[edtf]) if counts else ""


def _propose(draft: Draft, read: Sequence[Sentence], own: Voice, times: Times) -> None:
    told = acts.Told()
    found = {id(sentence): persons.find(sentence) for sentence in read if not sentence.slogan}
    before: list[tuple[Figure, str]] = []
    known = frozenset(even(named.name) for row in found.values() for named in row if named.name)
    for sentence in read:
        if sentence.slogan:
            continue
        listed = list(persons.listed(sentence, known))
        named = [*found[id(sentence)], *_new(listed, found[id(sentence)])]
        before = _sentence(draft, sentence, named, own, times, told, before)
    _label_kinds(draft)


def _new(listed: list[persons.Named], found: list[persons.Named]) -> list[persons.Named]:
    return [n for n in listed if not any(f.start < n.end and n.start < f.end for f in found)]


def _sentence(
    draft: Draft, sentence: Sentence, named: list[persons.Named], own: Voice, times: Times,
    told: acts.Told, before: list[tuple[Figure, str]],
) -> list[tuple[Figure, str]]:  # fmt: skip
    reported, since = speakers.voices(sentence), len(draft.claims)
    counted = figures.propose(draft, sentence, reported, own, before)
    people = []
    for one in sorted(named, key=lambda item: item.start):
        voice = speakers.voice_at(reported, one.start, own)
        people.append((one, tenures.propose(draft, sentence, one, voice, times)))
    particulars.propose(draft, sentence, reported, own, people)
    meant = pronouns.meant(sentence, told.person)
    done = acts.propose(draft, sentence, reported, own, told, counted, [*meant, *people])
    told.person = pronouns.spoken_of(draft, since, [*meant, *people])
    last = speakers.voice_at(reported, len(sentence.raw) - 1, own)
    members.propose(draft, sentence, people, last)
    involvement.propose(draft, sentence, people, done, told, last)
    orders.propose(draft, sentence, last, times)
    events.propose(draft, sentence, last)
    return counted


def _label_kinds(draft: Draft) -> None:
    """Call a figure reported where its words say neither estimated nor documented (ST-23)."""
    numbers = {c.mention: c for c in reversed(draft.claims) if c.predicate == "figure.number"}
    for mention in figures.unlabelled(draft):
        number = numbers[mention]
        draft.claims.append(
            replace(
                number,
                id=draft.make_id(),
                predicate="figure.kind",
                value="figure_kind:reported",
                basis="The words say neither estimated nor documented.",
            )
        )


def _from_model(
    proposer: Proposer, passages: Sequence[Passage], source: Source
) -> tuple[list[Mention], list[Claim]]:
    """Take a model's proposals, marked as its own, unreviewed, and only for what it was given."""
    mentions, claims = proposer.propose(passages, source)
    allowed = {passage.id for passage in passages}
    author = f"{proposer.name} {proposer.version}"
    kept = [m for m in mentions if m.passage in allowed]
    marked = [
        replace(c, author=author, status="unreviewed") for c in claims if c.passage in allowed
    ]
    for claim in marked:
        predicates.check(claim)
    return kept, marked
