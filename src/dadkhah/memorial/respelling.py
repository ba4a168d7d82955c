"""The search after a change: the few pieces that hold whoever changed, written anew."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from dadkhah.memorial import finding
from dadkhah.memorial.kept import Words
from dadkhah.memorial.slips import Slip

__all__ = ["Respelled", "respell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Respelled:
    """The search after a change.

    Args:
        files: by address. gone: addresses.
    """

    words: Words
    files: tuple[tuple[str, bytes], ...]
    gone: tuple[str, ...]


def respell(
    folder: Path, last: Words, old: Iterable[Slip], new: Iterable[Slip], mark: str
) -> Iterator[Respelled]:
    """Write the search anew around a change, where it is still cut as it was.

    Args:
        folder: of the site as it stands. old, new: the slips that changed.
    """
    gone, come = list(finding.rows(old)), list(finding.rows(new))
    counts = Counter(last.counts)
    counts.update(token for row in come for token in row.tokens)
    counts.subtract(token for row in gone for token in row.tokens)
    counts = Counter({token: count for token, count in counts.items() if count})
    weight = last.weight + sum(map(finding.weigh, come)) - sum(map(finding.weigh, gone))
    many, size = finding.shape(counts, weight)
    if (many, size) != finding.shape(last.counts, last.weight):
        return
    held: dict[int, list[str]] = {}
    for rows, put in ((gone, _without), (come, _with)):
        for row in rows:
            for place in {finding.place_of(key, size) for key in finding.keys_of(row, many)}:
                if place not in held:
                    held[place] = _read(folder, place, last.over)
                put(held[place], row.text)
    over, files, lost = dict(last.over), list[tuple[str, bytes]](), list[str]()
    for place, texts in held.items():
        made = finding.files_of(place, texts, mark)
        files += made
        lost += [f"find/{place}-{n}.js" for n in range(len(made), over.pop(str(place), 1))]
        if len(made) > 1:
            over[str(place)] = len(made)
    files.append(finding.setting(many, size, over, mark))
    files += finding.words_in(counts, mark)
    yield Respelled(
        words=Words(counts=dict(sorted(counts.items())), weight=weight, over=over),
        files=tuple(files), gone=tuple(lost),
    )  # fmt: skip


def _read(folder: Path, place: int, over: Mapping[str, int]) -> list[str]:
    """Read one piece from the site as it stands."""
    names = [str(place), *(f"{place}-{n}" for n in range(1, over.get(str(place), 1)))]
    found: list[str] = []
    for name in names:
        data = (folder / "find" / f"{name}.js").read_bytes()
        found += orjson.loads(data[data.index(b",[") + 1 : data.rindex(b"]") + 1])
    return found


def _without(held: list[str], text: str) -> None:
    held.remove(text)


def _with(held: list[str], text: str) -> None:
    held.insert(bisect_left(held, text), text)
