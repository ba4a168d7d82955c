"""Data that comes with the program is read, and read anew each time."""

import pytest
import yaml

from dadkhah import bundled


def test_a_file_of_a_package_is_read():
    months = bundled.read("dadkhah.memorial", "data/months.yaml")
    assert months["gregorian"]["en"][0] == "January"
    assert months["gregorian"]["fa"][0] == "ژانویه"


def test_each_reading_is_one_of_its_own():
    first = bundled.read("dadkhah.memorial", "data/words.yaml")
    first.clear()
    assert bundled.read("dadkhah.memorial", "data/words.yaml")


def test_nothing_but_plain_values_is_made():
    with pytest.raises(yaml.constructor.ConstructorError):
        bundled.parse("!!python/object/apply:os.getcwd []")
