"""Places are read at the level really known (CR-08)."""

import pytest

from dadkhah.errors import InputError
from dadkhah.places import Gazetteer, find, read


@pytest.mark.parametrize(
    ("text", "level", "gazetteer"),
    [
        ("Evin prison, Tehran", "prison", "evin"),
        ("Evin", "prison", "evin"),
        ("زندان اوین", "prison", "evin"),
        ("زندان اوين", "prison", "evin"),
        ("Gohardasht (Rajai Shahr)", "prison", "gohardasht"),
        ("Gohar-Dasht", "prison", "gohardasht"),
        ("رجایی‌شهر", "prison", "gohardasht"),
        ("رجائی شهر", "prison", "gohardasht"),
        ("گورستان خاوران", "cemetery", "khavaran"),
        ("Khavaran cemetery", "cemetery", "khavaran"),
        ("Tehran", "city", "ir-tehran"),
        ("طهران", "city", "ir-tehran"),
        ("Tehran province", "province", "IR-TE"),
        ("استان تهران", "province", "IR-TE"),
        ("Karaj, Alborz Province", "city", "ir-karaj"),
        ("نجف‌آباد", "city", "ir-najafabad"),
        ("نجف آباد", "city", "ir-najafabad"),
        ("Esfahan province", "province", "IR-ES"),
        ("Azarbaijan-e Sharqi", "province", "IR-EA"),
        ("Sistan & Baluchestan", "province", "IR-SB"),
        ("across the country", "country", None),
        ("سراسر کشور", "country", None),
        ("the prisons of the Islamic Republic", "country", "IR"),
        ("prisons across Iran", "country", "IR"),
        ("زندان‌های ایران", "country", "IR"),
        ("Great Britain", "country", "GB"),
        ("آمریکا", "country", "US"),
        ("Green Hill prison", "prison", None),
        ("Shiraz prison", "prison", None),
        ("ward 3 of Evin prison", "ward", None),
        ("بند ۳ زندان اوین", "ward", None),
        ("Green Hill", "unknown", None),
    ],
)
def test_a_written_place_is_read_at_the_level_really_known(text, level, gazetteer):
    place = read(text)
    assert (place.written, place.level, place.gazetteer) == (text, level, gazetteer)


def test_the_middle_of_a_city_never_stands_for_a_prison():
    for text in ("Evin prison, Tehran", "Shiraz prison", "Green Hill prison, Shiraz", "Gohardasht"):
        place = read(text)
        assert (place.longitude, place.latitude) == (None, None)
    assert read("Shiraz").longitude == pytest.approx(52.5, abs=0.1)


def test_what_the_gazetteer_does_not_hold_keeps_its_name_and_its_surroundings():
    place = read("Green Hill prison, Shiraz")
    assert (place.name, place.level, place.gazetteer) == ("Green Hill", "prison", None)
    assert place.within == ("ir-shiraz", "IR-FA", "IR")


def test_a_kind_that_belongs_to_the_larger_place_says_nothing_of_the_smaller():
    place = read("Green Hill, Urmia, West Azerbaijan Province")
    assert (place.name, place.level) == ("Green Hill", "unknown")
    assert "ir-urmia" in place.within


def test_a_name_of_a_city_and_its_province_says_both():
    assert read("Tehran").candidates == ("ir-tehran", "IR-TE")
    assert read("Tehran province").candidates == ()


def test_a_column_that_names_its_level_chooses_between_two_of_one_name():
    assert read("Tehran", level="province").gazetteer == "IR-TE"
    assert read("Tehran", level="city").candidates == ()
    with pytest.raises(InputError, match="level"):
        read("Tehran", level="planet")


@pytest.mark.parametrize("text", ["Unknown", "نامعلوم", "نامشخص"])
def test_a_word_for_not_known_is_no_name(text):
    place = read(text)
    assert (place.name, place.level, place.gazetteer) == ("", "unknown", None)


def test_marks_that_cannot_be_seen_change_nothing():
    assert read("\u200fزندان\u200e ا\u200dوین".replace("\u200d", "")).gazetteer == "evin"
    assert read("زِندانِ اِوین").gazetteer == "evin"


@pytest.mark.parametrize("text", ["", "   ", "...", "\u202e", "x" * 301])
def test_bad_input_is_a_clear_refusal(text):
    with pytest.raises(InputError) as refused:
        read(text)
    assert refused.value.code in ("place-empty", "place-too-long")


def test_places_are_found_in_running_text_with_what_they_lie_in():
    text = "Held in Evin prison, Tehran, and in Gohardasht, across the country and in London."
    items = [(text[item.start : item.end], item.place.gazetteer) for item in find(text)]
    assert items == [
        ("Evin prison, Tehran", "evin"),
        ("Gohardasht", "gohardasht"),
        ("across the country", None),
        ("London", "gb-london"),
    ]


def test_places_are_found_in_persian_text():
    text = "در زندان اوین و گوهردشت و زندان‌های شیراز، تبریز و دزفول در سراسر کشور"
    levels = [(item.place.gazetteer, item.place.level) for item in find(text)]
    assert levels == [
        ("evin", "prison"),
        ("gohardasht", "prison"),
        ("ir-shiraz", "city"),
        ("ir-tabriz", "city"),
        ("ir-dezful", "city"),
        (None, "country"),
    ]


@pytest.mark.parametrize(
    "text", ["a turkey and a chad", "political prisoners", "the current president", "من ری می‌خواهم"]
)
def test_no_place_is_found_where_there_is_none(text):
    assert [item for item in find(text) if item.place.gazetteer] == []


def test_long_text_without_places_is_read_in_good_order():
    assert find("the word " * 20000) == []


def test_a_case_brings_its_own_places(tmp_path):
    file = tmp_path / "places.csv"
    file.write_text(
        "id,level,name_en,name_fa,other_names,within,longitude,latitude,precision,source\n"
        "aa,country,Aland of Tests,آزمونستان,,,,,,invented\n"
        "aa-p1,prison,Green Hill,تپه سبز,Greenhill,aa,,,site,invented\n",
        encoding="utf-8",
    )
    gazetteer = Gazetteer.read(file, with_packaged=False)
    assert read("زندان تپهٔ سبز", gazetteer).gazetteer == "aa-p1"
    assert read("Greenhill prison, Aland of Tests", gazetteer).within == ("aa",)
    assert read("Evin", gazetteer).gazetteer is None
    assert read("Evin", Gazetteer.read(file)).gazetteer == "evin"
