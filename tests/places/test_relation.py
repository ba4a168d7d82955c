"""Whether two written places can be one."""

import pytest

from dadkhah.places import compatible, contains, read


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        ("Evin prison", "زندان اوین", "definitely"),
        ("Gohardasht", "Rajai Shahr", "definitely"),
        ("Evin", "Tehran", "possibly"),
        ("ward 3 of Evin prison", "Evin", "possibly"),
        ("Evin", "Tehran province", "possibly"),
        ("Evin", "Iran", "possibly"),
        ("Evin", "across the country", "possibly"),
        ("Evin", "Gohardasht", "no"),
        ("Shiraz", "Tabriz", "no"),
        ("Shiraz prison", "Tabriz", "no"),
        ("Shiraz prison", "Tabriz prison", "no"),
        ("Shiraz prison", "Fars province", "possibly"),
        ("Tehran", "Tehran province", "possibly"),
        ("Green Hill", "Blue Lake", "possibly"),
        ("Gohardasht", "Tehran province", "possibly"),
    ],
)
def test_two_places_are_compared_by_what_is_known_of_them(a, b, answer):
    assert compatible(read(a), read(b)) == answer
    assert compatible(read(b), read(a)) == answer


def test_a_place_contains_what_lies_in_it():
    assert contains(read("Tehran"), read("Evin"))
    assert contains(read("Iran"), read("Shiraz prison"))
    assert not contains(read("Evin"), read("Tehran"))
    assert not contains(read("across the country"), read("Evin"))
