"""The small pieces of HTML that every page is written with; everything in them is escaped.

These were template macros once; as plain functions a hundred thousand pages take half the time.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from markupsafe import escape as safe

from dadkhah.memorial import words
from dadkhah.memorial.saying import Said, Text, text_of
from dadkhah.memorial.sent import linked
from dadkhah.memorial.way import Way

__all__ = ["Pen"]


@functools.lru_cache(maxsize=1 << 14)
def escape(text: str) -> str:
    """Escape a text; the same few words stand on every page."""
    return str(safe(text))


class Pen:
    """What writes in one language, from one depth of folder."""

    def __init__(self, language: str, root: str, way: Way) -> None:
        self._language = language
        self._own = "rtl" if language == "fa" else "ltr"
        self._root = root
        self._way = way
        self._w = words.of(language)

    def functions(self) -> dict[str, Any]:
        """Give what templates call, by name."""
        return {
            "t": self.t, "notes": self.notes, "origin": self.origin, "value": self.value,
            "words_of": self.words_of, "line": self.line, "group": self.group,
            "pager": self.pager, "turns": self.turns, "person_link": self.person_link,
            "people": self.people, "pointed": self.pointed, "reads": self.reads,
            "door": self.door, "begin": self.begin, "sent": self.sent, "quoted": self.quoted,
        }  # fmt: skip

    def t(self, x: Text) -> Markup:
        """Write a text, apart from its surroundings where its direction or language differs."""
        return Markup(self._t(x))  # noqa: S704 — escaped below

    def _t(self, x: Text) -> str:
        if x.direction and (x.language or x.direction != self._own):
            language = f' lang="{escape(x.language)}"' if x.language else ""
            return f'<bdi dir="{x.direction}"{language}>{escape(x.text)}</bdi>'
        return escape(x.text)

    def quoted(self, x: Text, css: str = "") -> Markup:
        """Write the words of a source."""
        return Markup(self._q(x, css))  # noqa: S704 — escaped below

    @staticmethod
    def _q(x: Text, css: str = "") -> str:
        css = f' class="{css}"' if css else ""
        language = f' lang="{escape(x.language)}"' if x.language else ""
        return f'<q{css}{language} dir="{x.direction}">{escape(x.text)}</q>'

    def notes(self, s: Said) -> Markup:
        """Write what must be known beside a claim: denied, flagged, unreviewed, inferred."""
        return Markup(self._notes(s))  # noqa: S704 — escaped below

    def _notes(self, s: Said, *, basis: bool = True) -> str:
        if s.reviewed and not (s.stance or s.flags or s.basis):
            return ""
        w = self._w
        found = [f' <span class="flag">{escape(s.stance)}</span>'] if s.stance else []
        found += [f' <span class="flag">{escape(flag)}</span>' for flag in s.flags]
        if not s.reviewed:
            found.append(f' <span class="unreviewed">{escape(w["unreviewed"])}</span>')
        if s.basis and basis:
            said = self._t(text_of(s.basis, self._language))
            found.append(f' <span class="basis">{escape(w["inferred"].format(""))}{said}</span>')
        return "".join(found)

    def origin(self, s: Said) -> Markup:
        """Write who speaks, and in which source."""
        return Markup(self._origin(s))  # noqa: S704 — escaped below

    def _origin(self, s: Said) -> str:
        if s.speaker and s.speaker.text == s.source.text:
            return self._t(s.speaker)
        speaker = f"{self._t(s.speaker)} · " if s.speaker else ""
        return f"{speaker}<cite>{self._t(s.source)}</cite>"

    def value(self, s: Said) -> Markup:
        """Write a value as the way to its words."""
        return Markup(self._value(s))  # noqa: S704 — escaped below

    def _value(self, s: Said) -> str:
        also = f' <span class="also">({escape(s.also)})</span>' if s.also else ""
        return (
            f'<a class="value" href="{self._root}{escape(s.address)}">{self._t(s.text)}</a>{also}'
        )

    def words_of(self, s: Said) -> Markup:
        """Write the source's own words where the reading differs from them."""
        return Markup(self._words_of(s))  # noqa: S704 — escaped below

    def _words_of(self, s: Said) -> str:
        return f" {self._q(s.written, 'written')}" if s.written else ""

    def line(self, s: Said, *, leads: bool = True) -> Markup:
        """Write one claim whole.

        Args:
            leads: also the way to the page of the place or person that it names.
        """
        return Markup(self._line(s, leads=leads))  # noqa: S704 — escaped below

    def _line(self, s: Said, *, leads: bool) -> str:
        when = f' <span class="when">{escape(s.when)}</span>' if s.when else ""
        way = self._leads(s) if leads else ""
        return (
            f"{self._value(s)}{self._words_of(s)}{when}{way}{self._notes(s)}"
            f' <span class="from">{self._origin(s)}</span>'
        )

    def _leads(self, s: Said) -> str:
        return self._way_to(*s.leads_to)

    def _way_to(self, kind: str, where: str) -> str:
        if not where:
            return ""
        word = escape(self._w[f"leads_{kind}"])
        return f' <a class="leads" href="{self._root}{escape(where)}">{word}</a>'

    def pointed(self, held: Sequence[tuple[str, Text, Said, tuple[str, str]]]) -> Markup:
        """Write claims about other things that name a person: label, degree, claim, where."""
        lines = []
        for label, degree, s, (kind, where) in held:
            what = f"{escape(label)}: {self._t(degree)}" if degree.text else escape(label)
            said = self._q(s.written) if s.written else self._t(s.text)
            lines.append(
                f'<li><span class="label">{what}</span> <a class="value"'
                f' href="{self._root}{escape(s.address)}">{said}</a>{self._way_to(kind, where)}'
                f'{self._notes(s)} <span class="from">{self._origin(s)}</span></li>'
            )
        return Markup(f'<ul class="sayings">{"".join(lines)}</ul>')  # noqa: S704 — escaped above

    def group(self, g: Any, *, leads: bool = True) -> Markup:
        """Write the claims of one predicate, each reading with all who give it.

        Args:
            leads: see `line`.
        """
        w = self._w
        flag = f' <span class="flag">{escape(w["sources_disagree"])}</span>' if g.contested else ""
        found = [
            f'<div class="fact{" contested" if g.contested else ""}">'
            f"<dt>{escape(g.label)}{flag}</dt>"
        ]
        for said, independent in g.values:
            body = (
                self._line(said[0], leads=leads)
                if len(said) == 1
                else self._several(said, independent, leads=leads)
            )
            found.append(f"<dd>{body}</dd>")
        found.append("</div>\n")
        return Markup("".join(found))  # noqa: S704 — each piece is escaped

    def _several(self, said: Sequence[Said], independent: int, *, leads: bool) -> str:
        w, first = self._w, said[0]
        also = f' <span class="also">({escape(first.also)})</span>' if first.also else ""
        many = words.grouped(independent, self._language)
        roots = w["independent"].format(many) if independent > 1 else w["one_source"]
        return (
            f'<span class="reading">{self._t(first.text)}{also}</span>'
            f' <span class="roots">{escape(roots)}</span>{self._leads(first) if leads else ""}'
            f'<ul class="sayings">{"".join(map(self._saying, said))}</ul>'
        )

    def _saying(self, s: Said) -> str:
        said = self._q(s.written) if s.written else self._t(s.text)
        when = f' <span class="when">{escape(s.when)}</span>' if s.when else ""
        return (
            f'<li><a href="{self._root}{escape(s.address)}">{said}</a>{when}{self._notes(s)}'
            f' <span class="from">{self._origin(s)}</span></li>'
        )

    def person_link(self, card: Any) -> Markup:
        """Write a person's name as the way to their page."""
        return Markup(self._link(card))  # noqa: S704 — escaped

    def _link(self, card: Any) -> str:
        return f'<a href="{self._root}{safe(card.address)}">{self._t(card.called.name)}</a>'

    def people(self, cards: Sequence[Any], *, aids: bool = False) -> Markup:
        """Write names as the lines of a list.

        Args:
            aids: each with its letter-for-letter romanisation, where it has one.
        """
        lines = []
        for card in cards:
            aid = card.called.aid if aids else ""
            told = f' <span class="aid" lang="fa-Latn">{escape(aid)}</span>' if aid else ""
            lines.append(f"<li>{self._link(card)}{told}</li>\n")
        return Markup("".join(lines))  # noqa: S704 — each is escaped

    def reads(self, held: Sequence[Any], *, is_open: bool) -> Markup:
        """Write what is read from a passage, about each thing in it."""
        return Markup("".join([self._read(one, is_open) for one in held]))  # noqa: S704 — escaped

    def _read(self, r: Any, is_open: bool) -> str:
        about = self._t(r.about)
        found = ["<li>"]
        found.append(
            f'<a href="{self._root}{escape(r.address)}">{about}</a>' if r.address else about
        )
        for place, (identity, label, said) in enumerate(r.claims):
            value = self._t(said) if is_open else self._q(said)
            line = f'<span class="label">{escape(label)}</span> {value}'
            mark = f'<span class="read" id="c-{escape(identity)}">{line}</span>'
            found.append((" · " if place else ": ") + (mark if identity else line))
        return "".join([*found, "</li>\n"])

    def pager(self, pieces: Sequence[str], number: int) -> Markup:
        """Write the way to the piece before and after, and which of how many this is."""
        if len(pieces) < 2:
            return Markup("")
        here, last = (words.digits(n, self._language) for n in (number, len(pieces)))
        before = pieces[number - 2] if number > 1 else ""
        after = pieces[number] if number < len(pieces) else ""
        return self.turns(before, after, self._w["page_of"].format(here, last))

    def turns(self, before: str, after: str, place: str = "") -> Markup:
        """Write the way to the piece before and after, where there is one."""
        if not before and not after:
            return Markup("")
        w = self._w
        said = [
            f'<a rel="{rel}" href="{self._root}{where}">{escape(w[word])}</a>' if where else ""
            for rel, where, word in (("prev", before, "previous"), ("next", after, "next"))
        ]
        middle = f"<span>{escape(place)}</span>" if place else ""
        return Markup(  # noqa: S704 — escaped above
            f'<nav class="pager" aria-label="{escape(w["pages"])}">{said[0]}{middle}{said[1]}</nav>'
        )

    def sent(self, held: Sequence[Said], level: int = 2) -> Markup:
        """Write what readers sent about a thing, each as sent; nothing where nobody did."""
        if not held:
            return Markup("")
        w = self._w
        lines = "".join(
            f'<li id="s-{s.id}"><blockquote{_tongue(s.text)}>{linked(s.text.text, w)}</blockquote>'
            f'{self._notes(s, basis=False)} <a class="from" href="{self._root}{escape(s.address)}">'
            f"{escape(w['sent_source'])}</a></li>"
            for s in held
        )
        return Markup(  # noqa: S704 — each piece is escaped
            f'<section class="sent"><h{level}>{escape(w["sent_here"])}</h{level}>'
            f'<p class="aside">{escape(w["sent_note"])}</p><ul>{lines}</ul></section>'
        )

    def door(self, kind: str, identity: str) -> Markup:
        """Write the way in for whoever knows more, and the reference for a letter."""
        w, about = self._w, self._way.about(kind, identity, self._language)
        where = about or f"{self._root}{self._language}/contribute.html"
        return Markup(  # noqa: S704 — escaped
            f'<p class="contribute"><a href="{escape(where)}">{escape(w["contribute"])}</a>'
            f' <span class="label">{escape(w["reference"])}'
            f" <code>{kind}:{escape(identity)}</code></span></p>{self.begin(f'{kind}:{identity}')}"
        )

    def begin(self, about: str) -> Markup:
        """Write a form in which somebody can begin; the server goes on with what was typed."""
        w, way = self._w, self._way
        if not way.server:
            return Markup("")
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in (("about", about), ("lang", self._language))
        )
        goes = escape(w["begin_note"].format(way.host))
        return Markup(  # noqa: S704 — escaped
            f'<details class="begin"><summary>{escape(w["begin"])}</summary>'
            f'<form method="post" action="{escape(way.server)}" accept-charset="utf-8">{hidden}'
            f'<label>{escape(w["begin_words"])}<textarea name="words" rows="6" dir="auto"'
            f' autocomplete="off" required></textarea></label><p class="aside">{goes}</p>'
            f"<p><button>{escape(w['begin_on'])}</button></p></form></details>"
        )


def _tongue(x: Text) -> str:
    """Write the attributes that say which way a text runs, and in which language it is."""
    language = f' lang="{escape(x.language)}"' if x.language else ""
    return f'{language} dir="{x.direction or "auto"}"'
