"""The map shows a place at the level at which its position is known, and no nearer."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dadkhah.memorial import mapping
from dadkhah.memorial.mapping import Mark
from dadkhah.places import Gazetteer

GAZETTEER = Gazetteer.packaged()


def mark(longitude: float, latitude: float, name: str = "x") -> Mark:
    return Mark(name=name, address="", longitude=longitude, latitude=latitude, exact=False)


def test_a_city_stands_for_itself_and_a_province_for_nothing() -> None:
    city = mapping.located(GAZETTEER.places["ir-tehran"], GAZETTEER)
    assert city is not None
    assert city[1]
    assert not mapping.exact(city[0])
    assert mapping.located(GAZETTEER.places["IR-TE"], GAZETTEER) is None


def test_a_prison_without_a_position_is_shown_by_its_city_and_said_so() -> None:
    found = mapping.located(GAZETTEER.places["evin"], GAZETTEER)
    assert found is not None
    entry, is_own = found
    assert (entry.id, is_own) == ("ir-tehran", False)


def test_no_mark_draws_no_map() -> None:
    assert mapping.draw([], ["IR"]) is None


def test_the_whole_country_lies_in_the_frame() -> None:
    chart = mapping.draw([mark(51.4, 35.7)], ["IR"])
    assert chart is not None
    assert chart.ground.startswith("M")
    assert len(chart.ground) + len(chart.borders) < 12_000


def test_a_name_goes_to_the_other_side_of_its_mark_before_it_covers_another() -> None:
    chart = mapping.draw([mark(51.4, 35.7, "one"), mark(51.41, 35.69, "two")], ["IR"])
    assert chart is not None
    assert {dot.side for dot in chart.dots} == {"right", "left"}


@given(st.floats(-179, 179), st.floats(-80, 80))
def test_any_mark_lies_on_the_drawing(longitude: float, latitude: float) -> None:
    chart = mapping.draw([mark(longitude, latitude)], [])
    assert chart is not None
    assert 0 <= chart.dots[0].x <= mapping.WIDTH
    assert 0 <= chart.dots[0].y <= chart.height
    assert re.fullmatch(r"[Mlz0-9 -]*", chart.borders)
