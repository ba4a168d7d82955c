"""The claims of an archive, parted into those let out, cut down, and what is known of the rest.

A hundred thousand people have half a million claims: each is held once, and what many of them share
(a mention, a predicate, a place) is one object.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from dadkhah import archive, records
from dadkhah.disclosure import Whitelist
from dadkhah.memorial import cutting
from dadkhah.records import Claim, Mention, Source

__all__ = ["Parted", "newest", "part"]

_SHARED: Final = ("mention", "passage", "predicate", "stance", "status", "target", "speaker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """The claims of an archive.

    Args:
        let_out: by id, in log order, each cut down.
        closed: (mention, predicate) of those that stand and are not let out.
        repeated: ids of those that have several versions.
    """

    let_out: dict[str, Claim]
    closed: tuple[tuple[str, str], ...]
    repeated: frozenset[str]


def part(
    newest: dict[str, Claim], repeated: frozenset[str], allowed: Whitelist,
    mentions: Mapping[str, Mention], sources: Mapping[str, Source], passages: Container[str],
    open_texts: Container[str],
) -> Parted:  # fmt: skip
    """Part the newest versions of claims; `newest` is emptied, so that none is held twice.

    A claim whose words or source were erased has nothing left to stand on, and is not let out.
    """
    let_out: dict[str, Claim] = {}
    closed: list[tuple[str, str]] = []
    for identity in list(newest):
        claim = newest.pop(identity)
        mention = mentions.get(claim.mention)
        source = sources.get(mention.source) if mention else None
        if mention and source and claim.passage in passages and allowed.lets_out(claim, mention):
            let_out[identity] = cutting.claim(
                claim, is_open=source.id in open_texts,
                confidential=source.confidentiality == "confidential",
            )  # fmt: skip
        elif claim.status != "withdrawn":
            closed.append((claim.mention, claim.predicate))
    return Parted(let_out=let_out, closed=tuple(closed), repeated=repeated)


def newest(folder: Path) -> tuple[dict[str, Claim], frozenset[str]]:
    """Read the newest version of each claim, and say which have several."""
    found: dict[str, Claim] = {}
    repeated: set[str] = set()
    known: dict[Any, Any] = {}
    for line in archive.lines(folder, "claim"):
        claim: Claim = records.read(_sharing(line.record, known))
        if claim.id in found:
            repeated.add(claim.id)
        found[claim.id] = claim
    return found, frozenset(repeated)


def _sharing(record: Mapping[str, Any], known: dict[Any, Any]) -> dict[str, Any]:
    """Give a record whose texts and objects, where another has them too, are the same objects."""
    found = dict(record)
    for name in _SHARED:
        if name in found:
            found[name] = known.setdefault(found[name], found[name])
    value = found.get("value")
    if isinstance(value, dict):
        found["value"] = known.setdefault(orjson.dumps(value), value)
    elif isinstance(value, str) and value == found.get("written"):
        found["value"] = found["written"]
    return found
