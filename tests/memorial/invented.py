"""A small invented archive: two statements, a list in two scripts, secrets in closed fields."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dadkhah import archive, canonical, records
from dadkhah.archive import Line
from dadkhah.custody.checkpoints import Checkpoint, sign_checkpoint
from dadkhah.custody.commitments import commit, entry_root
from dadkhah.custody.entries import Entry, entry_bytes
from dadkhah.custody.merkle import leaf_hash, root
from dadkhah.custody.signers import LogSigner, verifier_text
from dadkhah.records import (
    Anchor,
    Capture,
    Case,
    Claim,
    Collection,
    CollectionRecord,
    Disclosure,
    Judgement,
    Mention,
    Passage,
    Run,
    Source,
)

ORIGIN = "example.org/invented"
SIGNER = LogSigner(name=ORIGIN, seed=bytes(range(32)))
CANARY = "CANARY"
STATEMENT = (
    "In the summer of 1367 about 1,200 prisoners were killed in Sangab Prison. The letter of the "
    "order is dated 6 Mordad 1367. Karim Arvand was head of the Commission until 1368.\n"
)
REPLY = "The ministry denies that 1,200 prisoners were killed. Fewer than 90 died.\n"
ROWS = (
    "1,دارا سپهری,1367-05-10,زندان سنگاب",
    "2,Mina Kuhestani,1367-05-12,Sangab Prison",
    "3,Dara Sepehri,1367-06-01,Sangab Prison",
    "4,Unknown,,Sangab Prison",
)


def identity(word: str) -> str:
    """Make an id that stays the same from run to run."""
    return hashlib.sha256(word.encode()).hexdigest()[:20]


def secret(place: str) -> str:
    """A word that must never leave the house, naming the field it was put in."""
    return f"{CANARY}-{place}"


class Cast:
    """The records, growing in log order, and the bytes of the captures."""

    def __init__(self) -> None:
        self.records: list[Any] = []
        self.bytes: dict[str, bytes] = {}

    def add(self, *new: Any) -> None:
        self.records.extend(new)

    def source(self, word: str, text: str, **fields: Any) -> tuple[Source, Capture]:
        data = text.encode()
        digest = hashlib.sha256(data).hexdigest()
        self.bytes[digest] = data
        source = Source(id=identity(word), note=secret("source-note"), **fields)
        capture = Capture(
            id=digest, source=source.id, size_bytes=len(data), media_type="text/plain",
            encoding="utf-8", parameters={"secret": secret("capture-parameters")},
            collected=CollectionRecord(
                received_at="2026-03-21T09:30:00Z", collector=secret("collector"),
                method="given by hand", machine=secret("machine"),
                identity_used=secret("identity-used"), context=secret("context"),
                missing={"collector": secret("missing")},
            ),
        )  # fmt: skip
        self.add(source, capture)
        return source, capture

    def passage(self, source: Source, capture: Capture, quote: str, **fields: Any) -> Passage:
        text = self.bytes[capture.id].decode()
        start = text.index(quote)
        row = fields.pop("row", None)
        passage = Passage(
            id=identity(f"passage {source.id} {start}"), source=source.id, **fields,
            anchor=Anchor(
                capture=capture.id, quote=quote, start=start, end=start + len(quote), row=row,
                before=secret("before") if fields.get("noise") else "",
            ),
        )  # fmt: skip
        self.add(passage)
        return passage

    def mention(self, type_: str, passage: Passage, word: str, **fields: Any) -> Mention:
        mention = Mention(
            id=identity(f"mention {word}"), source=passage.source, type=type_,
            label=secret(f"label-{type_}"), passage=passage.id, key=secret("key"), **fields,
        )  # fmt: skip
        self.add(mention)
        return mention

    def claim(
        self, mention: Mention, passage: Passage, predicate: str, written: str, value: Any = None,
        **fields: Any,
    ) -> Claim:  # fmt: skip
        claim = Claim(
            id=identity(f"claim {mention.id} {predicate} {written}"), mention=mention.id,
            predicate=predicate, written=written, value=value, passage=passage.id,
            **{"status": "accepted", "author": "account:4711", **fields},
        )  # fmt: skip
        self.add(claim)
        return claim


def invented(*, simulated: bool = False) -> Cast:
    """Give the records of the invented case."""
    cast = Cast()
    cast.add(
        Case(
            id=identity("case"),
            title={"en": "The invented summer", "fa": "تابستان ساختگی"},
            persons={"en": "Prisoners of Sangab", "fa": "زندانیان سنگاب"},
            dates="1988-06-22/1988-09-22",
            methodology={"en": "Invented for a test.", "fa": "ساخته برای آزمون."},
            simulated=simulated,
        )
    )
    _statement(cast)
    _reply(cast)
    _list(cast)
    _secrets(cast)
    _estimate(cast)
    return cast


def _statement(cast: Cast) -> None:
    source, capture = cast.source(
        "statement", STATEMENT, title="Statement <b>of</b> the families", author="The families",
        language="en", date="1989-09-01", reliability=secret("reliability"),
    )  # fmt: skip
    passage = cast.passage(source, capture, STATEMENT.strip(), language="en")
    figure = cast.mention("figure", passage, "figure")
    cast.claim(figure, passage, "figure.number", "about 1,200", {"low": 1200, "high": 1200})
    cast.claim(figure, passage, "figure.counted", "prisoners", "prisoners killed")
    cast.claim(figure, passage, "figure.kind", "about", "figure_kind:estimated")
    order = cast.mention("order", passage, "order")
    cast.claim(order, passage, "order.date", "6 Mordad 1367", "1988-07-28")
    post = cast.mention("post", passage, "post")
    cast.claim(post, passage, "post.title", "head of the Commission", "head of the Commission")
    holder = cast.mention("person", passage, "holder")
    cast.claim(holder, passage, "person.name", "Karim Arvand", "Karim Arvand")
    cast.claim(
        holder, passage, "person.holds_post", "was head of the Commission until 1368",
        target=post.id, when="../1990-03-20",
    )  # fmt: skip
    place = cast.mention("place", passage, "place")
    cast.claim(place, passage, "place.name", "Sangab Prison", _prison("Sangab Prison"))
    act = cast.mention("act", passage, "act")
    cast.claim(act, passage, "act.date", "the summer of 1367", "1988-06-22/1988-09-22")
    cast.add(_disclosure("statement", sources=(source.id,), text_of_sources=True))


def _reply(cast: Cast) -> None:
    source, capture = cast.source(
        "reply", REPLY, title="Reply", author="The ministry", language="en", date="1989-10-01"
    )
    passage = cast.passage(source, capture, REPLY.strip(), language="en")
    figure = cast.mention("figure", passage, "denied")
    cast.claim(
        figure, passage, "figure.number", "1,200 prisoners", {"low": 1200, "high": 1200},
        stance="denies",
    )  # fmt: skip
    low = cast.mention("figure", passage, "low")
    cast.claim(low, passage, "figure.number", "Fewer than 90", {"low": 0, "high": 89})
    cast.add(_disclosure("reply", sources=(source.id,)))


def _list(cast: Cast) -> None:
    collection = Collection(id=identity("list"), title="The society's list", compiler="The society")
    cast.add(collection)
    source, capture = cast.source(
        "list", "id,name,died,prison\n" + "\n".join(ROWS) + "\n", title="list.csv",
        collection=collection.id,
    )  # fmt: skip
    dates = ("1988-08-01", "1988-08-03", "1988-08-23", "")
    for number, row in enumerate(ROWS):
        _, name, died, prison = row.split(",")
        passage = cast.passage(source, capture, row, row=number + 2)
        person = cast.mention(
            "person", passage, f"row {number}", collection=collection.id,
            unidentified=name == "Unknown",
        )  # fmt: skip
        cast.claim(person, passage, "person.name", name, name)
        if died:
            cast.claim(person, passage, "person.death_date", died, dates[number])
        cast.claim(person, passage, "person.detention_place", prison, _prison(prison))
        cast.claim(person, passage, "person.father_name", secret("father"), secret("father"))
        cast.claim(person, passage, "person.occupation", secret("job"), secret("job"))
    open_ones = ("person.name", "person.death_date", "person.detention_place")
    cast.add(_disclosure("list", collections=(collection.id,), predicates=open_ones))


def _prison(name: str) -> dict[str, str]:
    return {"name": name, "level": "prison"}


def _secrets(cast: Cast) -> None:
    """Put what must never leave into every place that a builder could look."""
    text = f"{secret('text')} told {secret('name')} in confidence.\n"
    source, capture = cast.source(
        "secret", text, title=secret("title"), author=secret("author"),
        publisher=secret("publisher"), confidentiality="confidential",
    )  # fmt: skip
    passage = cast.passage(source, capture, text.strip())
    person = cast.mention("person", passage, "hidden")
    cast.claim(person, passage, "person.name", secret("name"), secret("name"))
    cast.claim(
        person, passage, "person.occupation", "told", "teacher", speaker=secret("speaker"),
        basis=secret("basis"),
    )  # fmt: skip
    known = cast.mention("person", passage, "half known")
    told = cast.claim(known, passage, "person.detention_place", "in confidence", _prison("Sangab"))
    cast.claim(known, passage, "person.name", secret("half-name"), secret("half-name"))
    gone = cast.mention("person", passage, "gone")
    cast.claim(gone, passage, "person.name", "told", secret("withdrawn"), status="withdrawn")
    cast.add(
        Collection(id=identity("secret list"), title=secret("list"), scope=secret("list-scope")),
        _disclosure("one claim", claims=(told.id,)),
        _disclosure("over", sources=(source.id,), until="2026-03-20", text_of_sources=True),
        _disclosure("withdrawn", sources=(source.id,), withdrawn=True, text_of_sources=True),
        Judgement(
            id=identity("judgement"), left=identity("mention row 0"),
            right=identity("mention row 2"), decision="same", by="account:4711",
            at="2026-03-21T09:30:00Z", why=secret("why"),
        ),
    )  # fmt: skip


def _disclosure(word: str, **fields: Any) -> Disclosure:
    every = {
        "figure.number", "figure.counted", "figure.kind", "order.date", "post.title",
        "person.name", "person.holds_post", "place.name", "act.date", "person.father_name",
    }  # fmt: skip
    return Disclosure(
        id=identity(f"disclosure {word}"), by="account:4711", reviewed_by="account:4712",
        at="2026-03-21T09:30:00Z", ground=secret("ground"),
        **{"predicates": tuple(sorted(every)), **fields},
    )  # fmt: skip


def _estimate(cast: Cast) -> None:
    cast.add(
        Run(
            id=identity("run"), type="estimate", at="2026-03-21T09:30:00Z", by="account:4711",
            log_size=1, log_root="00", settings={"level": "0.95", "secret": secret("settings")},
            result={
                "kind": "refusal",
                "headline": {"en": "No estimate can be given.", "fa": "برآوردی نمی‌توان داد."},
                "reasons": [{"english": "Two lists are too few.", "persian": "دو فهرست کم است."}],
                "gates": [{"english": f"Size of {secret('list')}", "persian": "", "passed": False}],
                "lists": [{"list": identity("list"), "people": 3, "title": "x"},
                          {"list": identity("secret list"), "people": 9, "title": secret("list")}],
                "overlaps": secret("overlaps"),
            },
        )
    )  # fmt: skip


def write(folder: Path, cast: Cast, *, at: str = "2026-03-21T09:30:00Z") -> Path:
    """Write the records as an archive; every salt is a secret too."""
    lines: dict[str, list[Line]] = {kind: [] for kind in records.KINDS}
    entries: list[bytes] = []
    for index, record in enumerate(cast.records):
        salt = hashlib.sha256(f"salt {index}".encode()).digest()[:16]
        body = records.encode(record)
        commitment = commit(salt, body)
        lines[record.kind].append(
            Line(entry=index, position=0, commitment=commitment, salt=salt,
                 record=canonical.decode(body))
        )  # fmt: skip
        entries.append(_entry(index, commitment, at))
    _write(folder, cast, entries, lines)
    return folder


def _entry(index: int, commitment: bytes, at: str) -> bytes:
    return entry_bytes(
        Entry(index=index, at=at, by="account:4711", action="claims.record",
              records=1, root=entry_root([commitment]).hex(), note=secret("entry-note"))
    )  # fmt: skip


def _write(folder: Path, cast: Cast, entries: list[bytes], lines: dict[str, list[Line]]) -> None:
    head = root([leaf_hash(entry) for entry in entries])
    checkpoint = Checkpoint(origin=ORIGIN, size=len(entries), root=head)
    with_bytes = folder.parent / f"{folder.name}-bytes"
    with_bytes.mkdir(exist_ok=True)
    captures: list[tuple[str, Path]] = []
    for digest, data in sorted(cast.bytes.items()):
        (with_bytes / digest).write_bytes(data)
        captures.append((digest, with_bytes / digest))
    archive.write(
        folder,
        about={"origin": ORIGIN, "log_size": len(entries), "log_root": head.hex()},
        entries=entries,
        lines=lines,
        checkpoint=sign_checkpoint(checkpoint, SIGNER),
        verifier=verifier_text(SIGNER.verifier),
        captures=captures,
    )


def salts(cast: Cast) -> Iterable[str]:
    """Give every salt of the archive, in hexadecimal."""
    return (hashlib.sha256(f"salt {i}".encode()).hexdigest()[:32] for i in range(len(cast.records)))
