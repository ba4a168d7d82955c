"""From a table of mentions to pairs, each with a probability, a decision and a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.errors import LinkageError
from dadkhah.people.blocking import Candidates, block, sole_lists
from dadkhah.people.comparison import compare_pairs, encode_mentions
from dadkhah.people.decisions import decide, weigh_evidence
from dadkhah.people.doubt import FLOOR, NEVER, Detail, Doubt, Weigh, find_doubt
from dadkhah.people.draws import likeliest
from dadkhah.people.fields import FIELDS
from dadkhah.people.judgements import MACHINE, judge
from dadkhah.people.pair_table import pair_table, with_judgements
from dadkhah.people.parameters import draw_parameters
from dadkhah.people.patterns import find_patterns
from dadkhah.people.sampling import sample_others
from dadkhah.people.settings import LinkageSettings, Progress
from dadkhah.people.slips import asked_by_name, one_slip
from dadkhah.people.usable import refuse_unusable
from dadkhah.people.wording import Wording, read_wording
from dadkhah.records import Judgement

__all__ = ["Linkage", "link", "machine_judgements"]

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
_FEWEST_TRAINING_PAIRS = 30
_MOST_BY_NAME_ALONE = 10_000
_UNLIKE = -5.0
# Nats: given names differ in 2 of 100 pairs of one person, in about half of pairs of relatives.
_OTHER_GIVEN_NAME = -3.2


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
        table: of `features`, in log order.
        judgements: those already made; a person's decision stands, and its pair waits for nobody.
        progress: told the step and how much of it is done (0 to 1).

    Raises:
        LinkageError: too few named mentions, nothing but names, one name for nearly all, or more
            pairs than allowed; see docs/people.md.
    """
    from dadkhah.people.classification import classify  # Splink takes seconds to import

    settings, tell = settings or LinkageSettings(), progress or _silent
    tell("read", 0.0)
    wording = read_wording(table["name"])
    flags = refuse_unusable(table, wording.named)
    tell("block", 0.0)
    candidates = block(table, settings, wording, tell)
    compared = _Compared(table, wording, candidates, settings, tell)
    if len(candidates.left) < _FEWEST_TRAINING_PAIRS or "names-alone" in flags:
        return _undecided(compared, flags)
    tell("classify", 0.0)
    sample = sample_others(table, candidates, settings)
    background = compare_pairs(compared.encoded, *sample.pairs)
    patterns = compared.patterns
    classified = classify(patterns.levels, background, sample.total, settings, patterns.count)
    tell("classify", 1.0)
    given = tuple(judgements)
    doubt = _find_doubt(compared, classified.chances, classified.prior, sample.total)
    decision = decide(classified.probability, patterns.levels, compared.evidence, settings)
    decided, split = _kept_together(compared, decision[patterns.of], likeliest(doubt, given))
    pairs = compared.table_of(classified.probability, decided)
    pairs, more = with_judgements(pairs, given)
    tell("classify", 1.0)
    return Linkage(
        pairs=pairs,
        parameters=classified.parameters,
        blocking=candidates.report,
        candidates=compared.rows(),
        prior=classified.prior,
        flags=(*flags, *candidates.flags, *classified.flags, *_cut_flags(doubt, split), *more),
        settings=settings,
        versions=_versions(),
        doubt=doubt,
    )


