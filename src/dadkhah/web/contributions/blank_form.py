"""The empty form, made once until the log grows; only what belongs to its ticket is put in anew."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import escape

from dadkhah.web.contributions import proof, questions, tickets
from dadkhah.web.contributions.tickets import today
from dadkhah.web.custody import queries as custody

__all__ = ["filled"]

SECONDS: Final = 60
# nobody who writes what stands on a page can guess these
_MARK: Final = secrets.token_hex(12)
_TICKET, _QUESTION, _CHALLENGE, _TOKEN = (f"{_MARK}{each}" for each in "abcd")


def filled(
    request: HttpRequest, about: str, language: str, make: Callable[[Mapping[str, Any]], bytes]
) -> HttpResponse:
    """Give the empty form with a new ticket.

    Args:
        make: renders the page with marks in the place of what belongs to one ticket.
    """
    state = (settings.CASE, about, language, _MARK, custody.size(), today())
    key = f"contributions:form:{hashlib.sha256(repr(state).encode()).hexdigest()}"
    body = cache.get(key)
    if body is None:
        body = make({
            "ticket": {"sealed": _TICKET}, "question": {"written": _QUESTION},
            "challenge": _CHALLENGE, "csrf_token": _TOKEN,
        })  # fmt: skip
        cache.set(key, body, SECONDS)
    ticket = tickets.issue()
    own = {
        _TICKET: ticket.sealed, _QUESTION: questions.ask(ticket, language).written,
        _CHALLENGE: proof.challenge(ticket), _TOKEN: get_token(request),
    }  # fmt: skip
    for mark, value in own.items():
        body = body.replace(mark.encode(), escape(value).encode())
    return HttpResponse(body)
