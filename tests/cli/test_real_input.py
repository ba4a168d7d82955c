"""The main job on real input: two scraped statements and a memorial's list, from bytes to site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import PASSWORD, Run, run_program

MAPPING = Path(__file__).parents[1] / "claims" / "data" / "omid_1988.yaml"
SPELLING = "The former president Khatami spoke in Tehran on 3 June 2001.\n\nA bureau\n4 June 2001\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """The case after the whole way, and what each step printed."""

    case: Path
    room: Path
    said: dict[str, str]


@pytest.fixture(scope="module")
def worked(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Worked:
    room = tmp_path_factory.mktemp("real")
    case = room / "case"
    (room / "bureau.txt").write_text(SPELLING)
    steps: dict[str, tuple[object, ...]] = {
        "init": ("init", case, "--password", PASSWORD),
        "add": ("add", shared / "seeds", room / "bureau.txt"),
        "import": ("import", shared / "data" / "lists" / "omid_1988.csv", "--mapping", MAPPING),
        "link": ("link",),
        "estimate": ("estimate",),
        "export": ("export", room / "archive"),
        "verify": ("verify", room / "archive"),
        "memorial": ("memorial", room / "site", "--archive", room / "archive"),
        "verify site": ("verify", room / "site"),
    }
    said = {}
    for name, words in steps.items():
        done = run_program(*words, case=None if name == "init" else case)
        assert done.code == 0, f"{name}: {done.err}"
        said[name] = done.out
    return Worked(case=case, room=room, said=said)


@pytest.fixture(scope="module")
def claims(worked: Worked) -> list[dict[str, Any]]:
    """Every claim that the two statements make; the list's own claims are left out."""
    rows = run_program("sources", "--json", case=worked.case).rows
    return [
        claim
        for source in rows
        if source["language"] == "en" and source["date"]
        for claim in run_program(
            "claims", "--source", source["id"], "--limit", 0, "--json", case=worked.case
        ).rows
    ]


def test_the_two_figures_stand_side_by_side_with_scope_and_speaker(
    worked: Worked, run: Run
) -> None:
    figures = run("figures", "--json", case=worked.case).rows
    numbers = {str(row["number"]): row for row in figures}
    assert any("18,000" in number for number in numbers)
    assert any("thousands" in number.lower() for number in numbers)
    for row in figures:
        assert row["speaker"]
    exact = next(row for number, row in numbers.items() if "18,000" in number)
    assert (exact["value"]["low"], exact["value"]["high"]) == (18000, 18000)
    assert "1988" in exact["period"]
    many = next(row for number, row in numbers.items() if "thousands" in number.lower())
    assert many["value"]["high"] is None
    assert exact["speaker"] != many["speaker"]


@pytest.mark.parametrize(
    "name", ["Mousavi", "Khatmai", "Rouhani", "Khamenei", "Montazeri", "Nouri"]
)
def test_the_officials_of_the_statements_appear(claims: list[dict[str, Any]], name: str) -> None:
    named = [row for row in claims if row["predicate"] == "person.name" and name in row["written"]]
    assert named


def test_posts_hold_at_the_times_that_the_text_gives(claims: list[dict[str, Any]]) -> None:
    posts = [row for row in claims if row["predicate"] == "person.holds_post"]
    prime = next(row for row in posts if "rime minister" in str(row["value"]).lower())
    assert "1988" in prime["when"]
    current = [row for row in posts if "president" in str(row["value"]).lower()]
    assert any("2013" in row["when"] for row in current)


def test_a_misspelled_name_comes_up_as_possibly_the_same(worked: Worked) -> None:
    from dadkhah import names

    score = names.compare(names.read("Khatmai"), names.read("Khatami")).score
    assert score > 0.5
    found = run_program("people", "Khatami", "--limit", 0, "--json", case=worked.case).rows
    labels = {row["label"] for row in found}
    assert any("Khatmai" in label for label in labels), labels


def test_a_swapped_letter_waits_for_a_person_after_linking(worked: Worked) -> None:
    waiting = run_program("pairs", "--limit", 0, "--json", case=worked.case).rows
    found = [{row["left_label"], row["right_label"]} for row in waiting]
    assert any("Khatmai" in both and any("Khatami" in name for name in both) for both in found)


def test_the_two_statements_alone_leave_their_pairs_to_a_person(
    shared: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    (tmp_path / "bureau.txt").write_text(SPELLING)
    run_program("init", case, "--password", PASSWORD)
    run_program("add", shared / "seeds", tmp_path / "bureau.txt", case=case)
    linked = run_program("link", case=case)
    assert linked.code == 0, linked.err
    assert "names-alone" in linked.out
    waiting = run_program("pairs", "--json", case=case).rows
    found = [{row["left_label"], row["right_label"]} for row in waiting]
    assert any("Khatmai" in both and any("Khatami" in name for name in both) for both in found)
    assert {"Montazeri"} in found
    people = run_program("people", "--limit", 0, "--json", case=case).rows
    assert all(row["mentions"] == 1 for row in people)


def test_furniture_and_the_captcha_made_no_claim(claims: list[dict[str, Any]]) -> None:
    noise = (
        "skip to main",
        "html tags",
        "characters shown",
        "human visitor",
        "spam",
        "new comment",
    )
    assert [row for row in claims if any(word in row["written"].lower() for word in noise)] == []
    assert all(row["status"] == "unreviewed" for row in claims)


def test_the_contradiction_inside_one_statement_is_flagged(claims: list[dict[str, Any]]) -> None:
    flagged = [row for row in claims if any("contradict" in flag for flag in row["flags"])]
    written = " ".join(row["written"] for row in flagged)
    assert "June" in written
    assert "two months" in written


def test_a_placeholder_date_is_reported_and_not_believed(worked: Worked, run: Run) -> None:
    assert "1988-01-01 stands on 2,889" in worked.said["import"]
    rows = run(
        "claims", "--predicate", "person.death_date", "--limit", 0, "--json", case=worked.case
    ).rows
    placeholders = [row for row in rows if row["written"] == "1988-01-01"]
    assert {row["value"] for row in placeholders} == {"1988"}


def test_one_list_gives_a_refusal_with_reasons(worked: Worked) -> None:
    assert worked.said["estimate"].startswith("No estimate can be given.")
    assert "three are the least" in worked.said["estimate"]


def test_nothing_undisclosed_is_in_the_site(worked: Worked) -> None:
    pages = b"".join(p.read_bytes() for p in (worked.room / "site").rglob("*.html"))
    assert b"18,000" not in pages
    assert b"Khatmai" not in pages


def test_the_same_input_again_changes_nothing(worked: Worked, shared: Path, run: Run) -> None:
    before = run("log", "--limit", 1, "--json", case=worked.case).rows
    done = run("add", shared / "seeds", case=worked.case)
    assert done.out.count("here already") == 2
    assert run("log", "--limit", 1, "--json", case=worked.case).rows == before
