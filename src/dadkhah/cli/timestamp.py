"""Have outside clocks say when the log stood as it stands."""

from __future__ import annotations

from pathlib import Path

import click

from dadkhah.cli.session import Session, open_case, say
from dadkhah.custody.checkpoints import read_checkpoint
from dadkhah.custody.notes import parse_note
from dadkhah.custody.times import authorities
from dadkhah.errors import CaseError

__all__ = ["COMMANDS"]

SHOWS = (
    "A time shows that the log, up to this size, existed no later than it says. It does not show "
    "who wrote it, that it is true, or that it is no older."
)
proxy_option = click.option(
    "--proxy", default="", help="Go through this proxy, such as http://127.0.0.1:8118."
)
yes_option = click.option("--yes", is_flag=True, help="Go online without asking.")


@click.group()
def timestamp() -> None:
    """Have outside clocks say when the log stood so: RFC 3161 authorities, OpenTimestamps."""


@timestamp.command()
@click.argument("name")
@click.argument("address")
@click.option(
    "--certificates",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="PEM: the root that its chain must lead to, and what lies between.",
)
@click.pass_obj
def authority(session: Session, name: str, address: str, certificates: Path) -> None:
    """Pin an RFC 3161 authority: what it is called here, its address, its certificates."""
    folder = open_case(session)
    from dadkhah.web.custody import timing

    count = timing.pin(folder, name=name, address=address, pem=certificates.read_bytes())
    say(f"{count} certificates are pinned for {name}. Compare them with its own published ones.")


@timestamp.command()
@click.option("--calendar", "calendars", multiple=True, help="Also an OpenTimestamps calendar.")
@proxy_option
@yes_option
@click.pass_obj
def ask(session: Session, calendars: tuple[str, ...], proxy: str, yes: bool) -> None:
    """Sign the log and ask every pinned authority for a time; asks you before going online."""
    folder = open_case(session)
    size, text = _head(folder)
    from dadkhah.web.custody import timing

    known = [one.address for one in authorities(timing.folder_of(folder) / "authorities").values()]
    if not known and not calendars:
        raise CaseError(
            "time-nobody",
            "There is nobody to ask.",
            todo="Pin an authority with dadkhah timestamp authority, or give --calendar.",
        )
    _agree([*known, *calendars], yes)
    asked = timing.ask(folder, size=size, text=text, proxy=proxy)
    for one in asked:
        say(f"{one.name}: {one.failure or one.said}")
    if calendars:
        timing.stamp_open(folder, size=size, text=text, calendars=calendars, proxy=proxy)
        say("OpenTimestamps: pending; run dadkhah timestamp upgrade in some hours.")
    say(SHOWS)
    if any(one.failure for one in asked):
        raise CaseError("time-refused", "Not every authority gave a time that checks out.")


@timestamp.command()
@proxy_option
@yes_option
@click.pass_obj
def upgrade(session: Session, proxy: str, yes: bool) -> None:
    """Fetch the path to a block for pending OpenTimestamps proofs; asks you before going online."""
    folder = open_case(session)
    _agree(["the calendars named in the proofs"], yes)
    from dadkhah.web.custody import timing

    for one in timing.upgrade(folder, proxy=proxy):
        say(f"{one.name} entries: {one.failure or one.said}")


@timestamp.command()
@click.argument("height", type=click.IntRange(0, 999_999_999))
@click.argument("digits")
@click.pass_obj
def header(session: Session, height: int, digits: str) -> None:
    """Keep the header of a Bitcoin block (160 hex digits), so that proofs verify offline."""
    folder = open_case(session)
    from dadkhah.custody.opentimes import read_header
    from dadkhah.web.custody import timing

    read_header(f"{height} {digits}")
    path = timing.folder_of(folder) / "headers"
    path.parent.mkdir(exist_ok=True)
    kept = path.read_text(encoding="ascii") if path.is_file() else ""
    path.write_text(kept + f"{height} {digits}\n", encoding="ascii")
    say("Kept. Compare it with the same block in a copy of the chain that you trust.")


def _head(folder: Path) -> tuple[int, str]:
    from dadkhah.web import case
    from dadkhah.web.custody import actions

    signer = case.signer(folder)
    if signer is None:
        raise CaseError(
            "key-missing",
            "The key that signs this case's log is not here.",
            todo="Set DADKHAH_KEYS to its folder.",
        )
    text = parse_note(actions.sign_head(signer=signer)).text
    return read_checkpoint(text).size, text


def _agree(addresses: list[str], yes: bool) -> None:
    for address in addresses:
        say(f"  {address}")
    say("They learn a SHA-256 and when you asked; nothing of the content.")
    if not yes:
        click.confirm("Go online and ask them?", abort=True)


COMMANDS = (timestamp,)
