"""Measure the register by what people labelled in a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.db.models import Max, Sum

from dadkhah import people
from dadkhah.errors import LinkageError
from dadkhah.people import Around, Doubt, Labelled
from dadkhah.people.evaluation_page import evaluation_page
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.custody.actions import now
from dadkhah.web.people import doubts, index
from dadkhah.web.people.models import Clash, IndexedPerson, LinkageDoubt, Membership

__all__ = ["Measured", "measure", "write_around", "write_pages", "write_sample"]

OF_PAIRS = ("left", "right", "probability", "band", "band_pairs", "same")
OF_MENTIONS = ("mention", "other", "compared", "several", "stands_for", "same")
YES = frozenset({"yes", "y", "1", "true", "same", "آری", "بله"})
NO = frozenset({"no", "n", "0", "false", "different", "نه", "خیر"})
MOST_SAID = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What tables of labels say: of pairs, around mentions, or both."""

    pairs: Labelled | None = None
    around: Around | None = None


def write_sample(table: Path, width: float) -> int:
    """Write a table of pairs to label, with an empty column `same`, and give their number.

    Raises:
        LinkageError: evaluation-no-linkage, evaluation-width, evaluation-exists.
    """
    _refuse_labels_lost(table)
    sample = people.sample_pairs(_doubt(), people.labels_needed(width))
    return _write(sample, ("left", "right"), table)


def write_around(table: Path, count: int) -> int:
    """Write a table of drawn mentions and those that may be each, and give its number of rows.

    Every mention is read anew, as for a linkage.

    Raises:
        LinkageError: evaluation-no-linkage, evaluation-exists.
    """
    _refuse_labels_lost(table)
    doubt = _doubt()
    rows = Mention.objects.filter(type="person").order_by("entry", "position")
    said = Claim.objects.filter(mention__type="person").exclude(status="withdrawn")
    said = said.order_by("entry", "position")
    features = people.features(
        [row.record() for row in rows.iterator(chunk_size=2000)],
        (row.record() for row in said.iterator(chunk_size=2000)),
    )
    settings = people.LinkageSettings(no_duplicates=index.sole_lists())
    sample = people.sample_around(features, doubt, _persons(), count, settings=settings)
    return _write(sample, ("mention", "other"), table)


def _refuse_labels_lost(table: Path) -> None:
    """Refuse to write over a file: somebody may have filled it for hours."""
    if table.exists():
        raise LinkageError(
            "evaluation-exists",
            "There is a file of this name already, and it may hold labels.",
            where=table.name,
            todo="Choose another name, or move that file away.",
        )


def _doubt() -> Doubt:
    doubt = doubts.latest()
    if doubt is None:
        raise LinkageError(
            "evaluation-no-linkage", "Nothing was linked yet.", todo="Run: dadkhah link"
        )
    return doubt


def _persons() -> dict[str, str]:
    return dict(Membership.objects.values_list("mention_id", "person_id").iterator())


def _write(sample: pl.DataFrame, ends: tuple[str, str], table: Path) -> int:
    """Write a sample with names, with what is said of each mention, and with a column to fill."""
    mentions = {each for end in ends for each in sample[end].to_list()}
    labels = dict(Mention.objects.filter(pk__in=mentions).values_list("pk", "label"))
    said = _what_is_said(mentions)
    shown = sample.with_columns(
        *(
            pl.col(end).replace_strict(known, default="").alias(f"{end}_{word}")
            for word, known in (("label", labels), ("says", said))
            for end in ends
        ),
        same=pl.lit(""),
    )
    first = [f"{end}_{word}" for word in ("label", "says") for end in ends]
    shown.select(*first, "same", pl.exclude(*first, "same")).write_csv(table, include_bom=True)
    return sample.height


def _what_is_said(mentions: Iterable[str]) -> Mapping[str, str]:
    """Give what is claimed of each mention, in its source's own words."""
    said: dict[str, list[str]] = {mention: [] for mention in mentions}
    rows = Claim.objects.filter(mention__in=mentions).exclude(status="withdrawn")
    for mention, predicate, written in rows.order_by("entry", "position").values_list(
        "mention_id", "predicate", "written"
    ):
        said[mention].append(f"{predicate.removeprefix('person.')}: {written}")
    return {mention: "; ".join(own)[:MOST_SAID] for mention, own in said.items()}


