"""A mirror: only what is new travels, all of it or nothing, and never over something else."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from dadkhah import archive
from dadkhah.custody import keys, merkle
from dadkhah.custody.checkpoints import Checkpoint, sign_checkpoint
from dadkhah.errors import ArchiveError, VerificationError
from dadkhah.keeping import mirror as mirrors
from dadkhah.keeping.mirror import Item, manifest_of, mirror, require_same_log

KEY = keys.make_key("dadkhah.invalid/tests")
LEAVES = [merkle.leaf_hash(bytes([n])) for n in range(9)]


def root_at(size: int) -> bytes:
    if size > 5:
        raise ArchiveError("mirror-newer", "shorter")
    return merkle.root(LEAVES[:size])


def archived(folder: Path, size: int, root: bytes | None = None, key: object = KEY) -> Path:
    """An archive of nothing but a log's checkpoint."""
    head = Checkpoint(origin=KEY.name, size=size, root=root or merkle.root(LEAVES[:size]))
    archive.write(
        folder, about={"origin": KEY.name, "log_size": size}, entries=[], lines={},
        checkpoint=sign_checkpoint(head, KEY), verifier=keys.verifier_of(KEY), captures=[],
    )  # fmt: skip
    return folder


def items(folder: Path, **contents: bytes) -> list[Item]:
    folder.mkdir(exist_ok=True)
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return [
        Item(path=f"d/{name}", digest=hashlib.sha256(data).hexdigest(), source=folder / name)
        for name, data in sorted(contents.items())
    ]


def held(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_only_what_is_new_travels(tmp_path: Path) -> None:
    first = items(tmp_path / "a", one=b"1", two=b"22")
    done = mirror(first, tmp_path / "m")
    assert (done.arrived, done.kept, done.size_bytes) == (2, 0, 3)
    second = items(tmp_path / "a", one=b"1", three=b"333")
    done = mirror(second, tmp_path / "m")
    assert (done.arrived, done.kept, done.size_bytes) == (1, 1, 3)
    expected = {"d/one": b"1", "d/three": b"333", "manifest-sha256.txt": manifest_of(second)}
    assert held(tmp_path / "m") == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "m"]


def test_a_file_that_changes_on_its_way_leaves_the_old_mirror(tmp_path: Path) -> None:
    mirror(items(tmp_path / "a", one=b"1"), tmp_path / "m")
    before = held(tmp_path / "m")
    newer = items(tmp_path / "a", one=b"1", two=b"22")
    (tmp_path / "a" / "two").write_bytes(b"2X")
    with pytest.raises(ArchiveError, match="mirror-arrived"):
        mirror(newer, tmp_path / "m")
    assert held(tmp_path / "m") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "m"]


def test_a_drive_without_hard_links_or_exchange_is_mirrored_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(mirrors, "_exchange", lambda *_: False)
    mirror(items(tmp_path / "a", one=b"1"), tmp_path / "m")
    done = mirror(items(tmp_path / "a", one=b"1", two=b"2"), tmp_path / "m")
    assert (done.arrived, done.kept) == (1, 1)
    assert held(tmp_path / "m")["d/two"] == b"2"


def test_what_an_interrupted_run_left_is_mended(tmp_path: Path) -> None:
    listed = items(tmp_path / "a", one=b"1")
    mirror(listed, tmp_path / "m")
    (tmp_path / "m").rename(tmp_path / ".outgoing-m")
    assert mirror(listed, tmp_path / "m").kept == 1
    assert not (tmp_path / ".outgoing-m").exists()


def test_a_mirror_of_the_beginning_of_this_log_is_taken_up(tmp_path: Path) -> None:
    require_same_log(archived(tmp_path / "m", 3), KEY.name, root_at)
    require_same_log(tmp_path / "nowhere", KEY.name, root_at)
    (tmp_path / "empty").mkdir()
    require_same_log(tmp_path / "empty", KEY.name, root_at)


def test_a_strange_a_newer_and_a_forked_mirror_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "strange").mkdir()
    (tmp_path / "strange" / "letter").write_text("x")
    with pytest.raises(ArchiveError, match="mirror-strange"):
        require_same_log(tmp_path / "strange", KEY.name, root_at)
    with pytest.raises(ArchiveError, match="mirror-strange"):
        require_same_log(archived(tmp_path / "other", 3), "dadkhah.invalid/else", root_at)
    with pytest.raises(ArchiveError, match="mirror-newer"):
        require_same_log(archived(tmp_path / "newer", 7), KEY.name, root_at)
    with pytest.raises(VerificationError, match="mirror-forked"):
        require_same_log(archived(tmp_path / "fork", 3, bytes(32)), KEY.name, root_at)
