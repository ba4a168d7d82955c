"""Nothing of who sent it is kept: not in the log, not in the store, not in any file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pyrage import x25519
from tests.web.contributions.conftest import WORDS, form_of, number_in
from tests.web.contributions.test_deciding import publish
from tests.web.contributions.test_withdrawing import dump

from dadkhah import archive
from dadkhah.errors import AccessError, SettingError
from dadkhah.web import environment
from dadkhah.web.contributions import sealing
from dadkhah.web.contributions.models import Contribution, SealedContact
from dadkhah.web.custody import actions, archiving
from dadkhah.web.custody.models import LogEntry, SignedCheckpoint
from dadkhah.web.sources.models import Capture

FROM = {
    "REMOTE_ADDR": "203.0.113.77",
    "HTTP_USER_AGENT": "canary-browser/9.1",
    "HTTP_X_FORWARDED_FOR": "198.51.100.99",
    "HTTP_REFERER": "http://testserver/canary-referer/",
    "HTTP_ACCEPT_LANGUAGE": "fa-x-canary",
}
NAME, CONTACT = "canary name of a sender", "canary-contact@example.org"


@pytest.fixture
def key(settings: Any) -> x25519.Identity:
    """The key of the case's one recipient."""
    identity = x25519.Identity.generate()
    settings.CONTRIBUTION_RECIPIENTS = [str(identity.to_public())]
    return identity


def everything(case: Path) -> bytes:
    """Every byte that the case holds: its store and its files."""
    files = [path.read_bytes() for path in case.rglob("*") if path.is_file()]
    return b"\n".join([dump().encode(), *files])