class _Compared:
    """Candidate pairs as patterns of levels, and what speaks for and against each pattern."""

    def __init__(
        self,
        table: pl.DataFrame,
        wording: Wording,
        candidates: Candidates,
        settings: LinkageSettings,
        tell: Progress,
    ) -> None:
        self.table, self.candidates, self.settings = table, candidates, settings
        self.sole = sole_lists(table, settings)
        self.encoded = encode_mentions(table, wording)
        self.patterns = find_patterns(
            self.encoded, candidates.left, candidates.right, settings, tell
        )
        self.evidence = weigh_evidence(self.patterns.levels, self.patterns.apart)

    def barred(self, weight: Floats, given: NDArray[np.int8], left: Rows, right: Rows) -> Floats:
        """Bar pairs of one list that names nobody twice; count other given names against a pair.

        A veto keeps a machine from deciding, but people do bear names that a list gets wrong.
        """
        against = np.where(given == 0, _OTHER_GIVEN_NAME, 0.0)
        return np.where(self.sole[left] == self.sole[right], NEVER, weight + against)

    def table_of(self, probability: Floats, decision: NDArray[np.int8]) -> pl.DataFrame:
        asked = asked_by_name(
            self.table, self.candidates.left, self.candidates.right, self.patterns.of,
            self.patterns.levels["name"], self.evidence.veto,
        )  # fmt: skip
        shown = np.where((decision == 0) & asked, 1, decision).astype(np.int8)
        return pair_table(
            self.table, self.candidates, self.patterns, probability, shown, self.evidence
        )

    def doubt(self, weight: Floats, prior: float, weigh: Weigh, detail: Detail) -> Doubt:
        """Find the groups of doubt, given the weight of each pattern; unlikely pairs tie nobody."""
        given, of = self.patterns.levels["given"], self.patterns.of
        tied = (weight >= FLOOR - prior)[of]
        left, right = (side[tied].astype(np.int64) for side in self._ends())
        barred = self.barred(weight[of[tied]], given[of[tied]], left, right)
        return find_doubt(self.table["id"].to_list(), left, right, barred, prior, weigh, detail)

    def _ends(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        return self.candidates.left, self.candidates.right

    def rows(self) -> pl.DataFrame:
        ends = {"left_row": self.candidates.left, "right_row": self.candidates.right}
        return pl.DataFrame({name: rows.view(np.uint32) for name, rows in ends.items()})


def _find_doubt(
    compared: _Compared,
    chances: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]],
    prior: float,
    total: float,
) -> Doubt:
    from dadkhah.people.classification import log_ratios

    def weigh(left: Rows, right: Rows) -> Floats:
        levels = compare_pairs(compared.encoded, left, right)
        return compared.barred(log_ratios(levels, chances), levels["given"], left, right)

    weight = log_ratios(compared.patterns.levels, chances)
    detail = _detail(compared, chances, prior, total)
    return compared.doubt(weight, float(np.log(prior / (1 - prior))), weigh, detail)


def _detail(
    compared: _Compared,
    chances: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]],
    prior: float,
    total: float,
) -> Detail:
    """Give what lies behind the weights: the trained fields, and the given name beside them."""
    fields = [*chances, "given"]
    mentions = int((~compared.table["unidentified"]).sum())
    ratios, priors = draw_parameters(chances, prior, total, mentions, compared.settings.seed)
    given = np.zeros((len(ratios), 1, ratios.shape[2]))
    given[:, :, 0] = _OTHER_GIVEN_NAME

    def levels_of(left: Rows, right: Rows) -> NDArray[np.int8]:
        levels = compare_pairs(compared.encoded, left, right)
        return np.stack([levels[name] for name in fields], axis=1)

    return Detail(levels=levels_of, ratios=np.concatenate([ratios, given], axis=1), priors=priors)


def _kept_together(
    compared: _Compared, decision: NDArray[np.int8], person: Mapping[str, int]
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


def _cut_flags(doubt: Doubt, split: int) -> tuple[str, ...]:
    flags = {"groups-cut": doubt.cut, "split-by-evidence": split}
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


def _undecided(compared: _Compared, flags: Sequence[str]) -> Linkage:
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
    weight = compared.barred(np.where(alike, 0.0, _UNLIKE), levels["given"][of], left, right)
    ids = compared.table["id"].to_list()
    return Linkage(
        pairs=compared.table_of(np.full(len(compared.patterns.count), 0.5), review),
        parameters=pl.DataFrame(schema={"field": pl.String, "level": pl.Int64, "label": pl.String,
                                        "m": pl.Float64, "u": pl.Float64, "weight": pl.Float64}),
        blocking=compared.candidates.report,
        candidates=compared.rows(),
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
