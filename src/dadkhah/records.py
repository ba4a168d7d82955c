"""THE DOMAIN ON ONE PAGE: every record dadkhah keeps, as frozen values.

    Capture -> Passage -> Claim -> Mention -> Judgement -> Person -> Overlaps -> Estimate
                                              Person + Disclosure -> Dossier | Memorial

A record is never changed: a new version with the same id supersedes it, and the log keeps both.
Dates inside records are EDTF text (ISO 8601-2), proleptic Gregorian; `written` keeps the words.
A field at its default is left out of the canonical form, so that a field added later changes no
digest made before.
"""

from __future__ import annotations

import dataclasses
import itertools
import operator
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from dadkhah import canonical
from dadkhah.errors import RecordError

__all__ = [
    "KINDS",
    "MENTION_KINDS",
    "SIMULATED",
    "STANCES",
    "STATUSES",
    "Anchor",
    "Capture",
    "Case",
    "Claim",
    "Collection",
    "CollectionRecord",
    "CustodyEvent",
    "Disclosure",
    "Erasure",
    "Judgement",
    "Mention",
    "Passage",
    "Person",
    "Record",
    "Run",
    "Source",
    "encode",
    "new_id",
    "plain",
    "read",
]

SIMULATED = "SIMULATED"
MENTION_KINDS = ("person", "group", "place", "post", "event", "act", "order", "figure")
STANCES = ("asserts", "denies", "doubts", "reports")
STATUSES = ("unreviewed", "accepted", "conflict", "withdrawn")
DECISIONS = ("same", "different", "unsure")
CONFIDENTIALITY = ("public", "restricted", "confidential")


def new_id() -> str:
    """Give a new record id, 20 hexadecimal digits; it says nothing of the content.

    The first 13 are random, once per process; the rest count. Ids made together therefore lie
    together in a store's index, which makes an import of many records several times faster.
    """
    return f"{_process[0]}{next(_count):07x}"


def _begin_process() -> None:
    """Choose the random part anew; a process that forks must not share its parent's ids."""
    _process[:] = [secrets.token_hex(7)[:13]]


