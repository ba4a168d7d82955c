"""Serve the invented case on this machine: python tests/browser/serve.py FOLDER PORT."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

USER, PASSWORD = "keeper", "a long invented password"


class Quiet(WSGIRequestHandler):
    """A handler that keeps no record of what was asked."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingMixIn, WSGIServer):
    """One thread for each request."""

    daemon_threads = True


def main(folder: Path, port: int) -> None:
    """Build the case, unless it is there, and serve it."""
    os.environ["DADKHAH_CASE"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dadkhah.web.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import django

    django.setup()
    from django.core.management import call_command
    from tests.web.invented_case import build

    from dadkhah.web.accounts.models import Account

    call_command("migrate", verbosity=0)
    if not Account.objects.exists():
        build(folder)
        Account.objects.create_user(username=USER, password=PASSWORD, role="keeper")
    from dadkhah.web.wsgi import application

    with make_server("127.0.0.1", port, application, Server, Quiet) as server:
        print("ready", flush=True)  # noqa: T201 - whoever started it waits for this word
        server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
