"""YAML read strictly: every value is text, every key stands once, every word is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Lookup
from typing import Any

import yaml

from dadkhah.claims.mapping_form import nearest
from dadkhah.errors import MappingError

__all__ = ["block_of", "load", "text_of", "texts_of", "truth_of", "wrong"]


class _Loader(yaml.SafeLoader):
    """YAML in which every value is text and a key that is there twice is refused."""


def _pairs(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in result:
            line = key_node.start_mark.line + 1
            raise MappingError(
                "mapping-key-twice",
                f"“{key}” is there twice.",
                where=f"line {line}",
                todo="Keep one; two claims from one column go into a list under it.",
            )
        result[key] = loader.construct_object(value_node, deep=True)
    return result


_Loader.yaml_implicit_resolvers = {}
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _pairs)


def load(text: str, name: str) -> Any:
    """Read YAML; nothing of it is made into anything but texts, lists and pairs.

    Raises:
        MappingError: it is not YAML, or a key stands twice.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader, made stricter
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}, line {mark.line + 1}" if mark else name
        raise MappingError("mapping-yaml", "This mapping file is not YAML.", where=where,
                           todo="docs/import.md shows a mapping file.") from None  # fmt: skip


def block_of(data: Any, allowed: Sequence[str], name: str, place: str) -> dict[str, Any]:
    """Insist on pairs of known keys and their values."""
    if not isinstance(data, dict):
        raise MappingError(
            "mapping-shape",
            "Here should stand pairs of key and value.",
            where=f"{name}, {place}".rstrip(", "),
            todo="docs/import.md shows a mapping file.",
        )
    for key in data:
        if key not in allowed:
            where = f"{place}.{key}".lstrip(".")
            raise wrong(name, where, f"“{key}” means nothing here.", str(key), allowed)
    return data


def text_of(block: Lookup[str, Any], key: str, name: str) -> str:
    """Give the text of a key, empty when it is not there."""
    value = block.get(key, "")
    if not isinstance(value, str):
        raise wrong(name, key, f"{key} is one text.", "", ())
    return value if key == "split" else value.strip()


def texts_of(block: Lookup[str, Any], key: str, name: str) -> list[str]:
    """Give the texts of a key; one text alone is a list of one."""
    value = block.get(key, [])
    if isinstance(value, str):
        return [value] if value else []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise wrong(name, key, f"{key} is a list of texts.", "", ())
    return value


def truth_of(text: str, name: str, place: str) -> bool:
    """Read "true" or "false"."""
    if text not in ("true", "false"):
        raise wrong(name, place, "This is true or false.", text, ("true", "false"))
    return text == "true"


def wrong(name: str, place: str, what: str, given: str, allowed: Iterable[str]) -> MappingError:
    """Make the error for a word that means nothing where it stands, with what was meant."""
    return MappingError(
        "mapping-value",
        what,
        where=f"{name}, {place}",
        todo=nearest(given, list(allowed)) or "docs/import.md shows a mapping file.",
    )
