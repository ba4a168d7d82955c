"""The verifier that lies in every archive says what the first one says."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.custody.cast import LOG, OTHER, ROOT, checkpoint
from tests.custody.invented_archive import build, relist

from dadkhah.cli.verify import Given, verify_archive
from dadkhah.custody import standalone
from dadkhah.custody.signers import verifier_text
from dadkhah.errors import ArchiveError

# what the second verifier leaves to the first
LEFT = {2, 16, 17, 18, 19, 20}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("invented") / "archive")


@pytest.fixture
def copy(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "archive"))


def first(folder: Path, key: str = "") -> set[int]:
    """Numbers that the first verifier finds failed; 0 when it cannot read the folder."""
    try:
        report = verify_archive(folder, Given(key=key))
    except ArchiveError:
        return {0}
    return {check.number for check in report.failures} - LEFT


def second(folder: Path, key: str = "") -> set[int]:
    return set(standalone.verify(folder, key))


def test_both_pass_a_good_archive(good: Path) -> None:
    assert first(good) == second(good) == set()


def test_it_is_at_most_300_lines_and_imports_nothing_but_python_and_cryptography() -> None:
    text = (ROOT / "src/dadkhah/custody/standalone.py").read_text("utf-8")
    assert len(text.splitlines()) <= 300
    found = set(re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE))
    assert found - set(sys.stdlib_module_names) == {"cryptography"}


def run_shipped(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the archive's own copy in a Python that cannot see this program."""
    return subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py"), *words],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )


def test_the_copy_in_the_archive_runs_alone(copy: Path) -> None:
    ran = run_shipped(copy, verifier_text(LOG.verifier))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("passed") == 15
    path = copy / "log" / "entries.jsonl"
    path.write_bytes(path.read_bytes() + b"{}\n")
    ran = run_shipped(copy)
    assert ran.returncode == 1
    assert "log-size" in ran.stdout
    assert "compare it with one you were given" in ran.stdout


@pytest.mark.parametrize("listed", [False, True], ids=["as listed", "listed anew"])
def test_one_flipped_bit_in_any_file_is_the_same_to_both(copy: Path, listed: bool) -> None:
    chance = random.Random(5)
    files = sorted(p for p in copy.rglob("*") if p.is_file() and p.stat().st_size)
    for path in files:
        whole = path.read_bytes()
        altered = bytearray(whole)
        altered[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.chmod(0o644)
        path.write_bytes(altered)
        if listed and path.name != "manifest-sha256.txt":
            relist(copy)
        ours, theirs = first(copy), second(copy)
        assert bool(ours) == bool(theirs), (path, ours, theirs)
        if not listed:
            assert ours, path
        path.write_bytes(whole)
        if listed:
            relist(copy)


def swap(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[1], lines[0], *lines[2:]]))


def cut(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def double(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], *lines]))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def misplace(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"position":0', b'"position":9', 1))


TAMPERINGS: list[tuple[str, Callable[[Path], None], set[int]]] = [
    ("log/entries.jsonl", swap, {3, 4, 5, 7, 8, 9, 11, 12}),
    ("log/entries.jsonl", cut, {6, 7, 12, 15}),
    ("log/entries.jsonl", double, {4, 6, 7, 8, 9, 11, 12}),
    ("records/source.jsonl", cut, {9, 11}),
    ("records/source.jsonl", swap, {10, 11}),
    ("records/source.jsonl", misplace, {10}),
    ("records/claim.jsonl", truncate, {0}),
    ("log/checkpoint", truncate, {1}),
    ("log/checkpoints/000000000256", truncate, {8}),
    ("log/tile/0/000", truncate, {12}),
    ("log/tile/entries/000", truncate, {12}),
    ("log/tile/1/000.p/1", Path.unlink, {12}),
    ("captures", shutil.rmtree, {14}),
]


@pytest.mark.parametrize(("name", "tamper", "some"), TAMPERINGS)
def test_each_tampering_is_found_by_both_under_the_same_numbers(
    copy: Path, name: str, tamper: Callable[[Path], None], some: set[int]
) -> None:
    tamper(copy / name)
    relist(copy)
    ours, theirs = first(copy), second(copy)
    assert theirs & some, theirs
    assert bool(ours) == bool(theirs)
    if 0 not in ours | theirs:
        assert ours == theirs


def test_another_key_and_another_history_are_refused_by_both(copy: Path) -> None:
    stranger = verifier_text(OTHER.verifier)
    assert first(copy, stranger) >= {1, 6, 7}
    assert second(copy, stranger) >= {1, 6}
    data = (copy / "log/entries.jsonl").read_bytes().splitlines()
    (copy / "log/checkpoint").write_text(checkpoint(data[:299]))
    relist(copy)
    assert first(copy) == second(copy) == {6, 7}
    (copy / "log/checkpoint").write_text(checkpoint(data, OTHER))
    relist(copy)
    assert 1 in first(copy) & second(copy)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_verify_txt_checks_an_archive_with_openssl_and_sha256sum_alone(copy: Path) -> None:
    letter = (copy / "VERIFY.txt").read_text("utf-8")
    steps = letter.partition("چگونه")[0].split("\n\n")
    said = shell(copy, "\n".join(re.findall(r"^   \$ (.+)$", letter, re.MULTILINE)))
    assert len(steps) > 10
    assert "every file is as listed" in said
    assert "every capture is as named" in said
    assert "Signature Verified Successfully" in said
    leaf, tile = re.findall(r"^([0-9a-f]{64})(?:  -)?$", said, re.MULTILINE)[:2]
    assert leaf == tile
    opened = re.search(r"= ([0-9a-f]{64})\n([0-9a-f]{64})\n", said)
    assert opened is not None
    assert opened[1] == opened[2]
    assert said.count("passed") == 15


def shell(folder: Path, script: str) -> str:
    """Run commands as they are printed, with this Python as python3."""
    script = script.replace(tempfile.gettempdir(), str(folder.parent))
    script = script.replace("python3", sys.executable)
    ran = subprocess.run(
        ["bash", "-eu", "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
