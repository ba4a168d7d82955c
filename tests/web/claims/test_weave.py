"""Weaving loses no character and puts every mark where it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dadkhah.web.claims.weave import Mark, weave


@given(st.data())
def test_every_character_is_kept_in_order(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab آ\n", max_size=60))
    places = st.integers(0, len(text))
    marks = []
    for number in range(data.draw(st.integers(0, 5))):
        start, end = sorted((data.draw(places), data.draw(places)))
        marks.append(Mark(start=start, end=end, passage=f"p{number}", claim=f"c{number}"))
    blocks = weave(text, marks)
    assert [line for line in text.splitlines() if line.strip()] == [
        "".join(piece.text for piece in block.pieces) for block in blocks
    ]


def test_a_claim_is_marked_on_its_very_words() -> None:
    text = "Of these, about 450 were there."
    marks = [
        Mark(start=0, end=len(text), passage="p"),
        Mark(start=10, end=19, passage="p", claim="c"),
    ]
    (block,) = weave(text, marks, chosen="c")
    (piece,) = [piece for piece in block.pieces if piece.claims]
    assert piece.text == "about 450"
    assert piece.chosen
    assert block.passages == ("p",)


def test_a_paragraph_of_furniture_only_is_noise() -> None:
    text = "Skip to main content\nA sentence."
    marks = [
        Mark(start=0, end=20, passage="a", noise=True),
        Mark(start=21, end=32, passage="b"),
    ]
    assert [block.noise for block in weave(text, marks)] == [True, False]
