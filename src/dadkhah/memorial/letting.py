"""The claims of an archive: those that are let out, cut down, and what is known of the rest."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from dadkhah import archive, records
from dadkhah.disclosure import Whitelist
from dadkhah.memorial import cutting
from dadkhah.memorial.packed import Packed, pack
from dadkhah.records import Claim, Mention, Source

__all__ = ["Parted", "newest", "part"]

R = TypeVar("R")
BY: Final = ("mention", "passage", "target", "predicate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """The claims of an archive.

    Args:
        let_out: by id, in log order, each cut down.
        closed: (mention, predicate) of those that stand and are not let out.
        told_of: the mentions that a claim let out is about, in log order.
        passages: those that it stands on.
        repeated: ids of those that have several versions.
    """

    let_out: Packed[Claim]
    closed: tuple[tuple[str, str], ...]
    told_of: dict[str, None]
    passages: set[str]
    repeated: frozenset[str]


def part(
    newest: Mapping[str, Claim], repeated: frozenset[str], allowed: Whitelist,
    mentions: Mapping[str, Mention], sources: Mapping[str, Source], passages: Container[str],
    open_texts: Container[str],
) -> Parted:  # fmt: skip
    """Part the newest versions of claims.

    A claim whose words or source were erased has nothing left to stand on, and is not let out.
    """
    closed: list[tuple[str, str]] = []
    told_of: dict[str, None] = {}
    on_passages: set[str] = set()

    def let_out() -> Iterator[Claim]:
        for claim in newest.values():
            mention = mentions.get(claim.mention)
            source = sources.get(mention.source) if mention else None
            if (
                mention
                and source
                and (claim.passage in on_passages or claim.passage in passages)
                and allowed.lets_out(claim, mention)
            ):
                told_of[mention.id] = None
                on_passages.add(claim.passage)
                yield cutting.claim(
                    claim, is_open=source.id in open_texts,
                    confidential=source.confidentiality == "confidential",
                )  # fmt: skip
            elif claim.status != "withdrawn":
                closed.append((claim.mention, claim.predicate))

    found = pack(Claim, let_out(), BY)
    return Parted(
        let_out=found, closed=tuple(closed), told_of=told_of, passages=on_passages,
        repeated=repeated,
    )  # fmt: skip


def newest(folder: Path, kind: type[R], by: Sequence[str] = ()) -> tuple[Packed[R], frozenset[str]]:
    """Read the newest version of each record of a kind, and say which have several."""
    word: str = kind.kind  # type: ignore[attr-defined]  # every kind has its word
    lines = archive.lines(folder, word)
    return pack(kind, (records.read(line.record) for line in lines), by).newest()
