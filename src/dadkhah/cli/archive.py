"""Write a case into an archive that lasts, and rebuild a case from one."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from dadkhah import archive as archives
from dadkhah.archive.captures import take_place
from dadkhah.cli.case import empty_folder
from dadkhah.cli.session import AUTHOR, Session, open_case, progress, say, use_case
from dadkhah.cli.verify import require_verified

__all__ = ["COMMANDS", "export_case"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--to", "receiver", default="", help="Who gets it; written into the log afterwards.")
@click.option("--purpose", default="", help="What for; written into the log afterwards.")
@click.pass_obj
def export(session: Session, folder: Path, receiver: str, purpose: str) -> None:
    """Write the whole case into an archive folder, readable without this program.

    An export that leaves the house (--to, --purpose) is an event of custody.
    """
    export_case(open_case(session), folder)
    if receiver or purpose:
        from dadkhah.web.sources import custody_events

        custody_events.record(by=AUTHOR, event="export", receiver=receiver, purpose=purpose)
    say(f"The archive is in {folder}. Check it with: dadkhah verify {folder}")


def export_case(place: Path, folder: Path, *, captures: bool = True) -> None:
    """Sign the log as it stands and write the archive of the open case."""
    from dadkhah.web import case
    from dadkhah.web.custody import actions, archiving, letters, timing

    said = case.read(place)
    signer = case.signer(place)
    if signer is not None:
        actions.sign_head(signer=signer)
    with progress() as bar:
        task = bar.add_task("Writing the archive", total=None)
        archiving.export(
            place,
            folder,
            origin=said.origin,
            verifier=said.verifier,
            extra={
                "README.txt": letters.readme(simulated=letters.is_simulated()),
                **({"log/policy": said.policy.encode()} if said.policy else {}),
                **timing.files(place),
            },
            captures=captures,
            advance=lambda _: bar.advance(task),
        )


@click.command()
@click.argument("archive", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--username", default="keeper", show_default=True, help="The first account.")
@click.option("--password", required=True, help="Its password.")
@click.option(
    "--number", default=0, type=click.IntRange(0, 999_999_999),
    help="Its number in the log, where its owner had one; without it a new one.",
)  # fmt: skip
def restore(archive: Path, folder: Path, username: str, password: str, number: int) -> None:
    """Rebuild a case from an archive, after checking every byte of it."""
    empty_folder(folder)
    require_verified(archive)
    said = archives.about(archive)
    with tempfile.TemporaryDirectory(dir=folder.resolve().parent, prefix=".growing-") as room:
        growing = Path(room) / "case"
        growing.mkdir()
        use_case(growing)
        from django.db import connections

        from dadkhah.web import case
        from dadkhah.web.custody import archiving
        from dadkhah.web.people import actions
        from dadkhah.web.team import actions as team

        case.create(growing, verifier=archives.verifier(archive), origin=said["origin"])
        case.set_policy(growing, archives.policy(archive))
        if (archive / "log" / "times").is_dir():
            shutil.copytree(archive / "log" / "times", growing / "times")
        with progress() as bar:
            for path in bar.track([*archives.capture_paths(archive)], description="Captures"):
                with path.open("rb") as stream:
                    archives.keep_capture(growing, stream)
        archiving.restore(archive)
        actions.rebuild_index()
        account = team.admit(username=username, password=password, number=number)
        connections.close_all()
        take_place(growing, folder)
    say(f"The case is rebuilt in {folder}. {account.author} may sign in as {username}.")


COMMANDS = (export, restore)
