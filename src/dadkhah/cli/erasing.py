"""Erase what must go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from dadkhah.cli.session import Session, json_option, open_case, say

__all__ = ["COMMANDS"]


@click.command()
@click.option("--person", default="", help="Everything about this person of the register, by id.")
@click.option("--record", default="", help="This mention, claim, passage or judgement, by id.")
@click.option("--capture", default="", help="These bytes, by SHA-256, and all that stands on them.")
@click.option("--source", default="", help="This source, with all that stands on it.")
@click.option("--also", multiple=True, help="A further spelling of the person's name.")
@click.option("--whole", is_flag=True, help="Erase a picture or film whole: it is not redacted.")
@click.option("--reason", default="", help="Why; stays in the log, so name nobody.")
@click.option("--authority", default="", help="On whose demand or by which rule; stays as well.")
@click.option("--by", default="", help="Who decides, as account:NUMBER.")
@click.option("--reviewed-by", default="", help="Who looked at it too: somebody else.")
@click.option("--dry-run", is_flag=True, help="Show what would go; erase nothing.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@click.option("--finish", is_flag=True, help="End an erasure that was interrupted.")
@json_option
@click.pass_obj
def erase(session: Session, /, dry_run: bool, yes: bool, finish: bool, **said: Any) -> None:
    """Erase one person, record, capture or source: a decision of two people.

    The values go from the store, its indexes and the captures; tombstones stay in the log, and
    every proof still stands. Copies, backups and exports made before are not reached.
    """
    place = open_case(session)
    if finish:
        from dadkhah.web.custody import wiping

        say(f"{wiping.wipe(place)} captures deleted; the store was written anew.")
        return
    from dadkhah.web.keeping import choosing, erasing

    ways = ("person", "record", "capture", "source")
    chosen = choosing.choose(**{way: said[way] for way in ways})
    chosen.names |= set(said["also"])
    found = erasing.plan(place, chosen, whole=said["whole"])
    _show(found, as_json=said["as_json"])
    if dry_run:
        return
    if not yes:
        click.confirm("Erase all this? It cannot be undone.", abort=True)
    decided = {name: said[name] for name in ("by", "reviewed_by", "reason", "authority")}
    done = erasing.erase(case=place, plan=found, **decided)
    say(f"Erased: {done.count} records; the decision is {done.id} in the log.")
    _name_what_is_left(place)


def _show(found: Any, *, as_json: bool) -> None:
    counts = dict(sorted(found.counts().items()))
    whole = sorted(found.redacted.whole)
    if as_json:
        said = {
            "records": counts, "captures": list(found.captures), "whole": whole,
            "redacted": len(found.redacted.captures), "rewritten": len(found.redacted.records),
            "elsewhere": list(found.elsewhere),
        }  # fmt: skip
        click.echo(orjson.dumps(said))
        return
    for kind, count in counts.items():
        say(f"  {kind}: {count} versions go")
    for digest in found.captures:
        say(f"  bytes go: {digest}" + (" (whole)" if digest in whole else ""))
    say(f"  {len(found.redacted.captures)} captures are redacted and stand in their place;")
    say(f"  {len(found.redacted.records)} records that quote the same words are written anew.")
    for source in found.elsewhere:
        say(f"  Not touched: source {source} names somebody so, too; look whether it is the same.")


def _name_what_is_left(place: Path) -> None:
    if (place / "memorial").is_dir():
        say(f"The site in {place / 'memorial'} was built before: build it again.")
    say("Erase or renew exports, mirrors and backups made before: nothing here reaches them.")


COMMANDS = (erase,)
