"""Canaries in all that a contribution keeps closed; nothing that leaves the house holds one."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.contributions.conftest import number_in
from tests.web.contributions.test_attachments import PLACE, photograph
from tests.web.contributions.test_deciding import publish
from tests.web.contributions.test_pictures import person, site_of

from dadkhah.memorial.packing import pack
from dadkhah.web.contributions import deciding
from dadkhah.web.contributions.models import Contribution

__all__ = ["person"]

CANARY = "leakcanary"
OPEN_TO_ALL = (
    "/", "/contribute/", "/contribute/published/", "/contribute/corrections/", "/contribute/rules/",
    "/contribute/receipt/?code=leakcanary", "/people/", "/sources/", "/nothing-here/leakcanary-404",
)  # fmt: skip


@pytest.fixture
def filled(
    send: Callable[..., Any], first: Client, second: Client, person: str, settings: Any
) -> list[str]:
    """Contributions in every state, with canaries in what only some may read."""
    identity = pyrage.x25519.Identity.generate()
    settings.CONTRIBUTION_RECIPIENTS = [str(identity.to_public())]
    paper = SimpleUploadedFile("leakcanary-name.txt", b"leakcanary in a paper", "text/plain")
    shown = number_in(
        send(
            words="He sang at night. leakcanaryneighbour heard it. leakcanary@example.org",
            about=f"person:{person}", name="leakcanary name", contact="leakcanary contact",
            files=[paper, photograph()],
        )
    )  # fmt: skip
    first.post(f"/contributions/{shown}/ask/", {"said": "leakcanary: who else was there?"})
    said = {"about": f"person:{person}", "withhold": "leakcanaryneighbour\n"}
    first.post(f"/contributions/{shown}/accept/", said)
    second.post(f"/contributions/{shown}/publish/", {"said": "leakcanary ground"})
    waiting = number_in(send(words="A second leakcanary, which nobody has read."))
    refused = number_in(send(words="A third leakcanary, which is refused."))
    first.post(f"/contributions/{refused}/refuse/", {"reason": "outside"})
    hidden = number_in(send(words="A fourth leakcanary, which threatens somebody."))
    deciding.hide(by="account:1", contribution=hidden)
    back = number_in(send(words="A fifth leakcanary, published and taken back."))
    publish(first, second, back)
    first.post(f"/contributions/{back}/retract/", {"said": "Taken back."})
    numbers = [shown, waiting, refused, hidden, back]
    states = dict(Contribution.objects.values_list("pk", "state"))
    assert [states[each] for each in numbers] == [
        "published", "received", "rejected", "hidden", "accepted"
    ]  # fmt: skip
    return numbers


def held_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()


def test_no_page_feed_table_index_or_pack_of_the_site_holds_a_canary(
    filled: list[str], case: Path
) -> None:
    site = site_of(case, "site")
    pack(site, case / "site.zip")
    with zipfile.ZipFile(case / "site.zip") as packed:
        held = [*held_in(site), *((name, packed.read(name)) for name in packed.namelist())]
    assert any(b"He sang at night." in data for _, data in held)
    for name, data in held:
        assert CANARY.encode() not in data.lower(), name
        assert PLACE.encode() not in data, name
        assert CANARY not in name


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_page_that_anybody_may_open_and_no_log_line_holds_a_canary(
    filled: list[str], sender: Client, caplog: pytest.LogCaptureFixture, language: str
) -> None:
    caplog.set_level(logging.DEBUG)
    traces = [f"/contribute/{number}/" for number in filled]
    for address in (*OPEN_TO_ALL, *traces):
        page = sender.get(address, headers={"accept-language": language}, follow=True)
        assert CANARY not in page.content.decode().replace(address, ""), address
    said = [record.getMessage() for record in caplog.records if record.name.startswith("dadkhah")]
    assert not [line for line in said if CANARY in line]
