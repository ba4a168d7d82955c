"""Proposals being written: mentions told apart within a source, claims on their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from dadkhah import predicates
from dadkhah.claims.extraction.sentences import Sentence
from dadkhah.records import Anchor, Claim, Mention, Passage, new_id

__all__ = ["AUTHOR", "VERSION", "Draft", "Voice", "within"]

VERSION: Final = "1"
AUTHOR: Final = f"dadkhah.claims.extraction {VERSION}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who says it: the issuer of the source asserts; another's words are reported."""

    speaker: str = ""
    stance: str = "asserts"


def within(passage: Passage, start: int, end: int) -> Anchor:
    """Anchor characters of a passage in the capture that the passage is anchored in."""
    whole = passage.anchor
    base = whole.start
    return Anchor(
        capture=whole.capture,
        quote=whole.quote[start:end],
        start=None if base is None else base + start,
        end=None if base is None else base + end,
        page=whole.page,
    )


@dataclass(slots=True, kw_only=True)
class Draft:
    """The proposals of one source, held open while its passages are read."""

    source: str
    author: str = AUTHOR
    make_id: Callable[[], str] = new_id
    mentions: dict[tuple[str, ...], Mention] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    _said: set[tuple[Any, ...]] = field(default_factory=set)

    def mention(
        self,
        kind: str,
        key: tuple[str, ...],
        *,
        label: str,
        at: Sentence,
        unidentified: bool = False,
    ) -> str:
        """Give the id of the mention with this key, opening it at its first passage."""
        found = self.mentions.get((kind, *key))
        if found is None:
            found = Mention(
                id=self.make_id(),
                source=self.source,
                type=kind,
                label=label,
                passage=at.passage.id,
                unidentified=unidentified,
            )
            self.mentions[(kind, *key)] = found
        return found.id

    def claim(
        self,
        mention: str,
        predicate: str,
        at: Sentence,
        start: int,
        end: int,
        voice: Voice,
        *,
        value: Any = None,
        target: str = "",
        when: str = "",
        basis: str = "",
        flags: tuple[str, ...] = (),
    ) -> str:
        """Propose one claim on the words from `start` to `end`; the same one twice is one claim."""
        written = at.raw[start:end]
        said = (mention, predicate, repr(value).casefold(), target, when, voice)
        if said in self._said:
            return ""
        self._said.add(said)
        claim = Claim(
            id=self.make_id(),
            mention=mention,
            predicate=predicate,
            written=written,
            passage=at.passage.id,
            value=value,
            target=target,
            within=within(at.passage, start, end),
            when=when,
            speaker=voice.speaker,
            stance=voice.stance,
            author=self.author,
            basis=basis,
            flags=flags,
        )
        predicates.check(claim)
        self.claims.append(claim)
        return claim.id

    def flag(self, flags: Mapping[str, Sequence[str]]) -> None:
        """Put flags on claims already proposed, by the claims' ids."""
        self.claims = [
            replace(claim, flags=tuple(dict.fromkeys((*claim.flags, *flags[claim.id]))))
            if claim.id in flags
            else claim
            for claim in self.claims
        ]
