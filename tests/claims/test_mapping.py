import dataclasses
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah import predicates, records
from dadkhah.claims import mapping
from dadkhah.errors import MappingError

HERE = Path(__file__).resolve().parent
OMID = HERE.parents[1] / "../shared/data/lists/omid_1988.csv"
needs_list = pytest.mark.skipif(
    not OMID.is_file(), reason="the real list is not beside this repository"
)

PLAIN = """
collection:
  title: An invented list
  compiler: A committee
  derived_from: [Another list]
  no_duplicates: true
source:
  type: x04
  title: List of names
  date: 12 August 2008
key: id
language: en
columns:
  name: {predicate: person.name, as: name}
  نام: {predicate: person.name}
  sex: {predicate: person.sex, as: term, terms: {m: male, no: unknown}}
  age: {predicate: person.age, as: number}
  died: {predicate: person.death_date, as: date, calendar: gregorian}
  place: {predicate: person.death_place, as: place}
  groups: {predicate: person.affiliation, as: text, split: ";"}
  link: {predicate: person.reference, as: url}
ignore: [note]
unidentified: [not given]
constants:
  - {predicate: person.event, value: An invented event, basis: Stated on the cover}
"""
HEADER = ("id", "name", "نام", "sex", "age", "died", "place", "groups", "link", "note")
MAPPING = mapping.parse(PLAIN, "list.yaml")


def row(number=2, **cells):
    whole = {**dict.fromkeys(HEADER, ""), "id": "1", "name": "Ali Nemune", **cells}
    text = ",".join(whole.values())
    return SimpleNamespace(
        sheet="", number=number, cells=whole, text=text, start=100, end=100 + len(text), problems=()
    )


def applied(one, **more):
    return mapping.apply(one, more.pop("by", MAPPING), source="s", capture="c" * 64, **more)


def claims(result, predicate):
    return [claim for claim in result.claims if claim.predicate == predicate]


def refused(text, code):
    with pytest.raises(MappingError) as caught:
        mapping.parse(text, "list.yaml")
    assert caught.value.code == code
    assert "list.yaml" in caught.value.where
    assert caught.value.todo
    return caught.value


def test_a_mapping_describes_its_collection_and_its_source():
    collection = mapping.collection_of(MAPPING, "a")
    assert (collection.title, collection.derived_from) == ("An invented list", ("Another list",))
    assert collection.no_duplicates is True
    source = mapping.source_of(MAPPING, "b", "a")
    assert (source.date, source.date_written, source.collection) == (
        "2008-08-12",
        "12 August 2008",
        "a",
    )


def test_a_row_becomes_a_mention_its_passage_and_a_claim_for_each_filled_cell():
    result = applied(
        row(sex="M", age="about 20", died="1988-07-28", groups="one; two", link="https://example.org/a"),
        collection="col", author="importer",
    )  # fmt: skip
    assert (result.mention.label, result.mention.key, result.mention.type) == (
        "Ali Nemune",
        "1",
        "person",
    )
    assert result.mention.passage == result.passage.id
    assert (result.passage.anchor.row, result.passage.anchor.start) == (2, 100)
    found = {claim.predicate: claim.value for claim in result.claims}
    assert found["person.sex"] == "sex:male"
    assert found["person.age"] == {"low": 20, "high": 20, "hedge": "about"}
    assert found["person.death_date"] == "1988-07-28"
    assert [claim.written for claim in claims(result, "person.affiliation")] == ["one", "two"]
    assert {claim.status for claim in result.claims} == {"unreviewed"}
    assert {claim.author for claim in result.claims} == {"importer"}
    for claim in result.claims:
        predicates.check(claim, "person")
        records.encode(claim)


def test_a_claim_says_which_column_it_stands_in():
    assert claims(applied(row()), "person.name")[0].within.column == "name"


def test_an_empty_cell_makes_no_claim():
    result = applied(row(age="  "))
    assert not claims(result, "person.age")
    assert not result.problems


