"""Leaves into HTML: templates that escape everything and know nothing but what they show."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from typing import Any, Final

import jinja2
from jinja2.bccache import Bucket
from markupsafe import escape

from dadkhah.memorial import addresses, anniversaries, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.direct import Direct, called, written
from dadkhah.memorial.leaf import Leaf
from dadkhah.memorial.pen import Pen
from dadkhah.memorial.saying import date, text_of
from dadkhah.memorial.way import Way

__all__ = ["POLICY", "Renderer"]

# Nothing but this folder's own files, and nothing inline; no frame, no other host but that of the
# server to which a contribution goes, where there is one.
POLICY: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; "
    "base-uri 'none'; form-action {}"
)
ROOMS: Final = (
    "people", "find", "places", "timeline", "figures", "posts", "disagreements", "sources",
)  # fmt: skip
MANY: Final = frozenset({"person.html", "moved.html"})  # of which there are very many pages
FEET: Final = ("contribute", "days", "data", "method", "corrections", "verify")


class Renderer:
    """Templates held open for one book, one set for each language and depth of folder.

    What all pages of a set share is given once, so that a macro need not be made anew per page.
    """

    def __init__(self, book: Book, way: Way) -> None:
        self._book = book
        self._way = way
        self._compiled = _Compiled()
        self._sets: dict[tuple[str, str], jinja2.Environment] = {}
        self._templates: dict[tuple[str, str, str], jinja2.Template] = {}
        self._frames: dict[tuple[str, str, str], list[str]] = {}

    def page(self, leaf: Leaf) -> bytes:
        """Render one page."""
        root = addresses.root_of(leaf.address)
        template = self._template(leaf.language, root, leaf.template)
        if leaf.template not in MANY:
            return template.render(leaf=leaf, **leaf.shows).encode()
        held = template.new_context({"leaf": leaf, **leaf.shows})
        blocks = {name: "".join(make(held)) for name, make in template.blocks.items()}
        return self._framed(leaf, root, blocks).encode()

    def _framed(self, leaf: Leaf, root: str, blocks: Mapping[str, str]) -> str:
        """Put blocks into a frame that was rendered once for all pages of their kind."""
        key = (leaf.language, root, leaf.room)
        if key not in self._frames:
            marks = {"title": "\x01title\x01", "other": "\x01other\x01"}
            blank = dataclasses.replace(leaf, template="", shows={}, address="", **marks)
            frame = self._template(leaf.language, root, "blank.html").render(leaf=blank)
            self._frames[key] = frame.split("\x01")
        filled = {"title": str(escape(leaf.title)), "other": leaf.other, "main": "", "scripts": ""}
        filled |= blocks
        parts = self._frames[key]
        return "".join(filled[p] if n % 2 else p for n, p in enumerate(parts))

    def front(self) -> bytes:
        """Render the page at the top of the site, where the language is chosen."""
        case = self._book.held.case
        titles = {one: words.choose(case.title, one) for one in words.LANGUAGES}
        texts = {one: words.of(one) for one in words.LANGUAGES}
        template = self._template("fa", "", "front.html")
        return template.render(titles=titles, t=texts).encode()

    def _template(self, language: str, root: str, name: str) -> jinja2.Template:
        key = (language, root, name)
        if key not in self._templates:
            self._templates[key] = self._set(language, root).get_template(name)
        return self._templates[key]

    def _set(self, language: str, root: str) -> jinja2.Environment:
        if (language, root) not in self._sets:
            made = _Environment(
                loader=jinja2.PackageLoader("dadkhah.memorial"),
                autoescape=True,
                undefined=jinja2.StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
                bytecode_cache=self._compiled,
            )
            made.globals.update(Pen(language, root, self._way).functions())
            made.globals.update(_shared(self._book, self._way, language, root))
            self._sets[language, root] = made
        return self._sets[language, root]


class _Environment(jinja2.Environment):
    """Templates as `direct` compiles them."""

    code_generator_class = Direct
    called = staticmethod(called)
    written = staticmethod(written)


class _Compiled(jinja2.BytecodeCache):
    """Templates compiled once and shared by every set."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._held:
            bucket.bytecode_from_string(self._held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._held[bucket.key] = bucket.bytecode_to_string()


def _shared(book: Book, way: Way, language: str, root: str) -> dict[str, Any]:
    case = book.held.case
    title = words.choose(case.title, language)
    return {
        "w": words.of(language),
        "language": language,
        "other_language": "en" if language == "fa" else "fa",
        "direction": "rtl" if language == "fa" else "ltr",
        "root": root,
        "policy": POLICY.format(way.origin),
        "way": way,
        "months": anniversaries.months(language),
        "case": case,
        "case_title": text_of(title, language),
        "case_name": title,
        "rooms": [(word, _door(language, word)) for word in ROOMS],
        "feet": [(word, _door(language, word)) for word in FEET],
        "log": book.held.log,
        "day": date(book.held.log.day, language),
        "more_withheld": bool(book.held.withheld_claims),
        "counted": functools.partial(_counted, language),
        "n": functools.partial(words.grouped, language=language),
        "d": functools.partial(words.digits, language=language),
        "text": functools.partial(text_of, language=language),
    }


def _counted(language: str, word: str, count: int, *others: int) -> str:
    return words.counted(word, count, language, *others)


def _door(language: str, word: str) -> str:
    if word in {"people", "places", "sources", "disagreements", "days"}:
        return addresses.piece(language, word, 1)
    return addresses.page(language, word)
