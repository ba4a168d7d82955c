"""A picture of a page, where a browser is; and nothing private asked by the page itself."""

from __future__ import annotations

import pytest
from tests.conftest import CHROMIUM
from tests.sources.wires import serving, web

from dadkhah.errors import SourceError
from dadkhah.sources.connecting import DIRECT, Limits
from dadkhah.web.claims.pictures import of_page


@pytest.mark.browser
def test_a_page_is_pictured_whole_and_by_the_browser_named() -> None:
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with serving(web) as wire:
        shot, tool = of_page(wire.address("/page"), DIRECT, Limits(private=True, seconds=30))
        assert shot.startswith(b"\x89PNG\r\n\x1a\n")
        assert tool.startswith("chromium ")
        before = len(wire.asked)
        with pytest.raises(SourceError, match="picture-failed"):
            of_page(wire.address("/page"), DIRECT, Limits(seconds=30))
        assert len(wire.asked) == before
