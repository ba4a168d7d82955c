"""Sentences for gates and answers, kept as data in both languages."""

from __future__ import annotations

import functools
from typing import Any

from dadkhah import bundled
from dadkhah.estimate.values import Gate, Reason
from dadkhah.text import to_persian_numbers

__all__ = ["FAMILIES", "codes", "gate", "number", "reason"]

FAMILIES = {
    "chao": "کران چائو",
    "log-linear bic": "لگاریتم‌خطی (BIC)",
    "log-linear aic": "لگاریتم‌خطی (AIC)",
    "graphs": "گراف‌ها",
    "pairs by threshold": "جفت‌ها با آستانه",
    "ease by degree": "آسانی به‌درجات",
    "ease by degree, parts together": "آسانی به‌درجات، بخش‌ها با هم",
    "latent classes": "رده‌های پنهان",
    "latent classes, wary prior": "رده‌های پنهان، پیشین محتاط",
}
"""Families of models in Persian."""


@functools.cache
def _texts() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = bundled.read("dadkhah.estimate", "reasons.yaml")
    return loaded


def codes() -> tuple[str, ...]:
    """Every code a gate or reason can have."""
    return tuple(_texts())


def number(value: float) -> str:
    """Write a number of people for a reader: whole, with thousands apart."""
    return "unlimited" if value == float("inf") else f"{value:,.0f}"


def _words(value: Any) -> str:
    """Write a piece of evidence for a sentence."""
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    return number(value) if value == float("inf") or value == int(value) else f"{value:.2f}"


def _fill(template: str, evidence: dict[str, Any]) -> str:
    return template.format(**{key: _words(value) for key, value in evidence.items()})


def _is_name(value: Any) -> bool:
    """Names keep their letters and digits; written numbers do not."""
    return not isinstance(value, (int, float)) and any(c.isalpha() for c in _words(value))


def _fill_persian(template: str, evidence: dict[str, Any]) -> str:
    words = {
        key: FAMILIES.get(_words(value), _words(value))
        if _is_name(value)
        else to_persian_numbers(_words(value))
        for key, value in evidence.items()
    }
    return template.format(**words)


def reason(code: str, **evidence: Any) -> Reason:
    """Say why, in both languages, with the evidence filled in."""
    text = _texts()[code]
    return Reason(
        code=code,
        english=_fill(text["english"], evidence),
        persian=_fill_persian(text["persian"], evidence),
        evidence=evidence,
        remedy=_fill(text["remedy"], evidence),
        remedy_persian=_fill_persian(text["remedy_persian"], evidence),
    )


def gate(code: str, passed: bool, *, stops: str = "", **evidence: Any) -> Gate:
    """Make a gate; a passed one says what it found, a failed one what is wrong and the remedy."""
    text = _texts()[code]
    which = "passes" if passed else "english"
    which_persian = "passes_persian" if passed else "persian"
    return Gate(
        code=code,
        passed=passed,
        english=_fill(text[which], evidence),
        persian=_fill_persian(text[which_persian], evidence),
        evidence=evidence,
        remedy="" if passed else _fill(text["remedy"], evidence),
        remedy_persian="" if passed else _fill_persian(text["remedy_persian"], evidence),
        stops=stops or text["stops"],
    )
