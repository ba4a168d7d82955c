"""A small case about nobody: two statements, one list, one confidential letter. All invented."""

from __future__ import annotations

import dataclasses
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dadkhah import archive
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
from dadkhah.sources.anchors import anchor
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.people import index
from dadkhah.web.people.models import PairToReview

CANARY = "canarysecret"

RECEIVED = """Skip to main content\r
A Word on the Winter of Vardeh\r
\r
In the winter of 2031 an estimated 1,200 prisoners were put to death in the prisons of Vardeh.\r
The order was given on 4 January 2031 by Orod Tavan, then governor of the province.\r
The whole lasted less than two months. Parisa Minou, a survivor, speaks of about 450 in one prison.\r
\r
Add new comment\r
"""  # noqa: E501 - a source's own line
PERSIAN = """سخنی دربارهٔ زمستان وارده

در زمستان ۱۴۰۹ هزاران زندانی در زندان‌های وارده کشته شدند. مهران کاویان، که آن زمان رئیس دادگاه بود، این را نپذیرفت.

از میان آنان نام محمد رهگشا در زندان سپیدکوه آمده است.
"""  # noqa: E501 - a source's own line
TABLE = """name,father,died,place
Mohammad Rahgosha,Ali,2031-01-20,Sepidkuh
Muhammad Rahgusha,Hasan,2031-01-22,Sepidkuh
unknown,,2031,Vardeh
"""
LETTER = f"A letter that nobody may see yet. {CANARY} {CANARY}name was there.\n"


@dataclass(slots=True)
class Writing:
    """The records of one source while they are written."""

    source: str
    text: str
    capture: str
    language: str = "en"
    collection: str = ""
    records: list[Any] = field(default_factory=list)

    def passage(self, quote: str, *, noise: bool = False, row: int | None = None) -> str:
        start = self.text.index(quote)
        found = anchor(self.capture, self.text, start, start + len(quote))
        if row:
            found = Anchor(
                capture=self.capture, quote=quote, start=start, end=start + len(quote), row=row
            )
        identity = f"{self.source}p{len(self.records)}"
        direction = "rtl" if self.language == "fa" else "ltr"
        self.records.append(
            Passage(
                id=identity,
                source=self.source,
                anchor=found,
                language=self.language,
                direction=direction,
                noise=noise,
            )
        )
        return identity

    def mention(self, kind: str, label: str, passage: str, **more: Any) -> str:
        identity = f"{self.source}m{len(self.records)}"
        self.records.append(
            Mention(
                id=identity,
                source=self.source,
                type=kind,
                label=label,
                passage=passage,
                collection=self.collection,
                **more,
            )
        )
        return identity

    def claim(self, mention: str, predicate: str, written: str, passage: str, **more: Any) -> str:
        identity = f"{self.source}c{len(self.records)}"
        within = None
        if "column" in more:
            within = Anchor(capture=self.capture, quote=written, column=more.pop("column"))
        elif written in self.text:
            at = self.text.index(written)
            within = anchor(self.capture, self.text, at, at + len(written))
        self.records.append(
            Claim(
                id=identity,
                mention=mention,
                predicate=predicate,
                written=written,
                passage=passage,
                within=within,
                **{"author": "tests", **more},
            )
        )
        return identity


def build(folder: Path) -> None:
    """Write the whole case into the store that the settings name, and its bytes into a folder."""
    _add("case.begin", [Case(
        id="vardeh", simulated=True,
        title={"en": "The winter of Vardeh", "fa": "زمستان وارده"},
        acts={"en": "Killings in the prisons of Vardeh.", "fa": "کشتار در زندان‌های وارده."},
        dates="2031-01/2031-03",
    )])  # fmt: skip
    _english(folder)
    _persian(folder)
    _table(folder)
    _letter(folder)
    _after()


def _add(action: str, records: list[Any]) -> None:
    append(by="account:1", changes=[Change(action=action, records=records)])


def _keep(folder: Path, text: str) -> tuple[str, int]:
    return archive.keep_capture(folder, io.BytesIO(text.encode()))


