"""From a table of mentions to pairs, each with a probability, a decision and a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.errors import LinkageError
from dadkhah.people.blocking import block
from dadkhah.people.compared import (
    Compared,
    bar_sole,
    compare_candidates,
    rows_of,
    table_of_pairs,
)
from dadkhah.people.comparison import Encoded, compare_pairs, encode_mentions
from dadkhah.people.decisions import decide
from dadkhah.people.doubt import Doubt, find_doubt
from dadkhah.people.fields import FIELDS, field_of
from dadkhah.people.given_table import require_table
from dadkhah.people.judged import read_judged
from dadkhah.people.judgements import MACHINE, judge
from dadkhah.people.misplaced import misplaced
from dadkhah.people.pair_table import with_judgements
from dadkhah.people.sampling import sample_others
from dadkhah.people.settings import LinkageSettings, Progress
from dadkhah.people.slips import one_slip
from dadkhah.people.usable import refuse_unusable
from dadkhah.people.wording import read_wording
from dadkhah.records import Judgement

if TYPE_CHECKING:
    from dadkhah.people.classification import Classified
    from dadkhah.people.open_pairs import Open

__all__ = ["Linkage", "link", "machine_judgements"]

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
_FEWEST_TRAINING_PAIRS = 30
_MOST_BY_NAME_ALONE = 10_000
_UNLIKE = -5.0
_REPEATS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """What a linkage found.

    `pairs` has left, right (mention ids), probability, decision ("same", "review"), agree,
    conflict, by ("machine", or "person" where a judgement already stands), why, and one level per
    field; only pairs at or above the review level are in it. `parameters` has field, level,
    label, m, u and weight (bits). `blocking` has a row per rule. `candidates` holds the row
    numbers of all pairs compared. `prior` is the chance that two named mentions at random are one
    person. `doubt` holds the groups of mentions that may be one person, for draws.
    """

    pairs: pl.DataFrame
    parameters: pl.DataFrame
    blocking: pl.DataFrame
    candidates: pl.DataFrame
    prior: float
    flags: tuple[str, ...]
    settings: LinkageSettings
    versions: Mapping[str, str]
    doubt: Doubt


def link(
    table: pl.DataFrame,
    *,
    settings: LinkageSettings | None = None,
    judgements: Iterable[Judgement] = (),
    progress: Progress | None = None,
) -> Linkage:
    """Find pairs of mentions that are, or may be, one person.

    Args:
        table: of `features`, in log order, or of `read_table`.
        judgements: those already made; a person's decision stands, its pair waits for nobody, and
            training learns from it.
        progress: told the step and how much of it is done (0 to 1).

    Raises:
        LinkageError: no table of mentions, too few named ones, nothing but names, one name for
            nearly all, or more pairs than allowed; see docs/people.md.
    """
    # Splink, on which this rests, takes seconds to import
    from dadkhah.people.open_pairs import settle_open

    require_table(table)
    settings, tell = settings or LinkageSettings(), progress or _silent
    tell("read", 0.0)
    wording = read_wording(table["name"])
    elsewhere = misplaced(table).to_numpy()
    flags = (
        *refuse_unusable(table, wording.named),
        *_counted({"names-misplaced": elsewhere.sum()}),
    )
    tell("block", 0.0)
    candidates = block(table, settings, wording, tell)
    encoded = encode_mentions(table, wording)
    compared = compare_candidates(table, encoded, candidates, settings, tell)
    if _teaches_nothing(compared, flags):
        return _undecided(compared, flags)
    tell("classify", 0.0)
    given = tuple(judgements)
    classified, found = _weigh(compared, encoded, given)
    del wording, encoded  # the largest tables of a run, and nothing is compared from here on
    doubt, person = settle_open(compared, found, given)
    decision = decide(classified.probability, compared.patterns.levels, compared.evidence, settings)
    decided, split = _kept_together(compared, decision[compared.patterns.of], person)
    decided[(decided == 2) & _for_people(compared, elsewhere, classified)] = 1
    cut = _counted({"groups-cut": doubt.cut, "split-by-evidence": split})
    pairs = table_of_pairs(compared, classified.probability, decided)
    pairs, more = with_judgements(pairs, given)
    more = (*more, *_counted({"one-list-repeats": _repeated(table, pairs)}))
    tell("classify", 1.0)
    return Linkage(
        pairs=pairs,
        parameters=classified.parameters,
        blocking=candidates.report,
        candidates=rows_of(compared.candidates),
        prior=classified.prior,
        flags=(*flags, *candidates.flags, *classified.flags, *cut, *more),
        settings=settings,
        versions=_versions(),
        doubt=doubt,
    )


def _teaches_nothing(compared: Compared, flags: Sequence[str]) -> bool:
    """Say whether there are too few pairs, only names, or no two pairs that differ in anything."""
    levels = [each for name, each in compared.patterns.levels.items() if field_of(name).in_model]
    varied = any((each != each[0]).any() for each in levels if len(each))
    return (
        len(compared.candidates.left) < _FEWEST_TRAINING_PAIRS
        or not varied
        or ("names-alone" in flags)
    )


def _weigh(
    compared: Compared, encoded: Encoded, judgements: Sequence[Judgement]
) -> tuple[Classified, Open]:
    """Train on the candidates, and find what they leave open."""
    from dadkhah.people.classification import classify
    from dadkhah.people.open_pairs import find_open

    table, settings, patterns = compared.table, compared.settings, compared.patterns
    sample = sample_others(table, compared.candidates, settings)
    background = compare_pairs(encoded, *sample.pairs)
    judged = read_judged(table, encoded, judgements)
    classified = classify(
        patterns.levels, background, sample.total, settings, patterns.count, judged
    )
    return classified, find_open(compared, encoded, classified, sample, background)


def _kept_together(
    compared: Compared, decision: NDArray[np.int8], person: Mapping[str, int]
) -> tuple[NDArray[np.int8], int]:
    """Leave to a person the decided pairs that the evidence of their whole group takes apart."""
    ids = compared.table["id"].to_list()
    number = np.fromiter(
        (person.get(mention, -1 - at) for at, mention in enumerate(ids)), np.int64, len(ids)
    )
    decided = np.flatnonzero(decision == 2)
    left, right = compared.candidates.left[decided], compared.candidates.right[decided]
    apart = decided[number[left] != number[right]]
    decision[apart] = 1
    return decision, len(apart)


def _for_people(
    compared: Compared, elsewhere: NDArray[np.bool_], classified: Classified
) -> NDArray[np.bool_]:
    """Mark the candidates about which no machine decides: a name that looks misplaced, and where
    most that look alike are relatives, given names that are nearly the same."""
    ends = compared.candidates.left, compared.candidates.right
    nearly = (compared.patterns.levels["given"] == 1) & classified.relatives
    found = elsewhere[ends[0]] | elsewhere[ends[1]] | nearly[compared.patterns.of]
    return np.asarray(found, dtype=np.bool_)


def _repeated(table: pl.DataFrame, pairs: pl.DataFrame) -> int:
    """Count the mentions with which a machine joins four or more others of their own list."""
    joined = pairs.filter((pl.col("decision") == "same") & (pl.col("by") == "machine"))
    lists = table.select("id", "collection").drop_nulls()
    both = joined.join(lists, left_on="left", right_on="id").join(
        lists, left_on="right", right_on="id", suffix="_right"
    )
    own = both.filter(pl.col("collection") == pl.col("collection_right"))
    ends = pl.concat([own["left"], own["right"].alias("left")])
    return int((ends.value_counts()["count"] >= _REPEATS).sum())


def _counted(flags: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(f"{flag}:{count}" for flag, count in flags.items() if count)


def _silent(_step: str, _done: float) -> None:
    """Tell nobody."""


def machine_judgements(linkage: Linkage, *, run: str, at: str) -> tuple[Judgement, ...]:
    """Make a judgement of each pair that the machine decided: by "machine:dadkhah.people".

    Pairs for review make none; they wait in `pairs` for a person.

    Args:
        run: id of the Run record. at: moment in UTC (ISO 8601).
    """
    decided = linkage.pairs.filter((pl.col("decision") == "same") & (pl.col("by") == "machine"))
    return tuple(
        judge(
            row["left"], row["right"], "same", by=f"{MACHINE}:dadkhah.people", at=at, run=run,
            why=row["why"], score=f"{row['probability']:.6f}",
        )
        for row in decided.iter_rows(named=True)
    )  # fmt: skip


def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("dadkhah", "splink", "duckdb")}


def _undecided(compared: Compared, flags: Sequence[str]) -> Linkage:
    """Decide nothing, with too few pairs to learn from or only names: a person sees them all."""
    levels, of = compared.patterns.levels, compared.patterns.of
    ends = compared.candidates.left, compared.candidates.right
    left, right = (side.astype(np.int64) for side in ends)
    alike = (levels["name"] >= FIELDS["name"].agrees - 1)[of]
    alike |= one_slip(compared.table, left, right)
    review = (alike & ~compared.evidence.veto[of]).astype(np.int8)
    _refuse_flood(int(review.sum()), flags)
    if len(left) < _FEWEST_TRAINING_PAIRS:
        flags = (*flags, f"too-few-pairs-to-learn:{len(left)}")
    elif "names-alone" not in flags:
        flags = (*flags, f"pairs-all-alike:{len(left)}")
    weight = bar_sole(compared, np.where(alike, 0.0, _UNLIKE), left, right)
    ids = compared.table["id"].to_list()
    return Linkage(
        pairs=table_of_pairs(compared, np.full(len(compared.patterns.count), 0.5), review),
        parameters=pl.DataFrame(schema={"field": pl.String, "level": pl.Int64, "label": pl.String,
                                        "m": pl.Float64, "u": pl.Float64, "weight": pl.Float64}),
        blocking=compared.candidates.report,
        candidates=rows_of(compared.candidates),
        prior=0.0,
        flags=(*flags, *compared.candidates.flags),
        settings=compared.settings,
        versions=_versions(),
        doubt=find_doubt(
            ids, left, right, weight, 0.0, _unlike
        ),
    )  # fmt: skip


def _unlike(left: Rows, _right: Rows) -> Floats:
    return np.full(len(left), _UNLIKE)


def _refuse_flood(pairs: int, flags: Sequence[str]) -> None:
    if "names-alone" in flags and pairs > _MOST_BY_NAME_ALONE:
        raise LinkageError(
            "linkage-no-field",
            f"Nothing but names stands in these lists, and {pairs:,} pairs of names are alike; a "
            "name alone decides nothing.",
            todo="Map at least one more column: father's name, age, date, place or affiliation.",
        )
