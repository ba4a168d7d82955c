"""Figures in passing, wholes and parts, totals, and numbers that count nobody."""

from __future__ import annotations

import pytest
from tests.claims.scoring import lines, read

from dadkhah.claims.extraction import Extraction


def parts(found: Extraction) -> list[tuple[str, str]]:
    labels = {mention.id: mention.label for mention in found.mentions}
    told = [claim for claim in found.claims if claim.predicate == "figure.part_of"]
    return [(labels[claim.mention], labels[claim.target]) for claim in told]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("450 prisoners, among them 30 women, were shot.", "30 women", "450 prisoners"),
        ("450 prisoners (including 30 women) were shot.", "30 women", "450 prisoners"),
        ("Of the 180 prisoners, 142 were hanged.", "142 were hanged", "180 prisoners"),
        ("۴۵۰ زندانی، از جمله ۳۰ زن، اعدام شدند.", "۳۰ زن", "۴۵۰ زندانی"),
    ],
)
def test_a_figure_said_in_passing_is_part_of_the_other(text: str, part: str, whole: str) -> None:
    assert parts(read(text)) == [(part, whole)]


def test_the_act_the_place_and_the_time_are_those_of_the_main_figure() -> None:
    found = read(
        "450 prisoners, among them 30 women, were executed in Evin in 1988.", language="en"
    )
    labels = {mention.id: mention.label for mention in found.mentions}
    told = {c.predicate: labels[c.mention] for c in found.claims if c.predicate in WHERE_AND_WHEN}
    assert told == dict.fromkeys(WHERE_AND_WHEN, "450 prisoners")


WHERE_AND_WHEN = ("figure.place", "figure.period", "figure.act")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The union puts the figure at 30,000.", "30000"),
        ("The death toll stands at 210.", "210"),
        ('According to the union, "between 2,500 and 3,800" people died.', "2500..3800 range"),
        ("کانون شمار قربانیان را ۳۲۰۰ نفر اعلام کرد.", "3200"),
        ("More than a dozen prisoners were shot.", "13.. over"),
    ],
)
def test_a_total_is_a_figure(text: str, number: str) -> None:
    assert f"figure.number | {number}" in lines(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "One in five prisoners was flogged.",
        "About 15 per cent of the prisoners were women.",
        "Half of them were students.",
        "شمار اعدام‌شدگان از هزار نفر تجاوز نمی‌کرد.",
        "۱۵ درصد قربانیان زن بودند.",
    ],
)
def test_shares_and_bounds_that_were_not_reached_are_no_figures(text: str) -> None:
    assert not [line for line in lines(read(text)) if line.startswith("figure")]
