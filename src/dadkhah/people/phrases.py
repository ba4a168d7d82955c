"""What linkage calls its fields, levels and rules, in English and Persian."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from dadkhah import bundled
from dadkhah.people.fields import OTHER

__all__ = ["field_words", "level_words", "reason_words", "rule_words"]

Words = tuple[str, str]


def field_words(field: str) -> Words:
    """Name a field; a further field of no known name stands by its own word."""
    name = field.removeprefix(OTHER)
    known = _phrases()["fields"].get(name)
    plain = name.replace("_", " ")
    return (known["en"], known["fa"]) if known else (plain, plain)


def level_words(label: str) -> Words:
    """Name a level of agreement by its English label."""
    levels = _phrases()["levels"]
    if label in levels:
        return label, levels[label]
    alike, _, rare = label.partition(" in ")
    if alike in levels and rare in levels:
        return label, f"{levels[alike]} در {levels[rare]}"
    return label, label


def reason_words(reason: str) -> Words:
    """Name what a machine saw of one field, such as "father: the same"."""
    field, colon, label = reason.partition(": ")
    if not colon:
        return reason, reason
    (english, persian), (level, persian_level) = field_words(field), level_words(label)
    return f"{english}: {level}", f"{persian}: {persian_level}"


def rule_words(rule: str, says: str) -> Words:
    """Say what a rule of blocking looks for; `says` is its English sentence."""
    return says, _phrases()["rules"].get(rule, says)


@cache
def _phrases() -> Mapping[str, Any]:
    read: Mapping[str, Any] = bundled.read("dadkhah.people", "data/phrases.yaml")
    return read
