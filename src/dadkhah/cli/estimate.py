"""How many: from lists and links to one of three honest answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import orjson

from dadkhah.cli.session import AUTHOR, Session, json_option, open_case, progress, say
from dadkhah.errors import EstimateError

__all__ = ["COMMANDS"]

CUTS = ("place", "year", "month", "affiliation", "sex", "age")


@click.command()
@click.option("--assumption", default=None, help="The identifying assumption, in your own words.")
@click.option("--by", "cuts", multiple=True, type=click.Choice(CUTS),
              help="Cut the people into strata; may be given more than once.")  # fmt: skip
@click.option("--plan", is_flag=True, help="Only lay down the plan; nothing is counted yet.")
@click.option("--simulate", type=click.IntRange(0), default=0, metavar="WORLDS",
              help="Also try the method on invented worlds like this case.")  # fmt: skip
@click.option("--partitions", type=click.IntRange(1), default=None,
              help="Draws of who is who to average over (10 when not planned).")  # fmt: skip
@click.option("--borrow", default=None, metavar="WHY",
              help="Judge thin parts by the others, and why that may be done.")  # fmt: skip
@click.option("--reproduce", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              metavar="REPORT", help="Compute a report's answer again and compare.")  # fmt: skip
@click.option("--report", "folder", type=click.Path(file_okay=False, path_type=Path),
              metavar="FOLDER", help="Write the report as HTML, PDF and JSON.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=None, help="1 when not planned.")
@click.option("--level", type=float, default=None, help="0.95 when not planned.")
@json_option
@click.pass_obj
def estimate(session: Session, /, as_json: bool, **options: Any) -> None:
    """Estimate how many people no list names, or refuse with reasons.

    A plan (lists, strata, models, limits, assumption) enters the log before anything is counted:
    by itself with --plan, else as the first step of the first run. Later runs keep to the newest
    plan; what differs from it is shown as a deviation.
    """
    if options["reproduce"]:
        _reproduce(options["reproduce"])
        return
    open_case(session)
    if options.pop("plan"):
        _plan(options)
        return
    page = _run(options)
    if options["folder"]:
        _write(page, options["folder"])
    if as_json:
        click.echo(orjson.dumps(page))
        return
    from dadkhah.web.estimate import actions

    for sentence in actions.sentences(page):
        say(sentence)


def _plan(options: Mapping[str, Any]) -> None:
    from dadkhah.web.estimate import actions, plans

    named = {n: options[n] for n in ("assumption", "seed", "level", "partitions", "borrow")}
    given = {n: value for n, value in named.items() if value is not None}
    record = actions.plan(
        by=AUTHOR,
        settings=plans.Plan(**{"assumption": "", "cuts": tuple(options["cuts"]), **given}),
    )
    say(f"Plan {record.id} is in the log at {record.at}. Run: dadkhah estimate")


def _run(options: Mapping[str, Any]) -> dict[str, Any]:
    from dadkhah.web.estimate import actions

    with progress() as bar:
        task = bar.add_task("Estimating", total=1.0)
        run = actions.run(
            by=AUTHOR,
            assumption=options["assumption"],
            seed=options["seed"],
            level=options["level"],
            cuts=options["cuts"] or None,
            partitions=options["partitions"],
            borrow=options["borrow"],
            simulate=options["simulate"],
            panel=options["folder"] is not None,
            progress=lambda step, share: bar.update(task, description=step, completed=share),
        )
    return {"id": run.id, **run.result}


def _write(page: Mapping[str, Any], folder: Path) -> None:
    from dadkhah.estimate import document

    for path in document.write(page, folder):
        say(f"Wrote {path.name}")


def _reproduce(path: Path) -> None:
    """Compute a report's answer again and say whether the draws are the same."""
    import dadkhah.estimate as mse

    page = orjson.loads(path.read_bytes())
    answer = mse.reproduce(page)
    say(mse.headline(answer)["en"])
    if mse.draws_digest(answer) != page.get("draws_digest", ""):
        raise EstimateError(
            "report-draws-differ",
            "The answer computed again has other draws than the report.",
            where=path.name,
            todo="Compare the processor and the versions of numpy and numba.",
        )
    say("The draws are the same as the report's, to the last bit.")


COMMANDS = (estimate,)
