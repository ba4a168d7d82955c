"""What every page knows: the case, the reader, and whether the world in it is simulated."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from dadkhah.web.custody.access import reader_of
from dadkhah.web.custody.models import Case
from dadkhah.web.memorial.views import has_memorial

__all__ = ["case"]


def case(request: HttpRequest) -> dict[str, Any]:
    """Give the case's title in the reader's language, and the SIMULATED mark where it belongs."""
    current = Case.objects.first()
    language = "fa" if request.LANGUAGE_CODE.startswith("fa") else "en"
    titles = current.title if current else {}
    return {
        "case_title": titles.get(language) or titles.get("en", ""),
        "simulated": bool(current and current.simulated),
        "reader": reader_of(request),
        "language": language,
        "direction": "rtl" if language == "fa" else "ltr",
        "other_case_url": settings.OTHER_CASE_URL,
        "memorial_url": "/memorial/index.html" if has_memorial() else "",
    }
