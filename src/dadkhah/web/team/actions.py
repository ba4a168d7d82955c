"""Who may sign in, and as what. The log keeps each change by number and role, never by name.

A number stands for one person for good: judgements and disclosures are signed with it. So a new
account gets a number that nothing in the log or among the judgements was ever signed with, also
after a case was restored or merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from dadkhah.errors import AccessError
from dadkhah.web.accounts.models import Account, Role
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.custody.models import LogEntry
from dadkhah.web.people.models import Judgement

__all__ = ["add", "admit", "close", "everyone", "reopen", "set_password", "set_role"]

_NUMBERED: Final = re.compile(r"account:([0-9]{1,9})(?![0-9])")


def everyone() -> list[Account]:
    """Give every account, closed ones too, by number."""
    return list(Account.objects.order_by("pk"))


@transaction.atomic
def admit(*, username: str, password: str, role: str = "keeper", number: int = 0) -> Account:
    """Make an account without a word in the log: the first of a case, whose log begins with it.

    Args:
        number: of somebody whom the log knows from before; 0 for the next that was never used.

    Raises:
        AccessError: account-exists, account-number, account-name, account-role, account-password.
    """
    if Account.objects.filter(username__iexact=username).exists():
        raise AccessError(
            "account-exists", "An account has this name already.", todo="Choose another name."
        )
    if number and Account.objects.filter(pk=number).exists():
        raise AccessError(
            "account-number",
            "This number is somebody's already.",
            where=f"account:{number}",
            todo="Leave the number out, and the next one is taken.",
        )
    account = Account(pk=number or _next_number(), username=username, role=_role(role))
    _check_name(account)
    _take_password(account, password)
    account.save(force_insert=True)
    return account


@transaction.atomic
def add(*, by: str, username: str, password: str, role: str, number: int = 0) -> Account:
    """Open an account for somebody more.

    Raises:
        AccessError: those of `admit`.
    """
    account = admit(username=username, password=password, role=role, number=number)
    _write(by, "accounts.open", account, role)
    return account


@transaction.atomic
def set_role(*, by: str, username: str, role: str) -> Account:
    """Let an account do more or less from now on.

    Raises:
        AccessError: account-missing, account-role, account-last-keeper.
    """
    account = _of(username)
    account.role = _role(role)
    _keep_a_keeper(account)
    account.save()
    _write(by, "accounts.role", account, role)
    return account


@transaction.atomic
def set_password(*, by: str, username: str, password: str) -> Account:
    """Give an account another password; whoever is signed in with the old one is signed out.

    Raises:
        AccessError: account-missing, account-password.
    """
    account = _of(username)
    _take_password(account, password)
    account.save()
    _write(by, "accounts.password", account)
    return account


@transaction.atomic
def close(*, by: str, username: str) -> Account:
    """Let nobody sign in with an account any more; what it signed stays as it is.

    Raises:
        AccessError: account-missing, account-last-keeper.
    """
    return _set_open(by, username, "accounts.close", is_open=False)


@transaction.atomic
def reopen(*, by: str, username: str) -> Account:
    """Let a closed account sign in again.

    Raises:
        AccessError: account-missing.
    """
    return _set_open(by, username, "accounts.reopen", is_open=True)


def _set_open(by: str, username: str, action: str, *, is_open: bool) -> Account:
    account = _of(username)
    account.is_active = is_open
    _keep_a_keeper(account)
    account.save()
    _write(by, action, account)
    return account


def _write(by: str, action: str, account: Account, role: str = "") -> None:
    note = f"{account.author} {role}".strip()
    append(by=by, changes=[Change(action=action, records=[], note=note)])


def _of(username: str) -> Account:
    found = Account.objects.select_for_update().filter(username__iexact=username).first()
    if found is None:
        raise AccessError(
            "account-missing",
            "No account has this name.",
            todo="See who there is: dadkhah accounts list.",
        )
    return found


def _role(written: str) -> str:
    if written not in Role.values:
        raise AccessError(
            "account-role",
            "This is no role.",
            where=written,
            todo=f"Choose one of {', '.join(Role.values)}.",
        )
    return written


def _keep_a_keeper(changed: Account) -> None:
    """Refuse what would leave nobody who may see and decide everything."""
    if changed.role == Role.KEEPER and changed.is_active:
        return
    others = Account.objects.filter(role=Role.KEEPER, is_active=True).exclude(pk=changed.pk)
    if not others.exists():
        raise AccessError(
            "account-last-keeper",
            "This is the last keeper of the case; without one nobody could see all of it.",
            where=changed.author,
            todo="Make somebody else a keeper first.",
        )


def _check_name(account: Account) -> None:
    try:
        account.clean_fields(exclude=["password"])
    except ValidationError as why:
        raise AccessError(
            "account-name",
            "This cannot be the name of an account.",
            todo="Use up to 150 letters, digits and the signs @ . + - _",
        ) from why


def _take_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as why:
        raise AccessError(
            "account-password",
            "This password would be guessed too easily.",
            todo=" ".join(why.messages),
        ) from why
    account.set_password(password)


def _next_number() -> int:
    return max(_numbers(), default=0) + 1


def _numbers() -> Iterator[int]:
    """Give every number that an account has or had, those of a case before it was restored too."""
    yield from Account.objects.values_list("pk", flat=True)
    yield from _read(LogEntry.objects.filter(action__startswith="accounts."), "note")
    for model in (LogEntry, Judgement):
        yield from _read(model.objects.filter(by__startswith="account:"), "by")


def _read(rows: QuerySet[LogEntry] | QuerySet[Judgement], field: str) -> Iterator[int]:
    for found in map(_NUMBERED.match, rows.values_list(field, flat=True).distinct()):
        if found:
            yield int(found[1])
