"""Gates say what is wrong, in both languages, and what would help."""

from __future__ import annotations

import pytest

import dadkhah.estimate as mse
from dadkhah.estimate.reasons import codes, gate, reason
from dadkhah.records import Collection


def table(rows: dict[str, int], lists: str = "ABC") -> mse.Overlaps:
    """Overlaps from {"AB": 5}."""
    return mse.tidy(
        mse.Overlaps(
            lists=tuple(lists),
            patterns=tuple(tuple(int(name in on) for name in lists) for on in rows),
            counts=tuple(rows.values()),
        )
    )


GOOD = {"A": 40, "B": 40, "C": 40, "AB": 15, "AC": 12, "BC": 14, "ABC": 4}


def failed(rows: dict[str, int], lists: str = "ABC") -> dict[str, str]:
    return {g.code: g.stops for g in mse.gates(table(rows, lists)) if not g.passed}


def test_a_sound_table_passes_every_gate() -> None:
    assert failed(GOOD) == {}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ({"A": 10}, "lists-too-few"),
        ({"A": 10, "B": 10, "AB": 10}, "lists-too-few"),
        ({"A": 100, "B": 80, "C": 60}, "lists-not-connected"),
        ({"A": 40, "B": 40, "C": 40, "AB": 1, "AC": 1, "BC": 1}, "overlap-too-small"),
        ({"ABC": 50}, "list-holds-everybody"),
        ({}, "nobody-listed"),
    ],
)
def test_what_cannot_be_estimated_is_stopped(rows: dict[str, int], code: str) -> None:
    assert failed(rows).get(code) == "everything"


def test_an_empty_list_is_told_and_three_others_go_on() -> None:
    found = failed(GOOD, "ABCD")
    assert found == {"list-empty": "nothing"}


def test_a_copied_list_that_was_not_declared_is_noticed() -> None:
    rows = GOOD | {"AD": 20, "ABD": 9, "ACD": 8, "ABCD": 3, "D": 1, "BD": 1}
    assert failed(rows, "ABCD")["list-inside-another"] == "interval"


def test_two_lists_that_avoid_each_other_are_noticed() -> None:
    rows = {"A": 300, "B": 300, "C": 300, "D": 300, "AB": 2, "AC": 90, "AD": 90, "BC": 90}
    rows |= {"BD": 90, "CD": 90, "ACD": 30, "BCD": 30}
    assert failed(rows, "ABCD")["lists-avoid-each-other"] == "interval"


def test_lists_without_scope_or_period_cannot_enter() -> None:
    known = [Collection(id=name, title=name, scope="all", period="1988") for name in ("A", "B")]
    first = mse.gates(table(GOOD), known)[0]
    assert (first.code, first.passed, first.evidence["lists"]) == (
        "lists-undescribed",
        False,
        ["C"],
    )


def test_a_refusing_gate_names_a_remedy_in_both_languages() -> None:
    for g in mse.gates(table({"A": 100, "B": 80, "C": 60})):
        assert g.english
        assert g.persian
        if not g.passed:
            assert g.remedy
            assert g.remedy_persian


def test_persian_sentences_have_persian_digits() -> None:
    assert "۵" in gate("overlap-too-small", passed=False, shared=2, least=5).persian
    assert "2" not in gate("overlap-too-small", passed=False, shared=2, least=5).persian


def test_every_reason_has_sentences_in_both_languages() -> None:
    from dadkhah.estimate.reasons import _texts

    for code in codes():
        text = _texts()[code]
        assert {"english", "persian", "remedy", "remedy_persian"} <= set(text), code
        assert text["english"], code
        assert text["persian"], code
    assert reason("chains-disagree", rhat=1.2).english.count("1.2")
