"""How many: from lists and links to one of three honest answers."""

from __future__ import annotations

import click
import orjson

from dadkhah.cli.session import AUTHOR, Session, json_option, open_case, progress, say

__all__ = ["COMMANDS"]


@click.command()
@click.option("--assumption", default="", help="The identifying assumption, in your own words.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--level", type=float, default=0.95, show_default=True)
@json_option
@click.pass_obj
def estimate(session: Session, assumption: str, seed: int, level: float, as_json: bool) -> None:
    """Estimate how many people no list names, or refuse with reasons."""
    open_case(session)
    from dadkhah.web.estimate import actions

    with progress() as bar:
        task = bar.add_task("Estimating", total=1.0)
        run = actions.run(
            by=AUTHOR,
            assumption=assumption,
            seed=seed,
            level=level,
            progress=lambda step, share: bar.update(task, description=step, completed=share),
        )
    if as_json:
        click.echo(orjson.dumps({"id": run.id, **run.result}))
        return
    for sentence in actions.sentences(run.result):
        say(sentence)


COMMANDS = (estimate,)
