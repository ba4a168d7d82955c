"""Archives of every released format open for ever, with nothing but what verification needs.

tests/golden/archives holds one for each version, never written again. Everyone in them is invented.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.custody.cast import LOG, OTHER, ROOT

from dadkhah.cli.verify import Given, verify_archive
from dadkhah.custody import standalone
from dadkhah.custody.signers import verifier_text

ARCHIVES = sorted((ROOT / "tests/golden/archives").iterdir())

# what a machine without the reading room does not have
BLOCKED = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "django":
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Missing())
from dadkhah.cli import main
main()
"""


@pytest.mark.parametrize("folder", ARCHIVES, ids=lambda path: path.name)
def test_an_archive_of_each_version_passes_both_verifiers(folder: Path) -> None:
    for key in ("", verifier_text(LOG.verifier), verifier_text(OTHER.verifier)):
        report = verify_archive(folder, Given(key=key))
        assert report.passed, [(check.code, check.where) for check in report.failures]
    assert {check.number for check in report.checks} == {*range(1, 21)}
    assert standalone.verify(folder) == {}


@pytest.mark.parametrize("folder", ARCHIVES, ids=lambda path: path.name)
def test_the_copy_of_the_second_verifier_in_it_still_runs(folder: Path) -> None:
    words = [sys.executable, "-I", str(folder / "verify.py"), verifier_text(OTHER.verifier)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.count("passed")) == (0, 15), ran.stdout + ran.stderr


@pytest.mark.parametrize("folder", ARCHIVES, ids=lambda path: path.name)
def test_verify_works_where_django_cannot_be_imported(folder: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-c", BLOCKED, "verify", str(folder)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert len(re.findall(r"^ *\d+\. passed", ran.stdout, re.MULTILINE)) == 20
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    path = copy / "records" / "source.jsonl"
    path.write_bytes(path.read_bytes().replace(b"a book", b"a cook", 1))
    ran = subprocess.run([*words[:-1], str(copy)], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "record-changed" in ran.stdout
    assert "manifest-digest" in ran.stdout
