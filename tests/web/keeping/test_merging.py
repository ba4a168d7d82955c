"""Two laptops: both logs kept, nothing lost, contradictions visible, again brings nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from tests.web.invented_case import build

from dadkhah import archive
from dadkhah.cli.verify import verify_archive
from dadkhah.custody import keys
from dadkhah.errors import RecordError, VerificationError
from dadkhah.records import Case, Source
from dadkhah.web.claims import actions as claims
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.custody import actions, archiving
from dadkhah.web.custody.models import Case as CaseRow
from dadkhah.web.custody.models import LogEntry, Superseded
from dadkhah.web.keeping import merging
from dadkhah.web.people import actions as people
from dadkhah.web.people.models import Judgement, Run
from dadkhah.web.sources.models import Capture
from dadkhah.web.sources.models import Source as SourceRow

pytestmark = pytest.mark.django_db(transaction=True)
KEY = keys.make_key("dadkhah.invalid/one")
OTHER = keys.make_key("dadkhah.invalid/other")


@pytest.fixture
def room(transactional_db: None, tmp_path: Path, settings: Any) -> Path:
    """A folder whose case/ is the case at hand."""
    settings.CASE = tmp_path / "case"
    (tmp_path / "case" / "captures").mkdir(parents=True)
    return tmp_path


def export(room: Path, name: str, key: Any = KEY) -> Path:
    actions.sign_head(signer=key)
    archiving.export(
        room / "case", room / name, origin=key.name, verifier=keys.verifier_of(key), extra={}
    )
    return room / name


def restored(room: Path, folder: Path) -> None:
    """Begin again, from an archive."""
    call_command("flush", interactive=False, verbosity=0)
    archiving.restore(folder)
    people.rebuild_index()


def merged(room: Path, folder: Path) -> merging.Merged:
    done = merging.merge(by="command-line", case=room / "case", folder=folder)
    people.rebuild_index()
    return done


def claim_of(written: str) -> Any:
    return Claim.objects.get(written=written, predicate="person.father_name")


@pytest.fixture
def two(room: Path) -> Path:
    """One case that was taken home on two laptops: theirs exported, ours at hand."""
    build(room / "case")
    export(room, "begin")
    claims.review(by="account:2", claims=[claim_of("Ali").pk], status="accepted")
    claims.review(by="account:2", claims=[claim_of("Hasan").pk], status="accepted")
    people.judge(by="account:2", left="srctable2m1", right="srctable3m1", decision="different")
    export(room, "theirs")
    restored(room, room / "begin")
    claims.review(by="account:1", claims=[claim_of("Ali").pk], status="withdrawn")
    people.judge(by="account:1", left="srctable2m1", right="srctable4m1", decision="unsure")
    return room


def test_what_only_one_side_changed_comes_in_and_what_both_changed_is_a_conflict(two: Path) -> None:
    done = merged(two, two / "theirs")
    assert done.entries == 3
    assert done.conflicts == 1
    assert claim_of("Hasan").status == "accepted"
    both = claim_of("Ali")
    assert both.status == "conflict"
    assert "merged-differently" in both.flags
    kept = Superseded.objects.filter(record_id=both.pk)
    bodies = b" ".join(bytes(row.body) for row in kept)
    assert b"accepted" in bodies
    assert b"withdrawn" in bodies
    decisions = set(Judgement.objects.values_list("by", "decision"))
    assert {("account:2", "different"), ("account:1", "unsure"), ("account:1", "same")} <= decisions
    run = Run.objects.get(type="merge")
    assert run.settings["origin"] == KEY.name
    assert run.settings["from"] == archive.about(two / "begin")["log_size"]


def test_the_merged_case_checks_out_and_holds_both_logs(two: Path) -> None:
    merged(two, two / "theirs")
    whole = export(two, "whole")
    report = verify_archive(whole)
    assert report.passed, [(c.code, c.where) for c in report.failures]
    theirs = (two / "theirs" / "log" / "entries.jsonl").read_bytes()
    held = {path.read_bytes() for path in archive.capture_paths(whole)}
    assert theirs in held


def test_the_same_archive_again_brings_nothing_and_a_later_one_only_what_is_new(two: Path) -> None:
    merged(two, two / "theirs")
    size = LogEntry.objects.count()
    assert merged(two, two / "theirs").entries == 0
    assert LogEntry.objects.count() == size
    ours = export(two, "ours")
    restored(two, two / "theirs")
    claims.review(by="account:2", claims=[claim_of("Hasan").pk], status="withdrawn")
    later = export(two, "later")
    restored(two, ours)
    done = merged(two, later)
    assert (done.entries, done.conflicts) == (1, 0)
    assert claim_of("Hasan").status == "withdrawn"
    assert verify_archive(export(two, "again")).passed


def test_a_log_that_was_rewritten_since_is_refused_and_nothing_is_taken(two: Path) -> None:
    merged(two, two / "theirs")
    ours = export(two, "ours")
    restored(two, two / "begin")
    for status in ("accepted", "withdrawn", "accepted", "withdrawn"):
        claims.review(by="account:9", claims=[claim_of("Hasan").pk], status=status)
    rewritten = export(two, "rewritten")
    restored(two, ours)
    size = LogEntry.objects.count()
    with pytest.raises(VerificationError, match="merge-rewritten"):
        merged(two, rewritten)
    assert LogEntry.objects.count() == size


def test_another_case_comes_in_whole_and_common_bytes_count_once(room: Path) -> None:
    build(room / "case")
    theirs = export(room, "theirs", OTHER)
    counted = {model: model.objects.count() for model in (Claim, Mention, Judgement)}
    digest = Capture.objects.get(source="srcpersian")
    same = digest.record()
    call_command("flush", interactive=False, verbosity=0)
    mine = [Case(id="ours", title={"en": "Ours"}), Source(id="oursource", title="Ours")]
    held = [
        *mine,
        type(same)(**{f: getattr(same, f) for f in same.__slots__} | {"source": "oursource"}),
    ]
    actions.append(by="account:1", changes=[actions.Change(action="case.begin", records=held)])
    done = merged(room, theirs)
    assert {model: model.objects.count() for model in counted} == counted
    assert CaseRow.objects.get().title == {"en": "Ours"}
    assert Superseded.objects.filter(kind="case", record_id="ours").count() == 2
    assert done.same_bytes == 1
    assert SourceRow.objects.get(pk="srcpersian").derived_from == ["oursource"]
    report = verify_archive(export(room, "whole"))
    assert report.passed, [(c.code, c.where) for c in report.failures]


def test_a_case_is_not_merged_with_itself(room: Path) -> None:
    build(room / "case")
    with pytest.raises(RecordError, match="merge-itself"):
        merged(room, export(room, "own"))


def test_a_merge_that_fails_leaves_everything_as_it_was(
    two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = LogEntry.objects.count(), claim_of("Ali").status

    def fail(*_: object) -> None:
        raise RecordError("record-kind", "in the middle")

    monkeypatch.setattr(merging, "_keep_log", fail)
    with pytest.raises(RecordError):
        merged(two, two / "theirs")
    assert (LogEntry.objects.count(), claim_of("Ali").status) == before