def test_no_address_no_browser_and_no_hour_is_kept_or_logged(
    case: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    sender = Client(**FROM)
    with caplog.at_level(logging.DEBUG):
        before = LogEntry.objects.order_by("-index").first()
        answer = sender.post("/contribute/", form_of(sender, words=WORDS))
    row = Contribution.objects.get(pk=number_in(answer))
    kept = everything(case).decode("utf-8", "replace")
    said = caplog.text + "".join(capfd.readouterr())
    for word in ("203.0.113.77", "198.51.100.99", "canary-browser", "canary-referer", "x-canary"):
        assert word not in kept
        assert word not in said
    assert "He told us" not in said
    assert before is not None
    entry = LogEntry.objects.get(index=row.entry)
    # a log's time never goes back: the day, or the time of the entry before, which says no more
    assert entry.at in {f"{row.received}T00:00:00Z", before.at}
    for capture in Capture.objects.filter(source=row.source_id):
        assert capture.collected["received_at"] == row.received
        path = archive.capture_path(case, capture.pk)
        for place in (path, path.parent, path.parent.parent):
            stamp = datetime.fromtimestamp(place.stat().st_mtime, tz=UTC)
            assert (stamp.hour, stamp.minute, stamp.second, stamp.microsecond) == (0, 0, 0, 0)


def test_no_hour_is_kept_when_the_log_was_last_written_on_an_earlier_day(
    send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, case: Path
) -> None:
    monkeypatch.setattr(actions, "_not_before_the_last", lambda at: at)
    row = Contribution.objects.get(pk=number_in(send()))
    assert LogEntry.objects.get(index=row.entry).at == f"{row.received}T00:00:00Z"


def test_name_and_contact_are_sealed_apart_and_open_with_the_key_alone(
    send: Callable[..., Any], key: x25519.Identity, case: Path, first: Client
) -> None:
    number = number_in(send(name=NAME, contact=CONTACT))
    assert NAME.encode() not in everything(case)
    assert CONTACT.encode() not in everything(case)
    sealed = bytes(SealedContact.objects.get(pk=number).sealed)
    opened = sealing.open_contact(sealed, [str(key)])
    assert opened == {"name": NAME, "contact": CONTACT}
    with pytest.raises(AccessError, match="contact-sealed"):
        sealing.open_contact(sealed, [str(x25519.Identity.generate())])
    with pytest.raises(AccessError, match="contact-key"):
        sealing.open_contact(sealed, ["no key at all"])
    assert "canary" not in first.get(f"/contributions/{number}/").content.decode()


def test_without_recipients_nobody_is_asked_and_nothing_is_kept(
    send: Callable[..., Any], sender: Client, settings: Any, case: Path
) -> None:
    settings.CONTRIBUTION_RECIPIENTS = []
    page = sender.get("/contribute/?lang=en").content.decode()
    assert 'name="contact"' not in page
    assert "this case has no key yet" in page
    send(name=NAME, contact=CONTACT)
    assert not SealedContact.objects.exists()
    assert NAME.encode() not in everything(case)


def test_a_recipient_that_is_no_public_key_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret = str(x25519.Identity.generate())
    monkeypatch.setenv("DADKHAH_CONTRIBUTION_RECIPIENTS", secret)
    with pytest.raises(SettingError, match="setting-recipient") as refused:
        environment.recipients("DADKHAH_CONTRIBUTION_RECIPIENTS")
    assert secret not in str(refused.value)


def test_the_public_meets_no_word_of_what_was_not_disclosed(
    case: Path, key: x25519.Identity, first: Client, second: Client
) -> None:
    sender = Client()
    canaries = [f"memorycanary{n}" for n in range(4)]
    sent = [
        sender.post("/contribute/", form_of(sender, words=f"About {word}.", name=NAME))
        for word in canaries
    ]
    numbers = [number_in(answer) for answer in sent]
    first.post(f"/contributions/{numbers[1]}/accept/", {"about": "whole"})
    first.post(f"/contributions/{numbers[2]}/refuse/", {"reason": "outside", "decision": "no"})
    publish(first, second, numbers[3])
    public = Client()
    entry = Contribution.objects.get(pk=numbers[1]).entry
    addresses = [
        "/", "/sources/", "/people/", "/claims/", "/custody/", "/estimate/", "/posts/",
        "/claims/timeline/", f"/custody/{entry}/", "/contribute/", "/contribute/published/",
        "/contribute/corrections/", "/contribute/rules/", "/contribute/receipt/",
        *(f"/contribute/{number}/" for number in numbers),
        *(f"/contributions/{number}/" for number in numbers),
    ]  # fmt: skip
    seen = "".join(public.get(address).content.decode() for address in addresses)
    for capture in Capture.objects.filter(source__type="contribution"):
        assert public.get(f"/sources/captures/{capture.pk}/").status_code == 404
    assert "memorycanary3" in seen
    assert not any(word in seen for word in (*canaries[:3], NAME))


def test_the_archive_holds_no_contact_and_the_published_words(
    send: Callable[..., Any],
    key: x25519.Identity,
    case: Path,
    first: Client,
    second: Client,
    tmp_path: Path,
) -> None:
    from dadkhah.custody import keys
    from dadkhah.web.custody.actions import sign_head

    number = number_in(send(name=NAME, contact=CONTACT))
    publish(first, second, number)
    signer = keys.make_key("example.org/log")
    sign_head(signer=signer)
    assert SignedCheckpoint.objects.exists()
    out = tmp_path / "out" / "archive"
    archiving.export(
        case, out, origin="example.org/log", verifier=keys.verifier_of(signer), extra={}
    )
    kept = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert NAME.encode() not in kept
    assert CONTACT.encode() not in kept
    record = archive.current(out, "contribution")[number]
    assert record.state == "published"
    claim = archive.current(out, "claim")[record.claim]
    assert "He told us of the night" in claim.written


def test_the_memorial_shows_what_was_published_and_nothing_else(
    transactional_db: None, tmp_path: Path, settings: Any
) -> None:
    from dadkhah.custody import keys
    from dadkhah.memorial import build
    from dadkhah.records import Case
    from dadkhah.web.contributions import deciding, sending, tickets

    settings.CASE = tmp_path / "case"
    case = Case(id="nowhere", title={"en": "Nowhere", "fa": "ناکجا"}, simulated=True)
    actions.append(by="account:1", changes=[actions.Change(action="case.begin", records=[case])])
    shown, kept = (
        sending.send(
            ticket=tickets.issue(), about="whole", kind="memory", language="en",
            words=f"The {word} lay until March. me@example.org",
        ).contribution
        for word in ("memorysnow", "canarysnow")
    )  # fmt: skip
    deciding.accept(by="account:1", contribution=shown, about="whole")
    deciding.publish(by="account:2", contribution=shown, ground="a ground")
    deciding.accept(by="account:1", contribution=kept, about="whole")
    signer = keys.make_key("example.org/log")
    actions.sign_head(signer=signer)
    out, site = tmp_path / "archive", tmp_path / "site"
    archiving.export(
        settings.CASE, out, origin="example.org/log", verifier=keys.verifier_of(signer), extra={}
    )
    build(out, site)
    pages = b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())
    assert b"memorysnow" in pages
    assert b"not verified unless it says so" in pages
    assert b"canarysnow" not in pages
    assert b"me@example.org" not in pages
