"""Weighing keeps every value, counts origins once, and names the rule of what it shows."""

from __future__ import annotations

from typing import Any

from dadkhah.claims.weighing import RULES, STATES, Values, weigh
from dadkhah.records import Claim, Collection, Mention, Source

SOURCES = [
    Source(id="book"),
    Source(id="copy", derived_from=("book",)),
    Source(id="letter"),
    Source(id="list-1", collection="A"),
    Source(id="list-2", collection="B"),
]
COLLECTIONS = [Collection(id="A", title="A"), Collection(id="B", title="B", derived_from=("A",))]
MENTIONS = [
    Mention(id=source.id, source=source.id, type="person", label="", passage="p",
            collection=source.collection)
    for source in SOURCES
]  # fmt: skip


def claim(source: str, predicate: str, value: Any, number: int = 0, **more: Any) -> Claim:
    return Claim(
        id=f"{source}-{number}", mention=source, predicate=predicate, written=str(value),
        passage="p", value=value, **more,
    )  # fmt: skip


def weighed(*claims: Claim) -> Values:
    (values,) = weigh(claims, SOURCES, MENTIONS, COLLECTIONS).values()
    assert values.state in STATES
    assert values.rule in RULES
    return values


def test_one_value_is_shown_because_it_is_the_only_one() -> None:
    values = weighed(claim("book", "person.occupation", "teacher"))
    assert (values.state, values.shown, values.rule) == ("single", "teacher", "only-value")


def test_a_copy_and_its_original_are_one_origin() -> None:
    values = weighed(
        claim("book", "person.occupation", "teacher"), claim("copy", "person.occupation", "teacher")
    )
    assert (values.origins, values.state) == (1, "single")
    assert len(values.values[0].claims) == 2


def test_two_independent_sources_agree() -> None:
    values = weighed(
        claim("book", "person.occupation", "teacher"),
        claim("letter", "person.occupation", "Teacher"),
    )
    assert (values.origins, values.state, values.rule) == (2, "agree", "all-agree")


def test_a_list_made_from_another_list_is_no_second_origin() -> None:
    values = weighed(
        claim("list-1", "person.age", {"low": 20, "high": 20}),
        claim("list-2", "person.age", {"low": 20, "high": 20}),
    )
    assert values.origins == 1


def test_two_sources_that_report_one_speaker_are_one_origin() -> None:
    values = weighed(
        claim("book", "person.occupation", "teacher", speaker="The Group", stance="reports"),
        claim("letter", "person.occupation", "teacher", speaker="the group", stance="reports"),
    )
    assert values.origins == 1


def test_contested_numbers_show_smallest_and_largest_and_nothing_between() -> None:
    values = weighed(
        claim("book", "figure.number", {"low": 18000, "high": 18000}),
        claim("letter", "figure.number", {"low": 1200, "high": 1200}),
    )
    assert (values.state, values.shown, values.rule) == ("conflict", None, "smallest-and-largest")
    assert (values.low, values.high) == (1200, 18000)
    assert len(values.values) == 2


def test_a_number_that_is_open_leaves_the_largest_open() -> None:
    values = weighed(
        claim("book", "figure.number", {"low": 18000, "high": 18000}),
        claim("letter", "figure.number", {"low": 2000, "high": None, "hedge": "open"}),
    )
    assert (values.state, values.low, values.high) == ("compatible", 2000, None)


def test_of_dates_that_hold_together_the_most_precise_is_shown() -> None:
    values = weighed(
        claim("book", "person.death_date", "1988"),
        claim("letter", "person.death_date", "1988-08"),
        claim("list-1", "person.death_date", "1988-08-03"),
    )
    assert (values.state, values.shown) == ("compatible", "1988-08-03")
    assert values.rule == "most-precise"


def test_dates_apart_are_a_conflict_and_the_better_supported_is_shown_by_name_of_rule() -> None:
    values = weighed(
        claim("book", "person.death_date", "1988-08-03"),
        claim("letter", "person.death_date", "1988-08-03"),
        claim("list-1", "person.death_date", "1987-01-01"),
    )
    assert (values.state, values.shown, values.rule) == ("conflict", "1988-08-03", "most-origins")
    assert len(values.values) == 2


def test_where_support_is_equal_nothing_is_chosen() -> None:
    values = weighed(
        claim("book", "person.death_date", "1988-08-03"),
        claim("letter", "person.death_date", "1987-01-01"),
    )
    assert (values.shown, values.rule) == (None, "none-chosen")


def test_an_accepted_value_goes_first_and_the_other_stays() -> None:
    values = weighed(
        claim("book", "person.death_date", "1988-08-03"),
        claim("letter", "person.death_date", "1987-01-01", status="accepted"),
    )
    assert (values.shown, values.rule) == ("1987-01-01", "accepted")
    assert len(values.values) == 2


def test_what_is_withdrawn_does_not_count() -> None:
    values = weighed(
        claim("book", "person.death_date", "1988-08-03"),
        claim("letter", "person.death_date", "1987-01-01", status="withdrawn"),
    )
    assert values.state == "single"


def test_one_source_against_itself_is_a_contradiction() -> None:
    values = weighed(
        claim("book", "person.death_date", "1988-08-03", 1),
        claim("book", "person.death_date", "1987-01-01", 2),
    )
    assert values.state == "contradiction"
    assert values.contradictions == (("book-1", "book-2"),)


def test_a_denial_is_a_contradiction_and_is_never_shown_as_the_value() -> None:
    values = weighed(
        claim("book", "person.cause_of_death", "executed"),
        claim("letter", "person.cause_of_death", "executed", stance="denies"),
    )
    assert values.state == "contradiction"
    assert values.values[0].denied_by == ("letter-0",)
    assert (values.shown, values.origins) == ("executed", 1)
    alone = weighed(claim("letter", "person.cause_of_death", "executed", stance="denies"))
    assert (alone.shown, alone.rule) == (None, "none-chosen")


def test_flags_of_extraction_are_contradictions_here() -> None:
    values = weighed(claim("book", "act.date", "1988-06/1988-09", flags=("contradicts:other",)))
    assert values.contradictions == (("book-0", "other"),)


def test_forms_of_one_name_stand_together_and_other_names_are_a_conflict() -> None:
    forms = weighed(
        claim("book", "person.name", "Mohammad Karimi"),
        claim("letter", "person.name", "Muhammad Karimi"),
    )
    assert forms.state == "compatible"
    others = weighed(
        claim("book", "person.name", "Mohammad Karimi"),
        claim("letter", "person.name", "Siavash Rostami"),
    )
    assert others.state == "conflict"


def test_a_narrower_term_and_a_place_within_another_are_finer_not_other() -> None:
    term = weighed(claim("book", "act.type", "4:0101"), claim("letter", "act.type", "4:010104"))
    assert (term.state, term.shown) == ("compatible", "4:010104")
    place = weighed(
        claim("book", "person.death_place", {"name": "Tehran", "level": "city"}),
        claim("letter", "person.death_place", {"name": "Evin", "level": "prison"}),
    )
    assert place.state == "compatible"


def test_what_may_be_many_is_never_a_conflict() -> None:
    titles = weighed(claim("book", "person.title", "Dr"), claim("letter", "person.title", "Haj"))
    assert (titles.state, titles.rule) == ("several", "all-stand")
    posts = weighed(
        claim("book", "person.holds_post", None, target="judge"),
        claim("letter", "person.holds_post", None, target="mayor"),
    )
    assert posts.state == "several"
