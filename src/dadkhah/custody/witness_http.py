"""A witness over HTTP: a small server, and the asking of one. Source: C2SP tlog-witness."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from dadkhah.custody.notes import MAX_NOTE_BYTES
from dadkhah.custody.witness_answer import Answer, answer
from dadkhah.custody.witness_memory import Memory
from dadkhah.errors import CaseError

__all__ = ["PATH", "Reply", "ask", "server"]

PATH = "/add-checkpoint"
MOST_BYTES = 2 * MAX_NOTE_BYTES
WAIT_SECONDS = 30


class _Listener(BaseHTTPRequestHandler):
    """One connection; no address of anyone is written anywhere."""

    protocol_version = "HTTP/1.1"
    timeout = WAIT_SECONDS
    memory: ClassVar[Memory]

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            self.close_connection = True
            self._say(Answer(status=400, body="The request says no length, or too great a one.\n"))
            return
        data = self.rfile.read(int(length))
        if self.path != PATH:
            self._say(Answer(status=404, body="A witness answers at /add-checkpoint only.\n"))
            return
        self._say(answer(self.memory, data, seconds=int(time.time())))

    def _say(self, found: Answer) -> None:
        body = found.body.encode()
        self.send_response(found.status)
        self.send_header("Content-Type", found.kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        return "witness"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the library's name
        """Write nothing: who asked is nobody's business."""


def server(memory: Memory, host: str, port: int) -> ThreadingHTTPServer:
    """Make a server that answers for a witness, one thread for each connection.

    Put it behind a web server that speaks HTTPS when it is reached from outside.
    """
    listener = type("Listener", (_Listener,), {"memory": memory})
    return ThreadingHTTPServer((host, port), listener)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a witness said."""

    status: int
    kind: str
    body: bytes


def ask(address: str, data: bytes, *, proxy: str = "") -> Reply:
    """Send one request to a witness.

    Args:
        address: its submission prefix, http or https.
        data: as `request_text` writes it.
        proxy: address of a proxy to go through; without it the connection is direct.

    Raises:
        CaseError: witness-address, witness-unreachable.
    """
    if not address.startswith(("http://", "https://")):
        raise CaseError("witness-address", "A witness has an http or https address.", where=address)
    routes = {"http": proxy, "https": proxy} if proxy else {}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler(routes))
    request = urllib.request.Request(address.rstrip("/") + PATH, data=data, method="POST")  # noqa: S310 — http and https only, above
    request.add_header("Content-Type", "text/plain; charset=utf-8")
    try:
        with opener.open(request, timeout=WAIT_SECONDS) as found:
            return _reply(found.status, found.headers.get("Content-Type", ""), found.read(1 << 16))
    except urllib.error.HTTPError as error:
        with error:
            kind = error.headers.get("Content-Type", "")
            return _reply(error.code, kind, error.read(1 << 16))
    except OSError as error:
        raise CaseError(
            "witness-unreachable",
            "This witness does not answer.",
            where=f"{address}: {error}",
            todo="Try again later, or carry the request on a stick: dadkhah witness request.",
        ) from None


def _reply(status: int, kind: str, body: bytes) -> Reply:
    return Reply(status=status, kind=kind.partition(";")[0].strip(), body=body)
