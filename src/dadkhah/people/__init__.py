"""One register of people across lists and scripts: linking, judging, explaining, measuring.

features -> link -> judgements -> register; see docs/people.md.
"""

from __future__ import annotations

from dadkhah.people.agreement import Agreement, agreement
from dadkhah.people.around import Around, measure_around, sample_around
from dadkhah.people.derivation import Derivation, derivation
from dadkhah.people.doubt import Doubt, read_doubt
from dadkhah.people.draws import (
    Chance,
    Interval,
    OverlapDraws,
    Partitions,
    draw_partitions,
    likeliest,
)
from dadkhah.people.evaluation import (
    Evaluation,
    Rate,
    evaluate,
    evaluate_blocking,
    evaluate_clusters,
    wilson,
)
from dadkhah.people.explanation import explain
from dadkhah.people.features import SCHEMA, features
from dadkhah.people.flags import explain_flag
from dadkhah.people.given_table import read_table
from dadkhah.people.judgements import (
    MACHINE,
    Contradiction,
    Effective,
    Register,
    clusters,
    effective,
    explode,
    is_machine,
    judge,
    register,
    standing,
    undo,
)
from dadkhah.people.labelling import Labelled, labels_needed, measure_labels, sample_pairs
from dadkhah.people.linkage import Linkage, link, machine_judgements
from dadkhah.people.order import importance, pair_chances
from dadkhah.people.phrases import field_words, level_words, reason_words, rule_words
from dadkhah.people.settings import LinkageSettings, Progress

__all__ = [
    "MACHINE",
    "SCHEMA",
    "Agreement",
    "Around",
    "Chance",
    "Contradiction",
    "Derivation",
    "Doubt",
    "Effective",
    "Evaluation",
    "Interval",
    "Labelled",
    "Linkage",
    "LinkageSettings",
    "OverlapDraws",
    "Partitions",
    "Progress",
    "Rate",
    "Register",
    "agreement",
    "clusters",
    "derivation",
    "draw_partitions",
    "effective",
    "evaluate",
    "evaluate_blocking",
    "evaluate_clusters",
    "explain",
    "explain_flag",
    "explode",
    "features",
    "field_words",
    "importance",
    "is_machine",
    "judge",
    "labels_needed",
    "level_words",
    "likeliest",
    "link",
    "machine_judgements",
    "measure_around",
    "measure_labels",
    "pair_chances",
    "read_doubt",
    "read_table",
    "reason_words",
    "register",
    "rule_words",
    "sample_around",
    "sample_pairs",
    "standing",
    "undo",
    "wilson",
]
