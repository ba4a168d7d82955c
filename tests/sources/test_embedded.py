"""A page's pictures and style sheets come with it, from its own host unless more is asked for."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources import wires
from tests.sources.wires import answer, serving, web
from warcio.archiveiterator import ArchiveIterator

from dadkhah.sources.collecting import Exchange, collect, write_warc
from dadkhah.sources.connecting import DIRECT, Limits
from dadkhah.sources.embedded import addresses_of, collect_embedded

HERE = Limits(private=True, seconds=10, size_bytes=2_000_000, redirects=3)
PAGE = b"""<html><head><link rel="stylesheet" href="/look.css"><style>b{background:url(/b.png)}
</style></head><body><img src="a.png" srcset="a.png 1x, /lost.png 2x"><img src="#">
<img src="http://elsewhere.invalid/t.gif"><img src="data:image/png;base64,AA=="></body></html>"""
FILES = {
    "/shown": answer(PAGE),
    "/look.css": answer(b"p{background:url('font/c.png')}", Content_Type="text/css"),
    "/a.png": answer(b"A", Content_Type="image/png"),
    "/b.png": answer(b"B", Content_Type="image/png"),
    "/font/c.png": answer(b"C", Content_Type="image/png"),
    "/lost.png": answer(b"", "404 Not Found"),
}


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch) -> None:
    for path, said in FILES.items():
        monkeypatch.setitem(wires.ANSWERS, path, said)


def test_pictures_and_style_sheets_of_a_page_are_in_its_warc() -> None:
    with serving(web) as site:
        (page,) = collect(site.address("/shown"), way=DIRECT, limits=HERE)
        found = collect_embedded(page, way=DIRECT, limits=HERE)
        paths = {one.address.removeprefix(site.address("")) for one in found.exchanges}
        assert paths == FILES.keys() - {"/shown"}
        assert found.missed == ((site.address("/lost.png"), "status 404"),)
    assert found.left == ("http://elsewhere.invalid/t.gif",)
    data = write_warc([page, *found.exchanges], operator="account:1", way=DIRECT)
    bodies = [r.content_stream().read() for r in ArchiveIterator(io.BytesIO(data))]
    assert {b"A", b"B", b"C"} <= set(bodies)


def test_all_files_together_stay_within_the_limits_of_the_page() -> None:
    with serving(web) as site:
        (page,) = collect(site.address("/shown"), way=DIRECT, limits=HERE)
        tight = Limits(private=True, seconds=10, size_bytes=200, redirects=3)
        found = collect_embedded(page, way=DIRECT, limits=tight)
    assert sum(len(one.answer) for one in found.exchanges) <= 400
    assert len(found.exchanges) < 4


@given(body=st.binary(max_size=200), kind=st.sampled_from(["text/html", "text/css", "image/png"]))
def test_no_page_names_what_is_not_a_web_address(body: bytes, kind: str) -> None:
    shown = Exchange(
        address="http://example.org/", at="", peer="", request=b"", answer=b"", status=200,
        headers={"content-type": kind}, body=body,
    )  # fmt: skip
    assert all(one.startswith(("http://", "https://")) for one in addresses_of(shown))
