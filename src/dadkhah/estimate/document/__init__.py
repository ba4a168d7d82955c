"""A report as documents: HTML and PDF in English and Persian, and the JSON they are made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dadkhah.estimate.document.block import Block
from dadkhah.estimate.document.blocks import blocks, footing
from dadkhah.estimate.document.html import page as html_page
from dadkhah.estimate.document.paper import pdf

__all__ = ["Block", "blocks", "footing", "html_page", "pdf", "write"]


def write(page: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write a report into a folder.

    The HTML and PDF hide small cells and can be shown; report.json holds every cell and every draw
    of the overlaps, so that the answer can be computed again, and is for the archive.

    Args:
        page: what `report` returned.

    Returns:
        The files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "report.json"]
    text = json.dumps(page, ensure_ascii=False, indent=1, sort_keys=False)
    written[0].write_text(text + "\n", encoding="utf-8")
    for language in ("en", "fa"):
        parts = blocks(page, language)
        for name, content in (
            (f"report.{language}.html", html_page(parts, language).encode()),
            (f"report.{language}.pdf", pdf(parts, language)),
        ):
            (folder / name).write_bytes(content)
            written.append(folder / name)
    return written
