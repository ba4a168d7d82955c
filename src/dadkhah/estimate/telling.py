"""An answer in words: one sentence per language, and a short page for a notebook."""

from __future__ import annotations

import html
import math

from dadkhah.estimate.reasons import number
from dadkhah.estimate.values import Answer, AtLeast, Estimate, Finding
from dadkhah.text import to_persian_numbers

__all__ = ["headline", "tell", "tell_html"]


def headline(answer: Answer) -> dict[str, str]:
    """Say the answer in one sentence per language, the interval first."""
    documented = number(answer.documented)
    # Where it is doubtful who is who, draws may hold fewer people than the register shows.
    doubtful = getattr(answer, "low", math.inf) < answer.documented
    about = ("about ", "نزدیک به ") if doubtful else ("", "")
    if isinstance(answer, Estimate):
        low, high, level = number(answer.low), number(answer.high), f"{answer.level:.0%}"
        return {
            "en": f"Between {low} and {high} people ({level} interval), "
            f"of whom {about[0]}{documented} are documented.",
            "fa": to_persian_numbers(f"میان {low} و {high} نفر (بازهٔ {level})، ")
            + to_persian_numbers(f"که {about[1]}{documented} نفر از آنان مستند شده‌اند."),
        }
    if isinstance(answer, AtLeast):
        low, level = number(answer.low), f"{answer.level:.0%}"
        return {
            "en": f"At least {low} people (with {level} confidence), "
            f"of whom {documented} are documented. How many more cannot be said.",
            "fa": to_persian_numbers(f"دست‌کم {low} نفر (با اطمینان {level})، ")
            + to_persian_numbers(f"که {documented} نفر از آنان مستند شده‌اند. ")
            + "اینکه چند نفر بیشتر، گفتنی نیست.",
        }
    return {
        "en": f"No estimate can be given. {documented} people are documented.",
        "fa": to_persian_numbers(f"برآوردی نمی‌توان داد. {documented} نفر مستند شده‌اند."),
    }


def _whys(answer: Answer) -> list[str]:
    """Reasons, and gates that only warned."""
    said = {why.code: why.english for why in getattr(answer, "reasons", ())}
    for gate in answer.gates:
        if not gate.passed:
            said.setdefault(gate.code, gate.english)
    return [f"{code}: {sentence}" for code, sentence in said.items()]


def _ends(finding: Finding) -> tuple[str, str, str]:
    high = "open" if math.isinf(finding.high) else number(finding.high)
    return number(finding.low), number(finding.middle), high


def tell(answer: Answer) -> str:
    """The answer as text: headline, reasons, strata, families."""
    lines = [f"{type(answer).__name__}: {headline(answer)['en']}"]
    lines += [f"  - {why}" for why in _whys(answer)]
    lines += [f"  {part.stratum}: {headline(part)['en']}" for part in answer.strata]
    if answer.findings:
        lines.append(f"  {'family':26} {'low':>12} {'middle':>12} {'high':>12}")
    for finding in answer.findings:
        low, middle, high = _ends(finding)
        lines.append(f"  {finding.family:26} {low:>12} {middle:>12} {high:>12}")
    if answer.assumption:
        lines.append(f"  Assumed: {answer.assumption}")
    return "\n".join(lines)


def tell_html(answer: Answer) -> str:
    """The answer as HTML, for a notebook."""
    parts = [f"<p><strong>{html.escape(headline(answer)['en'])}</strong></p>"]
    whys = [*_whys(answer), *(f"{p.stratum}: {headline(p)['en']}" for p in answer.strata)]
    parts += ["<ul>", *(f"<li>{html.escape(why)}</li>" for why in whys), "</ul>"] if whys else []
    if answer.findings:
        rows = "".join(
            f"<tr><th>{html.escape(f.family)}</th>"
            + "".join(f"<td>{end}</td>" for end in _ends(f))
            + "</tr>"
            for f in answer.findings
        )
        parts.append(
            f"<table><tr><th>family</th><th>low</th><th>middle</th><th>high</th></tr>{rows}</table>"
        )
    if answer.assumption:
        parts.append(f"<p>Assumed: {html.escape(answer.assumption)}</p>")
    return "".join(parts)
