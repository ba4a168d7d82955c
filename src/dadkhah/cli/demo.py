"""The demonstration: two cases that never mix, each with its own store, key and server."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from dadkhah import __version__, bundled
from dadkhah.cli.serve import take_address
from dadkhah.cli.session import progress, say, use_case
from dadkhah.errors import CaseError

if TYPE_CHECKING:
    from dadkhah.simulate import World

__all__ = ["COMMANDS"]

LEFT_TO_JUDGE = 30
PASSWORD = "a-demonstration-only"  # noqa: S105 — printed on purpose; the demo holds nothing secret
CASES = ("summer-1988", "simulated")
HOST = "127.0.0.1"
BY, ALSO = "account:1", "account:2"
ASSUMPTION = (
    "SIMULATED: within this invented country, people of the same kind were listed by each of these"
    " compilers independently of the others."
)


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), default=Path("demo"), show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65534))
@click.option("--people", default=3000, show_default=True, help="People in the invented country.")
@click.option("--seed", default=1367, show_default=True, help="Of the invented country.")
@click.option("--build-only", is_flag=True, help="Build both cases and stop.")
def demo(folder: Path, port: int, people: int, seed: int, build_only: bool) -> None:
    """Build two demonstration cases and open their reading rooms."""
    addresses = [f"http://{HOST}:{port + n}/" for n in range(len(CASES))]
    if not build_only:
        for n in range(len(CASES)):
            take_address(HOST, port + n)
    for name, address in zip(CASES, addresses, strict=True):
        _build_unless_there(folder / name, name, people, seed, f"{address}contribute/")
    if build_only:
        return
    servers = [_serve(folder / name, port + n, addresses[1 - n]) for n, name in enumerate(CASES)]
    say("")
    say(f"Summer 1988, what public sources state:  {addresses[0]}")
    say(f"SIMULATED, an invented country:          {addresses[1]}")
    say(f"Anyone reads what is disclosed; sign in as keeper with {PASSWORD} to see all.")
    for name in CASES:
        say(f"Static memorial, opens without a server: {folder / name / 'memorial' / 'index.html'}")
    say("Ctrl-C closes both.")
    _wait(servers)


@click.command("demo-case", hidden=True)
@click.argument("name", type=click.Choice(CASES))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--people", default=3000)
@click.option("--seed", default=1367)
@click.option("--contributions", default="")
def demo_case(name: str, folder: Path, people: int, seed: int, contributions: str) -> None:
    """Build one demonstration case in this process."""
    use_case(folder)
    from dadkhah.web import case
    from dadkhah.web.team import actions as team

    simulated = name == "simulated"
    case.create(folder)
    if simulated:
        _build_simulated(folder, people, seed)
    else:
        _build_summer(folder)
    # the log was signed by these two while it was built
    for number, username in enumerate(("keeper", "second"), start=1):
        team.admit(username=username, password=PASSWORD, number=number)
    _finish(folder, contributions)


def _build_unless_there(
    folder: Path, name: str, people: int, seed: int, contributions: str
) -> None:
    asked = {"people": people, "seed": seed, "contributions": contributions}
    stamp = {"version": __version__, **asked}
    told = folder / "demo.json"
    if told.is_file() and orjson.loads(told.read_bytes()) == stamp:
        say(f"{name}: here already.")
        return
    say(f"{name}: building ...")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".growing-") as room:
        growing = Path(room) / name
        growing.mkdir()
        options = itertools.chain(*((f"--{key}", str(value)) for key, value in asked.items()))
        command = [sys.executable, "-m", "dadkhah.cli", "demo-case", name, str(growing), *options]
        done = subprocess.run(command, check=False)
        if done.returncode:
            raise CaseError("demo-not-built", "The demonstration could not be built.", where=name)
        (growing / "demo.json").write_bytes(orjson.dumps(stamp))
        if folder.exists():
            shutil.rmtree(folder)
        growing.rename(folder)


def _build_summer(folder: Path) -> None:
    from dadkhah.cli import demo_notes
    from dadkhah.web.estimate import actions as estimates
    from dadkhah.web.people import actions

    with progress() as bar:
        task = bar.add_task("Notes and claims", total=1)
        demo_notes.build_case(folder)
        bar.advance(task)
    # names of office-holders alone decide nothing: a person judged them
    actions.rebuild_index()
    estimates.run(by=BY, assumption="", seed=1, level=0.95)


def _build_simulated(folder: Path, people: int, seed: int) -> None:
    from dadkhah import simulate
    from dadkhah.web.claims import actions
    from dadkhah.web.estimate import actions as estimates
    from dadkhah.web.sources.models import Collection, Source

    world = simulate.world(seed, people)
    with tempfile.TemporaryDirectory(prefix="dadkhah-") as room:
        world.write(Path(room))
        _describe(world.country)
        _import_lists(folder, Path(room))
        _add_statements(folder, Path(room), world)
    _link(world)
    estimates.run(by=BY, assumption=ASSUMPTION, seed=1, level=0.95, truth={"total": people})
    lists = list(Collection.objects.values_list("pk", flat=True))
    statements = list(Source.objects.filter(collection=None).values_list("pk", flat=True))
    for chosen in ({"collections": lists}, {"sources": statements}):
        actions.disclose(
            by=BY, reviewed_by=ALSO, ground="SIMULATED: nobody in this case is real.",
            predicates=_open_predicates(), text_of_sources=True, **chosen,
        )  # fmt: skip


def _describe(country: tuple[str, str]) -> None:
    from dadkhah.records import Case, new_id
    from dadkhah.web.custody.actions import Change, append

    told = bundled.read("dadkhah.cli", "data/simulated.yaml")
    names = dict(zip(("en", "fa"), country, strict=True))
    title = {code: text.format(country=names[code]) for code, text in told.pop("title").items()}
    record = Case(id=new_id(), title=title, simulated=True, **told)
    append(by=BY, changes=[Change(action="case.describe", records=[record])])


def _import_lists(folder: Path, room: Path) -> None:
    from dadkhah.web.claims import importing

    tables = sorted((room / "lists").iterdir(), key=_parents_first(room))
    with progress() as bar:
        for table in bar.track(tables, description="Lists"):
            opened = importing.open_table(table, room / "mappings" / f"{table.stem}.yaml")
            importing.import_table(by=BY, case=folder, table=opened, skip_refused=True)


def _parents_first(room: Path) -> Callable[[Path], tuple[bool, str]]:
    def order(table: Path) -> tuple[bool, str]:
        text = (room / "mappings" / f"{table.stem}.yaml").read_text(encoding="utf-8")
        return "derived_from: []" not in text, table.name

    return order


def _add_statements(folder: Path, room: Path, world: World) -> None:
    from dadkhah.sources import read
    from dadkhah.web.claims.receiving import receive_text

    for said in world.statements:
        file = room / "statements" / f"{said.name}.txt"
        receive_text(
            by=BY, case=folder, path=file, reading=read(file, file.name),
            author=said.speaker, date=said.date,
        )  # fmt: skip


def _link(world: World) -> None:
    """Link, and let a simulated reviewer, who knows the truth, decide nearly all that waits.

    The pairs that matter least stay, so that whoever tries the demonstration can judge some.
    """
    from dadkhah.people import LinkageSettings
    from dadkhah.web.people import actions
    from dadkhah.web.people.models import PairToReview

    true = {(each.plan["title"], row.key): row.person for each in world.lists for row in each.rows}
    with progress() as bar:
        task = bar.add_task("Linking", total=1.0)
        actions.link(
            by=BY,
            settings=LinkageSettings(),
            progress=lambda step, share: bar.update(task, description=step, completed=share),
        )
        pairs = PairToReview.objects.select_related("left__collection", "right__collection")
        waiting = list(pairs.order_by("-importance", "pk"))[:-LEFT_TO_JUDGE]
        decided = []
        for pair in bar.track(waiting, description="Simulated review"):
            sides = [
                true.get((m.collection.title, m.key))
                for m in (pair.left, pair.right)
                if m.collection
            ]
            same = len(sides) == 2 and sides[0] == sides[1]
            decided.append((pair.left_id, pair.right_id, "same" if same else "different"))
    actions.judge_many(by=ALSO, decided=decided, why="SIMULATED reviewer")
    actions.rebuild_index()


def _open_predicates() -> list[str]:
    from dadkhah import predicates

    return sorted(predicate.name for predicate in predicates.all() if not predicate.sensitive)


def _finish(folder: Path, contributions: str) -> None:
    from dadkhah.cli.memorial import build_case_memorial
    from dadkhah.memorial.way import way

    build_case_memorial(folder, folder / "memorial", way=way(server=contributions))


def _serve(folder: Path, port: int, other: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DADKHAH_OTHER_CASE_URL": other}
    command = [sys.executable, "-m", "dadkhah.cli", "--case", str(folder), "serve", "--quiet"]
    return subprocess.Popen([*command, "--port", str(port)], env=environment)


def _wait(servers: list[subprocess.Popen[bytes]]) -> None:
    try:
        for server in servers:
            server.wait()
    except KeyboardInterrupt:
        say("Closing.")
    finally:
        for server in servers:
            server.terminate()


COMMANDS = (demo, demo_case)
