"""A real time authority on this machine: certificates made here, replies made by openssl."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIG = """\
[tsa]
default_tsa = here
[here]
serial = {room}/serial
signer_cert = {room}/tsa.pem
certs = {room}/root.pem
signer_key = {room}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
STAMPING = ExtendedKeyUsageOID.TIME_STAMPING


@dataclass(frozen=True, slots=True, kw_only=True)
class Tsa:
    """The folder of an authority: root.pem, tsa.pem, tsa.key, tsa.cnf."""

    room: Path

    @property
    def root(self) -> bytes:
        return (self.room / "root.pem").read_bytes()

    def reply(self, query: bytes) -> bytes:
        """Answer a query, as openssl does."""
        (self.room / "query").write_bytes(query)
        openssl("ts", "-reply", "-config", self.room / "tsa.cnf", "-queryfile",
                self.room / "query", "-out", self.room / "reply")  # fmt: skip
        return (self.room / "reply").read_bytes()

    def resigned(self, reply: bytes) -> bytes:
        """The time of another authority's reply, signed by this one, whatever it may sign."""
        (self.room / "theirs").write_bytes(reply)
        token, info = self.room / "token", self.room / "info"
        openssl("ts", "-reply", "-in", self.room / "theirs", "-token_out", "-out", token)
        openssl("cms", "-verify", "-inform", "DER", "-in", token, "-noverify", "-out", info)
        signer, key, made = self.room / "tsa.pem", self.room / "tsa.key", self.room / "cms"
        kind = ("-econtent_type", "1.2.840.113549.1.9.16.1.4")
        openssl("cms", "-sign", "-binary", "-nodetach", *kind, "-in", info, "-signer", signer,
                "-inkey", key, "-outform", "DER", "-out", made)  # fmt: skip
        return sequence(sequence(b"\x02\x01\x00") + made.read_bytes())


def sequence(content: bytes) -> bytes:
    """DER of a SEQUENCE."""
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2)
    return b"\x30" + length + content


def openssl(*words: object) -> None:
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


def make(
    room: Path,
    *,
    usage: tuple[x509.ObjectIdentifier, ...] = (STAMPING,),
    critical: bool = True,
    days: tuple[int, int] = (-10, 3650),
) -> Tsa:
    """Make an authority whose certificate says what it is told to say."""
    room.mkdir(parents=True)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate("invented root", "invented root", root_key, root_key, (-4000, 4000))
    root = root.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    leaf = certificate("invented clock", "invented root", key, root_key, days)
    if usage:
        leaf = leaf.add_extension(x509.ExtendedKeyUsage(usage), critical=critical)
    for name, made in (("root", root), ("tsa", leaf)):
        signed = made.sign(root_key, hashes.SHA256())
        (room / f"{name}.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (room / "tsa.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (room / "tsa.cnf").write_text(CONFIG.format(room=room))
    (room / "serial").write_text("01\n")
    return Tsa(room=room)


def certificate(
    name: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    _signer: ec.EllipticCurvePrivateKey,
    days: tuple[int, int],
) -> x509.CertificateBuilder:
    now = datetime.now(tz=UTC)
    subject, by = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in (name, issuer)
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
    )


@contextmanager
def listening(answers: dict[str, object]) -> Iterator[str]:
    """A local server: for each path a function of the bytes posted, or bytes."""

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            self.say(answers.get(self.path), data)

        def do_GET(self) -> None:
            self.say(answers.get(self.path), b"")

        def say(self, found: object, data: bytes) -> None:
            body = found(data) if callable(found) else found
            self.send_response(404 if body is None else 200)
            self.end_headers()
            self.wfile.write(body if isinstance(body, bytes) else b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
