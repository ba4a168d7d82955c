"""The forms by which a keeper opens accounts and gives them their roles."""

from __future__ import annotations

from typing import Final

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

__all__ = ["ROLES", "AddForm", "RoleForm"]

ROLES: Final = (
    ("reader", _("Reader: sees what is not confidential")),
    ("editor", _("Editor: also adds, judges and decides")),
    ("keeper", _("Keeper: sees everything, and opens accounts")),
)


class RoleForm(forms.Form):
    """What an account may do."""

    role = forms.ChoiceField(choices=ROLES)


class AddForm(RoleForm):
    """An account for somebody more."""

    username = forms.CharField(
        max_length=150,
        validators=[
            UnicodeUsernameValidator(message=_("Use letters, digits and the signs @ . + - _"))
        ],
    )
