"""From a table of mentions to pairs, each with a probability, a decision and a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.errors import LinkageError
from dadkhah.people.blocking import Candidates, block
from dadkhah.people.comparison import compare_pairs, encode_mentions
from dadkhah.people.decisions import DECISIONS, Evidence, deaths_apart, decide, weigh_evidence
from dadkhah.people.fields import FIELDS
from dadkhah.people.judgements import MACHINE, effective, judge
from dadkhah.people.sampling import sample_others
from dadkhah.people.settings import LinkageSettings, Progress
from dadkhah.people.slips import SAYS_MORE, asked_by_name, one_slip
from dadkhah.records import Judgement

__all__ = ["Linkage", "link", "machine_judgements"]

Levels = NDArray[np.int8]
_FEWEST_TRAINING_PAIRS = 30
_MOST_BY_NAME_ALONE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """What a linkage found.

    `pairs` has left, right (mention ids), probability, decision ("same", "review"), agree,
    conflict, by ("machine", or "person" where a judgement already stands), why, and one level per
    field; only pairs at or above the review level are in it. `parameters` has field, level,
    label, m, u and weight (bits). `blocking` has a row per rule. `candidates` holds the row
    numbers of all pairs compared. `prior` is the chance that
    two named mentions at random are one person.
    """

    pairs: pl.DataFrame
    parameters: pl.DataFrame
    blocking: pl.DataFrame
    candidates: pl.DataFrame
    prior: float
    flags: tuple[str, ...]
    settings: LinkageSettings
    versions: Mapping[str, str]


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

    settings = settings or LinkageSettings()
    tell = progress or _silent
    flags = _refuse_unusable(table)
    tell("block", 0.0)
    candidates = block(table, settings)
    tell("block", 1.0)
    encoded = encode_mentions(table)
    levels = compare_pairs(encoded, candidates.left, candidates.right, tell)
    if len(candidates.left) < _FEWEST_TRAINING_PAIRS or "names-alone" in flags:
        return _undecided(table, candidates, levels, settings, flags)
    tell("classify", 0.0)
    sample = sample_others(table, candidates, settings)
    background = compare_pairs(encoded, *sample.pairs)
    classified = classify(levels, background, sample.total, settings)
    tell("classify", 1.0)
    evidence = weigh_evidence(levels, deaths_apart(table, candidates.left, candidates.right))
    decision = decide(classified.probability, levels, evidence, settings)
    asked = asked_by_name(table, candidates.left, candidates.right, levels, evidence.veto)
    decision = np.where((decision == 0) & asked, 1, decision).astype(np.int8)
    pairs = _pairs(table, candidates, classified.probability, decision, evidence, levels)
    pairs, more = _with_judgements(pairs, judgements)
    return Linkage(
        pairs=pairs,
        parameters=classified.parameters,
        blocking=candidates.report,
        candidates=_candidate_table(candidates),
        prior=classified.prior,
        flags=(*flags, *candidates.flags, *classified.flags, *more),
        settings=settings,
        versions=_versions(),
    )


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


def _refuse_unusable(table: pl.DataFrame) -> tuple[str, ...]:
    """Refuse what no linkage can stand on, and flag what looks wrong."""
    named = table.filter(~pl.col("unidentified") & (pl.col("name_keys").list.len() > 0))
    if named.height == 0:
        raise LinkageError(
            "linkage-no-names",
            f"None of the {table.height:,} mentions has a name that can be read.",
            todo="Check that the mapping's name column is the right one.",
        )
    if named.height < 2:
        raise LinkageError(
            "linkage-too-few",
            "Only one mention has a name; there is nothing to link it with.",
            todo="Import another list, or a list with more rows.",
        )
    _refuse_one_name(named)
    return (*_names_alone(named), *_suspicious(table, named))


def _names_alone(named: pl.DataFrame) -> tuple[str, ...]:
    """Say when nothing but names is shared: then a machine decides nothing."""
    shared = [field for field in (*SAYS_MORE, "sex") if named[field].count() >= 2]
    return () if shared else ("names-alone",)


def _refuse_one_name(named: pl.DataFrame) -> None:
    commonest = named["name"].value_counts().sort("count")["count"][-1]
    if named.height >= 20 and commonest > 0.5 * named.height:
        raise LinkageError(
            "linkage-one-name",
            f"{commonest:,} of {named.height:,} mentions bear one and the same name.",
            todo="Check for a placeholder in the name column or rows that were copied down.",
        )


def _suspicious(table: pl.DataFrame, named: pl.DataFrame) -> tuple[str, ...]:
    flags = []
    unknown = table.height - named.height
    if unknown:
        flags.append(f"unidentified:{unknown}")
    cells = ["name", "father", "birth_earliest", "death_earliest", "place", "collection"]
    again = named.height - named.select(cells).n_unique()
    if again > 0.2 * named.height:
        flags.append(f"identical-rows:{again}")
    return tuple(flags)


def _pairs(
    table: pl.DataFrame,
    candidates: Candidates,
    probability: NDArray[np.float64],
    decision: NDArray[np.int8],
    evidence: Evidence,
    levels: Mapping[str, Levels],
) -> pl.DataFrame:
    kept = np.flatnonzero(decision > 0)
    kept = kept[np.argsort(-probability[kept], kind="stable")]
    ids = table["id"]
    chosen = {name: levels[name][kept] for name in FIELDS}
    return pl.DataFrame(
        {
            "left": ids[candidates.left[kept]],
            "right": ids[candidates.right[kept]],
            "probability": probability[kept],
            "decision": [DECISIONS[each] for each in decision[kept]],
            "by": pl.Series(["machine"] * len(kept), dtype=pl.String),
            "agree": evidence.agree[kept],
            "conflict": evidence.conflict[kept],
            **chosen,
        },
        schema_overrides={"decision": pl.String, "left": pl.String, "right": pl.String},
    ).with_columns(_why().alias("why"))


def _why() -> pl.Expr:
    """Say in a few words per field what the pair rests on: "father: the same; place: different"."""
    said = [
        pl.when(pl.col(name) >= 0).then(
            pl.format(
                "{}: {}",
                pl.lit(name),
                pl.col(name).replace_strict(
                    list(range(-1, len(field.levels))), ["", *field.levels], return_dtype=pl.String
                ),
            )
        )
        for name, field in FIELDS.items()
    ]
    return pl.concat_str(said, separator="; ", ignore_nulls=True)


def _with_judgements(
    pairs: pl.DataFrame, judgements: Iterable[Judgement]
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Let a person's decision stand in place of the machine's; "different" takes a pair out."""
    decided = [each for each in effective(judgements) if not each.by_machine]
    if not decided:
        return pairs, ()
    known = pl.DataFrame(
        {
            "left": [each.left for each in decided] + [each.right for each in decided],
            "right": [each.right for each in decided] + [each.left for each in decided],
            "judged": [each.decision for each in decided] * 2,
        }
    )
    joined = pairs.join(known, on=["left", "right"], how="left", maintain_order="left")
    against = joined.filter(
        ((pl.col("judged") == "different") & (pl.col("probability") >= 0.99))
        | ((pl.col("judged") == "same") & (pl.col("conflict") > 0))
    )
    flags = (f"judged-against-the-model:{against.height}",) if against.height else ()
    said = pl.col("judged").is_not_null()
    kept = joined.with_columns(
        decision=pl.coalesce("judged", "decision"),
        by=pl.when(said).then(pl.lit("person")).otherwise("by"),
    )
    return kept.drop("judged"), flags


