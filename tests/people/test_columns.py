"""Columns that stand in each other's place in one list are told by the other lists."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from tests.people.conftest import SmallWorld

from dadkhah import people
from dadkhah.people.columns import fathers_longer, turned_columns

Make = Callable[..., pl.DataFrame]
PLACES = ("Sangab", "Kuhsar", "Tirazh", "Mehroud")
GROUPS = ("Cedar", "Plane Tree", "Willow", "Poplar")
LETTERS = {"Sangab": "سنگاب", "Kuhsar": "کوهسار", "Tirazh": "تیراژ", "Mehroud": "مهرود"}


def rows(collection: str, count: int = 24, **cells: str) -> list[dict[str, str]]:
    """Give rows whose cells named in `cells` hold the column that it says."""
    made = []
    for at in range(count):
        told = {"place": PLACES[at % 4], "group": GROUPS[at % 4], "name": f"Ali Karimi{'a' * at}",
                "father": "Hassan"}  # fmt: skip
        own = {name: told[cells.get(name, name)] for name in told}
        made.append({"name": own["name"], "father_name": own["father"], "collection": collection,
                     "death_place": own["place"], "affiliation": own["group"]})  # fmt: skip
    return made


def test_a_list_whose_places_are_the_groups_of_others_is_told(make_table: Make) -> None:
    turned = rows("c", place="group", group="place")
    assert turned_columns(make_table(*rows("a"), *rows("b"), *turned)) == 2
    assert turned_columns(make_table(*rows("a"), *rows("b"))) == 0


def test_places_in_another_script_are_told_too(make_table: Make) -> None:
    other = [{**row, "affiliation": LETTERS[row["death_place"]], "death_place": row["affiliation"]}
             for row in rows("c")]  # fmt: skip
    assert turned_columns(make_table(*rows("a"), *rows("b"), *other)) == 2


def test_a_list_of_other_places_is_not_taken_for_turned(
    make_table: Make, small: SmallWorld
) -> None:
    far = [{**row, "death_place": row["death_place"][::-1]} for row in rows("c")]
    assert turned_columns(make_table(*rows("a"), *far)) == 0
    assert turned_columns(small.table) == 0


def test_a_list_whose_fathers_have_the_longer_names_is_told(make_table: Make) -> None:
    turned = rows("c", name="father", father="name")
    assert fathers_longer(make_table(*rows("a"), *turned)) == 1
    assert fathers_longer(make_table(*rows("a"), *turned[:10])) == 0


def test_names_in_letters_that_are_not_read_are_told(small: SmallWorld) -> None:
    cyrillic = small.table[:1].with_columns(
        id=pl.lit("x"), name=pl.lit("Јасмин"), unidentified=pl.lit(value=True)
    )
    assert "letters-unread:1" in people.link(pl.concat([small.table, cyrillic])).flags
