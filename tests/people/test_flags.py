"""Every flag that a linkage raises is explained in two languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dadkhah.people
from dadkhah import people

RAISED = re.compile(
    r'"((?:[a-z]+-)+[a-z]+|unidentified)(?::\{|": )|"(names-alone|training-one-class)"'
)


def raised() -> set[str]:
    """Find the flags that the code of linkage raises."""
    found: set[str] = set()
    for file in ("linkage", "usable", "blocking", "classification", "pair_table"):
        text = (Path(dadkhah.people.__file__).parent / f"{file}.py").read_text("utf-8")
        found |= {one or other for one, other in RAISED.findall(text)}
    return found


def test_every_flag_has_a_sentence() -> None:
    flags = raised()
    assert {"names-alone", "training-turned", "names-misplaced", "groups-cut"} <= flags
    assert [flag for flag in flags if people.explain_flag(f"{flag}:3")[0] == f"{flag}:3"] == []


@pytest.mark.parametrize(
    ("flag", "english", "persian"),
    [
        ("unidentified:1", "1 account names nobody", "۱ روایت"),
        ("split-by-evidence:1", "1 pair that passes", "۱ جفت"),
        ("unidentified:1200", "1,200 accounts", "۱٬۲۰۰ روایت"),
        ("training-turned:place", "“place”", "«جا»"),
        ("training-turned:further_occupation", "“occupation”", "«پیشه»"),
        ("training-turned:further_shoe_size", "“shoe size”", "«shoe size»"),
        ("names-alone", "Nothing but names", "جز نام"),
    ],
)
def test_a_flag_is_explained_with_its_count_or_field(flag: str, english: str, persian: str) -> None:
    said = people.explain_flag(flag)
    assert english in said[0]
    assert persian in said[1]


def test_a_flag_of_a_later_version_stands_as_it_is() -> None:
    assert people.explain_flag("new-thing:4") == ("new-thing:4", "new-thing:4")
