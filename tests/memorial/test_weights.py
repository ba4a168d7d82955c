"""Light enough for an old phone on a slow line: the house's limits on what a page weighs.

The invented country of the demonstration (`dadkhah.simulate`) gives as many people as it shows.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dadkhah.memorial import build
from tests.memorial import invented, reading

BENCH = Path(__file__).parents[2] / "studies/bench"
FIRST_PAGE, PERSON, PIECE = 60_000, 30_000, 40_000
PEOPLE = 1200


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("weights")
    sys.path.insert(0, str(BENCH))
    try:
        import memorial

        archive = memorial.write(room / "archive", memorial.invented(PEOPLE))
    finally:
        sys.path.remove(str(BENCH))
        sys.modules.pop("memorial", None)
    return build(archive, room / "site").folder


def loaded(page: Path) -> int:
    """The bytes that a browser fetches to show a page, fonts of both scripts included."""
    tree = reading.tree(page)
    files = [page]
    for node in tree.css("link[rel=stylesheet], script[src]"):
        where = node.attributes.get("href") or node.attributes.get("src")
        files.append(page.parent / str(where))
    assets = page.parents[len(page.relative_to(page.parents[1]).parts) - 1] / "assets"
    files += [assets / f"fonts/{name}.woff2" for name in ("vazirmatn", "literata")]
    return sum(file.stat().st_size for file in files)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_first_page_is_at_most_60_kilobytes_whole(many: Path, language: str) -> None:
    table = (many / "find/days.js").stat().st_size
    assert loaded(many / language / "index.html") + table <= FIRST_PAGE


def test_no_person_is_heavier_than_30_kilobytes(many: Path, site: Path) -> None:
    pages = [*many.glob("??/people/??/*.html"), *site.glob("??/people/??/*.html")]
    assert len(pages) > 2 * PEOPLE
    assert max(page.stat().st_size for page in pages) <= PERSON


def test_a_piece_of_the_wall_and_of_the_index_is_small(many: Path) -> None:
    pieces = [*many.glob("??/people/*.html"), *many.glob("??/places/*.html")]
    assert max(page.stat().st_size for page in pieces) <= PIECE
    index = [path for path in many.glob("find/*.js") if path.stem.isdecimal()]
    assert len(index) > 1
    assert max(path.stat().st_size for path in index) <= PIECE


def test_what_is_typed_once_loads_little(many: Path) -> None:
    fold = (many / "assets/find.js").stat().st_size + (many / "find/setting.js").stat().st_size
    assert fold <= 20_000


def test_scripts_and_style_hold_no_comment(many: Path) -> None:
    for path in many.glob("assets/*.*"):
        if path.suffix in {".js", ".css"}:
            assert b"/*" not in path.read_bytes(), path


def test_the_page_of_a_person_of_many_entries_stays_under_the_limit(tmp_path: Path) -> None:
    cast = invented.invented()
    row = next(r for r in cast.records if r.id == invented.identity("mention row 1"))
    passage = next(r for r in cast.records if r.id == row.passage)
    for number in range(12):
        cast.claim(
            row, passage, "person.death_date", f"1367-05-{number + 10}", f"1988-08-{number + 1:02}"
        )
    archive = invented.write(tmp_path / "archive", cast)
    folder = build(archive, tmp_path / "site").folder
    page = next(folder.glob(f"en/people/??/{row.id}.html"))
    assert page.stat().st_size <= PERSON
