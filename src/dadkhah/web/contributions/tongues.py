"""The language of a page that anybody can open: by its address, so that no cookie is needed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

__all__ = ["in_language", "language_of"]

LANGUAGES = ("fa", "en")


def in_language(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let `lang` of the address or the form choose the language; else the reader's own."""

    @functools.wraps(view)
    def shown(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        wanted = request.POST.get("lang") or request.GET.get("lang") or ""
        chosen = wanted if wanted in LANGUAGES else language_of(request)
        request.LANGUAGE_CODE = chosen
        with translation.override(chosen):
            return view(request, *args, **more)

    return shown


def language_of(request: HttpRequest) -> str:
    """Give the language of a request: fa or en."""
    return "fa" if str(request.LANGUAGE_CODE).startswith("fa") else "en"
