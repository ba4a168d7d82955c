import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources import pages

from dadkhah.sources.encoding import decode
from dadkhah.sources.readers.html import derive


def read(page):
    derived = derive(decode(page.encode()))
    return derived, [(b.kind, derived.text[b.start : b.end]) for b in derived.blocks]


DERIVED, BLOCKS = read(pages.PAGE)


def test_scripts_styles_comments_and_attributes_never_become_text():
    for word in ("alert", "color", "هرگز", "onerror", "comment that is not"):
        assert word not in DERIVED.text


def test_paragraphs_titles_items_and_captions_are_named_by_their_elements():
    assert ("title", "یادداشت\u00a0تازه") in BLOCKS
    assert ("caption", "مادران در گورستان") in BLOCKS
    assert ("item", "نام‌ها") in BLOCKS
    assert (
        "paragraph",
        "در تابستان ۱۳۶۷ هزاران زندانی & دیگران کشته شدند. این پایان نیست؟ نه.",
    ) in BLOCKS


def test_a_row_of_a_table_is_one_block():
    assert ("item", "علی نمونه\t۲۵") in BLOCKS


def test_navigation_forms_and_page_ends_are_furniture_and_kept():
    found = [text for kind, text in BLOCKS if kind == "furniture"]
    assert found == [
        "پرش به محتوا", "خانه", "درباره ما", "Turn on scripts", "پربازدیدترین", "نظر شما",
        "بنویسید", "ارسال", "تمامی حقوق محفوظ است",
    ]  # fmt: skip


def test_the_title_of_the_window_that_repeats_the_heading_is_a_repeat():
    assert BLOCKS[0] == ("repeat", "یادداشت تازه | سایت نمونه")


def test_each_block_has_its_language_and_direction():
    found = {DERIVED.text[b.start : b.end][:10]: (b.language, b.direction) for b in DERIVED.blocks}
    assert found["The second"] == ("en", "ltr")
    assert found["در تابستان"] == ("fa", "rtl")


def test_every_block_leads_back_to_the_characters_of_the_file():
    for block in DERIVED.blocks:
        assert DERIVED.exact(block.start, block.end)
        start, end = DERIVED.origin(block.start, block.end)
        received = pages.PAGE[start:end]
        text = DERIVED.text[block.start : block.end]
        assert received[0] == text[0]
        assert received[-1] == text[-1]


def test_a_page_all_inside_a_form_is_not_all_furniture():
    page = (
        "<form id=f><p>"
        + "The whole page stands in a form, as some old sites do. " * 9
        + "</p></form>"
    )
    assert [kind for kind, _ in read(page)[1]] == ["paragraph"]


def test_a_line_break_parts_entries_and_does_not_part_prose():
    entries = read("<p>Ali Nemune<br>Zahra Sample<br>Parvin Azmun</p>")[1]
    assert [text for _, text in entries] == ["Ali Nemune", "Zahra Sample", "Parvin Azmun"]
    prose = "<br>".join(line for line in pages.ENGLISH.splitlines()[8:11])
    assert len(read(f"<p>{prose}</p>")[1]) == 1


def test_text_that_the_tree_moves_is_still_found():
    derived, blocks = read("<table>foster words<tr><td>cell one</td></tr></table><p>after all</p>")
    assert [text for _, text in blocks] == ["foster words", "cell one", "after all"]
    assert all(derived.exact(block.start, block.end) for block in derived.blocks)


@pytest.mark.parametrize(
    "page",
    ["", "<", "<p", "<!--", "<script>", "<p>&#0;</p>", "&amp", "<div>" * 3000 + "deep",
     "<title>only</title>", "<body hidden>x</body>", "<pre>\na\n\nb</pre>",
     "a\r\nb &NotEqualTilde; c"],
)  # fmt: skip
def test_broken_pages_are_read_without_failing(page):
    derived, _ = read(page)
    for span in derived.spans:
        assert 0 <= span.source_start <= span.source_end <= len(page)


@pytest.mark.parametrize(
    "part", ["<a", '<a b="', "<!-- ", '<p a="x" ', "<script ", "&amp", "<!", "= ' =\"", "<td>x"]
)
def test_the_time_to_read_a_hostile_page_grows_with_its_length_only(part):
    derived, _ = read("<p>before</p>" + part * 20_000)
    assert derived.text.startswith("before")


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br>", "<li>", "<td>", "<tr>", "<nav>",
                             "</nav>", "<table>", "&amp;", "&nbsp;", "<!-- x -->", "<i a='>'>",
                             "<script>s()</script>"]),
            st.text(st.characters(codec="utf-8", exclude_characters="\x00<&\r\v\f"), max_size=12),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_what_leads_back_leads_to_itself(parts):
    page = "<body>" + "".join(parts)
    derived, _ = read(page)
    for span in derived.spans:
        received = page[span.source_start : span.source_end]
        text = derived.text[span.start : span.end]
        assert received == text or text == " " or received.startswith("&")
