"""Connect to a public address, and to no other: directly, or through a proxy such as Tor.

The name is looked up once, every address it gives must be public, and the connection goes to the
address that was checked. Through a proxy the proxy looks names up, so that nothing of them leaves
this machine; then only what is plainly private is refused.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from dadkhah.errors import SourceError

__all__ = ["DIRECT", "Limits", "Way", "connect", "read_way", "refuse_private_host"]

PORTS = {"http": 80, "https": 443}
HERE = ("localhost", ".localhost", ".local", ".internal", ".home.arpa", ".lan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a collection goes.

    Args:
        private: whether addresses that are not public may be asked; for an inner network.
    """

    size_bytes: int = 64 << 20
    seconds: float = 60.0
    redirects: int = 10
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How to get there: kind is "direct", "socks5h" or "http"."""

    kind: str = "direct"
    host: str = ""
    port: int = 0

    @property
    def said(self) -> str:
        """The way in words; the proxy's address stays here."""
        return {"direct": "directly", "socks5h": "by a SOCKS proxy, such as Tor"}.get(
            self.kind, "by a proxy"
        )


DIRECT = Way()


def read_way(proxy: str) -> Way:
    """Read a proxy setting, such as socks5h://127.0.0.1:9050; empty for none.

    Raises:
        SourceError: collect-proxy.
    """
    if not proxy:
        return DIRECT
    try:
        parts = urlsplit(proxy)
        port = parts.port or 0
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme not in {"socks5h", "http"} or not parts.hostname or not port:
        raise SourceError(
            "collect-proxy",
            "This is no proxy.",
            where=proxy,
            todo="Write socks5h://127.0.0.1:9050 (Tor) or http://host:port.",
        )
    return Way(kind=parts.scheme, host=parts.hostname, port=port)


@contextmanager
def connect(
    address: str, way: Way, limits: Limits, until: float
) -> Iterator[tuple[socket.socket, str]]:
    """Open a connection to the host of a web address, and give the address that answers.

    Raises:
        SourceError: collect-address, collect-private, collect-time, collect-proxy-answer.
        OSError: as the network says.
    """
    scheme, host, port = _parts(address)
    left = max(0.1, until - time.monotonic())
    if way.kind == "direct":
        peer = _checked(host, port, limits)
        wire = socket.create_connection((peer, port), timeout=left)
    else:
        _refuse_plainly_private(host, limits)
        peer = ""
        wire = socket.create_connection((way.host, way.port), timeout=left)
    with wire:
        if way.kind != "direct":
            _ask_proxy(wire, way, host, port)
        if scheme == "http":
            yield wire, peer
            return
        with ssl.create_default_context().wrap_socket(wire, server_hostname=host) as sealed:
            yield sealed, peer


def refuse_private_host(host: str, way: Way, limits: Limits) -> None:
    """Refuse a host that leads into this machine or its network, as the way allows to know.

    Raises:
        SourceError: collect-private. OSError: the name leads nowhere.
    """
    if way.kind == "direct":
        _checked(host, 0, limits)
    else:
        _refuse_plainly_private(host, limits)


def _parts(address: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
        host = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError):
        host, port, parts = "", 0, urlsplit("")
    if parts.scheme not in PORTS or not host or parts.username is not None:
        raise SourceError(
            "collect-address",
            "This is no web address that can be collected.",
            where=address,
            todo="Give an address that begins with https:// or http://, without a password.",
        )
    return parts.scheme, host, port


def _checked(host: str, port: int, limits: Limits) -> str:
    """Look a name up once, insist that all it gives is public, and choose one address."""
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        _refuse_private(address, host, limits)
    return found[0]


def _refuse_private(address: str, host: str, limits: Limits) -> None:
    number = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(number, "ipv4_mapped", None) or number
    if not limits.private and (not inner.is_global or inner.is_multicast):
        raise SourceError(
            "collect-private",
            "This address leads into this machine or its own network.",
            where=host,
            todo="Give a public address; --private allows others.",
        )


def _refuse_plainly_private(host: str, limits: Limits) -> None:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # an onion address or a name: the proxy looks it up
        lower = f".{host.lower().rstrip('.')}"
        if any(lower.endswith(f".{end.lstrip('.')}") for end in HERE):
            _refuse_private("127.0.0.1", host, limits)
        return
    _refuse_private(host, host, limits)


def _ask_proxy(wire: socket.socket, way: Way, host: str, port: int) -> None:
    if way.kind == "socks5h":
        _ask_socks(wire, host, port)
        return
    wire.sendall(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head and len(head) < 8192:
        head += _exactly(wire, 1)
    if head.split(b" ", 2)[1:2] != [b"200"]:
        raise _refused_by_proxy(head[:60].decode("latin-1"))


def _ask_socks(wire: socket.socket, host: str, port: int) -> None:
    """Ask a SOCKS proxy for a connection by name (RFC 1928, sections 3, 4 and 6)."""
    wire.sendall(b"\x05\x01\x00")
    if _exactly(wire, 2) != b"\x05\x00":
        raise _refused_by_proxy("it asks for a password")
    name = host.encode("ascii")
    wire.sendall(b"\x05\x01\x00\x03" + bytes([len(name)]) + name + port.to_bytes(2, "big"))
    _, code, _, kind = _exactly(wire, 4)
    if code:
        raise _refused_by_proxy(f"SOCKS reply {code}")
    _exactly(wire, {1: 4, 4: 16}.get(kind) or _exactly(wire, 1)[0])
    _exactly(wire, 2)


def _exactly(wire: socket.socket, count: int) -> bytes:
    held = b""
    while len(held) < count:
        block = wire.recv(count - len(held))
        if not block:
            raise _refused_by_proxy("it closed the connection")
        held += block
    return held


def _refused_by_proxy(why: str) -> SourceError:
    return SourceError(
        "collect-proxy-answer",
        "The proxy does not connect.",
        where=why,
        todo="See that it runs; nothing was asked without it.",
    )
