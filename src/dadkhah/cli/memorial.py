"""Build the static memorial from what has been disclosed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dadkhah import archive as archives
from dadkhah.cli.archive import export_case
from dadkhah.cli.reach import for_everybody
from dadkhah.cli.session import Session, open_case, progress, say
from dadkhah.cli.verify import require_verified
from dadkhah.custody import keys
from dadkhah.custody.signers import LogSigner
from dadkhah.records import Person
from dadkhah.web import environment

if TYPE_CHECKING:
    from dadkhah.memorial import Site
    from dadkhah.memorial import way as ways

__all__ = ["COMMANDS", "build_case_memorial"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--archive", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Build from this archive; without it the case is exported first.")  # fmt: skip
@click.option(
    "--pack",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the site as one zip file, to hand on.",
)
@click.option(
    "--contributions",
    default="",
    metavar="ADDRESS",
    help="Address of the case's form for contributions, http or https.",
)
@click.option(
    "--write-to",
    default="",
    metavar="TEXT",
    help="Postal or e-mail address shown to those who write without the form.",
)
@click.option("--write-key", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A file with the public key (age or PGP) to encrypt to.")  # fmt: skip
@click.pass_obj
def memorial(
    session: Session, folder: Path, archive: Path | None, pack: Path | None, contributions: str,
    write_to: str, write_key: Path | None,
) -> None:  # fmt: skip
    """Build the public, static site: only what a disclosure in force lets out."""
    # the site's makers take seconds to import, which no other command should wait for
    from dadkhah.memorial import packing
    from dadkhah.memorial import way as ways

    if pack is not None:
        packing.refuse_taken(pack)
    key = write_key.read_text(encoding="utf-8") if write_key else ""
    chosen = ways.way(server=contributions, post=write_to, key=key)
    if archive is None:
        site = build_case_memorial(open_case(session), folder, chosen)
    else:
        require_verified(archive)
        site = _build(archive, folder, chosen)
    _tell(folder, site)
    if pack is not None:
        with for_everybody():
            packed = packing.pack(folder, pack)
        say(f"The same in one file: {pack}, {packed:,} bytes.")


def _tell(folder: Path, site: Site) -> None:
    say(
        f"The memorial is in {folder}: {site.pages} pages, {site.persons} persons;"
        f" {site.written} files written."
    )
    say(f"Publish this digest of it in more than one place: {site.digest}")
    if not site.signed:
        say("It is not signed: this machine does not have the case's key.")


def build_case_memorial(place: Path, folder: Path, way: ways.Way | None = None) -> Site:
    """Export the open case beside the site, and build the site from the archive alone."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as room:
        exported = Path(room) / "archive"
        export_case(place, exported)
        return _build(exported, folder, way)


def _build(archive: Path, folder: Path, way: ways.Way | None) -> Site:
    from dadkhah.memorial import build

    state = folder.with_name(f".{folder.name}.state")
    state.mkdir(exist_ok=True)
    with progress() as bar, for_everybody():
        task = bar.add_task("Building the memorial", total=None)
        return build(
            archive, folder, persons=_persons(archive), advance=lambda _: bar.advance(task),
            way=way, signer=_signer(archive), state=state,
        )  # fmt: skip


def _signer(archive: Path) -> LogSigner | None:
    """Give the key of the archive's log, when this machine has it."""
    given = environment.text("DADKHAH_KEYS")
    folder = Path(given) if given else Path.home() / ".config" / "dadkhah" / "keys"
    origin = str(archives.about(archive).get("origin", ""))
    path = folder / (origin.replace("/", "_") + ".key")
    return keys.read_key(path) if path.is_file() else None


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
