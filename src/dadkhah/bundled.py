"""Data that comes with the program: YAML files beside the code that reads them."""

from __future__ import annotations

from importlib import resources
from typing import Any, Final

import yaml

__all__ = ["parse", "read"]

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it is


def read(package: str, path: str) -> Any:
    """Read a YAML file of a package, such as data/words.yaml of dadkhah.memorial.

    The answer is new at each call: a caller that reads often keeps it.
    """
    return parse(resources.files(package).joinpath(path).read_text(encoding="utf-8"))


def parse(text: str) -> Any:
    """Read YAML that came with the program; what a user gives is read more strictly elsewhere."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 — a SafeLoader
