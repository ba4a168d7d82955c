"""What every test shares: keys in a folder of their own, and an empty case."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_KEYS = tempfile.TemporaryDirectory(prefix="dadkhah-test-keys-")
os.environ["DADKHAH_KEYS"] = _KEYS.name
os.environ.pop("DADKHAH_DATABASE_URL", None)
os.environ.pop("DADKHAH_CASE", None)

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data beside the project; tests that need it skip where it is not."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, the public data beside the project, which is not here")
    return SHARED


@pytest.fixture
def case_folder(tmp_path: Path, settings: object) -> Path:
    """An empty folder that the settings name as the case."""
    folder = tmp_path / "case"
    (folder / "captures").mkdir(parents=True)
    settings.CASE = folder  # type: ignore[attr-defined]  # pytest-django's settings
    return folder


CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), ""
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, closed with the module: its event loop would refuse Django's database."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()
