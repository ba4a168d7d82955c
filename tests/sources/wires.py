"""A small web server and a SOCKS proxy on this machine, for tests that collect."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

PAGE = b"<html><body><p>Navid Sahrai was executed in Evin prison in 1988.</p></body></html>"


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    said = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


ANSWERS = {
    "/page": answer(PAGE),
    "/moved": answer(b"", "302 Found", Location="/page"),
    "/round": answer(b"", "302 Found", Location="/round"),
    "/away": answer(b"", "301 Moved", Location="http://10.0.0.1/x"),
    "/file": answer(b"", "302 Found", Location="file:///etc/passwd"),
    "/pdf": answer(b"%PDF-1.7 not read here", Content_Type="application/pdf"),
    "/cut": answer(PAGE)[:-10],
    "/large": answer(b"x" * 3_000_000),
    "/chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n"
    + b"%x\r\n" % len(PAGE) + PAGE + b"\r\n0\r\n\r\n",
    "/broken-chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
    "/strange": b"SSH-2.0-nothing\r\n",
    "/nothing": b"",
    "/slow": None,
}  # fmt: skip


@dataclass(slots=True)
class Wire:
    """A server that is up: where, and what it was asked."""

    port: int
    asked: list[bytes] = field(default_factory=list)

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextlib.contextmanager
def serving(talk: object) -> Iterator[Wire]:
    """Let a function talk with everyone who connects."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        wire = Wire(port=door.getsockname()[1])

        def wait() -> None:
            while True:
                try:
                    guest, _ = door.accept()
                except OSError:
                    return
                threading.Thread(target=greet, args=(guest,), daemon=True).start()

        def greet(guest: socket.socket) -> None:
            with guest, contextlib.suppress(OSError):
                talk(guest, wire)  # type: ignore[operator]

        threading.Thread(target=wait, daemon=True).start()
        yield wire
        door.shutdown(socket.SHUT_RDWR)


def web(guest: socket.socket, wire: Wire) -> None:
    request = guest.recv(65536)
    if not request:
        # a browser opens doors ahead of time
        return
    wire.asked.append(request)
    said = ANSWERS[request.split(b" ")[1].decode()]
    if said is None:
        guest.settimeout(20)
        guest.recv(1)
        return
    guest.sendall(said)


def socks(guest: socket.socket, wire: Wire) -> None:
    """A SOCKS proxy that looks every name up as this machine."""
    guest.recv(3)
    guest.sendall(b"\x05\x00")
    head = guest.recv(5)
    name = guest.recv(head[4])
    port = int.from_bytes(guest.recv(2), "big")
    wire.asked.append(name)
    with socket.create_connection(("127.0.0.1", port)) as far:
        guest.sendall(b"\x05\x00\x00\x01" + bytes(6))
        far.sendall(guest.recv(65536))
        while block := far.recv(65536):
            guest.sendall(block)
