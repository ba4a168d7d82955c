"""Hand out the static memorial that was built into the case's folder; it needs no sign-in."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.static import serve

__all__ = ["has_memorial", "page"]


def folder() -> Path:
    """Give the place of the memorial."""
    return Path(settings.CASE) / "memorial"


def has_memorial() -> bool:
    """Say whether a memorial has been built."""
    return (folder() / "index.html").is_file()


def page(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Give one file of the memorial; all of them were disclosed before it was built."""
    if not path:
        return redirect("memorial:page", path="index.html")
    if path.endswith("/"):
        path += "index.html"
    return serve(request, path, document_root=folder())
