"""Pages that are the same for everybody, kept in memory until the log grows.

Two hundred people who read one page in a second ask the store once each for the log's last entry,
and nothing more.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from dadkhah.web.contributions.tickets import today
from dadkhah.web.contributions.tongues import language_of
from dadkhah.web.custody import queries as custody

__all__ = ["kept"]

SECONDS = 60


def kept(view: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what a view answers to a reader; it must show the same to all, and carry no token."""

    @functools.wraps(view)
    def shown(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        if request.method != "GET":
            return view(request, *args, **more)
        # whatever is recorded or comes to its last day changes the key
        state = (settings.CASE, request.get_full_path(), language_of(request))
        named = repr((*state, custody.size(), today())).encode()
        key = f"contributions:page:{hashlib.sha256(named).hexdigest()}"
        # apart from the counters of the house, which a flood of pages must not push out
        body = cache.get(key)
        if body is None:
            answer = view(request, *args, **more)
            if answer.status_code == 200:
                cache.set(key, answer.content, SECONDS)
            return answer
        return HttpResponse(body)

    return shown
