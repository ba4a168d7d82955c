"""Places for people."""

import pytest

from dadkhah.errors import InputError
from dadkhah.places import display, read


@pytest.mark.parametrize(
    ("text", "english", "persian"),
    [
        ("زندان اوین", "Evin, Tehran", "اوین، تهران"),
        ("Shiraz", "Shiraz, Fars", "شیراز، فارس"),
        ("Tehran", "Tehran", "تهران"),
        ("Iran", "Iran", "ایران"),
        ("Green Hill prison", "Green Hill prison", "Green Hill prison"),
    ],
)
def test_a_place_is_shown_with_the_nearest_larger_one(text, english, persian):
    assert display(read(text)) == english
    assert display(read(text), "fa") == persian


def test_another_language_is_refused():
    with pytest.raises(InputError) as refused:
        display(read("Shiraz"), "de")
    assert refused.value.code == "place-language"
