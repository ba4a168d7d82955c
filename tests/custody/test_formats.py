"""The pages in docs/formats cannot lie: each example is made here and compared, byte for byte."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.custody.cast import (
    COMMITMENTS,
    LOG,
    ORIGIN,
    RECORDS,
    ROOT,
    SALTS,
    SECONDS,
    WITNESS,
    checkpoint,
    entries,
)

from dadkhah.custody.cosignatures import cosign_text, witness_of, witness_text
from dadkhah.custody.forks import Fork, check_fork, fork_text
from dadkhah.custody.merkle import consistency_proof, inclusion_proof, leaf_hash
from dadkhah.custody.notes import add_signature, open_note, parse_note, sign, verifier_text
from dadkhah.custody.proofs import InclusionProof, check_proof, proof_text
from dadkhah.custody.tiles import write_bundles, write_tiles
from dadkhah.custody.witness import Request, request_text

PAGES = ROOT / "docs/formats"
NAMES = ("checkpoint", "entry", "log", "note", "proof", "tile")
DATA = entries(4)
LEAVES = [leaf_hash(item) for item in DATA]
NOTE = sign("A text of one line.\n", LOG)


def cosigned() -> str:
    note = checkpoint(DATA)
    return add_signature(note, cosign_text(parse_note(note).text, WITNESS, seconds=SECONDS))


def proof() -> InclusionProof:
    return InclusionProof(index=2, hashes=inclusion_proof(LEAVES, 2), checkpoint=cosigned())


def log_files(data: list[bytes]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    write_tiles(map(leaf_hash, data), found.__setitem__)
    write_bundles(data, found.__setitem__)
    return found


def files() -> dict[str, bytes]:
    return {**log_files(DATA), "checkpoint": cosigned().encode()}


def commitments() -> str:
    lines = []
    for salt, record, commitment in zip(SALTS, RECORDS, COMMITMENTS, strict=True):
        lines += [f"record      {record.decode()}", f"salt        {salt.hex()}"]
        lines += [f"commitment  {commitment.hex()}"]
    return "\n".join(lines) + "\n"


def request() -> str:
    return request_text(
        Request(old_size=3, proof=consistency_proof(LEAVES, 3), checkpoint=checkpoint(DATA))
    )


def fork() -> Fork:
    other = [*DATA[:2], DATA[0]]
    newer = checkpoint([*other, DATA[3]])
    path = consistency_proof([leaf_hash(item) for item in [*other, DATA[3]]], 3)
    return Fork(older=checkpoint(DATA[:3]), newer=newer, path=path)


def example_blocks(name: str) -> list[str]:
    """What the page must show, in order."""
    listing = "".join(f"{path}  {len(data)} bytes\n" for path, data in sorted(files().items()))
    tile = b"\n".join(base64.b16encode(leaf).lower() for leaf in LEAVES).decode() + "\n"
    blocks = {
        "checkpoint": [cosigned()],
        "entry": [DATA[0].decode() + "\n", commitments()],
        "log": [listing],
        "note": [NOTE, verifier_text(LOG.verifier) + "\n"],
        "proof": [proof_text(proof()), request(), fork_text(fork())],
        "tile": [tile, f"{len(DATA[0]):04x} {DATA[0].decode()}\n"],
    }
    return blocks[name]


def shown(name: str, language: str) -> list[str]:
    page = (PAGES / f"{name}.md").read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_on_a_format_page_are_the_ones_the_code_makes(name: str) -> None:
    assert shown(name, "text")[: len(example_blocks(name))] == example_blocks(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_format_page_shows_its_example_first(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text("utf-8")
    assert re.match(r"# .+\n\n.+\n\n```text\n", page)


def test_the_examples_check_out() -> None:
    witness = witness_of(WITNESS)
    open_note(cosigned(), [LOG.verifier, witness])
    assert check_proof(DATA[2], proof(), [LOG.verifier, witness], origin=ORIGIN).size == 4
    check_fork(fork(), [LOG.verifier], origin=ORIGIN)
    assert witness_text(witness) in (PAGES / "checkpoint.md").read_text("utf-8")


@pytest.mark.parametrize("count", [0, 1, 4, 256, 600])
def test_the_log_page_tells_how_to_check_a_log_with_python_alone(
    tmp_path: Path, count: int
) -> None:
    data = entries(count)
    for path, content in {**log_files(data), "checkpoint": checkpoint(data).encode()}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert run_log_page(tmp_path) == f"{count} entries, root as signed\n"
    for bundle in (tmp_path / "tile").glob("entries/**/*[0-9]"):
        if bundle.is_file():
            bundle.write_bytes(bundle.read_bytes().replace(b"account-1", b"account-2", 1))
            assert run_log_page(tmp_path) == f"{count} entries, NOT the root that was signed\n"


def run_log_page(folder: Path) -> str:
    (program,) = shown("log", "python")
    ran = subprocess.run(
        [sys.executable, "-I", "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_the_note_page_tells_how_to_check_a_signature_with_openssl(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(NOTE, "utf-8")
    (script,) = shown("note", "sh")
    script = script.replace("VKEY", verifier_text(LOG.verifier))
    ran = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.stdout.endswith("Signature Verified Successfully\n"), ran.stderr
    (tmp_path / "note.txt").write_text(NOTE.replace("one", "two"), "utf-8")
    ran = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode != 0
