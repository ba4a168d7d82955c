"""Bring two cases together."""

from __future__ import annotations

from pathlib import Path

import click

from dadkhah.cli.session import AUTHOR, Session, open_case, progress, say
from dadkhah.cli.verify import require_verified

__all__ = ["COMMANDS"]


@click.command()
@click.argument("other", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_obj
def merge(session: Session, other: Path) -> None:
    """Bring in OTHER, an export or mirror of a case that worked apart from this one.

    All of it comes in, or nothing; again, it brings only what is new. Both logs are kept. What both
    changed in different ways stands as a conflict that a person settles.
    """
    place = open_case(session)
    require_verified(other)
    from dadkhah.web.keeping import merging
    from dadkhah.web.people import actions

    with progress() as bar:
        task = bar.add_task("Entries", total=None)
        done = merging.merge(by=AUTHOR, case=place, folder=other, advance=lambda: bar.advance(task))
    if not done.entries:
        say("Everything in that archive is here already.")
        return
    actions.rebuild_index()
    say(f"Merged: {done.entries} entries with {done.records} records.")
    say(f"{done.conflicts} records were changed on both sides; such claims are in conflict now.")
    say(f"{done.same_bytes} sources have the same bytes as one that was here, and derive from it.")
    for what in done.erased_there_held_here:
        say(f"  Erased over there, and still here: {what}. Look whether to erase it here, too.")
    say("Run dadkhah link: the machine has not compared the two registers yet.")


COMMANDS = (merge,)