@pytest.mark.parametrize(
    ("column", "text", "predicate"),
    [("died", "30 February 1988", "person.death_date"), ("died", "one day", "person.death_date"),
     ("sex", "x", "person.sex"), ("age", "old", "person.age"), ("age", "30-20", "person.age"),
     ("link", "javascript:alert(1)", "person.reference"), ("name", "...", "person.name"),
     ("groups", "\u200e", "person.affiliation")],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_kept_as_written_and_reported(column, text, predicate):
    result = applied(row(**{column: text}))
    (claim,) = claims(result, predicate)
    assert (claim.value, claim.written) == (None, text)
    assert "unread" in claim.flags
    (problem,) = result.problems
    assert (problem.row, problem.column) == (2, column)
    assert problem.code
    assert problem.what
    predicates.check(claim, "person")


@pytest.mark.parametrize(
    ("text", "value"),
    [("25", (25, 25)), ("۲۵", (25, 25)), ("25.0", (25, 25)), ("20-25", (20, 25)),
     ("20 تا 25", (20, 25)), ("1,412", (1412, 1412)), ("over 30", (31, None)),
     ("at least 30", (30, None)), ("30+", (30, None)), ("حدود ۲۵ سال", (25, 25)),
     ("under 18", (0, 18)), ("19 years old", (19, 19))],
)  # fmt: skip
def test_numbers_are_read_with_their_bounds(text, value):
    (claim,) = claims(applied(row(age=text)), "person.age")
    assert (claim.value["low"], claim.value["high"]) == value


@pytest.mark.parametrize("name", ["Unknown", "ناشناس", "Not given", ""])
def test_an_unidentified_person_is_counted_and_has_no_name(name):
    result = applied(row(name=name))
    assert result.mention.unidentified
    assert [claim.value for claim in claims(result, "person.name")] == ([None] if name else [])


def test_a_person_named_in_one_script_is_identified():
    assert not applied(row(name="Unknown", نام="علی نمونه")).mention.unidentified


def test_a_name_of_ten_thousand_characters_refuses_its_row():
    result = applied(row(name="x" * 10_000))
    assert (result.mention, result.claims) == (None, ())
    assert [(p.code, p.row, p.column) for p in result.problems] == [("cell-too-long", 2, "name")]


def test_a_row_with_problems_of_the_table_is_refused_with_them():
    bad = row()
    bad.problems = (
        SimpleNamespace(code="row-ragged", row=2, column="", what="w", todo="t", sheet=""),
    )
    bad.cells = {}
    result = applied(bad)
    assert result.mention is None
    assert [problem.code for problem in result.problems] == ["row-ragged"]


def test_a_row_without_a_key_is_refused():
    assert [problem.code for problem in applied(row(id=" ")).problems] == ["row-key-empty"]


def test_a_constant_is_claimed_of_every_row_without_words_of_the_row():
    (claim,) = claims(applied(row()), "person.event")
    assert (claim.value, claim.written, claim.basis) == (
        "An invented event",
        "",
        "Stated on the cover",
    )
    assert "constant" in claim.flags


def test_columns_can_be_joined_into_one_name():
    joined = mapping.parse(
        "collection: {title: t}\nkey: id\ncolumns:\n"
        "  given: {predicate: person.name, join: [family]}\n"
    )
    one = SimpleNamespace(sheet="", number=2, cells={"id": "1", "given": "Ali", "family": "Nemune"},
                          text="1,Ali,Nemune", start=0, end=12, problems=())  # fmt: skip
    (claim,) = applied(one, by=joined).claims
    assert (claim.value, claim.flags) == ("Ali Nemune", ("joined",))


def test_ids_of_an_earlier_import_are_kept():
    first = applied(row(age="20"))
    slots = {
        mapping.slot(claim.predicate, claim.within.column if claim.within else "", 0): claim.id
        for claim in first.claims
    }
    ids = mapping.Ids(mention=first.mention.id, passage=first.passage.id, claims=slots)
    second = applied(row(age="21"), ids=ids)
    assert second.mention.id == first.mention.id
    assert [claim.id for claim in second.claims] == [claim.id for claim in first.claims]


def test_a_changed_row_or_mapping_has_another_fingerprint():
    one = mapping.fingerprint(row(), MAPPING)
    assert mapping.fingerprint(row(number=9), MAPPING) == one
    assert mapping.fingerprint(row(age="3"), MAPPING) != one
    other = mapping.parse(PLAIN.replace("An invented event", "Another"))
    assert mapping.fingerprint(row(), other) != one


def test_a_first_day_of_a_year_on_most_rows_is_read_as_its_year():
    rows = [row(id=str(n), died="1988-01-01" if n < 15 else f"1988-07-{n}") for n in range(1, 21)]
    found = mapping.placeholders(rows, MAPPING)
    (claim,) = claims(applied(rows[0], placeholders=found), "person.death_date")
    assert (claim.value, claim.written) == ("1988", "1988-01-01")
    assert "placeholder" in claim.flags
    assert "14 of 20" in claim.basis
    (claim,) = claims(applied(rows[-1], placeholders=found), "person.death_date")
    assert (claim.value, claim.flags) == ("1988-07-20", ())


def test_the_first_day_of_a_solar_year_stands_for_that_year():
    solar = mapping.parse(PLAIN.replace("calendar: gregorian", "calendar: solar_hijri"))
    rows = [row(id=str(n), died="1367/01/01") for n in range(20)]
    found = mapping.placeholders(rows, solar)
    (claim,) = claims(applied(rows[0], by=solar, placeholders=found), "person.death_date")
    assert claim.value == "1988-03-21/1989-03-20"


def test_the_report_counts_columns_problems_and_keys_that_are_there_twice():
    rows = [row(age="20"), row(age="old"), row(id="2", name="Unknown"), row(id="")]
    report = mapping.summary([(one, applied(one)) for one in rows], MAPPING)
    assert (report.rows, report.mentions, report.refused, report.unidentified) == (4, 3, 1, 1)
    assert report.keys_twice == {"1": 2}
    age = next(column for column in report.columns if column.column == "age")
    assert (age.filled, age.distinct, age.unread) == (2, 2, 1)
    assert report.problems["row-key-empty"] == 1


def test_a_table_and_its_mapping_must_fit_both_ways():
    mapping.check(MAPPING, HEADER)
    with pytest.raises(MappingError, match=r"no column “age”.*“id”, “name”") as caught:
        mapping.check(MAPPING, [column for column in HEADER if column != "age"])
    assert caught.value.code == "mapping-column-missing"
    with pytest.raises(MappingError, match="“phone”") as caught:
        mapping.check(MAPPING, (*HEADER, "phone"))
    assert caught.value.code == "mapping-column-unmapped"


def test_a_column_that_is_missing_gets_the_nearest_name():
    with pytest.raises(MappingError) as caught:
        mapping.check(MAPPING, [*(column for column in HEADER if column != "place"), "places"])
    assert "places" in caught.value.todo


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("person.name, as: name", "person.nam, as: name", "mapping-value", "person.name"),
        ("person.age, as: number", "act.date", "mapping-value", ""),
        ("as: number", "as: date", "mapping-reading", "as: number"),
        ("calendar: gregorian", "calendar: solar", "mapping-value", "solar_hijri"),
        ("calendar: gregorian", "order: day first", "mapping-value", "dmy"),
        ("{m: male, no: unknown}", "{m: mael}", "mapping-value", "male"),
        ("key: id", "keys: id", "mapping-value", "key"),
        ("key: id", "kind: people", "mapping-value", "person"),
        ("title: An invented list", "compiler: x", "mapping-key-twice", ""),
        ("title: An invented list", "scope: x", "mapping-collection", ""),
        ("no_duplicates: true", "no_duplicates: maybe", "mapping-value", "true"),
        ("12 August 2008", "30 February 2008", "mapping-value", ""),
        ("ignore: [note]", "formulas: perhaps", "mapping-value", "values"),
        ("ignore: [note]", "ignore: {a: b}", "mapping-value", ""),
        ("language: en", "language: [en", "mapping-yaml", ""),
        ("value: An invented event, ", "", "mapping-value", ""),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_key_and_the_nearest_word(old, new, code, said):
    assert old in PLAIN
    error = refused(PLAIN.replace(old, new, 1), code)
    assert said in error.todo


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "mapping-shape"), ("- a", "mapping-shape"), ("collection: {title: t}", "mapping-columns"),
     ("collection: {title: t}\ncolumns: {a: {predicate: person.age}}", "mapping-label"),
     ("collection: {title: t}\ncolumns: {a: word}", "mapping-shape"),
     ("!!python/object:os.system {}", "mapping-yaml"), ("a: &a [*a]", "mapping-yaml")],
)  # fmt: skip
def test_what_is_no_mapping_is_refused(text, code):
    refused(text, code)


