"""Change the key of a case's log."""

from __future__ import annotations

import click

from dadkhah.cli.keys import keys
from dadkhah.cli.session import AUTHOR, Session, open_case, say

__all__ = ["COMMANDS"]

yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


@keys.command()
@yes_option
@click.pass_obj
def rotate(session: Session, yes: bool) -> None:
    """Give the log a new key; both sign the change, so the old key leads to the new one."""
    if not yes:
        click.confirm("Make a new key for the log of this case?", abort=True)
    _change(session, revoke=False)
    say("Whoever trusts the old key can follow to the new one: dadkhah verify does.")


@keys.command()
@yes_option
@click.pass_obj
def revoke(session: Session, yes: bool) -> None:
    """Give the log a new key because the old one was stolen or lost: it leads nowhere."""
    if not yes:
        click.confirm("Revoke the key of this case for ever, and make a new one?", abort=True)
    _change(session, revoke=True)
    say("Nothing the old key signs from here on is believed, and nothing leads from it to the new")
    say("key: give the new key to everyone by another way, and to each witness.")


def _change(session: Session, *, revoke: bool) -> None:
    folder = open_case(session)
    from dadkhah.web import key_change

    say("The new key of the log, to be given to everyone:")
    click.echo(key_change.change(folder, by=AUTHOR, revoke=revoke))


COMMANDS: tuple[click.Command, ...] = ()