_process: list[str] = []
_count = itertools.count()
_begin_process()
os.register_at_fork(after_in_child=_begin_process)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where in a capture (W3C Web Annotation: TextQuoteSelector and its neighbours).

    `capture` is the SHA-256 of the bytes; `start` and `end` count characters of its decoded text;
    `page` and `row` count from 1 (row 1 is the first line of a table, headings included); `box` is
    left, top, right, bottom in thousandths of the page; `seconds` is from, to in milliseconds.
    """

    capture: str
    quote: str
    before: str = ""
    after: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None
    box: tuple[int, ...] = ()
    sheet: str = ""
    row: int | None = None
    column: str = ""
    seconds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRecord:
    """How the bytes of a capture came (EV-03); `missing` says why a field is empty."""

    address: str = ""
    name_as_given: str = ""
    received_at: str = ""
    collector: str = ""
    method: str = ""
    machine: str = ""
    identity_used: str = ""
    context: str = ""
    missing: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is documented, and what is in and out of scope (CR-01)."""

    kind: ClassVar[str] = "case"
    id: str
    title: Mapping[str, str]
    persons: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    out_of_scope: Mapping[str, str] = field(default_factory=dict)
    methodology: Mapping[str, str] = field(default_factory=dict)
    methodology_version: str = "1"
    simulated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What one documenter gathered one way: a "list" in estimation (ST-01)."""

    kind: ClassVar[str] = "collection"
    id: str
    title: str
    compiler: str = ""
    scope: str = ""
    would_not_list: str = ""
    period: str = ""
    method: str = ""
    version: str = ""
    derived_from: tuple[str, ...] = ()
    structural_zeros: tuple[str, ...] = ()
    no_duplicates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing received: a statement, book, page, film, letter or table."""

    kind: ClassVar[str] = "source"
    id: str
    type: str = ""
    title: str = ""
    author: str = ""
    publisher: str = ""
    language: str = ""
    date: str = ""
    date_written: str = ""
    collection: str = ""
    derived_from: tuple[str, ...] = ()
    connection: str = ""
    reliability: str = ""
    confidentiality: str = "restricted"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The exact bytes of a source at one moment; id is their SHA-256.

    A derived capture (text, OCR, transcript, translation, redaction) names its parent, the tool,
    its version and parameters (EV-05).
    """

    kind: ClassVar[str] = "capture"
    id: str
    source: str
    size_bytes: int
    media_type: str
    encoding: str = ""
    collected: CollectionRecord = field(default_factory=CollectionRecord)
    parent: str = ""
    tool: str = ""
    tool_version: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Anchored text as written, with its language; `origin` is the same passage in the parent."""

    kind: ClassVar[str] = "passage"
    id: str
    source: str
    anchor: Anchor
    language: str = ""
    direction: str = ""
    origin: Anchor | None = None
    translation: Mapping[str, str] = field(default_factory=dict)
    noise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One source's account of one thing: the unit of linkage."""

    kind: ClassVar[str] = "mention"
    id: str
    source: str
    type: str
    label: str
    passage: str
    collection: str = ""
    key: str = ""
    unidentified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """This passage says: predicate = value (or another mention) about this mention.

    `written` is the text as it stands; `value` the reading (text, whole number, or object, by the
    predicate's type in predicates.yaml); `target` another mention; `within` the narrower place in
    the passage; `when` EDTF; `status` is never "accepted" by a machine.
    """

    kind: ClassVar[str] = "claim"
    id: str
    mention: str
    predicate: str
    written: str
    passage: str
    value: Any = None
    target: str = ""
    within: Anchor | None = None
    when: str = ""
    where: str = ""
    speaker: str = ""
    stance: str = "asserts"
    status: str = "unreviewed"
    author: str = ""
    basis: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Same, different or unsure between two mentions; superseded, never edited."""

    kind: ClassVar[str] = "judgement"
    id: str
    left: str
    right: str
    decision: str
    by: str
    at: str
    why: str = ""
    score: str = ""
    run: str = ""
    supersedes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """Who let which claims be public, on what ground, until when (CR-17: two people).

    A claim is public when it is named in `claims`, or when its source is in `sources` (or its
    mention's collection in `collections`) and its predicate is in `predicates`.
    """

    kind: ClassVar[str] = "disclosure"
    id: str
    by: str
    reviewed_by: str
    at: str
    ground: str
    until: str = ""
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    text_of_sources: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEvent:
    """One thing that happened to what is kept (EV-07, EV-08); the events are sources/chain.py's.

    `giver` and `receiver` are for a hand-over, as is `signature`: what the receiver signed, as
    text. `checked` says how the digests compared: "same", "different", or "" when nobody looked.
    """

    kind: ClassVar[str] = "custody"
    id: str
    event: str
    at: str
    by: str
    source: str = ""
    captures: tuple[str, ...] = ()
    giver: str = ""
    receiver: str = ""
    place: str = ""
    purpose: str = ""
    checked: str = ""
    outcome: str = ""
    signature: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Who let which records be erased, why, and by what authority (EV-20: two people).

    `count` and `root` bind the tombstones it left: the RFC 6962 root over their lines, by place.
    """

    kind: ClassVar[str] = "erasure"
    id: str
    by: str
    reviewed_by: str
    at: str
    reason: str
    authority: str
    count: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One computation that is kept: what ran, on which state of the log, and what it gave.

    `type` is "linkage" or "estimate"; `result` is JSON with fractions as decimal text.
    """

    kind: ClassVar[str] = "run"
    id: str
    type: str
    at: str
    by: str
    log_size: int
    log_root: str
    seed: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What somebody sent through the form, and what was decided about it (CR-20, CR-21).

    The words are captures of `source`; who sent them is in no record. `about` is "whole", or a
    kind and an id ("person:3b0f", "place:evin", "source:90ab"); `type` is memory, fact, correction
    or comment; `state` is received, asked, accepted, published, rejected, hidden or withdrawn.
    `received` and `decided` are days. `reason` is a word of the published list; `decision` says
    for everybody what was done. `claim` carries the words that a disclosure lets out. `receipt` is
    the SHA-256 of the code that only the sender has; `exchange` what was asked and added.
    """

    kind: ClassVar[str] = "contribution"
    id: str
    source: str
    about: str
    type: str
    state: str = "received"
    language: str = ""
    received: str = ""
    decided: str = ""
    reason: str = ""
    decision: str = ""
    by: str = ""
    reviewed_by: str = ""
    claim: str = ""
    disclosure: str = ""
    receipt: str = ""
    show_email: bool = False
    files: tuple[str, ...] = ()
    exchange: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A pure function of mentions and judgements; nothing on it is typed in, nothing stored."""

    id: str
    mentions: tuple[str, ...]
    collections: tuple[str, ...] = ()


Record = (
    Case
    | Collection
    | Source
    | Capture
    | Passage
    | Mention
    | Claim
    | Judgement
    | Disclosure
    | Run
    | CustodyEvent
    | Erasure
    | Contribution
)

KINDS: dict[str, type[Any]] = {
    kind.kind: kind
    for kind in (
        Case, Collection, Source, Capture, Passage, Mention, Claim, Judgement, Disclosure, Run,
        CustodyEvent, Erasure, Contribution,
    )
}  # fmt: skip

_NESTED = {"anchor": Anchor, "origin": Anchor, "within": Anchor, "collected": CollectionRecord}


def _read_fields(kind: type[Any]) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Give the names of a record's fields and their defaults (MISSING where there is none)."""
    fields = dataclasses.fields(kind)
    missing = dataclasses.MISSING
    defaults = (f.default if f.default_factory is missing else f.default_factory() for f in fields)
    return tuple(f.name for f in fields), tuple(defaults)


_FIELDS = {kind: _read_fields(kind) for kind in (*KINDS.values(), Anchor, CollectionRecord)}
_GETTERS = {kind: operator.attrgetter(*names) for kind, (names, _) in _FIELDS.items()}


def plain(record: Any) -> dict[str, Any]:
    """Give a record as a JSON object, fields at their default left out."""
    names, defaults = _FIELDS[type(record)]
    values = zip(names, _GETTERS[type(record)](record), defaults, strict=True)
    return {
        name: value if type(value) in _SIMPLE else _plain_value(value)
        for name, value, default in values
        if value is not default and (value != default or type(value) is not type(default))
    }


_SIMPLE = frozenset({str, int, bool, type(None)})


def _plain_value(value: Any) -> Any:
    if isinstance(value, (Anchor, CollectionRecord)):
        return plain(value)
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def encode(record: Record) -> bytes:
    """Give the canonical bytes of a record, its kind included."""
    return canonical.encode({"kind": record.kind, **plain(record)})


def read(data: Mapping[str, Any]) -> Any:
    """Rebuild a record from its JSON object.

    Raises:
        RecordError: unknown kind, unknown or missing field, an id that could not name a file.
    """
    fields = dict(data)
    kind = KINDS.get(str(fields.pop("kind", None)))
    if kind is None:
        raise RecordError("record-kind", "This record is of no kind that dadkhah knows.")
    if not _ID.fullmatch(str(fields.get("id", "0"))):
        raise RecordError(
            "record-id",
            "An id has letters of a to z, digits, and . _ - after the first, 80 at the most.",
            todo="Ask whoever made this archive for a whole one: ids name files and pages.",
        )
    return _build(kind, fields)


_ID = re.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,79}")


def _build(kind: type[Any], values: dict[str, Any]) -> Any:
    names, required, lists, nested = _SHAPES[kind]
    given = values.keys()
    if not names >= given:
        raise RecordError("record-field", f"A {kind.__name__} has no field of this name.")
    if not required <= given:
        missing = ", ".join(sorted(required - given))
        raise RecordError("record-field", f"A {kind.__name__} needs: {missing}.")
    for name in lists & given:
        values[name] = tuple(values[name])
    for name in nested & given:
        if values[name] is not None:
            values[name] = _build(_NESTED[name], dict(values[name]))
    return kind(**values)


def _shape(
    kind: type[Any],
) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Names of the fields of a kind: all, those without a default, lists, and records inside."""
    defaults = dict(zip(*_FIELDS[kind], strict=True))
    return (
        frozenset(defaults),
        frozenset(n for n, d in defaults.items() if d is dataclasses.MISSING),
        frozenset(n for n, d in defaults.items() if isinstance(d, tuple)),
        frozenset(defaults) & _NESTED.keys(),
    )


_SHAPES = {kind: _shape(kind) for kind in _FIELDS}
