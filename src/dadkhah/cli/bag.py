"""Exchange archives as bags."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from dadkhah.archive.captures import take_place
from dadkhah.cli.archive import export_case
from dadkhah.cli.case import empty_folder
from dadkhah.cli.session import Session, open_case, say
from dadkhah.cli.verify import require_verified
from dadkhah.keeping import bags, premis
from dadkhah.keeping.premis import Happening
from dadkhah.sources.chain import EVENTS

__all__ = ["COMMANDS"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--open", "into", type=click.Path(path_type=Path),
              help="FOLDER is a bag: check it, and put its archive here.")  # fmt: skip
@click.pass_obj
def bag(session: Session, folder: Path, into: Path | None) -> None:
    """Write the whole case into a bag (BagIt, RFC 8493) in FOLDER, or open such a bag.

    The payload is an archive; the bag adds SHA-512 and the events of custody as PREMIS 3.
    """
    if into is not None:
        _open(folder, into)
        return
    place = open_case(session)
    empty_folder(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.resolve().parent, prefix=".growing-") as room:
        growing = Path(room) / "bag"
        export_case(place, growing)
        _bag(place, growing)
        take_place(growing, folder)
    say(f"The bag is in {folder}. Any BagIt tool checks it; dadkhah bag {folder} --open opens it.")


def _bag(place: Path, growing: Path) -> None:
    from dadkhah.web import case
    from dadkhah.web.custody.models import LogEntry
    from dadkhah.web.sources.models import Capture

    rows = Capture.objects.order_by("entry", "position")
    told = premis.premis((row.record() for row in rows), _happenings())
    day = str(LogEntry.objects.latest("index").at)[:10]
    bags.make_bag(growing, day=day, premis=told, identifier=case.read(place).origin)


def _happenings() -> Iterator[Happening]:
    """Give what happened to each source, and to the store as a whole."""
    from dadkhah.web.custody.access import KEEPER
    from dadkhah.web.custody.models import CustodyEvent
    from dadkhah.web.sources import custody_events
    from dadkhah.web.sources.models import Source

    for pk in Source.objects.order_by("entry", "position").values_list("pk", flat=True):
        for link in custody_events.chain(KEEPER, pk):
            if link.event:
                yield EVENTS[link.event], link.at, link.captures, link.said
    for row in CustodyEvent.objects.filter(source="").order_by("entry", "position"):
        yield EVENTS[row.event], row.at, tuple(row.captures), row.record()


def _open(folder: Path, into: Path) -> None:
    empty_folder(into)
    bags.check_bag(folder)
    require_verified(bags.payload(folder))
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.resolve().parent, prefix=".growing-") as room:
        growing = Path(room) / "archive"
        shutil.copytree(bags.payload(folder), growing)
        require_verified(growing)
        take_place(growing, into)
    say(f"The bag checks out, and its archive is in {into}: dadkhah restore {into} CASE.")


COMMANDS = (bag,)
