"""The report as one HTML page that needs nothing else: no script, no font or picture from afar."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dadkhah.estimate.document.block import Block

__all__ = ["page"]

_STYLE = """
body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 Literata,Georgia,serif;
color:#000;background:#fff}
html[lang=fa] body{font-family:Vazirmatn,Tahoma,sans-serif;line-height:1.9}
h1{font-size:1.7rem}h2{font-size:1.2rem;margin-top:2rem}.lead{font-size:1.35rem;font-weight:700}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{border-bottom:1px solid #999;padding:.3rem .5rem;text-align:start;vertical-align:top}
table{margin:1rem 0}figure{margin:1rem 0}svg{width:100%;height:auto}
li{margin:.3rem 0;overflow-wrap:anywhere}.wide{overflow-x:auto}.wide svg{min-width:36rem}
@media (prefers-color-scheme:dark){@media screen{body{color:#eceae4;background:#15171a}
svg{fill:currentColor}svg [stroke="#000"]{stroke:currentColor}svg [fill="#fff"]{fill:#15171a}
svg [fill="#ccc"]{fill:#555}svg [stroke="#bbb"]{stroke:#555}}}
"""


def page(parts: Sequence[Block], language: str) -> str:
    """Write blocks as a whole page."""
    direction = "rtl" if language == "fa" else "ltr"
    title = next((b.text for b in parts if b.kind == "title"), "")
    body = "\n".join(_block(block) for block in parts)
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>\n"
        f"{body}\n</main></body></html>\n"
    )


def _block(block: Block) -> str:
    text = f"<bdi>{escape(block.text)}</bdi>" if block.kind == "text" else escape(block.text)
    if block.kind == "items":
        return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + "</ul>"
    if block.kind == "table":
        return _table(block)
    if block.kind == "chart":
        drawn = f'<div class="wide" tabindex="0">{block.svg}</div>'
        return f"<figure>{drawn}<figcaption>{text}</figcaption></figure>"
    tag = {"title": "<h1>{}</h1>", "lead": '<p class="lead">{}</p>', "heading": "<h2>{}</h2>"}
    return tag.get(block.kind, "<p>{}</p>").format(text)


def _table(block: Block) -> str:
    head, *rows = block.rows
    cells = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row"><bdi>{escape(row[0])}</bdi></th>'
        + "".join(f"<td><bdi>{escape(cell)}</bdi></td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    drawn = f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide" tabindex="0">{drawn}</div>'
