"""Erasing one person: the value is nowhere, the others stand, every proof holds."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.invented_case import build

from dadkhah import archive
from dadkhah.cli.verify import verify_archive
from dadkhah.custody import keys
from dadkhah.errors import AccessError, RecordError, SourceError
from dadkhah.records import Capture as CaptureRecord
from dadkhah.records import Source
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.custody import actions, archiving, queries
from dadkhah.web.custody.models import Erasure, LogEntry, Tombstone
from dadkhah.web.keeping import choosing, erasing
from dadkhah.web.people import index
from dadkhah.web.people.models import IndexedPerson, IndexedToken
from dadkhah.web.sources.models import Capture, Passage

pytestmark = pytest.mark.django_db(transaction=True)
TWO = {"by": "account:1", "reviewed_by": "account:2"}
WHY = {"reason": "the family asked for it", "authority": "the keepers' rule 4"}


@pytest.fixture
def case(transactional_db: None, tmp_path: Path, settings: Any) -> Path:
    settings.CASE = tmp_path / "case"
    (tmp_path / "case").mkdir()
    build(tmp_path / "case")
    index.rebuild()
    return tmp_path / "case"


def erase(case: Path, **way: str) -> Erasure:
    plan = erasing.plan(case, choosing.choose(**way))
    return erasing.erase(**TWO, **WHY, case=case, plan=plan)


def export(case: Path, folder: Path) -> Path:
    key = keys.make_key("dadkhah.invalid/tests")
    actions.sign_head(signer=key)
    archiving.export(case, folder, origin=key.name, verifier=keys.verifier_of(key), extra={})
    return folder


def bytes_under(*folders: Path) -> bytes:
    return b"\n".join(
        path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()
    )


def store_bytes(folder: Path) -> bytes:
    """The store as SQLite would write it to a disk, free pages included."""
    from django.db import connection

    kept = sqlite3.connect(folder / "copy.sqlite3")
    connection.ensure_connection()
    connection.connection.backup(kept)
    kept.close()
    return (folder / "copy.sqlite3").read_bytes()


@pytest.mark.parametrize(
    ("person", "gone", "stays"),
    [
        ("Mohammad Rahgosha", [b"Mohammad Rahgosha,", b"Rahgosha"], b"Muhammad Rahgusha"),
        ("Orod Tavan", [b"Orod Tavan"], b"The order was given on 4 January 2031"),
        ("محمد رهگشا", ["محمد رهگشا".encode()], "مهران کاویان".encode()),
    ],
)
def test_a_person_is_gone_from_store_captures_and_export_and_the_proofs_stand(
    case: Path, tmp_path: Path, person: str, gone: list[bytes], stays: bytes
) -> None:
    assert person.encode() in store_bytes(tmp_path)
    before = LogEntry.objects.count()
    done = erase(case, record=Mention.objects.get(label=person).pk)
    whole = store_bytes(tmp_path) + bytes_under(case, export(case, tmp_path / "archive"))
    assert [value for value in gone if value in whole] == []
    assert stays in whole
    assert done.count == Tombstone.objects.count() > 3
    report = verify_archive(tmp_path / "archive")
    assert report.passed, [(c.code, c.where) for c in report.failures]
    assert report.erased == done.count
    command = [sys.executable, "-I", "verify.py"]
    alone = subprocess.run(command, cwd=tmp_path / "archive", capture_output=True, text=True)
    assert alone.returncode == 0, alone.stdout + alone.stderr
    for entry in range(before + 1):
        assert all(check.good for check in queries.proof(entry).checks), entry


def test_what_others_said_in_the_same_sentence_stays(case: Path) -> None:
    issuer = Claim.objects.get(predicate="order.date", mention__source="srcenglish")
    erase(case, record=Mention.objects.get(label="Orod Tavan").pk)
    issuer.refresh_from_db()
    assert issuer.written == "4 January 2031"
    passage = Passage.objects.get(pk=issuer.passage_id)
    assert passage.text.startswith("The order was given on 4 January 2031 #")
    assert "Orod" not in passage.text
    assert not Claim.objects.filter(predicate="order.issuer").exists()


def test_both_rows_of_one_person_go_and_the_register_forgets_the_name(case: Path) -> None:
    person = IndexedPerson.objects.get(mentions=2)
    erase(case, person=person.pk)
    assert not IndexedToken.objects.filter(token__contains="rahg").exists()
    assert not Mention.objects.filter(label__contains="Rahg").exists()
    assert Mention.objects.filter(label="unknown").exists()


def test_a_capture_goes_with_all_that_stands_on_it(case: Path, tmp_path: Path) -> None:
    digest = Capture.objects.get(source="srcletter").pk
    erase(case, capture=digest)
    assert not archive.capture_path(case, digest).exists()
    export(case, tmp_path / "archive")
    whole = store_bytes(tmp_path) + bytes_under(case, tmp_path / "archive")
    assert b"canarysecretname" not in whole
    assert verify_archive(tmp_path / "archive").passed


def test_a_restored_case_keeps_the_tombstones(case: Path, tmp_path: Path) -> None:
    done = erase(case, record="srctable2m1")
    export(case, tmp_path / "archive")
    lines = list(archive.lines(tmp_path / "archive", archive.TOMBSTONE))
    assert len(lines) == done.count
    assert {line.record["reason"] for line in lines} == {WHY["reason"]}
    assert {line.record["erasure"] for line in lines} == {done.id}


def test_one_person_alone_erases_nothing(case: Path) -> None:
    plan = erasing.plan(case, choosing.choose(record="srctable2m1"))
    for other in ("account:1", ""):
        with pytest.raises(AccessError, match="erasure-alone"):
            erasing.erase(by="account:1", reviewed_by=other, **WHY, case=case, plan=plan)
    with pytest.raises(AccessError, match="erasure-reason"):
        erasing.erase(**TWO, reason=" ", authority="x", case=case, plan=plan)
    assert Mention.objects.filter(pk="srctable2m1").exists()
    assert not Tombstone.objects.exists()


def test_what_is_not_here_is_not_erased(case: Path) -> None:
    with pytest.raises(RecordError, match="erase-nothing"):
        choosing.choose(person="nobody")
    with pytest.raises(RecordError, match="erase-choice"):
        choosing.choose(person="a", record="b")


def test_the_log_page_shows_the_tombstone_and_its_authority(case: Path, client: Client) -> None:
    from dadkhah.web.accounts.models import Account

    entry = Mention.objects.get(pk="srctable2m1").entry
    erase(case, record="srctable2m1")
    client.force_login(Account.objects.create_user(username="k", password=None, role="keeper"))
    page = client.get(reverse("custody:entry", args=[entry])).content.decode()
    assert WHY["reason"] in page
    assert WHY["authority"].replace("'", "&#x27;") in page
    assert "DOES NOT HOLD" not in page


def test_a_tombstone_that_nobody_decided_does_not_verify(case: Path, tmp_path: Path) -> None:
    done = erase(case, record="srctable2m1")
    Tombstone.objects.filter(erasure=done.id).update(erasure="")
    export(case, tmp_path / "archive")
    codes = {check.code for check in verify_archive(tmp_path / "archive").failures}
    assert {"tombstone-undecided"} <= codes


def test_bytes_that_came_back_after_their_erasure_are_named(case: Path, tmp_path: Path) -> None:
    digest = Capture.objects.get(source="srcletter").pk
    data = archive.capture_path(case, digest).read_bytes()
    erase(case, capture=digest)
    export(case, tmp_path / "archive")
    path = archive.capture_path(tmp_path / "archive", digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    codes = {check.code for check in verify_archive(tmp_path / "archive").failures}
    assert "erased-bytes-left" in codes


def collected(case: Path, page: bytes) -> list[str]:
    """A page taken out of an exchange: the digests of both."""
    digests = [archive.keep_capture(case, io.BytesIO(b"HTTP/1.1 200 OK" + page))[0]]
    digests.append(archive.keep_capture(case, io.BytesIO(page))[0])
    forms = [("application/warc", ""), ("text/html", digests[0])]
    held = [
        CaptureRecord(
            id=digest, source="web", size_bytes=9, media_type=form, parent=parent,
            tool="dadkhah.collect", tool_version="1",
        )
        for digest, (form, parent) in zip(digests, forms, strict=True)
    ]  # fmt: skip
    change = actions.Change(action="sources.add", records=[Source(id="web"), *held])
    actions.append(by="account:1", changes=[change])
    return digests


def test_a_page_goes_with_the_exchange_that_holds_the_same_bytes(case: Path) -> None:
    digests = collected(case, b"<p>nobody is named</p>")
    erase(case, capture=digests[1])
    assert not any(archive.capture_path(case, digest).exists() for digest in digests)


def test_what_cannot_be_redacted_goes_whole_only_when_asked(case: Path) -> None:
    letter = Capture.objects.get(source="srcpersian")
    picture = archive.keep_capture(case, io.BytesIO(b"\x89PNG a picture of the page"))[0]
    shot = CaptureRecord(id=picture, source="srcpersian", size_bytes=9, media_type="image/png")
    change = actions.Change(action="sources.capture", records=[shot])
    actions.append(by="account:1", changes=[change])
    chosen = choosing.choose(record=Mention.objects.get(label="محمد رهگشا").pk)
    with pytest.raises(SourceError, match="erase-whole"):
        erasing.plan(case, chosen)
    plan = erasing.plan(case, chosen, whole=True)
    erasing.erase(**TWO, **WHY, case=case, plan=plan)
    assert not archive.capture_path(case, picture).exists()
    assert not archive.capture_path(case, letter.pk).exists()
    assert Capture.objects.filter(source="srcpersian", tool=archive.REDACTION).count() == 1
