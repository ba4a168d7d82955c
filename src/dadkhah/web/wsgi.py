"""The reading room as a WSGI application."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

__all__ = ["application"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dadkhah.web.settings")
_room = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request (PEP 3333).

    Where the room is reached by HTTPS, another server speaks it and passes plain requests on. They
    are taken as what the reader sent: to redirect them would send the reader round in a circle, and
    a browser that comes without HTTPS brings no cookie of ours.
    """
    if settings.SESSION_COOKIE_SECURE:
        environ["wsgi.url_scheme"] = "https"
    return _room(environ, start_response)
