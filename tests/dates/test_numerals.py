"""Numbers written out."""

import pytest

from dadkhah.dates.numerals import number_at
from dadkhah.dates.tokens import tokens


@pytest.mark.parametrize(
    ("text", "value", "ordinal"),
    [
        ("thirty-five", 35, False),
        ("nineteen eighty-eight", 1988, False),
        ("two thousand and thirteen", 2013, False),
        ("one hundred and five", 105, False),
        ("nineteen hundred and five", 1905, False),
        ("twenty-fifth", 25, True),
        ("35th", 35, True),
        ("شصت و هفت", 67, False),
        ("شصت‌و‌هفت", 67, False),
        ("هزار و سیصد و شصت و هفت", 1367, False),
        ("یکهزار و سیصد و شصت و هفت", 1367, False),
        ("پنج هزار", 5000, False),
        ("بیست و هشتم", 28, True),
        ("سی‌ام", 30, True),
        ("سی و پنجمین", 35, True),
        ("۶۷", 67, False),
        ("خمس", 5, False),
    ],
)
def test_a_number_is_read_from_its_words(text, value, ordinal):
    cut = tokens(text)
    end, (read, _, is_ordinal) = number_at(cut, 0)
    assert (end, read, is_ordinal) == (len(cut), value, ordinal)


def test_two_numbers_side_by_side_are_not_added():
    assert number_at(tokens("two and three"), 0)[1][0] == 2
    assert number_at(tokens("دو و سه"), 0)[1][0] == 2
    assert number_at(tokens("prisoners"), 0) is None
