"""A server opens where nobody answers yet, or says why not."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
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


def test_a_server_for_other_machines_says_what_is_missing_and_at_risk(
    journey: Journey,
) -> None:
    said = served(journey.case, "0.0.0.0", {})  # noqa: S104 — what is tried
    assert "DADKHAH_ALLOWED_HOSTS" in said
    assert "DADKHAH_HTTPS" in said
    ready = {"DADKHAH_ALLOWED_HOSTS": "record.example", "DADKHAH_HTTPS": "yes"}
    assert served(journey.case, "0.0.0.0", ready) == ""  # noqa: S104


def test_a_request_for_another_host_fills_no_log(journey: Journey) -> None:
    assert served(journey.case, "127.0.0.1", {}, asked="elsewhere.example") == ""


def served(case: Path, host: str, environment: dict[str, str], asked: str = "localhost") -> str:
    """Open a server, ask it for a page by a name, close it, and give what it wrote of errors."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dadkhah.cli", "--case", str(case), "serve", "--quiet",
               "--host", host, "--port", str(port)]  # fmt: skip
    own = {**os.environ, **environment}
    with subprocess.Popen(command, env=own, stderr=subprocess.PIPE, text=True) as server:
        try:
            ask(port, asked)
        finally:
            server.terminate()
        return server.communicate(timeout=60)[1]


def ask(port: int, name: str) -> None:
    for _ in range(600):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
            try:
                line.request("GET", "/", headers={"Host": name})
                line.getresponse().read()
            except ConnectionError:
                time.sleep(0.1)
            else:
                return
    pytest.fail("the server did not answer")
