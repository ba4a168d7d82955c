"""Open the reading room."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import click

from dadkhah.cli.session import Session, errors_to, open_case, say
from dadkhah.errors import CaseError

__all__ = ["COMMANDS", "run_server", "take_address"]

# Addresses that nothing but this machine reaches.
_OWN = frozenset({"127.0.0.1", "localhost", "::1"})
# Each has a connection to the store; hundreds, as granian starts them, only wait for one another.
THREADS = 16


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--quiet", is_flag=True, help="Do not print the address.")
@click.pass_obj
def serve(session: Session, host: str, port: int, workers: int, quiet: bool) -> None:
    """Open the reading room of a case in the browser."""
    open_case(session)
    take_address(host, port)
    for warning in _warnings(host):
        errors_to.print(warning, markup=False, highlight=False, soft_wrap=True)
    if not quiet:
        shown = f"[{host}]" if ":" in host else host
        say(f"The reading room is open at http://{shown}:{port}/ (Ctrl-C closes it).")
    run_server(host, port, workers)


def take_address(host: str, port: int) -> None:
    """Try whether a server can answer here, and nobody does yet.

    Granian lets its processes share a port, so that the servers of two cases would start at one
    address and answer in turns.

    Raises:
        CaseError: `server-address`.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as why:
        reason = (why.strerror or str(why)).partition(" (")[0].lower()
        raise CaseError(
            "server-address",
            f"No server can be opened at this address: {reason}.",
            where=f"{host}:{port}",
            todo="Close what answers there, or choose another --port or --host.",
        ) from why


def _warnings(host: str) -> Iterator[str]:
    """Say what stands in the way of readers on other machines, and what they risk."""
    from django.conf import settings

    if host in _OWN:
        return
    if set(settings.ALLOWED_HOSTS) <= {*_OWN, "[::1]", "testserver"}:
        yield (
            "Other machines are answered only at the names in DADKHAH_ALLOWED_HOSTS, which is not"
            " set."
        )
    if not settings.SESSION_COOKIE_SECURE:
        yield (
            "Without HTTPS whoever is on the way can read passwords and names. Put a web server"
            " that speaks HTTPS in front, and set DADKHAH_HTTPS=yes."
        )


def run_server(host: str, port: int, workers: int = 1) -> None:
    """Answer until stopped; no address of a reader is written anywhere."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        target="dadkhah.web.wsgi:application",
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_enabled=False,
        log_access=False,
        websockets=False,
    ).serve()


COMMANDS = (serve,)
