"""A case asks a local authority and a local calendar, and its archive carries the times."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dadkhah.cli.verify import Given, verify_archive
from tests.cli.conftest import PASSWORD, Run
from tests.cli.test_archive import bytes_of
from tests.custody.authority import listening, make
from tests.custody.invented_archive import relist
from tests.custody.test_opentimes import Calendar

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def test_times_are_asked_for_kept_exported_and_verified_offline(tmp_path: Path, run: Run) -> None:
    case, law, press = tmp_path / "case", make(tmp_path / "law"), make(tmp_path / "press")
    stranger = make(tmp_path / "stranger")
    assert run("init", case, "--password", PASSWORD).code == 0
    assert "time-nobody" in run("timestamp", "ask", "--yes", case=case).err
    calendar = Calendar()

    def promise(data: bytes) -> bytes:
        return calendar.send("https://calendar.example/digest", data)

    answers = {"/law": law.reply, "/press": press.reply, "/bad": stranger.reply, "/digest": promise}
    with listening(answers) as address:
        for name, tsa in (("law", law), ("press", press)):
            done = run("timestamp", "authority", name, f"{address}/{name}",
                       "--certificates", tsa.room / "root.pem", case=case)  # fmt: skip
            assert done.code == 0, done.err
        done = run("timestamp", "ask", "--calendar", address, case=case)
        assert done.code == 4  # nobody said yes
        assert not (case / "times" / "000000000001").exists()
        done = run("timestamp", "ask", "--yes", "--calendar", address, case=case)
        assert done.code == 0, done.err
        assert "It does not show" in done.out
        run("timestamp", "authority", "other", f"{address}/bad",
            "--certificates", law.room / "root.pem", case=case)  # fmt: skip
        refused = run("timestamp", "ask", "--yes", case=case)
        assert refused.code == 4
        assert "other: " in refused.out
        assert "time-chain" in refused.out
    told = run("verify", case)
    assert told.code == 0, told.out + told.err
    assert "1 entries: law at" in told.out
    assert "1 entries: press at" in told.out
    assert "OpenTimestamps pending at 1 calendars" in told.out
    carried(tmp_path, case, run)


def carried(tmp_path: Path, case: Path, run: Run) -> None:
    archive = tmp_path / "a"
    assert run("export", archive, case=case).code == 0
    assert verify_archive(archive).passed
    assert run("restore", archive, tmp_path / "again", "--password", PASSWORD).code == 0
    assert run("export", tmp_path / "b", case=tmp_path / "again").code == 0
    assert bytes_of(tmp_path / "b") == bytes_of(archive)
    times = archive / "log" / "times"
    given = Path(shutil.copytree(times / "authorities", tmp_path / "given"))
    assert verify_archive(archive, Given(authorities=given)).passed
    (given / "law.pem").write_bytes((tmp_path / "stranger" / "root.pem").read_bytes())
    assert fault(archive, given) == "time-chain"
    (given / "law.pem").unlink()
    assert fault(archive, given) == "time-authority"
    stamped = times / "000000000001" / "checkpoint"
    stamped.write_bytes(stamped.read_bytes().replace(b"\n1\n", b"\n2\n"))
    relist(archive)
    assert fault(archive, None) == "time-checkpoint"


def fault(archive: Path, authorities: Path | None) -> str:
    report = verify_archive(archive, Given(authorities=authorities))
    return " ".join(check.code for check in report.failures)
