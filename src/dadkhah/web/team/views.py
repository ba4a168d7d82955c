"""The accounts of a case, for its keepers; and everybody's own password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dadkhah.errors import AccessError
from dadkhah.web.accounts.models import Account
from dadkhah.web.custody.access import Reader, reader_of
from dadkhah.web.team import actions
from dadkhah.web.team.forms import ROLES, AddForm, RoleForm
from dadkhah.web.team.passwords import new_password

__all__ = ["accounts", "add", "change", "password"]

REFUSED: Final = 422
WRONG: Final = {
    "account-exists": gettext_lazy("An account has this name already."),
    "account-last-keeper": gettext_lazy(
        "This is the last keeper of the case; make somebody else a keeper first."
    ),
}


def _keeper(request: HttpRequest) -> Reader:
    reader = reader_of(request)
    if reader.role != "keeper":
        raise PermissionDenied
    return reader


@login_required
@never_cache
def accounts(request: HttpRequest) -> HttpResponse:
    """Show who may sign in, and as what."""
    _keeper(request)
    return _show(request, AddForm())


@login_required
@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Open an account; its password is shown this once."""
    reader, form, given = _keeper(request), AddForm(request.POST), new_password()
    if not form.is_valid():
        return _show(request, form)
    try:
        made = actions.add(by=reader.author, password=given, **form.cleaned_data)
    except AccessError as refusal:
        form.add_error("username", _wrong(refusal))
        return _show(request, form)
    return _show(request, AddForm(), made, given)


@login_required
@never_cache
@require_POST
def change(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Do one of the deeds with an account."""
    reader = _keeper(request)
    account = Account.objects.filter(pk=number).first()
    if account is None or deed not in DEEDS:
        raise Http404
    try:
        given = DEEDS[deed](request, reader.author, account.get_username())
    except AccessError as refusal:
        messages.error(request, _wrong(refusal))
        given = ""
    return _show(request, AddForm(), account, given) if given else redirect("team:accounts")


def _set_role(request: HttpRequest, by: str, username: str) -> str:
    form = RoleForm(request.POST)
    if form.is_valid():
        actions.set_role(by=by, username=username, role=form.cleaned_data["role"])
    return ""


def _close(_request: HttpRequest, by: str, username: str) -> str:
    actions.close(by=by, username=username)
    return ""


def _reopen(_request: HttpRequest, by: str, username: str) -> str:
    actions.reopen(by=by, username=username)
    return ""


def _new_password(_request: HttpRequest, by: str, username: str) -> str:
    given = new_password()
    actions.set_password(by=by, username=username, password=given)
    return given


# What each deed gives is a password to show once, or nothing.
DEEDS: Final[dict[str, Callable[[HttpRequest, str, str], str]]] = {
    "role": _set_role, "close": _close, "reopen": _reopen, "password": _new_password,
}  # fmt: skip


def _wrong(refusal: AccessError) -> str:
    return str(WRONG.get(refusal.code, refusal.what))


def _show(
    request: HttpRequest, form: AddForm, account: Account | None = None, given: str = ""
) -> HttpResponse:
    context = {"rows": actions.everyone(), "roles": ROLES, "form": form, "made": account,
               "given": given}  # fmt: skip
    return render(request, "team/accounts.html", context, status=REFUSED if form.errors else 200)


@login_required
@never_cache
def password(request: HttpRequest) -> HttpResponse:
    """Let somebody choose a password of their own, who knows the one they have."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "team/password.html", {"form": form}, status=REFUSED if form.errors else 200
        )
    chosen = form.cleaned_data["new_password1"]
    account = actions.set_password(
        by=reader_of(request).author, username=request.user.get_username(), password=chosen
    )
    update_session_auth_hash(request, account)
    messages.success(request, _("Your password is another one now."))
    return redirect("overview")
