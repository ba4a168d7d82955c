"""The sign-in form."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

__all__ = ["SignIn"]


class SignIn(AuthenticationForm):
    """Account name and password; one message for every failure."""

    error_messages: ClassVar[dict[str, object]] = {
        "invalid_login": _("That account name and password do not belong together."),
        "inactive": _("That account name and password do not belong together."),
    }
