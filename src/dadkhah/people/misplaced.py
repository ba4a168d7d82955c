"""Names that stand in the wrong column: a place, a group, a day or a title alone."""

from __future__ import annotations

from typing import Final

import polars as pl

from dadkhah import dates
from dadkhah.errors import DateTextError
from dadkhah.names import lexicon
from dadkhah.people.fields import OTHER

__all__ = ["misplaced"]

_FIELDS: Final = ("place", "affiliation")
_TURNED: Final = 5
_LETTERS: Final = {"آ": "ا", "أ": "ا", "ي": "ی", "ك": "ک", "'": "", "\u200c": "", "ـ": ""}
_BESIDE_A_NAME: Final = ("title", "honorific", "neutral")


def misplaced(table: pl.DataFrame) -> pl.Series:
    """Mark the mentions whose name looks as if it stood in the wrong column.

    1. It is written as a place, a group or a further field is, and more often there than here.
    2. It is a date.
    3. It has fewer words than the father's name, where in at least five times as many rows of the
       list it has more: the two were turned.
    4. It is a title, a word for a man or a woman, or a letter, and nothing else.

    A machine decides nothing about such a mention; a person may.

    Args:
        table: of `features`.
    """
    name = table.select(text=_plain("name"))["text"]
    looks = name.is_in([*_dates(name), *_titles(name)]) | table.select(_turned()).to_series()
    for field in (*_FIELDS, *(column for column in table.columns if column.startswith(OTHER))):
        looks |= name.is_in(_rather_in(table, field))
    return (looks.fill_null(value=False) & ~table["unidentified"]).alias("misplaced")


def _plain(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars().str.to_lowercase()


def _rather_in(table: pl.DataFrame, field: str) -> list[str]:
    """Give the texts that stand as names, and more often in a field."""
    counted = [
        table.select(text=_plain(column)).drop_nulls().group_by("text").len(count)
        for column, count in (("name", "here"), (field, "there"))
    ]
    both = counted[0].join(counted[1], on="text")
    return both.filter(pl.col("there") > pl.col("here"))["text"].to_list()


def _dates(texts: pl.Series) -> list[str]:
    with_figures = texts.unique().drop_nulls()
    return [
        text for text in with_figures.filter(with_figures.str.contains(r"\d")) if _is_date(text)
    ]


def _titles(texts: pl.Series) -> list[str]:
    """Give the texts of which each word is a title, a word for a person, or a letter."""
    aside = [form for kind in _BESIDE_A_NAME for form in lexicon.forms(kind)]
    words = pl.col("text").str.replace_many(_LETTERS).str.extract_all(r"\w+")
    beside = pl.element().is_in(aside) | (pl.element().str.len_chars() == 1)
    named = texts.unique().drop_nulls().to_frame("text")
    told = named.filter(words.list.len() > 0).with_columns(words=words)
    # the first word decides of nearly all
    first = pl.col("words").list.first()
    told = told.filter(first.is_in(aside) | (first.str.len_chars() == 1))
    return told.filter(pl.col("words").list.eval(beside).list.all())["text"].to_list()


def _is_date(text: str) -> bool:
    try:
        dates.read(text)
    except DateTextError:
        return False
    return True


def _turned() -> pl.Expr:
    words, of_father = (
        pl.col(column).str.strip_chars().str.count_matches(r"\s+") + 1
        for column in ("name", "father")
    )
    fewer, more = words < of_father, words > of_father
    usual = more.sum().over("collection") >= _TURNED * fewer.sum().over("collection")
    return fewer & usual
