"""See what was sent through the form, and open a sealed contact."""

from __future__ import annotations

from pathlib import Path

import click

from dadkhah.cli.session import Session, json_option, open_case, say, show_rows
from dadkhah.errors import AccessError

__all__ = ["COMMANDS"]

COLUMNS = ("id", "type", "state", "about", "received", "decided", "reason")


@click.command()
@click.option("--state", default="", help="Only those in this state, such as received.")
@json_option
@click.pass_obj
def contributions(session: Session, state: str, as_json: bool) -> None:
    """List what was sent through the form: ids and states, never a word of it."""
    open_case(session)
    from dadkhah.web.contributions.models import Contribution

    rows = Contribution.objects.order_by("entry", "position")
    rows = rows.filter(state=state) if state else rows
    found = ({name: getattr(row, name) for name in COLUMNS} for row in rows.iterator())
    show_rows(found, as_json=as_json, columns=COLUMNS)


@click.command()
@click.argument("contribution")
@click.option(
    "--identity",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The file with the secret key, as age-keygen wrote it.",
)
@click.option("--by", required=True, help="Who opens it, as account:NUMBER; the log keeps it.")
@click.option("--purpose", required=True, help="What for; it stays in the log, so name nobody.")
@json_option
@click.pass_obj
def contact(
    session: Session, contribution: str, identity: Path, by: str, purpose: str, as_json: bool
) -> None:
    """Open the name and contact that the sender of a contribution left, with your secret key."""
    open_case(session)
    from dadkhah.web.contributions import sealing
    from dadkhah.web.contributions.models import Contribution, SealedContact
    from dadkhah.web.sources import custody_events

    row = Contribution.objects.filter(pk=contribution).first()
    kept = SealedContact.objects.filter(pk=contribution).first()
    if row is None or kept is None:
        raise AccessError(
            "contact-missing", "Nobody left a name or a contact here.", where=contribution
        )
    lines = identity.read_text(encoding="ascii").splitlines()
    keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    opened = sealing.open_contact(bytes(kept.sealed), keys)
    custody_events.record(event="view", source=row.source_id, by=by, purpose=purpose)
    show_rows([opened], as_json=as_json, columns=("name", "contact"))
    say("That it was opened is written in the log.")


COMMANDS = (contributions, contact)
