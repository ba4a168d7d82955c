"""The page that is published with a register: how good its linkage is, in words and charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

from dadkhah import bundled
from dadkhah.people.around import Around
from dadkhah.people.evaluation import Rate, wilson
from dadkhah.people.labelling import Band, Labelled
from dadkhah.text import to_persian_numbers

__all__ = ["CHECKS", "PAIR_RATES", "PERSON_RATES", "evaluation_page"]

PAIR_RATES: Final = ("precision", "recall", "f1")
PERSON_RATES: Final = (*PAIR_RATES, "cubed_precision", "cubed_recall", "cubed_f1", "compared")
CHECKS: Final = (
    "mentions", "persons", "several", "largest", "unlikely", "conflicting", "clashes",
)  # fmt: skip
_HEADS: Final = ("band", "pairs", "labelled", "stated", "share")
_WIDTH, _HEIGHT, _LEFT = 480, 26, 150


def evaluation_page(
    *,
    pairs: Labelled | None = None,
    around: Around | None = None,
    checks: Mapping[str, int] | None = None,
    made_on: str,
    run: str,
    language: str,
) -> str:
    """Write the page in one language, whole in itself: no script, nothing fetched.

    Args:
        pairs, around: what labels of pairs, and around mentions, say; either may be missing.
        checks: counts of the register, by the words of CHECKS.
        made_on: the day. run: id of the linkage. language: "en" or "fa".
    """
    words = _words(language)
    parts: list[str] = []
    if around is not None:
        parts += _around(around, words, language)
    if pairs is not None:
        parts += _pairs(pairs, words, language)
    if checks:
        rows = ((words[f"check_{name}"], f"{checks[name]}") for name in CHECKS if name in checks)
        parts.append(f"<h2>{escape(words['checks'])}</h2>{_table(rows, language)}")
    direction = "rtl" if language == "fa" else "ltr"
    return (
        f"<!doctype html><html lang={language} dir={direction}><head><meta charset=utf-8>"
        '<meta name=viewport content="width=device-width, initial-scale=1">'
        f"<title>{escape(words['title'])}</title></head><body><main>"
        f"<h1>{escape(words['title'])}</h1><p>{escape(words['lead'])}</p>{''.join(parts)}"
        f"<p>{escape(words['made'])} <time>{escape(made_on)}</time>, "
        f"<code>{escape(run)}</code>.</p>"
        "</main></body></html>\n"
    )


def _around(found: Around, words: Mapping[str, str], language: str) -> list[str]:
    rates = [getattr(found, name) for name in PERSON_RATES]
    rows = [(words[n], _said(r, language)) for n, r in zip(PERSON_RATES, rates, strict=True)]
    labels = [f"{at + 1}" for at in range(len(rates))]
    numbered = [(f"{at}. {name}", said) for at, (name, said) in zip(labels, rows, strict=True)]
    counted = (words["sampled"], f"{found.mentions}")
    return [
        f"<h2>{escape(words['around_rates'])}</h2>{_table([*numbered, counted], language)}",
        _chart([(label, rate, None) for label, rate in zip(labels, rates, strict=True)],
               words["rates_chart"], language),
        f"<p>{escape(words['beyond'])}</p>",
    ]  # fmt: skip


def _pairs(found: Labelled, words: Mapping[str, str], language: str) -> list[str]:
    rows = [(words[name], _said(getattr(found, name), language)) for name in PAIR_RATES]
    drawn = [
        (f"{band.low:.2f}+", wilson(band.same, band.labelled), band.stated) for band in found.bands
    ]
    heads = "".join(f"<th scope=col>{escape(words[name])}</th>" for name in _HEADS)
    bands = "".join(_band_row(band, language) for band in found.bands)
    return [
        f"<h2>{escape(words['pairs_rates'])}</h2>{_table(rows, language)}",
        f"<h2>{escape(words['bands'])}</h2><p>{escape(words['calibrated'])}</p>",
        _chart(drawn, words["chart"], language),
        f"<table><thead><tr>{heads}</tr></thead><tbody>{bands}</tbody></table>",
        f"<p>{escape(words['limits'])}</p>",
    ]


def _words(language: str) -> Mapping[str, str]:
    data = bundled.read("dadkhah.people", "data/evaluation.yaml")
    return {key: each[language] for key, each in data.items()}


def _digits(written: str, language: str) -> str:
    return to_persian_numbers(written) if language == "fa" else written


def _table(rows: Iterable[tuple[str, str]], language: str) -> str:
    lines = (
        f"<tr><th scope=row>{escape(_digits(name, language) if name[0].isdigit() else name)}</th>"
        f"<td>{_digits(said, language)}</td></tr>"
        for name, said in rows
    )
    return f"<table>{''.join(lines)}</table>"


def _said(rate: Rate, language: str) -> str:
    join = "تا" if language == "fa" else "to"
    return f"{rate.middle:.3f} ({rate.low:.3f} {join} {rate.high:.3f})"


def _band_row(band: Band, language: str) -> str:
    cells = (
        f"{band.low:.2f}+",
        f"{band.pairs}",
        f"{band.labelled}",
        f"{band.stated:.2f}",
        f"{band.same / band.labelled:.2f}",
    )
    return "<tr>" + "".join(f"<td>{_digits(cell, language)}</td>" for cell in cells) + "</tr>"


def _chart(rows: Sequence[tuple[str, Rate, float | None]], says: str, language: str) -> str:
    """Draw each rate as a dot, its interval as a line, and what was stated as a bar."""
    height = _HEIGHT * len(rows) + 10
    lines = []
    for at, (label, rate, stated) in enumerate(rows):
        low, middle, high = (_x(x) for x in (rate.low, rate.middle, rate.high))
        y = 18 + at * _HEIGHT
        lines.append(
            f'<text x="4" y="{y + 4}" font-size="12">{_digits(label, language)}</text>'
            f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}" stroke="currentColor"/>'
            f'<circle cx="{middle:.1f}" cy="{y}" r="4" fill="currentColor"/>'
        )
        if stated is not None:
            lines.append(
                f'<path d="M{_x(stated):.1f} {y - 8}v16" stroke="currentColor" stroke-width="3"/>'
            )
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" direction="ltr" role="img" '
        f'aria-label="{escape(says)}">{"".join(lines)}</svg>'
    )


def _x(share: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - 10) * share
