"""Template tags that show values, dates, digits and languages; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dadkhah.web.custody import shown, words

__all__ = ["register"]

register = template.Library()
register.filter("digits", shown.digits)
register.filter("number", shown.number)
register.filter("date_read", shown.date)
register.filter("other_date", shown.other_date)
register.filter("moment", shown.moment)
register.filter("predicate", shown.label_of)
register.filter("in_language", shown.by_language)
register.filter("term", shown.term)
register.filter("word", words.word)
register.filter("missing_reason", words.sentence)
register.filter("source_type", shown.source_type)


@register.filter
def reading(claim: Any) -> str:
    """Write what a claim was read as."""
    return shown.reading(claim.predicate, claim.value)


@register.filter
def whole(value: float | None) -> str:
    """Write a number of people, rounded to a whole one."""
    return "" if value is None else shown.number(round(value))


@register.filter
def year(value: int) -> str:
    """Write a Gregorian year as the reader counts it: in Persian the two years that share it."""
    return shown.digits(f"{value - 622}–{value - 621}" if shown.persian() else value)


@register.filter
def by_word(flags: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Gather flags that say the same of several claims, as contradicts:<id> does.

    Returns: each flag once, with the ids of the claims it points to.
    """
    found: dict[str, tuple[str, list[str]]] = {}
    for flag in flags:
        kind, _, other = flag.partition(":") if flag.startswith("contradicts:") else (flag, "", "")
        found.setdefault(kind, (flag, []))[1].extend([other] if other else [])
    return [*found.values()]


@register.filter
def reason_text(reason: Any) -> str:
    """Write a reason that may come in both languages."""
    if isinstance(reason, (list, tuple)) and len(reason) == 2:
        reason = dict(zip(("en", "fa"), reason, strict=True))
    if not isinstance(reason, Mapping):
        return str(reason)
    both = {
        "en": str(reason.get("en") or reason.get("english") or reason.get("text") or ""),
        "fa": str(reason.get("fa") or reason.get("persian") or reason.get("text") or ""),
    }
    return shown.by_language(both)


@register.filter
def short(identifier: str) -> str:
    """Cut a digest or id to what the eye can compare."""
    return str(identifier)[:12]


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """Take one value of a mapping."""
    return mapping.get(key, "")


@register.simple_tag
def said(written: object, language: str = "") -> SafeString:
    """Set a text apart with its own language and direction."""
    content = str(written)
    known, direction = shown.tongue(content, language)
    if known:
        return format_html('<bdi lang="{}" dir="{}">{}</bdi>', known, direction, content)
    return format_html('<bdi dir="{}">{}</bdi>', direction, content)


@register.simple_tag(takes_context=True)
def with_query(context: Mapping[str, Any], **changes: Any) -> str:
    """Give this page's query with some values changed; an empty value drops one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"
