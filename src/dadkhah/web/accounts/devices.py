"""A browser that signed in before is known again, so that strangers cannot lock its owner out.

Source: OWASP, Slow Down Online Guessing Attacks with Device Cookies. It is set only
where its owner asks for it. It opens nothing by itself: the password is asked as ever, and failures
beside a cookie are counted for that cookie.
"""

from __future__ import annotations

import secrets
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

__all__ = ["known", "remember"]

SECONDS: Final = 180 * 24 * 3600
SALT: Final = "dadkhah.web.accounts.devices"


def known(request: HttpRequest, username: str) -> str:
    """Give the number of a browser in which this account signed in before, or ""."""
    try:
        said = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=SECONDS
        )
    except signing.BadSignature:
        return ""
    account, number = said
    return str(number) if account == _digest(username) else ""


def remember(response: HttpResponse, username: str) -> None:
    """Let this browser be known as one in which the account signed in."""
    told = signing.dumps([_digest(username), secrets.token_urlsafe(16)], salt=SALT)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME, told, max_age=SECONDS, httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE, path=reverse("accounts:sign_in"),
    )  # fmt: skip


def _digest(username: str) -> str:
    """Stand for the account: its name is not kept in the browser."""
    return salted_hmac(SALT, username.strip(), algorithm="sha256").hexdigest()