def _candidate_table(candidates: Candidates) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "left_row": candidates.left.astype(np.uint32),
            "right_row": candidates.right.astype(np.uint32),
        }
    )


def _undecided(
    table: pl.DataFrame,
    candidates: Candidates,
    levels: Mapping[str, Levels],
    settings: LinkageSettings,
    flags: Sequence[str],
) -> Linkage:
    """Decide nothing, with too few pairs to learn from or only names: a person sees them all."""
    count = len(candidates.left)
    alike = levels["name"] >= FIELDS["name"].agrees - 1
    alike |= one_slip(table, candidates.left, candidates.right)
    evidence = weigh_evidence(levels, deaths_apart(table, candidates.left, candidates.right))
    review = (alike & ~evidence.veto).astype(np.int8)
    _refuse_flood(int(review.sum()), flags)
    if count < _FEWEST_TRAINING_PAIRS:
        flags = (*flags, f"too-few-pairs-to-learn:{count}")
    unknown = np.full(count, 0.5)
    return Linkage(
        pairs=_pairs(table, candidates, unknown, review, evidence, levels),
        parameters=pl.DataFrame(schema={"field": pl.String, "level": pl.Int64, "label": pl.String,
                                        "m": pl.Float64, "u": pl.Float64, "weight": pl.Float64}),
        blocking=candidates.report,
        candidates=_candidate_table(candidates),
        prior=0.0,
        flags=(*flags, *candidates.flags),
        settings=settings,
        versions=_versions(),
    )  # fmt: skip


def _refuse_flood(pairs: int, flags: Sequence[str]) -> None:
    if "names-alone" in flags and pairs > _MOST_BY_NAME_ALONE:
        raise LinkageError(
            "linkage-no-field",
            f"Nothing but names stands in these lists, and {pairs:,} pairs of names are alike; a "
            "name alone decides nothing.",
            todo="Map at least one more column: father's name, age, date, place or affiliation.",
        )
