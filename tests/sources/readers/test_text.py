import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources import pages

from dadkhah.sources.encoding import decode
from dadkhah.sources.readers.text import derive


def blocks(text, kind=None):
    derived = derive(decode(text.encode()))
    return [
        derived.text[block.start : block.end]
        for block in derived.blocks
        if kind is None or block.kind == kind
    ]


def test_lines_broken_to_fit_become_paragraphs():
    first, second = blocks(pages.ENGLISH, "paragraph")
    assert first.startswith(
        "In the summer of 1988 the prisons of the country were closed to visitors."
    )
    assert second.endswith('was told that his son had been "moved". Dr. Azmun was told nothing.')


def test_persian_lines_with_an_empty_line_between_each_become_paragraphs():
    first, second = blocks(pages.PERSIAN, "paragraph")
    assert "زندان‌های کشور پس از پرسش‌های" in first
    assert first.endswith("هیچ کس پاسخ نداد.")
    assert second.startswith("مادران هر سال")


def test_furniture_is_set_apart_in_both_languages_and_kept():
    assert blocks(pages.ENGLISH, "furniture") == [
        "Home", "About us", "Contact", "Share on Facebook",
        "© 2008 Example Committee. All rights reserved.",
    ]  # fmt: skip
    found = blocks(pages.PERSIAN, "furniture")
    assert found[:2] == ["پرش به محتوای اصلی", "خانه | درباره ما | تماس با ما"]
    assert len(found) == 6


def test_a_title_said_twice_is_a_title_and_a_repeat():
    assert blocks(pages.PERSIAN, "title") == blocks(pages.PERSIAN, "repeat")


def test_a_heading_between_paragraphs_and_a_caption_are_named():
    assert "STATEMENT ON THE ANNIVERSARY" in blocks(pages.ENGLISH, "title")
    assert blocks(pages.ENGLISH, "caption") == ["Photo: families gather at the cemetery, 2009"]


def test_list_items_keep_their_lines():
    assert blocks(pages.ENGLISH, "item") == [
        "1. The names of all who were killed.",
        "2. The places where they lie, marked and protected.",
        "3. A trial.",
    ]


def test_names_and_date_at_the_end_are_a_signature():
    assert blocks(pages.ENGLISH, "signature") == ["Example Committee", "12 August 2008"]
    assert blocks(pages.PERSIAN, "signature") == ["کانون نمونهٔ دادخواهی", "۱۲ شهریور ۱۳۹۷"]


def test_a_list_of_names_is_neither_joined_nor_furniture_nor_a_signature():
    assert blocks(pages.NAMES, "paragraph") == [
        "Ali Nemune", "Hassan Example", "Zahra Sample", "Parvin Azmun", "Karim Numune",
    ]  # fmt: skip


def test_entries_of_a_list_that_are_as_wide_as_prose_are_not_joined():
    entries = [
        f"Ali Nemune number {n}, aged {n}, killed in the town of Exampleabad" for n in range(9)
    ]
    assert len(blocks("\n".join(entries))) == 9


def test_a_caption_run_into_a_sentence_is_parted_where_the_text_shows_the_place():
    derived = derive(decode(pages.GLUED.encode()))
    caption, sentence = derived.blocks[:2]
    assert derived.text[caption.start : caption.end] == "image2"
    assert caption.noise
    assert derived.text[sentence.start :].startswith("17 years ago")
    assert derived.origin(sentence.start, sentence.start + 2) == (6, 8)


def test_a_caption_whose_border_nothing_shows_is_left_and_flagged():
    derived = derive(decode(b"image217 years ago the town was closed for a whole month.\n"))
    assert derived.blocks[0].flags == ("glued",)


def test_a_paragraph_that_stops_in_the_middle_is_flagged():
    text = "He wrote that he had seen everything in his\n\n\n" + pages.ENGLISH
    derived = derive(decode(text.encode()))
    flagged = [block for block in derived.blocks if "broken-off" in block.flags]
    assert all(derived.text[b.start : b.end].startswith("He wrote") for b in flagged)


def test_language_and_direction_are_those_of_each_block():
    text = (
        pages.PERSIAN
        + "\n\nThis paragraph is in English, and it was written for the readers abroad.\n"
    )
    derived = derive(decode(text.encode()))
    assert {(block.language, block.direction) for block in derived.blocks} == {
        ("fa", "rtl"), ("en", "ltr"),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "\n\n", "word", "• ", "\u200f\n\u200e", "a\x0bb\x85c"])
def test_the_smallest_texts_are_read(text):
    assert "".join("".join(blocks(text)).split()).replace("\u200f", "") or not text.strip(
        "\n\u200e\u200f"
    )


LINES = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=120),
        st.sampled_from(pages.PERSIAN.splitlines() + pages.ENGLISH.splitlines() + ["", "", ""]),
    ),
    max_size=25,
)


@settings(deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\r"]))
def test_every_character_of_the_derived_text_leads_to_itself(lines, line_end):
    received = line_end.join(lines)
    derived = derive(decode(received.encode()))
    for span in derived.spans:
        assert derived.text[span.start : span.end] == received[span.source_start : span.source_end]
    for place, letter in enumerate(derived.text):
        if not letter.isspace():
            start, end = derived.origin(place, place + 1)
            assert received[start:end] == letter


@settings(deadline=None)
@given(LINES)
def test_no_visible_character_is_lost_and_their_order_is_kept(lines):
    received = "\n".join(lines)
    derived = derive(decode(received.encode()))
    outside = " \u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
    kept = received.translate(dict.fromkeys(map(ord, outside))).split()
    assert "".join(derived.text.translate(dict.fromkeys(map(ord, outside))).split()) == "".join(
        kept
    )
