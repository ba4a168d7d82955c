"""Collect a page from the web: every byte of every answer, as it came, in a WARC (ISO 28500).

    request -> answer, request -> answer ...   one pair for each redirect, the page last

It speaks plain HTTP/1.1, follows redirects, and keeps what the wire carried. It runs nothing: what
a script would load is not loaded (pictures and style sheets: `embedded`). It goes nowhere but to
public addresses, and the address that was checked is the one it connects to. Nothing in the house
calls it without being asked.

Source: RFC 9110 and 9112 (HTTP), ISO 28500:2017 (WARC 1.1), EV-03.
"""

from __future__ import annotations

import datetime
import io
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO
from urllib.parse import urljoin, urlsplit

from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from dadkhah import __version__
from dadkhah.errors import SourceError
from dadkhah.sources.connecting import Limits, Way, connect

__all__ = ["Exchange", "collect", "write_warc"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
AGENT = f"dadkhah/{__version__} (evidence collection)"
BLOCK_BYTES = 1 << 16
_NOT_HTTP = (StatusAndHeadersParserException, ChunkedDataException, EOFError, UnicodeDecodeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and what came back.

    Args:
        address: asked for. at: UTC, RFC 3339. peer: the address that answered; empty by a proxy.
        request, answer: as they went over the wire. status: of the answer.
        headers: of the answer, by lower-case name. body: freed of its chunks.
    """

    address: str
    at: str
    peer: str
    request: bytes
    answer: bytes
    status: int
    headers: Mapping[str, str]
    body: bytes


def collect(address: str, *, way: Way, limits: Limits) -> list[Exchange]:
    """Fetch a page and all redirects on the way to it.

    Raises:
        SourceError: collect-address, collect-private, collect-redirects, collect-large,
            collect-time, collect-answer, collect-connection.
    """
    made: list[Exchange] = []
    until = time.monotonic() + limits.seconds
    while True:
        made.append(_exchange(address, way, limits, until))
        last = made[-1]
        if last.status not in REDIRECTS or not last.headers.get("location"):
            return made
        if len(made) > limits.redirects:
            raise SourceError(
                "collect-redirects",
                f"This address leads on more than {limits.redirects} times.",
                where=address,
                todo="Give the address where it ends.",
            )
        address = urljoin(address, last.headers["location"])


def _exchange(address: str, way: Way, limits: Limits, until: float) -> Exchange:
    parts = urlsplit(address)
    target = parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    head = (
        f"GET {target} HTTP/1.1",
        f"Host: {parts.netloc.rpartition('@')[2]}",
        f"User-Agent: {AGENT}",
        "Accept: */*",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    if any(mark in address for mark in ("\r", "\n", " ", "\t")):
        raise SourceError("collect-address", "This is no web address.", where=address)
    at = datetime.datetime.now(tz=datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    request = ("\r\n".join(head) + "\r\n\r\n").encode("ascii", "strict")
    try:
        with connect(address, way, limits, until) as (wire, peer):
            wire.sendall(request)
            answer = _read_all(wire.recv, limits, until)
    except OSError as error:
        raise SourceError(
            "collect-connection",
            "There was no answer from this address.",
            where=f"{address}: {error}",
            todo="Try again later, or by another way (--proxy).",
        ) from error
    status, headers, body = _parse(answer, address)
    return Exchange(
        address=address, at=at, peer=peer, request=request, answer=answer, status=status,
        headers=headers, body=body,
    )  # fmt: skip


def _read_all(receive: Callable[[int], bytes], limits: Limits, until: float) -> bytes:
    """Read until the other end closes, within the limits of size and time."""
    held = bytearray()
    while True:
        if time.monotonic() > until:
            raise SourceError("collect-time", f"It took longer than {limits.seconds:g} seconds.")
        block = receive(BLOCK_BYTES)
        if not block:
            return bytes(held)
        held += block
        if len(held) > limits.size_bytes:
            raise SourceError(
                "collect-large",
                f"The answer is larger than {limits.size_bytes >> 20} MB.",
                todo="Raise --most if you want it all the same.",
            )


def _parse(answer: bytes, address: str) -> tuple[int, dict[str, str], bytes]:
    stream = io.BytesIO(answer)
    try:
        head = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"]).parse(stream)
        headers = {name.lower(): value for name, value in head.headers}
        body = _body(stream, headers)
        status = int(head.get_statuscode())
    except (*_NOT_HTTP, ValueError) as error:
        raise SourceError(
            "collect-answer", "What answered does not speak HTTP.", where=address
        ) from error
    wanted = headers.get("content-length", "")
    if wanted.isdecimal() and len(body) < int(wanted):
        raise SourceError(
            "collect-answer",
            f"The answer was cut: {len(body)} of {wanted} bytes came.",
            where=address,
            todo="Collect it again.",
        )
    return status, headers, body


def _body(stream: IO[bytes], headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return stream.read()
    reader = ChunkedDataReader(stream, raise_exceptions=True)
    return b"".join(iter(lambda: reader.read(BLOCK_BYTES), b""))


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """A writer whose records carry SHA-256; warcio's own is SHA-1."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


def write_warc(exchanges: Sequence[Exchange], *, operator: str, way: Way) -> bytes:
    """Write exchanges into a WARC file, uncompressed, each record with its digests.

    Args:
        operator: the account that collected.
    """
    out = io.BytesIO()
    writer = _Writer(out, gzip=False, warc_version="WARC/1.1")
    info = {"software": AGENT, "format": "WARC File Format 1.1", "operator": operator,
            "description": f"collected {way.said}"}  # fmt: skip
    writer.write_record(writer.create_warcinfo_record("collected.warc", info))
    for exchange in exchanges:
        for record in _records(writer, exchange):
            writer.write_record(record)
    return out.getvalue()


def _records(writer: WARCWriter, exchange: Exchange) -> Iterator[object]:
    dated = {"WARC-Date": exchange.at}
    if exchange.peer:
        dated["WARC-IP-Address"] = exchange.peer
    answer = io.BytesIO(exchange.answer)
    head = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"]).parse(answer)
    response = writer.create_warc_record(
        exchange.address, "response", payload=answer, length=_left(answer), http_headers=head,
        warc_headers_dict=dated,
    )  # fmt: skip
    asked = io.BytesIO(exchange.request)
    line = StatusAndHeadersParser(["GET"]).parse(asked)
    request = writer.create_warc_record(
        exchange.address, "request", payload=asked, length=_left(asked), http_headers=line,
        warc_headers_dict={
            **dated, "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
        },
    )  # fmt: skip
    return iter((response, request))


def _left(stream: io.BytesIO) -> int:
    return len(stream.getbuffer()) - stream.tell()
