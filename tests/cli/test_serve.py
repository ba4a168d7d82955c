"""A server opens where nobody answers yet, or says why not."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.cli.conftest import Journey, Run


@pytest.mark.parametrize("shared", [True, False])
def test_two_cases_never_answer_at_one_address(journey: Journey, run: Run, shared: bool) -> None:
    with socket.create_server(("127.0.0.1", 0), reuse_port=shared) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", port, case=journey.case)
    assert done.code == 4
    assert "server-address" in done.err
    assert f"127.0.0.1:{port}" in done.err
    assert "--port" in done.err


def test_the_demonstration_asks_for_its_addresses_before_it_builds(
    tmp_path: Path, run: Run
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("demo", "--folder", tmp_path / "demo", "--port", port)
    assert done.code == 4
    assert "server-address" in done.err
    assert not (tmp_path / "demo").exists()
