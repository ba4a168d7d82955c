"""Link the mentions of persons into one register."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from dadkhah.cli.session import (
    AUTHOR,
    Session,
    json_option,
    open_case,
    progress,
    say,
    show_rows,
)

if TYPE_CHECKING:
    from dadkhah.web.people.measuring import Measured

__all__ = ["COMMANDS"]


@click.command()
@click.option(
    "--threshold",
    type=float,
    default=0.99,
    show_default=True,
    help="From this probability on, and with other fields that agree, a pair is decided.",
)
@click.option(
    "--review",
    type=float,
    default=0.2,
    show_default=True,
    help="From this probability on, a pair is left for a person.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What pairs the mentions; spark needs the extra of that name, and Java.",
)
@click.option(
    "--most-pairs",
    type=click.IntRange(min=1),
    default=50_000_000,
    show_default=True,
    help="Refuse to compare more pairs than this.",
)
@json_option
@click.pass_obj
def link(
    session: Session, threshold: float, review: float, engine: str, most_pairs: int, as_json: bool
) -> None:
    """Compare all mentions of persons; nothing is decided on a name alone."""
    open_case(session)
    from dadkhah.people import LinkageSettings, explain_flag
    from dadkhah.web.people import actions

    settings = LinkageSettings(
        threshold=threshold, review=review, engine=engine, most_pairs=most_pairs
    )
    with progress() as bar:
        task = bar.add_task("Linking", total=1.0)
        done = actions.link(
            by=AUTHOR,
            settings=settings,
            progress=lambda step, share: bar.update(task, description=step, completed=share),
        )
    if as_json:
        click.echo(orjson.dumps(dataclasses.asdict(done)))
        return
    say(
        f"{done.mentions} mentions, {done.pairs} pairs compared, {done.decided} decided,"
        f" {done.to_review} left for a person: {done.persons} persons."
    )
    low, middle, high = done.documented
    say(f"Named on lists: {middle} distinct persons, {low} to {high} given the doubt (95%).")
    for child, parent, evidence in done.derived:
        say(f"List {child} looks copied from list {parent}: {evidence} Declare it in derived_from.")
    for flag in done.flags:
        say(f"Note, {flag}: {explain_flag(flag)[0]}")


@click.command()
@click.option("--limit", type=int, default=50, show_default=True, help="At most so many; 0: all.")
@json_option
@click.pass_obj
def pairs(session: Session, limit: int, as_json: bool) -> None:
    """List the pairs of mentions that wait for a person, in the order of review."""
    open_case(session)
    from dadkhah.web.custody.access import KEEPER
    from dadkhah.web.people import review

    columns = ("left", "right", "left_label", "right_label", "probability", "reasons")
    show_rows(review.waiting(KEEPER, limit), as_json=as_json, columns=columns)


@click.command()
@click.argument("tables", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--plan", type=float, help="Write pairs to label, for intervals of this width.")
@click.option(
    "--around",
    type=click.IntRange(min=2),
    help="Draw so many mentions, and write those that may be each, to label.",
)
@click.option(
    "--page",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the page to publish into this folder, in English and Persian.",
)
@json_option
@click.pass_obj
def evaluate(
    session: Session,
    tables: tuple[Path, ...],
    plan: float | None,
    around: int | None,
    page: Path | None,
    as_json: bool,
) -> None:
    """Measure the register by labelled tables; --plan and --around choose what to label."""
    open_case(session)
    from dadkhah.web.people import measuring

    if plan is not None or around is not None:
        _choose_labels(tables, plan, around)
        return
    found = measuring.measure(tables)
    if as_json:
        click.echo(orjson.dumps(dataclasses.asdict(found)))
    else:
        _say_rates(found)
    if page is not None:
        measuring.write_pages(found, page)
        say(f"The page is in {page}.")


def _choose_labels(tables: tuple[Path, ...], plan: float | None, around: int | None) -> None:
    from dadkhah.people import labels_needed
    from dadkhah.web.people import measuring

    if len(tables) > 1 or (plan is not None and around is not None):
        raise click.UsageError("Write one table at a time, by --plan or by --around.")
    if plan is not None:
        rows, needed = measuring.write_sample(tables[0], plan), labels_needed(plan)
        say(f"{rows} pairs to label are in {tables[0]}.")
        if rows < needed:
            say(f"These are all that are in doubt: {needed} would make intervals {plan:g} wide.")
    elif around is not None:
        rows = measuring.write_around(tables[0], around)
        say(f"{rows} rows to label, around {around} mentions, are in {tables[0]}.")
    say("Fill the column “same” with yes or no, and leave it empty where nobody can tell.")
    say(f"Then: dadkhah evaluate {tables[0]} --page FOLDER")


def _say_rates(found: Measured) -> None:
    from dadkhah.people.evaluation_page import PAIR_RATES, PERSON_RATES

    for head, names, part in (
        ("by a sample of pairs", PAIR_RATES, found.pairs),
        ("by a sample of mentions", PERSON_RATES, found.around),
    ):
        for name in names if part is not None else ():
            rate = getattr(part, name)
            says = name.replace("cubed_", "B-cubed ").replace("compared", "recall of blocking")
            say(f"{says}, {head}: {rate.middle:.3f} ({rate.low:.3f} to {rate.high:.3f})")


@click.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--as",
    "form",
    type=click.Choice(["entities", "edges", "clusters"]),
    required=True,
    help="FollowTheMoney entities, nomenklatura's resolver edges, or a table.",
)
@click.pass_obj
def give(session: Session, path: Path, form: str) -> None:
    """Write the register to PATH in another tool's form; everything, so keep it safe."""
    open_case(session)
    from dadkhah.web.people import exchanging

    say(f"{exchanging.give(by=AUTHOR, form=form, path=path)} lines are in {path}.")


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--as",
    "form",
    type=click.Choice(["edges", "entities"]),
    required=True,
    help="Resolver edges become judgements; entities a table to import.",
)
@click.option(
    "--table",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the table of entities, and a mapping beside it.",
)
@click.pass_obj
def take(session: Session, path: Path, form: str, table: Path | None) -> None:
    """Take from PATH what another tool holds: decisions on pairs, or persons."""
    open_case(session)
    from dadkhah.web.people import exchanging

    if form == "edges":
        say(f"{exchanging.take_edges(by=AUTHOR, path=path)} judgements were taken.")
        return
    target = table or path.with_suffix(".csv")
    say(f"{exchanging.write_table(path, target)} persons are in {target}, with a mapping beside.")


@click.command()
@json_option
@click.pass_obj
def relinked(session: Session, as_json: bool) -> None:
    """List, person by person, what the last linkage changed against the one before."""
    open_case(session)
    from dadkhah.web.people import comparing

    show_rows(comparing.changes(), as_json=as_json, columns=("person", "label", "before", "after"))


COMMANDS = (link, pairs, relinked, evaluate, give, take)
