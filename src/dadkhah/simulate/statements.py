"""What invented bodies say of the number: figures that disagree, each with its speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dadkhah.simulate.world import Statement
from dadkhah.text import to_persian_digits

__all__ = ["write_statements"]


def write_statements(
    plans: Sequence[Mapping[str, Any]], country: tuple[str, str], people: int
) -> tuple[Statement, ...]:
    """Fill in the texts of data/statements.yaml.

    Args:
        people: how many were truly killed; a text's figure is a share of it, never the truth.
    """
    return tuple(
        Statement(
            name=plan["name"],
            speaker=plan["speaker"],
            date=plan["date"],
            language=plan["language"],
            text=plan["text"].format(
                country=country[int(plan["language"] == "fa")],
                figure=_figure(people * plan["share"], plan["language"]),
            ),
        )
        for plan in plans
    )


def _figure(number: float, language: str) -> str:
    rounded = max(10, round(number / 10) * 10)
    return to_persian_digits(str(rounded)) if language == "fa" else f"{rounded:,}"
