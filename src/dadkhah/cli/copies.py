"""Copies of a case: mirrors, and encrypted backups with a drill."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from rich.progress import Progress, TaskID

from dadkhah import archive
from dadkhah.archive.captures import take_place
from dadkhah.cli.archive import export_case, restore
from dadkhah.cli.case import empty_folder
from dadkhah.cli.session import Session, open_case, progress, say
from dadkhah.cli.verify import require_verified
from dadkhah.errors import ArchiveError, CaseError
from dadkhah.keeping import backup as backups
from dadkhah.keeping import mirror as mirrors
from dadkhah.keeping.mirror import Item

__all__ = ["COMMANDS", "whole_case"]


@contextlib.contextmanager
def whole_case(place: Path) -> Iterator[list[Item]]:
    """Give every file that an archive of the open case has; the captures where they lie."""
    from dadkhah.web.sources.models import Capture

    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".skeleton-") as room:
        skeleton = Path(room) / "archive"
        export_case(place, skeleton, captures=False)
        digests = Capture.objects.order_by("pk").values_list("pk", flat=True)
        captures = [(digest, archive.capture_path(place, digest)) for digest in digests]
        yield mirrors.items_of(skeleton, captures)


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def mirror(session: Session, folders: tuple[Path, ...]) -> None:
    """Bring FOLDERS up to date with the case: drives, or what a web server serves.

    A mirror is an archive (see export): only what is new travels, every file is read again after
    it arrived, and the old mirror stays until the new one is whole. Check it with verify.
    """
    place = open_case(session)
    from dadkhah.web import case

    said = case.read(place)
    with whole_case(place) as items, progress() as bar:
        for folder in folders:
            mirrors.require_same_log(folder, said.origin, _root_at)
            task = bar.add_task(str(folder), total=len(items))
            done = mirrors.mirror(items, folder, advance=_advance(bar, task))
            say(f"{folder}: {done.arrived} files arrived, {done.kept} were there already.")


def _advance(bar: Progress, task: TaskID) -> Callable[[str], None]:
    return lambda _: bar.advance(task)


def _root_at(size: int) -> bytes:
    """Give the root of the case's first so many entries."""
    from dadkhah.custody import merkle
    from dadkhah.web.custody import tree

    if size > tree.head()[0]:
        raise ArchiveError("mirror-newer", "The mirror has more entries than this case.")
    return merkle.root_from(tree.read_hash, size)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "recipients", multiple=True, help="Who can open it: an age recipient.")
@click.option("--identity", "identities", multiple=True,
              type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="For --drill and --open: the secret key, as a file.")  # fmt: skip
@click.option("--drill", is_flag=True, help="Open FILE, check it, restore it, and clean up.")
@click.option("--open", "folder", type=click.Path(path_type=Path),
              help="Open FILE into this new folder, and check it.")  # fmt: skip
@click.pass_context
def backup(
    context: click.Context, file: Path, recipients: tuple[str, ...], identities: tuple[Path, ...],
    drill: bool, folder: Path | None,
) -> None:  # fmt: skip
    """Write the case into one encrypted FILE, or try that such a file can be restored.

    The file is in the age format: age -d -i KEY FILE | tar -x opens it as well. A backup that was
    never restored is a hope: run --drill on the machine that would have to do it.
    """
    if drill or folder is not None:
        _open(context, file, identities, folder)
        return
    place = open_case(context.obj)
    with whole_case(place) as items, progress() as bar:
        task = bar.add_task("Files", total=len(items))
        manifest = mirrors.manifest_of(items)
        backups.write_backup(items, manifest, file, recipients, advance=lambda _: bar.advance(task))
    size = file.stat().st_size
    say(f"{file}: {len(items)} files, {size:,} bytes; {len(recipients)} can open it.")
    say("The signing key is not inside: keep shares of it (dadkhah keys split).")


def _open(
    context: click.Context, file: Path, identities: tuple[Path, ...], folder: Path | None
) -> None:
    if not identities:
        raise CaseError(
            "backup-identity", "A backup opens with a key.", todo="Give --identity FILE."
        )
    keys = [backups.read_identity(path) for path in identities]
    if folder is not None:
        empty_folder(folder)
    beside = folder.resolve().parent if folder is not None else None
    with tempfile.TemporaryDirectory(dir=beside, prefix=".opening-") as room, progress() as bar:
        task = bar.add_task("Files", total=None)
        opened = backups.open_backup(
            file, keys, Path(room) / "opened", advance=lambda _: bar.advance(task)
        )
        require_verified(opened)
        if folder is not None:
            take_place(opened, folder)
            say(f"The backup is open in {folder}, and every check passed.")
            return
        context.invoke(
            restore, archive=opened, folder=Path(room) / "case", username="drill",
            password="a drill, thrown away",  # noqa: S106 - of a case that is deleted at once
        )  # fmt: skip
    say("The drill passed: the backup opens, every check passes, and a case was restored from it.")


COMMANDS = (mirror, backup)