def _english(folder: Path) -> None:
    received, size = _keep(folder, RECEIVED)
    text = RECEIVED.replace("\r\n\r\n", "\n\n").replace("\r\n", "\n")
    derived, derived_size = _keep(folder, text)
    w = Writing(source="srcenglish", text=text, capture=derived)
    w.passage("Skip to main content", noise=True)
    first = w.passage(text[text.index("In the winter") : text.index("\nThe order")])
    second = w.passage(text[text.index("The order") : text.index("\nThe whole")])
    third = w.passage(text[text.index("The whole") : text.index("\n\nAdd")])
    w.passage("Add new comment", noise=True)
    speaker = "Committee of the Families of Vardeh"
    figure = w.mention("figure", "an estimated 1,200 prisoners", first)
    w.claim(
        figure,
        "figure.number",
        "an estimated 1,200",
        first,
        speaker=speaker,
        value={"low": 1200, "high": 1200, "hedge": "estimated"},
    )
    w.claim(figure, "figure.counted", "prisoners", first, value="prisoners", speaker=speaker)
    w.claim(figure, "figure.period", "the winter of 2031", first, value="2031-01/2031-03")
    act = w.mention("act", "put to death", first)
    w.claim(act, "act.type", "put to death", first, value="4:01010101", speaker=speaker)
    when = w.claim(act, "act.date", "In the winter of 2031", first, value="2031-01/2031-03")
    w.claim(
        act,
        "act.duration",
        "less than two months",
        third,
        value="less than two months",
        flags=(f"contradicts:{when}",),
    )
    order = w.mention("order", "The order", second)
    w.claim(order, "order.date", "4 January 2031", second, value="2031-01-04", speaker=speaker)
    governor = w.mention("person", "Orod Tavan", second)
    w.claim(governor, "person.name", "Orod Tavan", second, value="Orod Tavan")
    post = w.mention("post", "governor of the province", second)
    w.claim(
        post, "post.title", "governor of the province", second, value="governor of the province"
    )
    w.claim(
        governor,
        "person.holds_post",
        "then governor of the province",
        second,
        target=post,
        when="2031-01-04",
        speaker=speaker,
    )
    w.claim(order, "order.issuer", "by Orod Tavan", second, target=governor, speaker=speaker)
    witness = w.mention("figure", "about 450", third)
    w.claim(
        witness,
        "figure.number",
        "about 450",
        third,
        speaker="Parisa Minou",
        value={"low": 450, "high": 450, "hedge": "about"},
        status="accepted",
    )
    w.claim(witness, "figure.scope", "in one prison", third, value="one prison")
    group = w.mention("figure", "thousands or more", third)
    w.claim(
        group,
        "figure.number",
        "less than two months",
        third,
        value={"low": 300, "high": None},
        status="withdrawn",
        stance="doubts",
    )
    source = Source(
        id="srcenglish", type="statement", title="A Word on the Winter of Vardeh",
        author=speaker, language="en", date="2041-01-05", date_written="5 January 2041",
        confidentiality="public",
    )  # fmt: skip
    came = CollectionRecord(
        name_as_given="statement.txt", received_at="2041-02-01T10:00:00Z", collector="account:1",
        method="added from a local file",
        missing={"address": "the file was handed over without one"},
    )  # fmt: skip
    captures = [
        Capture(
            id=received,
            source=source.id,
            size_bytes=size,
            media_type="text/plain",
            encoding="utf-8",
            collected=came,
        ),
        Capture(
            id=derived,
            source=source.id,
            size_bytes=derived_size,
            media_type="text/plain",
            encoding="utf-8",
            parent=received,
            tool="dadkhah.sources.text",
            tool_version="1",
        ),
    ]
    _add("sources.add", [source, *captures, *w.records])


def _persian(folder: Path) -> None:
    digest, size = _keep(folder, PERSIAN)
    w = Writing(source="srcpersian", text=PERSIAN, capture=digest, language="fa")
    lines = [line for line in PERSIAN.splitlines() if line]
    first, second = w.passage(lines[1]), w.passage(lines[2])
    speaker = "هیئت یادمان وارده"
    figure = w.mention("figure", "هزاران زندانی", first)
    w.claim(
        figure, "figure.number", "هزاران", first, value={"low": 2000, "high": None}, speaker=speaker
    )
    w.claim(figure, "figure.counted", "زندانی", first, value="زندانی", speaker=speaker)
    judge = w.mention("person", "مهران کاویان", first)
    w.claim(judge, "person.name", "مهران کاویان", first, value="مهران کاویان")
    w.claim(
        judge,
        "person.holds_post",
        "رئیس دادگاه",
        first,
        target=w.mention("post", "رئیس دادگاه", first),
        speaker=speaker,
    )
    w.claim(
        judge,
        "person.statement",
        "این را نپذیرفت",
        first,
        value="نپذیرفت",
        stance="denies",
        speaker="مهران کاویان",
    )
    person = w.mention("person", "محمد رهگشا", second)
    w.claim(person, "person.name", "محمد رهگشا", second, value="محمد رهگشا")
    w.claim(
        person,
        "person.detention_place",
        "زندان سپیدکوه",
        second,
        value={"name": "سپیدکوه", "level": "prison"},
    )
    source = Source(
        id="srcpersian",
        type="statement",
        title="سخنی دربارهٔ زمستان وارده",
        author=speaker,
        language="fa",
        date="2041-03",
    )
    capture = Capture(
        id=digest, source=source.id, size_bytes=size, media_type="text/plain", encoding="utf-8"
    )
    _add("sources.add", [source, capture, *w.records])


