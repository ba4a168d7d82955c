"""Fields, levels and rules have words in both languages."""

from __future__ import annotations

import re

import pytest

from dadkhah import people
from dadkhah.people.fields import FIELDS, OTHER, field_of
from dadkhah.people.keys import RULES

PERSIAN = re.compile("[\u0600-\u06ff]")


def test_every_field_level_and_rule_has_persian_words() -> None:
    said = [people.field_words(name) for name in FIELDS]
    said += [people.rule_words(name, rule.says) for name, rule in RULES.items()]
    labels = {label for name in (*FIELDS, OTHER) for label in field_of(name).levels}
    said += [people.level_words(label) for label in labels]
    assert [english for english, persian in said if not PERSIAN.search(persian)] == []
    assert all(re.search("[a-z]", english) for english, _ in said)


@pytest.mark.parametrize(
    ("reason", "english", "persian"),
    [
        ("father: the same", "father's name: the same", "نام پدر: یکسان"),
        (
            "rarity: much alike in rare words",
            "names, and how rare their words are: much alike in rare words",
            "نام‌ها و کمیابی واژه‌هایشان: بسیار همانند در واژه‌های کمیاب",
        ),
        ("shoe_size: different", "shoe size: different", "shoe size: متفاوت"),
        ("a sentence of an earlier version", *["a sentence of an earlier version"] * 2),
    ],
)
def test_what_a_machine_saw_is_said_in_both_languages(
    reason: str, english: str, persian: str
) -> None:
    assert people.reason_words(reason) == (english, persian)
