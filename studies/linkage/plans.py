"""What each engine is told of each set: Splink's own plan, and fields and keys for the others.

fake_1000, febrl3 and febrl4 are set up as Splink's tutorial and its examples set them up (Splink's
documentation, "Tutorial" and "Examples: DuckDB", 2026), but for a third key of fake_1000, the day
of birth, without which it compares 0.378 of the true pairs. The bare Febrl sets leave out the
national number, which decides nearly every pair. For the other sets there is no tutorial: their
plans are ours, of the same library comparisons.
"""

from __future__ import annotations

from typing import Any

__all__ = ["DEDUPE", "KEYS", "KINDS", "PROPERTIES", "SIDES", "splink_plan"]

# how a field is compared by the peers: name, text (typed by hand), code (equal or not)
_FEBRL = {
    "given_name": "name", "surname": "name", "street_number": "code", "address_1": "text",
    "address_2": "text", "suburb": "text", "postcode": "code", "state": "code",
    "date_of_birth": "code",
}  # fmt: skip
KINDS: dict[str, dict[str, str]] = {
    "fake_1000": {
        "first_name": "name", "surname": "name", "dob": "code", "city": "text", "email": "text",
    },
    "febrl3": {**_FEBRL, "soc_sec_id": "code"},
    "febrl4": {**_FEBRL, "soc_sec_id": "code"},
    "febrl3 bare": _FEBRL,
    "febrl4 bare": _FEBRL,
    "RLdata10000": {
        "fname_c1": "name", "fname_c2": "name", "lname_c1": "name", "lname_c2": "name",
        "by": "code", "bm": "code", "bd": "code",
    },
    "javidnam": {
        "first": "name", "last": "name", "birth_year": "code", "date_gregorian": "code",
        "city": "text", "occupation": "text",
    },
    "simulated": {
        "first": "name", "last": "name", "father": "name", "place": "text", "death": "code",
        "birth_year": "code",
    },
}  # fmt: skip
# dedupe makes its rules of blocking from single fields, of which a day of a month is too broad
DEDUPE = {
    "RLdata10000": {
        "fname_c1": "name", "fname_c2": "name", "lname_c1": "name", "lname_c2": "name",
        "born": "code",
    },
}  # fmt: skip
# the columns that must be equal for two mentions to be compared, for every engine but ours;
# nomenklatura has an index of its own, and dedupe learns its keys
_FEBRL_KEYS = [["given_name"], ["surname"], ["date_of_birth"], ["postcode"]]
_FEBRL4_KEYS = [
    ["given_name", "surname"], ["date_of_birth"], ["state", "address_1"],
    ["street_number", "address_1"], ["postcode"],
]  # fmt: skip
KEYS: dict[str, list[list[str]]] = {
    "fake_1000": [["first_name", "city"], ["surname"], ["dob"]],
    "febrl3": [["soc_sec_id"], *_FEBRL_KEYS],
    "febrl4": [["soc_sec_id"], *_FEBRL4_KEYS],
    "febrl3 bare": _FEBRL_KEYS,
    "febrl4 bare": _FEBRL4_KEYS,
    "RLdata10000": [
        ["fname_c1", "lname_c1"], ["by", "bm", "bd"], ["fname_c1", "by"], ["lname_c1", "by"],
    ],
    "javidnam": [["first", "last"], ["last", "city"], ["first", "date_gregorian", "city"]],
    "simulated": [["first", "last"], ["last", "father"], ["death", "father"]],
}  # fmt: skip
# two lists, each without duplicates: pairs within one are not asked for
SIDES = {"febrl4": "side", "febrl4 bare": "side"}
# the properties of a FollowTheMoney person that hold each field
_FEBRL_ENTITY = {
    "firstName": ["given_name"], "lastName": ["surname"], "name": ["given_name", "surname"],
    "birthDate": ["date_of_birth"],
    "address": ["street_number", "address_1", "address_2", "suburb", "postcode", "state"],
}  # fmt: skip
PROPERTIES: dict[str, dict[str, list[str]]] = {
    "fake_1000": {
        "firstName": ["first_name"], "lastName": ["surname"], "name": ["first_name", "surname"],
        "birthDate": ["dob"], "address": ["city"], "email": ["email"],
    },
    "febrl3": {**_FEBRL_ENTITY, "idNumber": ["soc_sec_id"]},
    "febrl4": {**_FEBRL_ENTITY, "idNumber": ["soc_sec_id"]},
    "febrl3 bare": _FEBRL_ENTITY,
    "febrl4 bare": _FEBRL_ENTITY,
    "RLdata10000": {
        "firstName": ["fname_c1"], "middleName": ["fname_c2"], "lastName": ["lname_c1"],
        "name": ["fname_c1", "fname_c2", "lname_c1", "lname_c2"], "birthDate": ["born"],
    },
    "javidnam": {
        "name": ["name"], "birthDate": ["birth_year_gregorian"], "deathDate": ["date_gregorian"],
        "address": ["city"], "position": ["occupation"],
    },
    "simulated": {
        "name": ["name"], "fatherName": ["father"], "birthDate": ["birth_year"],
        "deathDate": ["death"], "address": ["place"],
    },
}  # fmt: skip


