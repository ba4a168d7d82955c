"""The vocabulary of claims: closed, complete in its labels, and documented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dadkhah import predicates
from dadkhah.errors import RecordError
from dadkhah.records import MENTION_KINDS, Claim

DOCS = Path(__file__).resolve().parents[1] / "docs" / "predicates.md"
HURIDOCS = [str(n) for n in (4, 5, 7, 16, 18, 19, 21, 24, 25, 28, 29, 30, 32, 35, 41, 42, 48)]


def claim(predicate: str, value: Any = None, target: str = "") -> Claim:
    return Claim(
        id="c",
        mention="m",
        predicate=predicate,
        written="w",
        passage="p",
        value=value,
        target=target,
    )


def code_of(made: Claim, kind: str = "") -> str:
    with pytest.raises(RecordError) as raised:
        predicates.check(made, kind)
    return raised.value.code


def test_every_predicate_is_named_after_its_kind_and_has_both_labels() -> None:
    for predicate in predicates.all():
        assert predicate.name.startswith(f"{predicate.kind}.")
        assert all((predicate.en, predicate.fa))
        assert predicate.kind in (*MENTION_KINDS, "source")


def test_every_list_that_a_predicate_names_exists() -> None:
    for predicate in predicates.all():
        if predicate.terms:
            assert predicates.terms(predicate.terms)


def test_every_micro_thesaurus_of_the_domain_is_there_with_three_labels_per_term() -> None:
    assert set(HURIDOCS) <= set(predicates.vocabularies())
    for vocabulary in predicates.vocabularies().values():
        assert all((vocabulary.version, vocabulary.source, vocabulary.left_out))
        for term in vocabulary.terms.values():
            assert all((term.en, term.fa, term.ar))


def test_a_code_of_the_project_says_so_in_its_label() -> None:
    for list_id in HURIDOCS:
        for code, term in predicates.terms(list_id).items():
            assert ("x" in code) == ("the project's own" in term.en), code


def test_a_code_is_pairs_of_digits_and_its_parent_is_in_the_list() -> None:
    for list_id in ("4", "18", "19", "25", "30"):
        codes = predicates.terms(list_id)
        for code in codes:
            assert "x" in code or (code.isdigit() and len(code) % 2 == 0)
            assert "x" in code or len(code) == 2 or code[:2] in codes


def test_a_term_is_found_by_list_and_code() -> None:
    assert predicates.term("4:010104").en == "Death in a massacre or mass killing"


def test_what_is_right_passes() -> None:
    right = [
        claim("person.name", "Kaveh Rostami"),
        claim("person.birth_date", "1367?"),
        claim("event.date", "1988-06/1988-09"),
        claim("act.date", "../1988-09-06"),
        claim("figure.number", {"low": 2000, "high": None, "hedge": "open"}),
        claim("act.place", {"name": "Evin", "level": "prison", "gazetteer": "IR-EVIN"}),
        claim("act.type", "4:010104"),
        claim("act.involvement", "18:0102", "other"),
        claim("person.holds_post", target="post"),
        claim("person.reference", "https://example.org/1"),
        claim("person.occupation"),
    ]
    for made in right:
        predicates.check(made, made.predicate.split(".")[0])


@pytest.mark.parametrize(
    ("made", "kind", "code"),
    [
        (claim("person.colour", "red"), "person", "predicate-unknown"),
        (claim("person.name", "K"), "post", "predicate-kind"),
        (claim("person.name", 7), "person", "value-type"),
        (claim("person.name", "  "), "person", "value-type"),
        (claim("event.date", "summer of 1988"), "event", "value-type"),
        (claim("figure.number", 18000), "figure", "value-type"),
        (claim("figure.number", {"low": 5, "high": 3}), "figure", "value-type"),
        (claim("figure.number", {"low": 5, "high": 6, "middle": 5}), "figure", "value-type"),
        (claim("act.place", {"name": "Evin"}), "act", "value-type"),
        (claim("act.type", "010104"), "act", "value-type"),
        (claim("act.type", "4:9999"), "act", "term-unknown"),
        (claim("act.type", "5:01"), "act", "value-type"),
        (claim("person.holds_post"), "person", "target-missing"),
        (claim("person.holds_post", "judge", "post"), "person", "value-type"),
        (claim("person.name", None, "other"), "person", "value-type"),
        (claim("person.reference", "javascript:alert(1)"), "person", "value-type"),
    ],
)
def test_what_is_wrong_is_refused_with_its_code(made: Claim, kind: str, code: str) -> None:
    assert code_of(made, kind) == code


def test_an_unknown_list_is_refused() -> None:
    with pytest.raises(RecordError) as raised:
        predicates.terms("no such list")
    assert raised.value.code == "term-list"


def test_sensitive_predicates_are_those_of_belief_origin_and_kin() -> None:
    sensitive = {predicate.name for predicate in predicates.all() if predicate.sensitive}
    assert {
        "person.religion",
        "person.ethnicity",
        "person.relative",
        "person.affiliation",
    } <= sensitive


def test_the_page_shows_the_vocabulary_as_it_is() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert text.endswith(predicates.markdown()), (
        "write predicates.markdown() at the end of the page"
    )


def test_every_error_code_of_the_vocabulary_has_a_row() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for code in (
        "predicate-unknown", "predicate-kind", "value-type", "target-missing", "term-list",
        "term-unknown",
    ):  # fmt: skip
        assert f"| `{code}` |" in text
