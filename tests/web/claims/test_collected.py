"""A collected page in the case: WARC, page, text, claims, and how it came."""

from __future__ import annotations

from pathlib import Path

from tests.sources.wires import serving, web

from dadkhah import archive
from dadkhah.sources.collecting import Exchange, collect
from dadkhah.sources.connecting import DIRECT, Limits
from dadkhah.web.claims.collected import REASONS, receive_collected
from dadkhah.web.claims.models import Claim
from dadkhah.web.custody.models import LogEntry
from dadkhah.web.sources.models import Capture, Source

LIMITS = Limits(private=True, seconds=10)


def fetched(path: str) -> list[Exchange]:
    with serving(web) as wire:
        return collect(wire.address(path), way=DIRECT, limits=LIMITS)


def test_a_page_is_kept_with_its_exchange_and_read(db: None, case_folder: Path) -> None:
    made = fetched("/moved")
    done = receive_collected(by="account:1", case=case_folder, exchanges=made, way=DIRECT)
    warc, page, text = (
        Capture.objects.get(media_type=form, source=done.source)
        for form in ("application/warc", "text/html", "text/plain")
    )
    assert (page.parent_id, text.parent_id) == (warc.pk, page.pk)
    assert archive.capture_path(case_folder, page.pk).read_bytes() == made[-1].body
    assert Claim.objects.filter(predicate="person.name", written="Navid Sahrai").exists()
    for row in (warc, page):
        came = row.record().collected
        assert came.address == made[-1].address
        assert came.received_at == made[-1].at
        assert came.method == "collected from the web directly"
        empty = {name for name in REASONS if not getattr(came, name)}
        assert empty <= set(came.missing)
        assert all(came.missing.values())


def test_the_same_page_again_is_not_kept_twice_but_its_exchange_is(
    db: None, case_folder: Path
) -> None:
    first = receive_collected(
        by="account:1", case=case_folder, exchanges=fetched("/page"), way=DIRECT
    )
    later = fetched("/page")
    again = receive_collected(by="account:1", case=case_folder, exchanges=later, way=DIRECT)
    assert again.known
    assert again.source == first.source
    assert Source.objects.count() == 1
    assert Capture.objects.filter(media_type="application/warc").count() == 2


def test_what_cannot_be_read_is_kept_all_the_same_with_its_picture(
    db: None, case_folder: Path
) -> None:
    done = receive_collected(
        by="account:1", case=case_folder, exchanges=fetched("/pdf"), way=DIRECT,
        picture=b"\x89PNG\r\n\x1a\n...", picture_tool="chromium 1", context="linked from a list",
    )  # fmt: skip
    forms = Capture.objects.filter(source=done.source).values_list("media_type", flat=True)
    assert sorted(forms) == ["application/pdf", "application/warc", "image/png"]
    shot = Capture.objects.get(media_type="image/png")
    assert shot.tool == "chromium 1"
    assert shot.record().collected.context == "linked from a list"
    assert LogEntry.objects.latest("index").action == "sources.capture"