def measure(tables: Iterable[Path]) -> Measured:
    """Measure the register by tables that were written here and that people filled.

    Raises:
        LinkageError: evaluation-table when a table cannot be read or is another one, or has
            another word than yes and no; evaluation-no-labels.
    """
    person, pairs, around = _persons(), None, None
    for table in tables:
        rows = _read(table)
        same = pl.Series("same", _answers(rows, table), pl.Boolean)
        if "mention" in rows.columns:
            around = people.measure_around(_of_mentions(rows, same), person)
        else:
            pairs = people.measure_labels(_of_pairs(rows, same), person)
    return Measured(pairs=pairs, around=around)


def _read(table: Path) -> pl.DataFrame:
    """Read a table as text; some programs part the cells by semicolons when they save it."""
    try:
        text = table.read_bytes().decode("utf-8-sig")
        heading = text.partition("\n")[0]
        parted_by = max(",;\t", key=heading.count)
        return pl.read_csv(text.encode(), infer_schema_length=0, separator=parted_by)
    except OSError as error:
        raise _wrong_table(table, "There is no such file, or it cannot be read.") from error
    except UnicodeDecodeError as error:
        raise _wrong_table(table, "It is not UTF-8: save it as “CSV UTF-8”.") from error
    except pl.exceptions.PolarsError as error:
        raise _wrong_table(table, "It is no table of rows and columns.") from error


def _answers(rows: pl.DataFrame, table: Path) -> list[bool | None]:
    wanted = OF_MENTIONS if "mention" in rows.columns else OF_PAIRS
    missing = [name for name in wanted if name not in rows.columns]
    if missing:
        raise _wrong_table(table, f"It has no column {', '.join(missing)}.")
    said = rows["same"].fill_null("").str.strip_chars().str.to_lowercase().to_list()
    strange = [at for at, word in enumerate(said) if word and word not in YES | NO]
    if strange:
        raise _wrong_table(table, "The column “same” takes yes, no or nothing.", strange[0] + 2)
    return [None if not word else word in YES for word in said]


def _of_pairs(rows: pl.DataFrame, same: pl.Series) -> pl.DataFrame:
    return rows.select(
        "left",
        "right",
        pl.col("probability", "band").cast(pl.Float64),
        pl.col("band_pairs").cast(pl.Int64),
    ).with_columns(same)


def _of_mentions(rows: pl.DataFrame, same: pl.Series) -> pl.DataFrame:
    return rows.select(
        "mention",
        "other",
        pl.col("compared", "several").str.to_lowercase() == "true",
        pl.col("stands_for").cast(pl.Float64),
    ).with_columns(same)


def write_pages(found: Measured, folder: Path) -> None:
    """Write the page to publish, once in each language."""
    folder.mkdir(parents=True, exist_ok=True)
    run = LinkageDoubt.objects.values_list("run", flat=True).first() or ""
    for language in ("en", "fa"):
        page = evaluation_page(
            pairs=found.pairs,
            around=found.around,
            checks=_checks(),
            made_on=now()[:10],
            run=run,
            language=language,
        )
        (folder / f"linkage.{language}.html").write_text(page, encoding="utf-8")


def _checks() -> dict[str, int]:
    """Count what can be seen of the register without labels (ST-04)."""
    persons = IndexedPerson.objects.all()
    several = persons.filter(mentions__gt=1)
    sums = persons.aggregate(accounts=Sum("mentions"), largest=Max("mentions"))
    return {
        "mentions": sums["accounts"] or 0,
        "persons": persons.count(),
        "several": several.count(),
        "largest": sums["largest"] or 0,
        "unlikely": several.filter(chance__lt=0.5).count(),
        "conflicting": several.filter(conflicts__gt=0).count(),
        "clashes": Clash.objects.count(),
    }


def _wrong_table(table: Path, what: str, row: int = 1) -> LinkageError:
    return LinkageError(
        "evaluation-table",
        what,
        where=f"{table.name}, row {row}",
        todo="Make the table anew with --plan or --around, and fill the column “same”.",
    )
