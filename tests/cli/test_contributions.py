"""The command line on contributions: ids and states; a contact opens with its key alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyrage import x25519

FILL = """
import django; django.setup()
from dadkhah.web.contributions import sending, tickets
sent = sending.send(
    ticket=tickets.issue(), about="whole", kind="memory", language="en",
    words="A memory of nobody.", name="Canary Name", contact="nobody@example.org",
)
print(sent.contribution)
"""


def run(case: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dadkhah.cli", "--case", str(case), *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **more}
    )


@pytest.mark.slow
def test_a_contact_opens_with_its_key_alone_and_the_log_says_so(tmp_path: Path) -> None:
    key, case = x25519.Identity.generate(), tmp_path / "case"
    setting = {"DADKHAH_CONTRIBUTION_RECIPIENTS": str(key.to_public())}
    assert run(tmp_path, "init", str(case), "--password", "a long invented one").returncode == 0
    django = {
        **os.environ,
        **setting,
        "DADKHAH_CASE": str(case),
        "DJANGO_SETTINGS_MODULE": "dadkhah.web.settings",
    }
    filled = subprocess.run(
        [sys.executable, "-c", FILL], capture_output=True, text=True, check=True, env=django
    )
    number = filled.stdout.strip()
    listed = run(case, "contributions", "--json").stdout
    assert json.loads(listed)["id"] == number
    assert "nobody" not in listed
    right, wrong = tmp_path / "right.txt", tmp_path / "wrong.txt"
    right.write_text(f"# public key: {key.to_public()}\n{key}\n")
    wrong.write_text(f"{x25519.Identity.generate()}\n")
    said = ("--by", "account:1", "--purpose", "to ask for a date")
    refused = run(case, "contact", number, "--identity", str(wrong), *said)
    assert refused.returncode == 4
    assert "contact-sealed" in refused.stderr
    opened = run(case, "contact", number, "--identity", str(right), *said)
    assert "nobody@example.org" in opened.stdout
    from_log = run(case, "contributions")
    assert "nobody@example.org" not in from_log.stdout
    assert "to ask for a date" in run(case, "custody", _source(case, number), "--json").stdout


def _source(case: Path, number: str) -> str:
    import sqlite3

    with sqlite3.connect(case / "store.sqlite3") as store:
        query = "SELECT source_id FROM contributions_contribution WHERE id = ?"
        return str(store.execute(query, [number]).fetchone()[0])
