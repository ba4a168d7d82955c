"""The report on paper: blocks set by typst, Persian from right to left, with the bundled fonts."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from dadkhah.estimate.document.block import Block

__all__ = ["pdf"]


def _quoted(text: str) -> str:
    """A text as a typst string."""
    # A line may break after a slash: intervals of days are long words.
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return '"' + text.replace("/", "/\u200b") + '"'


def _head(language: str) -> str:
    rtl = language == "fa"
    fonts = '("Vazirmatn", "Literata")' if rtl else '("Literata", "Vazirmatn")'
    return (
        f"#set document(title: {_quoted('dadkhah')}, date: none)\n"
        '#set page(paper: "a4", margin: 2.2cm, numbering: "1")\n'
        f'#set text(font: {fonts}, size: 10.5pt, lang: "{language}", '
        f"dir: {'rtl' if rtl else 'ltr'}, fallback: true)\n"
        f"#set par(leading: {'0.95em' if rtl else '0.7em'}, justify: false)\n"
        "#show heading: set block(above: 1.6em, below: 0.8em)\n"
        "#set table(stroke: (bottom: 0.4pt), inset: 5pt)\n"
    )


def pdf(parts: Sequence[Block], language: str) -> bytes:
    """Set blocks as a PDF; the same blocks and typst version give the same bytes."""
    import typst  # a compiled library, only needed here

    with tempfile.TemporaryDirectory(prefix="dadkhah-") as room:
        folder = Path(room)
        lines = [_head(language)]
        for number, block in enumerate(parts):
            if block.kind == "chart":
                (folder / f"chart{number}.svg").write_text(block.svg, encoding="utf-8")
            lines.append(_block(block, number))
        source = folder / "report.typ"
        source.write_text("\n".join(lines), encoding="utf-8")
        with resources.as_file(resources.files("dadkhah.estimate.document") / "fonts") as fonts:
            made: bytes = typst.compile(
                str(source), font_paths=[str(fonts)], ignore_system_fonts=True
            )
    return made


def _block(block: Block, number: int) -> str:
    text = f"#{_quoted(block.text)}"
    if block.kind == "title":
        return f"#heading(level: 1, {_quoted(block.text)})"
    if block.kind == "heading":
        return f"#heading(level: 2, {_quoted(block.text)})"
    if block.kind == "lead":
        return f"#block(text(size: 14pt, weight: 700)[{text}])"
    if block.kind == "items":
        return "\n".join(f"- #{_quoted(item)}" for item in block.items) + "\n"
    if block.kind == "table":
        return _table(block)
    if block.kind == "chart":
        alt = _quoted(block.text)
        drawn = f'#figure(image("chart{number}.svg", width: 100%, alt: {alt}))'
        return f"{drawn}\n#block(text(size: 9pt)[#{alt}])"
    return f"#par[{text}]"


def _table(block: Block) -> str:
    head, *rows = block.rows
    many = len(head)
    widths = ["2fr", "auto", "3fr", "2fr", "2fr"] if many == 5 else ["1fr"] + ["auto"] * (many - 1)
    widths = ["3fr", *["1.2fr"] * 5] if many == 6 else widths
    columns = f"({', '.join(widths)},)"
    cells = ", ".join(f"[*#{_quoted(cell)}*]" for cell in head)
    body = ",\n".join(", ".join(f"[#{_quoted(cell)}]" for cell in row) for row in rows)
    return f"#table(columns: {columns}, align: start,\n  table.header({cells}),\n{body})"
