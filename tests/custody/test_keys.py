from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.custody.test_merkle import refused

from dadkhah.custody.keys import make_key, read_key, verifier_of, write_key
from dadkhah.custody.notes import open_note, read_verifier, sign
from dadkhah.errors import CaseError, VerificationError


def test_a_key_is_made_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    made = make_key("example.org/log")
    write_key(path, made)
    assert read_key(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    verifier = read_verifier(verifier_of(made))
    assert open_note(sign("text\n", read_key(path)), [verifier]).text == "text\n"


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    path.write_text("something")
    with pytest.raises(CaseError) as refusal:
        write_key(path, make_key("a"))
    assert refusal.value.code == "key-exists"
    assert path.read_text() == "something"


def test_a_missing_key_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as refusal:
        read_key(tmp_path / "none.key")
    assert refusal.value.code == "key-missing"


def test_a_path_that_can_hold_no_key_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as refusal:
        read_key(tmp_path)
    assert refusal.value.code == "key-unreadable"
    with pytest.raises(CaseError) as refusal:
        write_key(tmp_path / "none" / "log.key", make_key("a"))
    assert refusal.value.code == "key-unwritable"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620])
def test_a_key_that_others_can_reach_is_not_used(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "log.key"
    write_key(path, make_key("a"))
    path.chmod(mode)
    with pytest.raises(CaseError) as refusal:
        read_key(path)
    assert refusal.value.code == "key-open"


@pytest.mark.parametrize("data", [b"", b"\xff" * 40, b"a\n", b"PRIVATE+KEY+" + b"a" * 5000])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "log.key"
    path.write_bytes(data)
    path.chmod(0o600)
    with refused("key-shape"):
        read_key(path)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "x" * 1000])
def test_a_key_without_a_proper_name_is_not_made(name: str) -> None:
    with pytest.raises(VerificationError):
        make_key(name)
