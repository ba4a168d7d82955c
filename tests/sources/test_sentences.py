import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah.sources.sentences import LONGEST, sentences


def cut(text):
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was so. They said no.", ["It was so.", "They said no."]),
        ("From Mr. Nemune, who was there. Then Dr. Azmun.",
         ["From Mr. Nemune, who was there.", "Then Dr. Azmun."]),
        ("Signed by M. Azmun of the U.S. branch.", ["Signed by M. Azmun of the U.S. branch."]),
        ("He said: “We know.” They left! Why? Nobody knows…",
         ["He said: “We know.”", "They left!", "Why?", "Nobody knows…"]),
        ("About 3.5 percent. Of 18,000.", ["About 3.5 percent.", "Of 18,000."]),
        ("These failed; The rest did not.", ["These failed; The rest did not."]),
        ("چرا کشتند؟ کسی پاسخ نداد. مادران ماندند!",
         ["چرا کشتند؟", "کسی پاسخ نداد.", "مادران ماندند!"]),
        ("در سال ۱۳۶۷ ه. ش. بود؛ همه می‌دانند. پایان.",
         ["در سال ۱۳۶۷ ه. ش. بود؛ همه می‌دانند.", "پایان."]),
        ("یہ اردو ہے۔ دوسرا جملہ", ["یہ اردو ہے۔", "دوسرا جملہ"]),
        ("   ", []),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert cut(text) == expected


def test_a_text_without_stops_is_cut_at_a_lesser_mark():
    pieces = cut("word word, " * 400)
    assert max(map(len, pieces)) <= LONGEST
    assert pieces[0].endswith(",")


@pytest.mark.parametrize("part", [".", "a.", ". ", "x", "؟"])
def test_a_hostile_text_is_cut_in_a_time_that_grows_with_its_length_only(part):
    assert cut(part * 100_000)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_character_is_lost_between_sentences(text):
    kept = "".join(cut(text))
    assert "".join(kept.split()) == "".join(text.split())
