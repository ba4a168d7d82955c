"""The page on places explains every refusal of the room."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/places.md").read_text(encoding="utf-8")


def test_every_code_of_the_room_stands_on_the_page():
    for file in (ROOT / "src/dadkhah/places").glob("*.py"):
        codes = set(re.findall(r'"((?:place|gazetteer)-[a-z]+)"', file.read_text(encoding="utf-8")))
        assert {code for code in codes if f"`{code}`" not in PAGE} == set(), file.name
