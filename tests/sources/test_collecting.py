"""Collecting: what came over the wire is what is kept, and nothing private is ever asked."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from tests.sources.wires import ANSWERS, PAGE, Wire, serving, socks, web
from warcio.archiveiterator import ArchiveIterator

from dadkhah.errors import SourceError
from dadkhah.sources.collecting import collect, write_warc
from dadkhah.sources.connecting import DIRECT, Limits, Way, read_way

HERE = Limits(private=True, seconds=10, size_bytes=2_000_000, redirects=3)


@pytest.fixture
def site() -> Iterator[Wire]:
    with serving(web) as wire:
        yield wire


def test_a_page_and_the_redirect_to_it_are_kept_byte_for_byte(site: Wire) -> None:
    first, last = collect(site.address("/moved"), way=DIRECT, limits=HERE)
    assert (first.status, last.status) == (302, 200)
    assert last.address == site.address("/page")
    assert last.answer == ANSWERS["/page"]
    assert last.body == PAGE
    assert last.peer == "127.0.0.1"
    assert site.asked == [first.request, last.request]
    assert last.headers["content-type"] == "text/html; charset=utf-8"


def test_the_warc_holds_every_exchange_with_digests_that_are_true(site: Wire) -> None:
    made = collect(site.address("/moved"), way=DIRECT, limits=HERE)
    data = write_warc(made, operator="account:1", way=DIRECT)
    kinds, bodies = [], []
    for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        kinds.append(record.rec_type)
        bodies.append(record.content_stream().read())
        if record.rec_type == "response":
            assert record.rec_headers.get_header("WARC-IP-Address") == "127.0.0.1"
    assert kinds == ["warcinfo", "response", "request", "response", "request"]
    assert bodies[3] == PAGE
    assert b"account:1" in bodies[0]
    assert data.count(b"WARC-Payload-Digest: sha256:") == 4


def test_a_page_in_chunks_is_put_together_and_kept_as_it_came(site: Wire) -> None:
    (page,) = collect(site.address("/chunks"), way=DIRECT, limits=HERE)
    assert page.body == PAGE
    assert page.answer == ANSWERS["/chunks"]
    data = write_warc([page], operator="account:1", way=DIRECT)
    bodies = [r.content_stream().read() for r in ArchiveIterator(io.BytesIO(data))]
    assert bodies[1] == PAGE


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/round", "collect-redirects"), ("/cut", "collect-answer"), ("/large", "collect-large"),
        ("/strange", "collect-answer"), ("/nothing", "collect-answer"),
        ("/broken-chunks", "collect-answer"), ("/file", "collect-address"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_trusted_is_refused(site: Wire, path: str, code: str) -> None:
    with pytest.raises(SourceError, match=code):
        collect(site.address(path), way=DIRECT, limits=HERE)


def test_a_server_that_never_ends_is_left(site: Wire) -> None:
    limits = Limits(private=True, seconds=0.3)
    with pytest.raises(SourceError, match=r"collect-connection|collect-time"):
        collect(site.address("/slow"), way=DIRECT, limits=limits)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://10.1.2.3/", "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://100.64.0.1/", "http://224.0.0.1/",
        "http://2130706433/", "http://127.1/",
    ],
)  # fmt: skip
def test_nothing_private_is_ever_asked(address: str) -> None:
    with pytest.raises(SourceError, match="collect-private"):
        collect(address, way=DIRECT, limits=Limits(seconds=5))


def test_a_redirect_into_the_inner_network_is_not_followed() -> None:
    def lead(guest: object, wire: Wire) -> None:
        web(guest, wire)  # type: ignore[arg-type]

    with serving(lead) as wire, serving(socks) as proxy:
        way = Way(kind="socks5h", host="127.0.0.1", port=proxy.port)
        address = f"http://example.org:{wire.port}/away"
        with pytest.raises(SourceError, match="collect-private"):
            collect(address, way=way, limits=Limits(seconds=10))
        assert [line.split(b" ")[1] for line in wire.asked] == [b"/away"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "printer.local", "[::1]"])
def test_by_a_proxy_what_is_plainly_private_is_refused_before_the_proxy_is_asked(host: str) -> None:
    with serving(socks) as proxy:
        way = Way(kind="socks5h", host="127.0.0.1", port=proxy.port)
        with pytest.raises(SourceError, match="collect-private"):
            collect(f"http://{host}/", way=way, limits=Limits(seconds=5))
        assert proxy.asked == []


def test_by_a_socks_proxy_the_name_is_looked_up_there_and_not_here(site: Wire) -> None:
    with serving(socks) as proxy:
        way = Way(kind="socks5h", host="127.0.0.1", port=proxy.port)
        address = f"http://nobody-knows-this-name.onion:{site.port}/page"
        (page,) = collect(address, way=way, limits=Limits(seconds=10))
    assert page.body == PAGE
    assert page.peer == ""
    assert proxy.asked == [b"nobody-knows-this-name.onion"]


def test_a_proxy_that_is_not_there_is_not_gone_around(site: Wire) -> None:
    way = Way(kind="socks5h", host="127.0.0.1", port=1)
    with pytest.raises(SourceError, match="collect-connection"):
        collect(f"http://example.org:{site.port}/page", way=way, limits=Limits(seconds=5))
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    ["", "ftp://example.org/", "file:///etc/passwd", "http://", "https://a:b@example.org/",
     "http://example.org:99999/", "gopher://x"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(SourceError, match="collect-address"):
        collect(address, way=DIRECT, limits=Limits())


def test_an_address_with_a_line_end_in_it_smuggles_nothing(site: Wire) -> None:
    way = site.address("/page HTTP/1.1\r\nX: y\r\n")
    with pytest.raises(SourceError, match="collect-address"):
        collect(way, way=DIRECT, limits=HERE)
    assert site.asked == []


@pytest.mark.parametrize("written", ["127.0.0.1:9050", "socks4://a:1", "socks5h://a", "http://a:x"])
def test_a_proxy_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(SourceError, match="collect-proxy"):
        read_way(written)


def test_a_proxy_is_read() -> None:
    assert read_way("") is DIRECT
    expected = Way(kind="socks5h", host="127.0.0.1", port=9050)
    assert read_way("socks5h://127.0.0.1:9050") == expected
