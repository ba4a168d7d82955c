"""Review claims, and let claims out of the house."""

from __future__ import annotations

from typing import Any

import click

from dadkhah.cli.session import Session, open_case, say
from dadkhah.records import STATUSES

__all__ = ["COMMANDS"]


@click.command()
@click.argument("claims", nargs=-1, required=True)
@click.option("--status", type=click.Choice(STATUSES), required=True)
@click.option("--by", required=True, help="Who decides, as account:NUMBER.")
@click.pass_obj
def review(session: Session, claims: tuple[str, ...], status: str, by: str) -> None:
    """Give claims a status, by their ids; the version before is kept."""
    open_case(session)
    from dadkhah.web.claims import actions

    changed = actions.review(by=by, claims=claims, status=status)
    say(f"{changed} claims are now {status}.")


@click.command()
@click.option("--by", required=True, help="Who decides, as account:NUMBER.")
@click.option("--reviewed-by", required=True, help="Who looked at it too: somebody else.")
@click.option("--ground", required=True, help="Why this may be public.")
@click.option("--source", "sources", multiple=True, help="Claims of this source, by id.")
@click.option("--collection", "collections", multiple=True, help="Claims of this list, by id.")
@click.option("--predicate", "predicates", multiple=True, help="Only these predicates.")
@click.option("--claim", "claims", multiple=True, help="This claim, by id.")
@click.option("--text", "text_of_sources", is_flag=True, help="The whole text of the sources too.")
@click.option("--until", default="", help="The last day it holds, YYYY-MM-DD.")
@click.pass_obj
def disclose(session: Session, /, **chosen: Any) -> None:
    """Let claims be public: a decision of two people, on a stated ground."""
    open_case(session)
    from dadkhah.web.claims import actions

    record = actions.disclose(**chosen)
    say(f"Disclosed: {record.id}. The memorial shows it from its next build on.")


COMMANDS = (review, disclose)
