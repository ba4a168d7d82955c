"""Measure the register by pairs that people labelled in a table."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from dadkhah import people
from dadkhah.errors import LinkageError
from dadkhah.people import Labelled
from dadkhah.people.evaluation_page import evaluation_page
from dadkhah.web.claims.models import Mention
from dadkhah.web.custody.actions import now
from dadkhah.web.people import doubts
from dadkhah.web.people.models import LinkageDoubt, Membership

__all__ = ["measure", "write_pages", "write_sample"]

COLUMNS = ("left", "right", "probability", "band", "band_pairs", "same")
YES = frozenset({"yes", "y", "1", "true", "same", "آری", "بله"})
NO = frozenset({"no", "n", "0", "false", "different", "نه", "خیر"})


def write_sample(table: Path, width: float) -> int:
    """Write a table of pairs to label, with an empty column `same`, and give their number.

    Raises:
        LinkageError: evaluation-no-linkage, evaluation-width.
    """
    doubt = doubts.latest()
    if doubt is None:
        raise LinkageError(
            "evaluation-no-linkage", "Nothing was linked yet.", todo="Run: dadkhah link"
        )
    sample = people.sample_pairs(doubt, people.labels_needed(width))
    ends = {*sample["left"].to_list(), *sample["right"].to_list()}
    labels = dict(Mention.objects.filter(pk__in=ends).values_list("pk", "label"))
    sample.with_columns(
        left_label=pl.col("left").replace_strict(labels, default=""),
        right_label=pl.col("right").replace_strict(labels, default=""),
        same=pl.lit(""),
    ).write_csv(table)
    return sample.height


def measure(table: Path) -> Labelled:
    """Measure the register by a table that `write_sample` made and people filled.

    Raises:
        LinkageError: evaluation-table when the table is another one, or has another word than yes
            and no; evaluation-no-labels.
    """
    rows = pl.read_csv(table, infer_schema_length=0)
    missing = [name for name in COLUMNS if name not in rows.columns]
    if missing:
        raise _wrong_table(table, f"It has no column {', '.join(missing)}.")
    said = rows["same"].fill_null("").str.strip_chars().str.to_lowercase().to_list()
    strange = [at for at, word in enumerate(said) if word and word not in YES | NO]
    if strange:
        raise _wrong_table(table, "The column “same” takes yes, no or nothing.", strange[0] + 2)
    same = [None if not word else word in YES for word in said]
    sample = rows.select("left", "right", pl.col("probability", "band").cast(pl.Float64),
                         pl.col("band_pairs").cast(pl.Int64)).with_columns(
        pl.Series("same", same, pl.Boolean)
    )  # fmt: skip
    person = dict(Membership.objects.values_list("mention_id", "person_id").iterator())
    return people.measure_labels(sample, person)


def write_pages(found: Labelled, folder: Path) -> None:
    """Write the page to publish, once in each language."""
    folder.mkdir(parents=True, exist_ok=True)
    run = LinkageDoubt.objects.values_list("run", flat=True).first() or ""
    for language in ("en", "fa"):
        page = evaluation_page(found, made_on=now()[:10], run=run, language=language)
        (folder / f"linkage.{language}.html").write_text(page, encoding="utf-8")


def _wrong_table(table: Path, what: str, row: int = 1) -> LinkageError:
    return LinkageError(
        "evaluation-table",
        what,
        where=f"{table.name}, row {row}",
        todo="Make the table anew with --plan, and fill the column “same”.",
    )
