"""A browser, and the invented case served on this machine. Skipped where Chromium is absent."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), ""
)
SERVE = Path(__file__).parent / "serve.py"


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the invented case is served."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (apt-get install chromium).")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("served")
    with subprocess.Popen(
        [sys.executable, str(SERVE), str(folder), str(port)],
        stdout=subprocess.PIPE,
        env={**os.environ, "DADKHAH_CASE": str(folder)},
        text=True,
    ) as server:
        assert server.stdout is not None
        try:
            assert server.stdout.readline().strip() == "ready"
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