def test_a_file_that_is_no_mapping_is_refused(tmp_path):
    path = tmp_path / "list.yaml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(MappingError):
        mapping.read(path)
    path.write_bytes(b"#" * (1 << 21))
    with pytest.raises(MappingError) as caught:
        mapping.read(path)
    assert caught.value.code == "mapping-size"


def test_one_column_can_make_two_claims():
    both = mapping.parse(PLAIN.replace(
        "  age: {predicate: person.age, as: number}",
        "  age: [{predicate: person.age}, {predicate: person.title}]",
    ))  # fmt: skip
    result = applied(row(age="20"), by=both)
    assert claims(result, "person.title")[0].value == "20"


TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(("name", "sex", "age", "died", "place", "link"), TEXT)))
def test_any_row_gives_valid_claims_that_keep_what_was_written(cells):
    result = applied(row(**cells))
    for claim in result.claims:
        predicates.check(claim, "person")
        records.encode(claim)
        if claim.within is not None:
            assert claim.written == cells.get(claim.within.column, claim.written)
    filled = sum(bool(text) and not text.isspace() for text in cells.values())
    assert len(result.claims) == filled + 1


@needs_list
def test_every_column_of_the_real_list_is_mapped_and_every_row_is_read():
    from dadkhah.sources import tables

    by = mapping.read(HERE / "data/omid_1988.yaml")
    table = tables.rows(OMID, "text/csv", name="list.csv")
    mapping.check(by, table.header)
    found = mapping.placeholders(table, by)
    tally = mapping.Tally(by)
    for one in table:
        result = applied(one, by=by, placeholders=found)
        assert result.mention.label
        for claim in result.claims:
            assert claim.written in one.text.replace('""', '"')
        tally.add(one, result)
    report = tally.report()
    assert (report.rows, report.refused, report.problems) == (3614, 0, {})
    died = next(column for column in report.columns if column.column == "date_of_death")
    assert any("1988-01-01 stands on 2,889" in said for said in died.suspicions)
    assert found["date_of_death"]["1988-01-01"].year == "1988"


def test_readings_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        MAPPING.columns[0].column = "x"
