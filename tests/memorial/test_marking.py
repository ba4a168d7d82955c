"""Marks within a passage: every word stays, every claim has its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dadkhah.memorial.marking import Piece, mark, marked
from dadkhah.records import Anchor, Claim, Passage

QUOTE = "an estimate of 18,000 people"


def passage(quote: str = QUOTE, start: int | None = 100) -> Passage:
    return Passage(id="p", source="s", anchor=Anchor(capture="c", quote=quote, start=start))


def claim(name: str, start: int, end: int, quote: str = QUOTE) -> Claim:
    within = Anchor(capture="c", quote=quote[start:end], start=100 + start, end=100 + end)
    return Claim(
        id=name, mention="m", predicate="figure.number", written=quote[start:end], passage="p",
        within=within,
    )  # fmt: skip


def words(pieces: tuple[Piece, ...]) -> str:
    return "".join(words(piece.inner) if piece.inner else piece.text for piece in pieces)


def test_a_claim_inside_another_is_a_mark_inside_a_mark() -> None:
    outer = mark(passage(), [claim("inner", 0, 11), claim("outer", 0, 21)])[0]
    assert outer.claims == ("outer",)
    assert outer.inner[0] == Piece(text="an estimate", claims=("inner",))


def test_claims_with_the_same_words_share_one_mark() -> None:
    assert mark(passage(), [claim("a", 0, 11), claim("b", 0, 11)])[0].claims == ("a", "b")


def test_words_that_stand_twice_are_not_marked_without_an_anchor() -> None:
    twice = Claim(id="x", mention="m", predicate="figure.number", written="an", passage="p")
    assert mark(passage("an an", None), [twice]) == (Piece(text="an an"),)


@given(st.lists(st.tuples(st.integers(0, 27), st.integers(1, 28)), max_size=40))
def test_no_word_is_lost_and_every_claim_is_marked(spans: list[tuple[int, int]]) -> None:
    claims = [claim(f"c{n}", a, b) for n, (a, b) in enumerate(spans) if a < b]
    pieces = mark(passage(), claims)
    assert words(pieces) == QUOTE
    assert marked(pieces) == {each.id for each in claims}
