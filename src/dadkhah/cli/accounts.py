"""Open, change and close the accounts of those who work on a case."""

from __future__ import annotations

import click

from dadkhah.cli.session import AUTHOR, Session, json_option, open_case, say, show_rows
from dadkhah.web.team.passwords import new_password

__all__ = ["COMMANDS"]

ROLES = click.Choice(["reader", "editor", "keeper"])
role_option = click.option(
    "--role", type=ROLES, required=True,
    help="reader: sees what is not confidential; editor: also adds and judges; keeper: everything.",
)  # fmt: skip
password_option = click.option("--password", default="", help="One is made when none is given.")


@click.group()
def accounts() -> None:
    """Say who may sign in, and as what; the log keeps it by number, never by name."""


@accounts.command("list")
@json_option
@click.pass_obj
def list_accounts(session: Session, as_json: bool) -> None:
    """List the accounts: number, name, role, whether it is open, when it last signed in."""
    open_case(session)
    from dadkhah.web.team import actions

    rows = (
        {
            "account": account.author,
            "username": account.get_username(),
            "role": account.role,
            "open": "yes" if account.is_active else "no",
            "last_signed_in": account.last_login.date().isoformat() if account.last_login else "",
        }
        for account in actions.everyone()
    )
    columns = ("account", "username", "role", "open", "last_signed_in")
    show_rows(rows, as_json=as_json, columns=columns)


@accounts.command()
@click.argument("username")
@role_option
@password_option
@click.option(
    "--number", default=0, type=click.IntRange(0, 999_999_999),
    help="Of somebody whom the log knows from before the case was restored.",
)  # fmt: skip
@click.pass_obj
def add(session: Session, username: str, role: str, password: str, number: int) -> None:
    """Open an account."""
    open_case(session)
    from dadkhah.web.team import actions

    given = password or new_password()
    made = actions.add(by=AUTHOR, username=username, password=given, role=role, number=number)
    say(f"{made.author} may sign in as {username}" + (f" with {given}" if not password else "."))


@accounts.command()
@click.argument("username")
@role_option
@click.pass_obj
def role(session: Session, username: str, role: str) -> None:
    """Let an account do more or less from now on."""
    open_case(session)
    from dadkhah.web.team import actions

    changed = actions.set_role(by=AUTHOR, username=username, role=role)
    say(f"{changed.author} is a {role} from now on.")


@accounts.command()
@click.argument("username")
@password_option
@click.pass_obj
def password(session: Session, username: str, password: str) -> None:
    """Give an account another password; whoever is signed in with the old one is signed out."""
    open_case(session)
    from dadkhah.web.team import actions

    given = password or new_password()
    changed = actions.set_password(by=AUTHOR, username=username, password=given)
    told = f": {given}" if not password else "."
    say(f"The password of {changed.author} is another one now{told}")


@accounts.command()
@click.argument("username")
@click.pass_obj
def close(session: Session, username: str) -> None:
    """Let nobody sign in with an account any more; what it signed stays as it is."""
    open_case(session)
    from dadkhah.web.team import actions

    say(f"{actions.close(by=AUTHOR, username=username).author} can no longer sign in.")


@accounts.command()
@click.argument("username")
@click.pass_obj
def reopen(session: Session, username: str) -> None:
    """Let a closed account sign in again."""
    open_case(session)
    from dadkhah.web.team import actions

    say(f"{actions.reopen(by=AUTHOR, username=username).author} can sign in again.")


COMMANDS = (accounts,)
