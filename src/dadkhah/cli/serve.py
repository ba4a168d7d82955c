"""Open the reading room."""

from __future__ import annotations

import click

from dadkhah.cli.session import Session, open_case, say

__all__ = ["COMMANDS", "run_server"]

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
    if not quiet:
        say(f"The reading room is open at http://{host}:{port}/ (Ctrl-C closes it).")
    run_server(host, port, workers)


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
