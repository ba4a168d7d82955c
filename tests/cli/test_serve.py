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
    said, _ = served(journey.case, "0.0.0.0", {})  # noqa: S104 — what is tried
    assert "DADKHAH_ALLOWED_HOSTS" in said
    assert "DADKHAH_HTTPS" in said


def test_a_request_for_another_host_fills_no_log(journey: Journey) -> None:
    said, answer = served(journey.case, "127.0.0.1", {}, asked="elsewhere.example")
    assert (said, answer.status) == ("", 400)


def test_behind_a_server_that_speaks_https_pages_come_with_safe_cookies(journey: Journey) -> None:
    ready = {"DADKHAH_ALLOWED_HOSTS": "record.example", "DADKHAH_HTTPS": "yes"}
    said, answer = served(journey.case, "0.0.0.0", ready, asked="record.example")  # noqa: S104
    assert (said, answer.status) == ("", 200)
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert cookies
    assert all("; Secure" in cookie for cookie in cookies)


def served(
    case: Path, host: str, environment: dict[str, str], asked: str = "localhost"
) -> tuple[str, http.client.HTTPResponse]:
    """Open a server, ask it for a page by a name, close it; give its errors and its answer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dadkhah.cli", "--case", str(case), "serve", "--quiet",
               "--host", host, "--port", str(port)]  # fmt: skip
    own = {**os.environ, **environment}
    with subprocess.Popen(command, env=own, stderr=subprocess.PIPE, text=True) as server:
        try:
            answer = ask(port, asked)
        finally:
            server.terminate()
        return server.communicate(timeout=60)[1], answer


def ask(port: int, name: str) -> http.client.HTTPResponse:
    for _ in range(600):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
            try:
                line.request("GET", "/", headers={"Host": name})
                answer = line.getresponse()
                answer.read()
            except ConnectionError:
                time.sleep(0.1)
            else:
                return answer
    pytest.fail("the server did not answer")
