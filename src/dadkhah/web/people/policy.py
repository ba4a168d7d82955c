"""How a case wants its pairs judged: the [review] table of case.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from django.conf import settings

from dadkhah.errors import CaseError

__all__ = ["MOST_REVIEWERS", "reviewers"]

MOST_REVIEWERS: Final = 3


def reviewers() -> int:
    """Say how many people judge each pair, blind to each other: `reviewers`, 1 if unsaid.

    Raises:
        CaseError: case-review, when the number is not 1, 2 or 3.
    """
    file = Path(settings.CASE) / "case.toml"
    said = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    number = said.get("review", {}).get("reviewers", 1)
    if not isinstance(number, int) or not 1 <= number <= MOST_REVIEWERS:
        raise CaseError(
            "case-review",
            "The number of people who judge each pair must be 1, 2 or 3.",
            where="case.toml, [review] reviewers",
            todo="Write for example: reviewers = 2",
        )
    return number
