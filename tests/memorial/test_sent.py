"""What readers sent stands where it belongs, as sent; what nobody let out stands nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from dadkhah.memorial import build, words
from dadkhah.memorial.sent import linked
from dadkhah.memorial.slips import key_of
from dadkhah.memorial.verification import verify
from dadkhah.records import Contribution, Judgement, Person
from tests.memorial import invented, reading
from tests.memorial.invented import Cast, identity

PRISON = key_of({"name": "Sangab Prison", "level": "prison"})
ABOUT = {
    "whole": "event", f"place:{PRISON}": "place", f"source:{identity('statement')}": "event",
    f"person:{identity('mention row 1')}": "person",
}  # fmt: skip


def sent(cast: Cast, about: str, words: str, state: str = "published") -> str:
    source, capture = cast.source(
        f"sent {words}", words, type="contribution", title=f"Contribution {identity(words)}",
        confidentiality="restricted", date="2026-03-20",
    )  # fmt: skip
    passage = cast.passage(source, capture, words)
    kind = ABOUT[about]
    mention = cast.mention(kind, passage, f"sent {words}", unidentified=True)
    claim = cast.claim(mention, passage, f"{kind}.contribution", words, words, status="unreviewed")
    cast.add(
        Contribution(
            id=identity(words), source=source.id, about=about, type="memory", state=state,
            claim=claim.id,
        )
    )  # fmt: skip
    if state == "published":
        cast.add(invented._disclosure(f"sent {words}", claims=(claim.id,)))
    return mention.id


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cast, room, joined = invented.invented(), tmp_path_factory.mktemp("sent"), {}
    for place, about in enumerate(ABOUT):
        joined[about] = sent(cast, about, f"Snow <b>{place}</b>\n\nlay in the yard.")
        sent(cast, about, f"{invented.CANARY} {place}", state="accepted")
    own = identity("mention row 1")
    reader = joined[f"person:{own}"]
    cast.add(
        Judgement(
            id=identity("link"), left=own, right=reader, decision="same", by="account:1",
            at="2026-03-21T09:30:00Z",
        )
    )  # fmt: skip
    archive = invented.write(room / "archive", cast)
    people = [
        Person(id=identity(f"mention row {n}"), mentions=(identity(f"mention row {n}"),))
        for n in (0, 2, 3)
    ]
    people.append(Person(id=own, mentions=(own, reader)))
    return build(archive, room / "site", persons=people).folder


@pytest.mark.parametrize("language", ["fa", "en"])
def test_each_stands_on_the_page_of_what_it_is_about(site: Path, language: str) -> None:
    own, statement = identity("mention row 1"), identity("statement")
    wanted = [
        site / language / "contribute.html",
        next(p for p in site.glob(f"{language}/places/*.html") if "<b>1</b>" in _sent(p)),
        site / language / "sources" / f"{statement}.html",
        site / language / "people" / own[:2] / f"{own}.html",
    ]
    for place, page in enumerate(wanted):
        assert _sent(page) == f"Snow <b>{place}</b>\n\nlay in the yard.", page


def _sent(page: Path) -> str:
    found = reading.tree(page).css("section.sent blockquote")
    return "".join(node.text() for node in found)


def test_each_says_that_it_is_not_verified_and_leads_to_its_bytes(site: Path) -> None:
    section = reading.tree(site / "en/contribute.html").css_first("section.sent")
    assert section is not None
    assert "does not make it verified" in section.text()
    assert "not reviewed" in section.text().casefold() or section.css_first(".unreviewed")
    link = section.css_first("a.from")
    assert link is not None
    target, _, place = str(link.attributes["href"]).partition("#")
    page = (site / "en" / target).resolve()
    assert reading.tree(page).css_first(f"#{place}") is not None


def test_addresses_in_what_was_sent_are_links_and_all_else_is_text() -> None:
    written = "<b>یاد</b>، https://example.org/a، me@example.org ▧▧▧\n\njavascript:alert(1)"
    shown = linked(written, words.of("en"))
    tree = HTMLParser(f"<blockquote>{shown}</blockquote>")
    doors = [(a.attributes["href"], a.attributes["rel"]) for a in tree.css("a")]
    assert doors == [
        ("https://example.org/a", "nofollow noopener ugc"),
        ("mailto:me@example.org", "nofollow noopener ugc"),
    ]
    hidden = tree.css_first("span[role=img]")
    assert hidden is not None
    assert hidden.attributes["aria-label"] == "words withheld"
    assert tree.body is not None
    assert tree.body.text().startswith("<b>یاد</b>، https://example.org/a، me")
    assert tree.body.text().endswith("\n\njavascript:alert(1)")


def test_what_was_sent_is_no_event_on_the_timeline(site: Path) -> None:
    page = (site / "en/timeline.html").read_text(encoding="utf-8")
    assert "Snow" not in page
    assert "Contribution" not in page


def test_what_was_accepted_and_not_published_is_nowhere(site: Path) -> None:
    pages = b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())
    assert invented.CANARY.encode() not in pages
    assert verify(site).passed