def _table(folder: Path) -> None:
    digest, size = _keep(folder, TABLE)
    collection = Collection(
        id="vardehlist",
        title="List of the Vardeh Circle",
        compiler="a circle",
        scope="prisoners killed in Vardeh",
        period="2031",
    )
    source = Source(id="srctable", type="table", title="Vardeh list", collection=collection.id)
    capture = Capture(
        id=digest, source=source.id, size_bytes=size, media_type="text/csv", encoding="utf-8"
    )
    _add("sources.add", [collection, source, capture])
    for row, line in enumerate(TABLE.splitlines()[1:], start=2):
        w = Writing(source=source.id, text=TABLE, capture=digest, collection=collection.id)
        w.source = f"srctable{row}"
        passage = w.passage(line, row=row)
        name, father, died, place = line.split(",")
        mention = w.mention("person", name, passage, unidentified=name == "unknown", key=str(row))
        if name != "unknown":
            w.claim(mention, "person.name", name, passage, value=name, column="name")
            w.claim(mention, "person.father_name", father, passage, value=father, column="father")
        w.claim(mention, "person.death_date", died, passage, value=died, column="died")
        w.claim(
            mention,
            "person.death_place",
            place,
            passage,
            column="place",
            value={"name": place, "level": "prison"},
        )
        fixed = [_of_source(record, source.id) for record in w.records]
        _add("claims.import-row", fixed)


def _of_source(record: Any, source: str) -> Any:
    return dataclasses.replace(record, source=source) if hasattr(record, "source") else record


def _letter(folder: Path) -> None:
    digest, size = _keep(folder, LETTER)
    w = Writing(source="srcletter", text=LETTER, capture=digest)
    passage = w.passage(LETTER.strip())
    person = w.mention("person", f"{CANARY}name", passage)
    w.claim(
        person,
        "person.name",
        f"{CANARY}name",
        passage,
        value=f"{CANARY}name",
        speaker=CANARY,
        basis=CANARY,
    )
    for kind, predicate in (
        ("event", "event.date"),
        ("order", "order.date"),
        ("figure", "figure.number"),
        ("act", "act.date"),
    ):
        thing = w.mention(kind, CANARY, passage)
        value = {"low": 7, "high": 7} if kind == "figure" else "2031"
        w.claim(thing, predicate, CANARY, passage, value=value, flags=(f"{CANARY}-flag",))
    w.claim(person, "person.holds_post", CANARY, passage, target=w.mention("post", CANARY, passage))
    collection = Collection(id="letters", title=f"{CANARY} letters", scope=CANARY)
    source = Source(
        id="srcletter",
        type="letter",
        title=f"{CANARY} letter",
        author=CANARY,
        confidentiality="confidential",
        collection=collection.id,
        note=CANARY,
    )
    capture = Capture(
        id=digest,
        source=source.id,
        size_bytes=size,
        media_type="text/plain",
        encoding="utf-8",
        collected=CollectionRecord(context=CANARY),
    )
    _add("sources.add", [collection, source, capture, *w.records])


def _after() -> None:
    """Join two accounts, leave one pair, disclose one source, refuse one estimate."""
    judgement = Judgement(
        id="judgement1",
        left="srctable2m1",
        right="srctable3m1",
        decision="same",
        by="account:1",
        at="2041-02-02T10:00:00Z",
        why="the same prison and week",
    )
    run = Run(
        id="run1", type="estimate", at="2041-02-03T10:00:00Z", by="account:1", log_size=6,
        log_root="00" * 32, seed=7, settings={"truth": 5},
        result={
            "kind": "refusal", "answer": {}, "documented": 3, "reported": 4,
            "reasons": [{"code": "lists-too-few", "english": "There is one independent list.",
                         "persian": "تنها یک فهرست مستقل هست.", "remedy": "Find another list.",
                         "remedy_persian": "فهرست دیگری بیابید."}],
            "gates": [{"code": "lists-too-few", "passed": False,
                       "english": "There is one independent list.",
                       "persian": "تنها یک فهرست مستقل هست."},
                      {"code": "lists-derived", "passed": True, "english": "No copies.",
                       "persian": "رونوشتی نیست."}],
            "lists": [{"list": "vardehlist", "title": "List of the Vardeh Circle", "people": 3}],
        },
    )  # fmt: skip
    disclosure = Disclosure(
        id="disclosure1", by="account:1", reviewed_by="account:2", at="2041-02-04T10:00:00Z",
        ground="a public statement", sources=("srcenglish",), text_of_sources=True,
        predicates=("figure.number", "figure.counted", "person.name", "person.holds_post",
                    "act.date", "order.date"),
    )  # fmt: skip
    _add("people.judge", [judgement])
    _add("estimate.run", [run])
    _add("disclosure.grant", [disclosure])
    index.rebuild()
    PairToReview.objects.create(
        left_id="srctable2m1",
        right_id="srcpersianm10",
        probability=0.8,
        run="run0",
        reasons=["the names sound alike"],
    )
