"""What happens to what is kept is in the log and on the source's page."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from dadkhah.errors import RecordError
from dadkhah.web.custody.access import KEEPER, PUBLIC
from dadkhah.web.custody.models import CustodyEvent, LogEntry
from dadkhah.web.sources import custody_events
from dadkhah.web.sources.models import Capture


def test_a_hand_over_is_in_the_log_and_on_the_page(case: Path, keeper: Client) -> None:
    digests = Capture.objects.filter(source="srcpersian").values_list("pk", flat=True)
    checked = custody_events.compare(case, list(digests))
    custody_events.record(
        by="account:1", event="hand-over", source="srcpersian", giver="archive 2",
        receiver="court 9", place="Vardeh", purpose="case 12/2041", checked=checked,
    )  # fmt: skip
    assert LogEntry.objects.latest("index").action == "custody.event"
    page = keeper.get("/sources/srcpersian/").content.decode()
    assert "court 9" in page
    assert "case 12/2041" in page
    assert "the digests were different" not in page


def test_bytes_that_changed_show_as_a_gap(case: Path, keeper: Client) -> None:
    digest = Capture.objects.get(source="srcpersian").pk
    path = case / "captures" / digest[:2] / digest
    path.chmod(0o644)
    path.write_bytes(b"other")
    assert custody_events.compare(case, [digest]) == "different"
    custody_events.record(by="account:1", event="fixity", source="srcpersian", checked="different")
    assert "the digests were different" in keeper.get("/sources/srcpersian/").content.decode()


def test_who_sees_a_confidential_source_is_written_down_once_a_day(
    case: Path, keeper: Client
) -> None:
    for _ in range(3):
        assert keeper.get("/sources/srcletter/").status_code == 200
    assert CustodyEvent.objects.filter(event="view", source="srcletter").count() == 1
    keeper.get("/sources/srcpersian/")
    assert CustodyEvent.objects.count() == 1


def test_who_takes_bytes_that_are_not_public_is_written_down(case: Path, keeper: Client) -> None:
    for source, counted in (("srcenglish", 0), ("srcpersian", 1)):
        digest = Capture.objects.filter(source=source).values_list("pk", flat=True)[0]
        answer = keeper.get(f"/sources/captures/{digest}/")
        assert b"".join(answer.streaming_content)
        answer.close()
        assert CustodyEvent.objects.filter(event="export", source=source).count() == counted


def test_the_public_and_an_editor_see_no_more_than_they_may(
    case: Path, public: Client, editor: Client
) -> None:
    assert custody_events.chain(PUBLIC, "srcenglish") == []
    assert custody_events.chain(KEEPER, "srcenglish") != []
    assert "Chain of custody" not in public.get("/sources/srcenglish/").content.decode()
    custody_events.record(by="account:1", event="view", source="srcletter", note="canarysecret")
    entry = LogEntry.objects.latest("index").index
    assert "canarysecret" not in editor.get(f"/custody/{entry}/").content.decode()


def test_an_event_of_no_source_here_is_refused(case: Path) -> None:
    with pytest.raises(RecordError, match="custody-source"):
        custody_events.record(by="account:1", event="view", source="nowhere")
