"""Plain text cut into pieces: nothing lost, nothing added, and no way out but http and https."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dadkhah import links

CONTROLS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\0")
PARTS = st.sampled_from(
    ["http://", "https://", "a.example", "@", "javascript:", "//", "\u202e", "سلام", " ", "\n",
     "me@example.org", "(", ")", "＠", "«", "»", "،", "%40",
     '"', "<b>", "www.", ".com", "mailto:", "аррӏе.com", ":", "/", "?"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PARTS, max_size=30).map("".join))


def pieces(written: str, *, emails: bool = True) -> list[links.Piece]:
    blocks = links.paragraphs(written, emails=emails)
    return [piece for block in blocks for line in block for piece in line.pieces]


@given(TEXTS)
def test_no_letter_is_lost_or_added(written: str) -> None:
    joined = "".join(piece.written for piece in pieces(written))
    assert "".join(joined.split()) == "".join(links.tidy(written).split())


@given(TEXTS)
def test_an_address_leads_to_the_web_or_nowhere(written: str) -> None:
    for piece in pieces(written):
        if piece.kind == "web":
            parts = urlsplit(piece.address)
            assert parts.scheme in {"http", "https"}
            assert parts.hostname
            assert parts.hostname.isascii()
            assert parts.username is None
        elif piece.kind == "email":
            assert piece.address.startswith("mailto:")
        else:
            assert not piece.address


@given(TEXTS)
def test_no_control_is_left_that_turns_the_text_around(written: str) -> None:
    assert not CONTROLS & set("".join(piece.written for piece in pieces(written)))


@given(TEXTS)
def test_what_was_made_free_of_addresses_is_free_of_them(written: str) -> None:
    freed = links.without_emails(written)
    assert all(piece.kind not in {"email", "withheld"} for piece in pieces(freed, emails=False))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("see https://example.org/a?b=c#d.", ["https://example.org/a?b=c#d"]),
        ("(www.example.com)", ["http://www.example.com"]),
        ("https://fa.wikipedia.org/wiki/ایران است", ["https://fa.wikipedia.org/wiki/ایران"]),
        ("javascript:alert(1) data:text/html,x ftp://a.example file:///etc", []),
        ("https://example.org@evil.example/", []),
        ("http://localhost/ http://127.0.0.1/ http://10.0.0.1:8000/ http://[::1]/", []),
        ("نگاه کنید به https://example.org/a، و", ["https://example.org/a"]),
        (
            "آیا https://example.org/a؟ «https://example.org/b»؛",
            [
                "https://example.org/a",
                "https://example.org/b",
            ],
        ),
        (
            "https://example.org/a_(b) (https://example.org/c)…",
            [
                "https://example.org/a_(b)",
                "https://example.org/c",
            ],
        ),
        ("http://مثال.ایران/", ["http://xn--mgbh0fb.xn--mgba3a4f16a/"]),
    ],
)
def test_what_becomes_a_link(written: str, found: list[str]) -> None:
    assert [piece.address for piece in pieces(written) if piece.kind == "web"] == found


@pytest.mark.parametrize(
    ("written", "freed"),
    [
        ("علی@example.org https://example.org/", "▧▧▧ https://example.org/"),
        ("me＠example.org، you@example.org", "▧▧▧، ▧▧▧"),
        (
            "https://example.org/?to=me@example.org و https://example.org/@me",
            "▧▧▧ و https://example.org/@me",
        ),
        ("https://example.org/?to=me%40example.org", "▧▧▧"),
        ("me@example.org;you@example.org", "▧▧▧;▧▧▧"),
    ],
)
def test_an_e_mail_address_is_hidden_wherever_it_stands(written: str, freed: str) -> None:
    assert links.without_emails(written) == freed


def test_paragraphs_and_line_breaks_stay() -> None:
    blocks = links.paragraphs("one\r\ntwo\r\n\r\n\r\nسه\u2029four")
    shown = [["".join(p.written for p in line.pieces) for line in block] for block in blocks]
    assert shown == [["one", "two"], ["سه"], ["four"]]
    assert [block[0].direction for block in blocks] == ["ltr", "rtl", "ltr"]
    assert links.count("http://a.example http://b.example me@example.org") == 2
