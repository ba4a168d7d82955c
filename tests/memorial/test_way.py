"""Whoever knows more finds a way in: the case's form where there is one, else a letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from dadkhah.errors import SettingError
from dadkhah.memorial import build
from dadkhah.memorial.way import way
from tests.memorial import invented, reading

FORM = "https://example.org/contribute/"


def test_with_a_server_each_person_leads_to_its_form(archive: Path, tmp_path: Path) -> None:
    site = build(archive, tmp_path / "site", way=way(server=FORM)).folder
    person = invented.identity("mention row 1")
    page = reading.tree(site / f"fa/people/{person[:2]}/{person}.html")
    door = page.css_first("p.contribute a")
    assert door is not None
    assert door.attributes["href"] == f"{FORM}?about=person:{person}&lang=fa"
    policy = page.css_first('meta[http-equiv="Content-Security-Policy"]')
    assert policy is not None
    assert str(policy.attributes["content"]).endswith("form-action https://example.org")
    form = page.css_first("form")
    assert form is not None
    assert (form.attributes["method"], form.attributes["action"]) == ("post", FORM)
    sent = {each.attributes["name"]: each.attributes["value"] for each in form.css("input")}
    assert sent == {"about": f"person:{person}", "lang": "fa"}
    assert form.css_first('label textarea[name="words"]') is not None
    assert "example.org" in form.text()


def test_without_one_the_address_and_the_key_are_shown_as_text(
    archive: Path, tmp_path: Path
) -> None:
    chosen = way(post="PO Box 1 <b>\nElsewhere", key="age1invented")
    site = build(archive, tmp_path / "site", way=chosen).folder
    page = reading.tree(site / "en/contribute.html")
    address = page.css_first("address")
    assert address is not None
    assert "PO Box 1 <b>" in address.text()
    assert not page.css("address b")
    assert not page.css("form")
    assert "age1invented" in page.text()


@pytest.mark.parametrize(
    "server",
    [
        "javascript:alert(1)",
        "example.org",
        "https://",
        "ftp://x",
        "https://x/?a=1",
        "https://x;script-src *",
        "https://a@b/",
    ],
)
def test_an_address_that_is_no_plain_web_address_is_refused(server: str) -> None:
    with pytest.raises(SettingError) as caught:
        way(server=server)
    assert caught.value.code == "memorial-contributions"
