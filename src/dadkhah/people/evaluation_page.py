"""The page that is published with a register: how good its linkage is, in words and a chart."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib import resources
from typing import Final

import yaml

from dadkhah.people.evaluation import Rate, wilson
from dadkhah.people.labelling import Band, Labelled

__all__ = ["evaluation_page"]

_PERSIAN: Final = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")
_WIDTH, _HEIGHT, _LEFT = 480, 26, 150


def evaluation_page(found: Labelled, *, made_on: str, run: str, language: str) -> str:
    """Write the page in one language, whole in itself: no script, nothing fetched.

    Args:
        made_on: the day. run: id of the linkage. language: "en" or "fa".
    """
    words = _words(language)
    rates = {"precision": found.precision, "recall": found.recall, "f1": found.f1}
    rows = "".join(
        f"<tr><th scope=row>{escape(words[name])}</th><td>{_said(rate, language)}</td></tr>"
        for name, rate in rates.items()
    )
    bands = "".join(_band_row(band, language) for band in found.bands)
    direction = "rtl" if language == "fa" else "ltr"
    return (
        f"<!doctype html><html lang={language} dir={direction}><head><meta charset=utf-8>"
        '<meta name=viewport content="width=device-width, initial-scale=1">'
        f"<title>{escape(words['title'])}</title></head><body><main>"
        f"<h1>{escape(words['title'])}</h1><p>{escape(words['lead'])}</p>"
        f"<table>{rows}</table><h2>{escape(words['bands'])}</h2><p>{escape(words['calibrated'])}"
        f"</p>{_chart(found.bands, words)}<table><thead><tr>"
        + "".join(f"<th scope=col>{escape(words[name])}</th>" for name in _HEADS)
        + f"</tr></thead><tbody>{bands}</tbody></table><p>{escape(words['limits'])}</p>"
        f"<p>{escape(words['made'])} <time>{escape(made_on)}</time>, "
        f"<code>{escape(run)}</code>.</p>"
        "</main></body></html>\n"
    )


_HEADS: Final = ("band", "pairs", "labelled", "stated", "share")


def _words(language: str) -> Mapping[str, str]:
    file = resources.files("dadkhah.people").joinpath("data/evaluation.yaml")
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {key: each[language] for key, each in data.items()}


def _digits(written: str, language: str) -> str:
    return written.translate(_PERSIAN) if language == "fa" else written


def _said(rate: Rate, language: str) -> str:
    join = "تا" if language == "fa" else "to"
    text = f"{rate.middle:.3f} ({rate.low:.3f} {join} {rate.high:.3f})"
    return _digits(text, language)


def _band_row(band: Band, language: str) -> str:
    cells = (
        f"{band.low:.2f}+",
        f"{band.pairs}",
        f"{band.labelled}",
        f"{band.stated:.2f}",
        f"{band.same / band.labelled:.2f}",
    )
    return "<tr>" + "".join(f"<td>{_digits(cell, language)}</td>" for cell in cells) + "</tr>"


def _chart(bands: tuple[Band, ...], words: Mapping[str, str]) -> str:
    """Draw for each band the share found to be one person, its interval, and what was stated."""
    height = _HEIGHT * len(bands) + 10
    lines = []
    for at, band in enumerate(bands):
        rate = wilson(band.same, band.labelled)
        low, middle, high = (_LEFT + (_WIDTH - _LEFT - 10) * x for x in _ends(rate))
        stated = _LEFT + (_WIDTH - _LEFT - 10) * band.stated
        y = 18 + at * _HEIGHT
        lines.append(
            f'<text x="4" y="{y + 4}" font-size="12">{band.low:.2f}+</text>'
            f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}" stroke="currentColor"/>'
            f'<circle cx="{middle:.1f}" cy="{y}" r="4" fill="currentColor"/>'
            f'<path d="M{stated:.1f} {y - 8}v16" stroke="currentColor" stroke-width="3"/>'
        )
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" direction="ltr" role="img" '
        f'aria-label="{escape(words["chart"])}">{"".join(lines)}</svg>'
    )


def _ends(rate: Rate) -> tuple[float, float, float]:
    return rate.low, rate.middle, rate.high