def splink_plan(name: str) -> dict[str, Any]:
    """Give Splink's comparisons, rules and training for one set."""
    import splink.comparison_library as cl
    from splink import block_on

    if name.startswith("febrl"):
        return _febrl_plan(name)
    rules = [block_on(*columns) for columns in KEYS[name]]
    if name == "fake_1000":
        return {
            "comparisons": [
                cl.NameComparison("first_name"),
                cl.NameComparison("surname"),
                cl.LevenshteinAtThresholds("dob", 1),
                cl.ExactMatch("city").configure(term_frequency_adjustments=True),
                cl.EmailComparison("email"),
            ],
            "rules": rules,
            "sure": [
                block_on("first_name", "dob"),
                "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
                block_on("email"),
            ],
            "recall": 0.7,
            "training": [block_on("first_name", "surname"), block_on("dob")],
        }
    return {**_OWN_PLANS[name](cl, block_on), "rules": rules, "recall": 0.7}


def _febrl_plan(name: str) -> dict[str, Any]:
    import splink.comparison_library as cl
    from splink import block_on

    four, number = name.startswith("febrl4"), not name.endswith("bare")
    weighed = {"term_frequency_adjustments": True}
    born = cl.DateOfBirthComparison(
        "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
    )
    names = [cl.NameComparison("given_name"), cl.NameComparison("surname")]
    postcode: Any = cl.ExactMatch("postcode")
    if four:
        names = [each.configure(**weighed) for each in names]
        postcode = cl.DamerauLevenshteinAtThresholds("postcode", [1, 2])
    comparisons = [*names, born]
    sure: list[Any] = [block_on("given_name", "surname", "date_of_birth")]
    turned = "l.given_name = r.surname and l.surname = r.given_name"
    if number:
        slips = [1, 2] if four else [2]
        comparisons.append(cl.DamerauLevenshteinAtThresholds("soc_sec_id", slips))
        sure.insert(0, block_on("soc_sec_id"))
    comparisons += [
        cl.ExactMatch("street_number").configure(**weighed),
        postcode.configure(**weighed),
    ]
    rules: list[Any] = [block_on(*columns) for columns in KEYS[name]]
    if four:
        rules.append(turned)
    else:
        sure.append(f"{turned} and l.date_of_birth = r.date_of_birth")
    return {
        "comparisons": comparisons,
        "rules": rules,
        "sure": sure,
        "recall": 0.8 if four else 0.9,
        "training": [block_on("date_of_birth"), block_on("postcode")],
        "plain": four,
    }


def _rldata(cl: Any, block_on: Any) -> dict[str, Any]:
    return {
        "comparisons": [
            cl.NameComparison("fname_c1"),
            cl.NameComparison("lname_c1"),
            cl.ExactMatch("fname_c2"),
            cl.ExactMatch("lname_c2"),
            cl.ExactMatch("by"),
            cl.ExactMatch("bm"),
            cl.ExactMatch("bd"),
        ],
        # nearly every duplicate of this set has an error in one field, so that rules on all of
        # them would find none
        "sure": [
            block_on("fname_c1", "lname_c1", "by", "bm"),
            block_on("fname_c1", "lname_c1", "by", "bd"),
            block_on("fname_c1", "lname_c1", "bm", "bd"),
            block_on("fname_c1", "by", "bm", "bd"),
            block_on("lname_c1", "by", "bm", "bd"),
        ],
        "training": [block_on("fname_c1", "lname_c1"), block_on("by", "bm", "bd")],
    }


def _javidnam(cl: Any, block_on: Any) -> dict[str, Any]:
    return {
        "comparisons": [
            cl.NameComparison("first"),
            cl.NameComparison("last"),
            cl.ExactMatch("birth_year"),
            cl.ExactMatch("date_gregorian"),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation"),
        ],
        "sure": [block_on("name", "city")],
        "training": [block_on("first", "last"), block_on("city", "date_gregorian")],
    }


def _simulated(cl: Any, block_on: Any) -> dict[str, Any]:
    return {
        "comparisons": [
            cl.NameComparison("first"),
            cl.NameComparison("last"),
            cl.NameComparison("father"),
            cl.ExactMatch("place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("death"),
            cl.ExactMatch("birth_year"),
        ],
        "sure": [block_on("first", "last", "father")],
        "training": [block_on("first", "last"), block_on("death")],
    }


_OWN_PLANS = {"RLdata10000": _rldata, "javidnam": _javidnam, "simulated": _simulated}
