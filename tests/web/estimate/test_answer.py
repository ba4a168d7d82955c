"""A kept report is read as it stands, fractions as decimal text included."""

from __future__ import annotations

from dadkhah.web.estimate.answer import read_answer


def test_an_estimate_keeps_its_interval_first() -> None:
    found = read_answer(
        {"kind": "estimate", "documented": 900, "headline": {"en": "Between"},
         "answer": {"low": "1000.5", "high": "1500.25", "middle": "1200", "level": "0.95"}},
        {"truth": 1300},
    )  # fmt: skip
    assert (found.low, found.high, found.level) == (1000.5, 1500.25, 95.0)
    assert found.holds_truth


def test_a_refusal_has_reasons_and_no_number() -> None:
    found = read_answer({"kind": "refusal", "answer": {}, "reasons": [{"code": "x"}]})
    assert found.low is None
    assert found.reasons[0].code == "x"
    assert found.holds_truth is None


def test_a_gate_that_was_not_passed_is_told_apart() -> None:
    gates = [{"code": "a", "passed": True}, {"code": "b", "passed": False}]
    assert [gate.passed for gate in read_answer({"gates": gates}).gates] == [True, False]
