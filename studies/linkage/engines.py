"""The engines beside each other: ours, and plain Splink in the manner of its tutorials."""

from __future__ import annotations

import logging
from typing import Any

import polars as pl
import splink.comparison_library as cl
from sets import LabelledSet
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from dadkhah import people

__all__ = ["ENGINES"]

Scored = tuple[pl.DataFrame, float]


def link_ours(given: LabelledSet) -> Scored:
    """Link with dadkhah.people; give pairs with probabilities, and blocking recall."""
    settings = people.LinkageSettings(no_duplicates=given.sole)
    found = people.link(given.table, settings=settings)
    recall = people.evaluate_blocking(found.candidates, given.table["id"].to_list(), given.truth)
    return found.pairs.select("left", "right", "probability", "decision"), recall.middle


def link_splink(given: LabelledSet) -> Scored:
    """Link with plain Splink, by the plan for this set."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    plan = PLANS[given.name]
    database = DuckDBAPI()
    sides = _sides(given.plain, plan)
    tables = [database.register(side.to_arrow(), dataset_display_name=name) for name, side in sides]
    settings = SettingsCreator(
        link_type=plan["link_type"],
        comparisons=plan["comparisons"],
        blocking_rules_to_generate_predictions=plan["blocking"],
    )
    linker = Linker(tables if len(tables) > 1 else tables[0], settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(plan["sure"], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in plan["training"]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = pl.DataFrame(linker.inference.predict().as_pyarrow_table())
    pairs = found.select(
        left="unique_id_l", right="unique_id_r", probability="match_probability"
    ).with_columns(decision=pl.lit(""))
    true = sum(
        n * (n - 1) // 2 for n in pl.Series(list(given.truth.values())).value_counts()["count"]
    )
    return pairs, people.evaluate(pairs, given.truth).right / true


def _sides(plain: pl.DataFrame, plan: dict[str, Any]) -> list[tuple[str, pl.DataFrame]]:
    split = plan.get("split")
    if not split:
        return [("mentions", plain)]
    return [(str(key), side.drop(split)) for (key,), side in plain.group_by(split)]


FEBRL_COMPARISONS = [
    cl.NameComparison("given_name"),
    cl.NameComparison("surname"),
    cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
    cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
    cl.JaroWinklerAtThresholds("address_1", [0.9, 0.8]),
    cl.JaroWinklerAtThresholds("address_2", [0.9, 0.8]),
    cl.ExactMatch("suburb").configure(term_frequency_adjustments=True),
    cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    cl.ExactMatch("state"),
]
PLANS: dict[str, dict[str, Any]] = {
    # after its tutorial
    "fake_1000": {
        "link_type": "dedupe_only",
        "comparisons": [
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        "blocking": [block_on("first_name", "city"), block_on("surname"), block_on("dob")],
        "sure": [block_on("first_name", "dob"), block_on("surname", "dob"), block_on("email")],
        "training": [block_on("first_name", "surname"), block_on("dob")],
    },
    # after its example of Febrl lists, without the national id, which decides nearly every pair
    "febrl4": {
        "link_type": "link_only",
        "split": "side",
        "comparisons": FEBRL_COMPARISONS,
        "blocking": [
            block_on("given_name", "surname"),
            block_on("date_of_birth"),
            block_on("postcode", "surname"),
            block_on("given_name", "suburb"),
            block_on("street_number", "address_1"),
        ],
        "sure": [block_on("given_name", "surname", "date_of_birth")],
        "training": [block_on("date_of_birth"), block_on("surname")],
    },
    # after its example of Febrl lists, without the national id, which decides nearly every pair
    "febrl3": {
        "link_type": "dedupe_only",
        "comparisons": FEBRL_COMPARISONS,
        "blocking": [
            block_on("given_name", "surname"),
            block_on("date_of_birth"),
            block_on("postcode", "surname"),
            block_on("given_name", "suburb"),
            block_on("street_number", "address_1"),
        ],
        "sure": [block_on("given_name", "surname", "date_of_birth")],
        "training": [block_on("date_of_birth"), block_on("surname")],
    },
    # the tutorial's plan, on the columns that this list has
    "javidnam": {
        "link_type": "dedupe_only",
        "comparisons": [
            cl.NameComparison("first"),
            cl.NameComparison("last"),
            cl.ExactMatch("birth_year"),
            cl.ExactMatch("date_gregorian"),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation"),
        ],
        "blocking": [
            block_on("first", "last"),
            block_on("last", "city"),
            block_on("first", "date_gregorian", "city"),
        ],
        "sure": [block_on("name", "city")],
        "training": [block_on("first", "last"), block_on("city", "date_gregorian")],
    },
    # the tutorial's plan, on the columns that these lists have
    "simulated": {
        "link_type": "dedupe_only",
        "comparisons": [
            cl.NameComparison("first"),
            cl.NameComparison("last"),
            cl.NameComparison("father"),
            cl.ExactMatch("place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("death"),
            cl.ExactMatch("birth_year"),
        ],
        "blocking": [
            block_on("first", "last"),
            block_on("last", "father"),
            block_on("death", "father"),
        ],
        "sure": [block_on("first", "last", "father")],
        "training": [block_on("first", "last"), block_on("death")],
    },
}
ENGINES = {"ours": link_ours, "splink": link_splink}
