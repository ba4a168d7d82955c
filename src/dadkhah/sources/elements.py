"""What the elements of a page say of the text in them: its kind, its language, or that it is not
the page's own text at all.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from dadkhah.sources.language import lexicon

__all__ = ["Setting", "events"]

_NEVER: Final = frozenset({
    "script", "style", "template", "iframe", "object", "embed", "svg", "math", "head",
    "noembed", "noframes", "xmp", "canvas", "audio", "video", "-comment",
})  # fmt: skip
_INLINE: Final = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "nobr",
    "img", "-text",
})  # fmt: skip
_FURNITURE: Final = frozenset({
    "nav", "aside", "form", "button", "select", "option", "optgroup", "label", "textarea",
    "input", "dialog", "menu", "noscript",
})  # fmt: skip
_ROLES: Final = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar",
    "dialog", "alert",
})  # fmt: skip
_KINDS: Final = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "title"),
    "li": "item",
    "figcaption": "caption",
    "caption": "caption",
    "tr": "item",
    "td": "item",
    "th": "item",
}
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_IN_ROW: Final = _INLINE | {"td", "th"}
_BLOCKS_IN_ROW: Final = "p, div, br, table, ul, ol, h1, h2, h3, h4, h5, h6, form"
_ROW_CHARACTERS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the elements around a text say of it."""

    kind: str = "paragraph"
    language: str = ""
    furniture: bool = False
    article: bool = False
    row: bool = False
    preformatted: bool = False


def events(tree: Any) -> Iterator[tuple[Any, Setting, bool]]:
    """Go through a page in order: (node, setting, entering) for text and at borders of blocks.

    Elements that show no text (script, style, templates, embedded pages) are never entered.
    """
    body_length = len(tree.body.text()) if tree.body is not None else 0
    single = len(tree.css("h1")) == 1
    stack: list[tuple[Any, Setting, bool]] = []
    if tree.body is not None:
        language = _language(tree.root, "") if tree.root is not None else ""
        stack.append((tree.body, Setting(language=language), True))
    title = tree.css_first("head > title")
    if title is not None:
        stack.append((title, Setting(kind="head"), True))
    while stack:
        node, setting, entering = stack.pop()
        if node.tag in _NEVER:
            continue
        inner = setting
        if entering and node.tag != "-text":
            inner = _inside(node, setting, body_length, single)
        inline = node.tag in _INLINE and inner.furniture == setting.furniture
        if not inline or node.tag == "-text":
            yield node, inner, entering
        if entering and node.tag != "-text":
            if not inline:
                stack.append((node, setting, False))
            stack.extend((child, inner, True) for child in reversed(_children(node)))


def _children(node: Any) -> list[Any]:
    children, child = [], node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _inside(node: Any, setting: Setting, body_length: int, single_heading: bool) -> Setting:
    tag = node.tag
    attributes = node.attributes
    furniture = setting.furniture
    if not furniture:
        furniture = _is_furniture(tag, attributes, setting) and not _is_most(node, body_length)
    elif tag == "h1" and single_heading:
        furniture = False
    return replace(
        setting,
        kind=_kind(tag, setting.kind),
        language=_language(node, setting.language),
        furniture=furniture,
        article=setting.article or tag in ("article", "main"),
        row=_is_row(node) if tag == "tr" else setting.row and tag in _IN_ROW,
        preformatted=setting.preformatted or tag == "pre",
    )


def _kind(tag: str, kind: str) -> str:
    """Name a block by its element; a paragraph inside a list item or a caption is that item."""
    if tag in _KINDS:
        return _KINDS[tag]
    return kind if tag in _INLINE or tag in ("p", "title") else "paragraph"


def _is_furniture(tag: str, attributes: dict[str, Any], setting: Setting) -> bool:
    if tag in _FURNITURE or (tag in ("header", "footer") and not setting.article):
        return True
    if (attributes.get("role") or "").lower() in _ROLES or "hidden" in attributes:
        return True
    if attributes.get("aria-hidden") == "true" or _HIDDEN.search(attributes.get("style") or ""):
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    return tag not in ("body", "html", "main", "article") and not _classes().isdisjoint(named)


def _is_most(node: Any, body_length: int) -> bool:
    """Say whether an element holds most of the page: then it is the page, whatever its name."""
    return len(node.text()) > 0.5 * body_length and body_length > 0 and node.tag not in (
        "nav", "select", "option", "textarea", "button"
    )  # fmt: skip


def _is_row(node: Any) -> bool:
    return len(node.text()) <= _ROW_CHARACTERS and node.css_first(_BLOCKS_IN_ROW) is None


def _language(node: Any, inherited: str) -> str:
    attributes = node.attributes
    declared = attributes.get("lang") or attributes.get("xml:lang") or ""
    return declared.lower().replace("_", "-").split("-")[0] or inherited


@functools.cache
def _classes() -> frozenset[str]:
    return frozenset(lexicon("furniture")["classes"])
