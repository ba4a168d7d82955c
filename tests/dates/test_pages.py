"""The page on dates shows what the room does."""

import csv
import io
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/dates.md").read_text(encoding="utf-8")


def test_every_written_form_stands_on_the_page():
    table = (ROOT / "tests/dates/forms.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(table)):
        assert f"| {row['written']} | {row['source_date']} |" in PAGE


def test_every_code_of_the_room_stands_on_the_page():
    for file in (ROOT / "src/dadkhah/dates").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        codes = set(re.findall(r'code="([a-z-]+)"', text)) | set(
            re.findall(r'"(date-[a-z-]+)"', text)
        )
        assert {code for code in codes if f"`{code}`" not in PAGE} == set(), file.name
