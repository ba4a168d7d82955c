"""Keys: shares that several people hold, and a pair that opens backups."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dadkhah.cli.session import say
from dadkhah.errors import CaseError
from dadkhah.keeping import backup, shares

__all__ = ["COMMANDS"]


@click.group()
def keys() -> None:
    """Keep keys: split one into shares, join shares, make a pair for backups."""


@keys.command()
@click.argument("key", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--shares", "count", default=5, show_default=True, help="How many shares to make.")
@click.option("--needed", default=3, show_default=True, help="How many of them open the key.")
@click.option("--into", "folder", required=True, type=click.Path(path_type=Path),
              help="A new folder for the shares; give each to somebody else.")  # fmt: skip
def split(key: Path, count: int, needed: int, folder: Path) -> None:
    """Split KEY, a signing key or a backup identity, into shares for several people."""
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    made = shares.split(key.read_bytes(), count=count, needed=needed)
    for share in made:
        name = f"share-{share.set_id}-{share.number:03}.txt"
        _write_new(folder / name, shares.write_share(share))
    say(f"{count} shares are in {folder}; any {needed} open the key, fewer say nothing of it.")
    say("Give each to another person, in another place, and delete them here.")


@keys.command()
@click.argument("files", nargs=-1, required=True,
                type=click.Path(path_type=Path, exists=True, dir_okay=False))  # fmt: skip
@click.option("--into", "key", required=True, type=click.Path(path_type=Path),
              help="The key file to write; it must not exist yet.")  # fmt: skip
def join(files: tuple[Path, ...], key: Path) -> None:
    """Put a key together again from share FILES."""
    read = [shares.read_share(file.read_text(encoding="utf-8")) for file in files]
    _write_new(key, shares.join(read).decode("utf-8"))
    say(f"The key is in {key}, readable by you only.")


@keys.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def backup_pair(file: Path) -> None:
    """Make a pair of keys for backups: the secret one into FILE, the other one is printed."""
    identity, recipient = backup.make_identity()
    _write_new(file, f"# recipient: {recipient}\n{identity}\n")
    say(f"The secret key is in {file}: keep it on another machine than the case.")
    say(f"Give this to whoever makes backups: {recipient}")


def _write_new(path: Path, text: str) -> None:
    """Write a secret into a new file that only its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CaseError(
            "key-exists", "There is a file here already.", where=str(path), todo="Move it first."
        ) from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)


COMMANDS = (keys,)
