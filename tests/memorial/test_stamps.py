"""The outside times of the state that a site shows travel with it, and are checked there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dadkhah import archive as archives
from dadkhah.custody import timestamps
from dadkhah.custody.notes import parse_note
from dadkhah.memorial import build
from dadkhah.memorial.verification import verify
from tests.custody.authority import make
from tests.memorial import invented, reading
from tests.memorial.test_building import bytes_of

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented archive, with the time of an authority made here."""
    room = tmp_path_factory.mktemp("stamped")
    archive = invented.write(room / "archive", invented.invented())
    law, text = make(room / "law"), parse_note(archives.checkpoint(archive).encode()).text
    size = int(archives.about(archive)["log_size"])
    own = archive / "log" / "times" / f"{size:012}"
    own.mkdir(parents=True)
    (own / "checkpoint").write_text(text, encoding="utf-8")
    (own / "law.tsr").write_bytes(law.reply(timestamps.query(text.encode()).der))
    pinned = archive / "log" / "times" / "authorities"
    pinned.mkdir()
    (pinned / "law.pem").write_bytes(law.root)
    return archive


def test_a_time_travels_with_the_site_and_holds_there(stamped: Path, tmp_path: Path) -> None:
    site = build(stamped, tmp_path / "site").folder
    found = verify(site)
    assert found.passed
    assert "law at 20" in next(c.where for c in found.checks if c.number == 20)
    assert "law: 20" in reading.text(site / "fa/verify.html")
    given = tmp_path / "given"
    given.mkdir()
    shutil.copy(make(tmp_path / "stranger").room / "root.pem", given / "law.pem")
    assert [c.code for c in verify(site, authorities=given).failures] == ["time-chain"]


def test_a_time_of_an_earlier_state_goes_with_it(stamped: Path, tmp_path: Path) -> None:
    state = tmp_path / ".state"
    site = build(stamped, tmp_path / "site", state=state).folder
    bare = tmp_path / "bare"
    shutil.copytree(stamped, bare)
    shutil.rmtree(bare / "log" / "times")
    build(bare, site, state=state)
    assert not (site / "log" / "times").is_dir()
    assert bytes_of(site) == bytes_of(build(bare, tmp_path / "new").folder)


def test_a_site_without_times_says_nothing_of_them(site: Path) -> None:
    assert not (site / "log" / "times").exists()
    assert "Times from outside" not in reading.text(site / "en/verify.html")
