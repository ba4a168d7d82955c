"""Build the static memorial from what has been disclosed."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from dadkhah import archive as archives
from dadkhah.cli.archive import export_case
from dadkhah.cli.session import Session, open_case, progress, say
from dadkhah.cli.verify import require_verified
from dadkhah.records import Person

__all__ = ["COMMANDS", "build_case_memorial"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--archive", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Build from this archive; without it the case is exported first.")  # fmt: skip
@click.pass_obj
def memorial(session: Session, folder: Path, archive: Path | None) -> None:
    """Build the public, static site: only what a disclosure in force lets out."""
    if archive is None:
        build_case_memorial(open_case(session), folder)
        return
    require_verified(archive)
    _build(archive, folder)


def build_case_memorial(place: Path, folder: Path) -> None:
    """Export the open case beside the site, and build the site from the archive alone."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as room:
        exported = Path(room) / "archive"
        export_case(place, exported)
        _build(exported, folder)


def _build(archive: Path, folder: Path) -> None:
    from dadkhah.memorial import build

    with progress() as bar:
        task = bar.add_task("Building the memorial", total=None)
        site = build(
            archive, folder, persons=_persons(archive), advance=lambda _: bar.advance(task)
        )
    say(f"The memorial is in {folder}: {site.pages} pages, {site.persons} persons.")
    say(f"Publish this digest of it in more than one place: {site.digest}")


def _persons(archive: Path) -> tuple[Person, ...]:
    """Compute the register from an archive's mentions and the judgements that count."""
    from dadkhah import people

    runs = [run.id for run in archives.current(archive, "run").values() if run.type == "linkage"]
    judgements = archives.current(archive, "judgement").values()
    standing = [j for j in judgements if not j.run or j.run == runs[-1]]
    lists = archives.current(archive, "collection").values()
    sole = frozenset(each.id for each in lists if each.no_duplicates)
    return people.clusters(archives.current(archive, "mention").values(), standing, sole)


COMMANDS = (memorial,)
