"""Write down what happens to what is kept, and show the chain of custody of a source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dadkhah.cli.session import Session, json_option, open_case, say, show_rows
from dadkhah.sources.chain import EVENTS

__all__ = ["COMMANDS"]


@click.command()
@click.argument("event", type=click.Choice(sorted(EVENTS)))
@click.option("--source", required=True, help="The source it happened to, by id.")
@click.option("--by", required=True, help="Who writes it down, as account:NUMBER.")
@click.option("--at", default="", help="When, as 2026-03-21T09:30:00Z; now, when not given.")
@click.option("--from", "giver", default="", help="Who gave; a number or a role, no name.")
@click.option("--to", "receiver", default="", help="Who received.")
@click.option("--place", default="", help="Where.")
@click.option("--purpose", default="", help="What for.")
@click.option("--signature", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="What the receiver signed, as a text file; kept with the event.")  # fmt: skip
@click.option("--note", default="", help="Anything else; it stays for ever, so name nobody.")
@click.pass_obj
def event(session: Session, /, event: str, signature: Path | None, **said: Any) -> None:
    """Write one event of custody into the log; the digests are compared on the spot."""
    place = open_case(session)
    from dadkhah.web.sources import custody_events
    from dadkhah.web.sources.models import Capture

    kept = Capture.objects.filter(source=said["source"]).order_by("pk")
    digests = list(kept.values_list("pk", flat=True))
    found = custody_events.record(
        event=event,
        captures=digests,
        checked=custody_events.compare(place, digests),
        signature=signature.read_text(encoding="utf-8") if signature else "",
        **said,
    )
    say(f"Recorded: {found.id}; the digests of {len(digests)} captures are {found.checked}.")


@click.command()
@click.argument("source")
@json_option
@click.pass_obj
def custody(session: Session, source: str, as_json: bool) -> None:
    """Show what happened to the bytes of a source, and every gap in what is known of it."""
    open_case(session)
    from dadkhah.web.custody.access import KEEPER
    from dadkhah.web.sources import custody_events

    columns = ("at", "event", "gap", "from", "to", "place", "purpose", "checked", "by")
    rows = map(_row, custody_events.chain(KEEPER, source))
    show_rows(rows, as_json=as_json, columns=columns)


def _row(link: Any) -> dict[str, Any]:
    said = link.said
    names = {"from": "giver", "to": "receiver", "place": "place", "purpose": "purpose",
             "checked": "checked", "by": "by", "outcome": "outcome"}  # fmt: skip
    told = {word: getattr(said, name) if said else "" for word, name in names.items()}
    return {"at": link.at, "event": link.event, "gap": link.gap, **told,
            "premis": EVENTS.get(link.event, ""), "entry": link.entry,
            "captures": list(link.captures)}  # fmt: skip


COMMANDS = (event, custody)
