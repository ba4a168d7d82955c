import pytest

from dadkhah.errors import AnchorError
from dadkhah.sources.derived import Piece, compose

TEXT = compose(
    [
        Piece(kind="title", runs=[("One", 5, 8)]),
        Piece(
            kind="paragraph", runs=[("two", 20, 23), (" ", -1, -1), ("&", 30, 35), ("x", 35, 36)]
        ),
    ],
    {"reader": "test"},
)


def test_blocks_stand_apart_by_an_empty_line():
    assert TEXT.text == "One\n\ntwo &x"
    assert [(block.kind, block.start, block.end) for block in TEXT.blocks] == [
        ("title", 0, 3), ("paragraph", 5, 11),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stretch", "origin"),
    [((0, 3), (5, 8)), ((1, 2), (6, 7)), ((5, 11), (20, 36)), ((9, 10), (30, 35)),
     ((7, 9), (22, 23)), ((8, 11), (30, 36))],
)  # fmt: skip
def test_a_stretch_leads_to_its_place_in_the_received_text(stretch, origin):
    assert TEXT.origin(*stretch) == origin


@pytest.mark.parametrize("stretch", [(3, 5), (8, 9), (4, 4), (0, 99), (-1, 2)])
def test_what_was_added_or_is_outside_has_no_origin(stretch):
    with pytest.raises(AnchorError):
        TEXT.origin(*stretch)


def test_a_stretch_without_a_place_is_not_exact():
    text = compose([Piece(kind="paragraph", runs=[("a", 0, 1), ("lost", -1, -1)])], {})
    assert text.exact(0, 1)
    assert not text.exact(0, 5)


def test_furniture_and_repeats_are_noise():
    text = compose([Piece(kind=kind, runs=[("a", 0, 1)]) for kind in
                    ("furniture", "repeat", "paragraph")], {})  # fmt: skip
    assert [block.noise for block in text.blocks] == [True, True, False]
