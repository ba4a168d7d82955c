"""A backup: any recipient opens it, nobody else does, and what comes out stays in its folder."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path

import pyrage
import pytest

from dadkhah.errors import ArchiveError, CaseError, VerificationError
from dadkhah.keeping.backup import make_identity, open_backup, read_identity, write_backup
from dadkhah.keeping.mirror import Item, manifest_of
from tests.keeping.test_mirror import held, items


def key_file(folder: Path, identity: str) -> Path:
    path = folder / f"{hashlib.sha256(identity.encode()).hexdigest()[:8]}.key"
    path.touch(mode=0o600)
    path.write_text(f"# recipient\n{identity}\n")
    return path


def quiet(_: str) -> None:
    """Nobody watches."""


def test_each_recipient_opens_it_and_finds_every_byte(tmp_path: Path) -> None:
    listed = items(tmp_path / "a", one=b"1" * 3_000_000, two="دو".encode())
    pairs = [make_identity() for _ in range(2)]
    write_backup(listed, manifest_of(listed), tmp_path / "b.age", [public for _, public in pairs])
    for number, (secret, _) in enumerate(pairs):
        key = read_identity(key_file(tmp_path, secret))
        opened = open_backup(tmp_path / "b.age", [key], tmp_path / f"o{number}", advance=quiet)
        assert held(opened) == {
            "d/one": b"1" * 3_000_000,
            "d/two": "دو".encode(),
            "manifest-sha256.txt": manifest_of(listed),
        }
    assert b"age-encryption.org/v1" in (tmp_path / "b.age").read_bytes()[:30]


def test_nobody_else_opens_it_and_a_changed_or_cut_backup_is_refused(tmp_path: Path) -> None:
    listed = items(tmp_path / "a", one=b"1" * 200_000)
    secret, public = make_identity()
    write_backup(listed, manifest_of(listed), tmp_path / "b.age", [public])
    whole = (tmp_path / "b.age").read_bytes()
    mine, strange = (read_identity(key_file(tmp_path, k)) for k in (secret, make_identity()[0]))
    altered = bytearray(whole)
    altered[len(whole) // 2] ^= 1
    trials = [(strange, whole), (mine, bytes(altered)), (mine, whole[:-70_000]), (mine, b"")]
    for number, (key, data) in enumerate(trials):
        (tmp_path / "t.age").write_bytes(data)
        with pytest.raises(VerificationError, match="backup-sealed"):
            open_backup(tmp_path / "t.age", [key], tmp_path / f"t{number}", advance=quiet)


def test_a_file_that_is_not_what_its_digest_says_makes_no_backup(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"1")
    item = Item(path="d/one", digest="0" * 64, source=tmp_path / "one")
    with pytest.raises(ArchiveError, match="backup-changed"):
        write_backup([item], b"", tmp_path / "b.age", [make_identity()[1]])
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


@pytest.mark.parametrize("recipients", [[], ["age1nonsense"], ["AGE-SECRET-KEY-1"]])
def test_a_backup_that_nobody_could_open_is_not_written(
    tmp_path: Path, recipients: list[str]
) -> None:
    with pytest.raises(CaseError, match="backup-recipient"):
        write_backup([], b"", tmp_path / "b.age", recipients)
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_others_can_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    path = key_file(tmp_path, make_identity()[0])
    path.chmod(0o644)
    with pytest.raises(CaseError, match="identity-open"):
        read_identity(path)
    path.chmod(0o600)
    path.write_text("nothing")
    with pytest.raises(CaseError, match="identity-shape"):
        read_identity(path)


def sealed(entries: list[tarfile.TarInfo], public: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        for entry in entries:
            packed.addfile(entry, io.BytesIO(b"x" * entry.size))
    return pyrage.encrypt(out.getvalue(), [pyrage.x25519.Recipient.from_str(public)])


def entry(name: str, **more: object) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    for field, value in more.items():
        setattr(made, field, value)
    return made


@pytest.mark.parametrize(
    "bad",
    [
        entry("archive/../../out", size=1),
        entry("/etc/out", size=1),
        entry("elsewhere/x", size=1),
        entry("archive/link", type=tarfile.SYMTYPE, linkname="/etc"),
        entry("archive/hard", type=tarfile.LNKTYPE, linkname="/etc/passwd"),
        entry("archive/dev", type=tarfile.CHRTYPE),
    ],
)
def test_a_backup_made_to_climb_out_writes_nothing_outside(
    tmp_path: Path, bad: tarfile.TarInfo
) -> None:
    secret, public = make_identity()
    (tmp_path / "b.age").write_bytes(sealed([bad], public))
    key = read_identity(key_file(tmp_path, secret))
    with pytest.raises((VerificationError, ArchiveError)):
        open_backup(tmp_path / "b.age", [key], tmp_path / "o", advance=quiet)
    assert [p for p in (tmp_path / "o").rglob("*") if p.is_file() or p.is_symlink()] == []
    assert not (tmp_path / "out").exists()
