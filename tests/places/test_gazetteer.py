"""The gazetteer file, and the one that comes with dadkhah."""

import pytest

from dadkhah.errors import TableError
from dadkhah.places import LEVELS, Gazetteer
from dadkhah.places.gazetteer import COLUMNS

HEAD = ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id,level\n1,city\n", "gazetteer-columns"),
        (HEAD + ",city,Somewhere,,,,,,,\n", "gazetteer-row"),
        (HEAD + "a,planet,Somewhere,,,,,,,\n", "gazetteer-row"),
        (HEAD + "a,city,,,,,,,,\n", "gazetteer-row"),
        (HEAD + "a,city,Somewhere,,,,200,10,,\n", "gazetteer-degrees"),
        (HEAD + "a,city,Somewhere,,,,10,north,,\n", "gazetteer-degrees"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(tmp_path, text, code):
    file = tmp_path / "places.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as refused:
        Gazetteer.read(file)
    assert refused.value.code == code
    assert refused.value.where


def test_the_packaged_gazetteer_holds_the_countries_and_is_whole():
    places = Gazetteer.packaged().places
    assert sum(entry.level == "country" for entry in places.values()) == 249
    for entry in places.values():
        assert entry.level in LEVELS
        assert entry.name_en
        assert entry.name_fa
        assert entry.source
        assert set(entry.within) <= places.keys()
        assert entry.longitude is None or entry.level == "city"
        assert entry.longitude is None or (-180 <= entry.longitude <= 180)
