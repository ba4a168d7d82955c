from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources import pages

from dadkhah.errors import SourceError
from dadkhah.records import Capture
from dadkhah.sources import read
from dadkhah.sources.anchors import check, locate
from dadkhah.sources.passages import passages_of

SEEDS = Path(__file__).resolve().parents[2] / "../shared/seeds"
ALL_SEEDS = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
needs_seeds = pytest.mark.skipif(
    not ALL_SEEDS, reason="the received seeds are not beside this repository"
)


def capture(name):
    return Capture(id=name * 64, source="s", size_bytes=1, media_type="text/plain")


def passages(data, name="page.txt"):
    reading = read(data, name)
    found = passages_of("s", capture("a"), capture("b"), reading.decoded.text, reading.derived)
    return reading, found


@pytest.mark.parametrize(
    ("page", "name"),
    [(pages.PERSIAN, "a.txt"), (pages.ENGLISH, "a.txt"), (pages.NAMES, "a.txt"),
     (pages.GLUED, "a.txt"), (pages.PAGE, "a.html")],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_passage_stands_in_both_texts(page, name, encoding):
    reading, found = passages(page.encode(encoding), name)
    for passage in found:
        check(passage, reading.derived.text, reading.decoded.text)
        assert passage.anchor.capture == "b" * 64
        assert passage.origin.capture == "a" * 64


def test_a_sentence_is_a_passage_with_its_language_and_direction():
    _, found = passages(pages.PERSIAN.encode())
    asked = next(one for one in found if one.anchor.quote == "آیا کسی پاسخ داد؟")
    assert (asked.language, asked.direction, asked.noise) == ("fa", "rtl", False)


def test_an_abbreviation_ends_no_passage():
    _, found = passages(pages.ENGLISH.encode())
    assert any(one.anchor.quote.startswith("Mr. Nemune, who had") for one in found)


def test_furniture_is_a_passage_that_is_noise():
    _, found = passages(pages.ENGLISH.encode())
    noise = [one.anchor.quote for one in found if one.noise]
    assert "Share on Facebook" in noise
    assert not any("visitors" in quote for quote in noise)


def test_a_passage_of_windows_1256_leads_to_its_received_characters():
    text = "در زندان نمونه هزاران تن را کشتند. کسي پاسخ نداد.\n"
    reading, found = passages(text.encode("cp1256"))
    assert reading.encoding == "cp1256"
    assert found[1].origin.quote == "کسي پاسخ نداد."


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=300))
def test_passages_of_any_text_hold_all_of_it_once(text):
    try:
        reading, found = passages(text.encode(), "a.md")
    except SourceError as error:
        if error.code not in ("source-empty", "source-binary"):
            raise
        return
    kept = "".join("".join(one.anchor.quote.split()) for one in found)
    assert kept == "".join(reading.derived.text.split())
    for passage in found:
        check(passage, reading.derived.text, reading.decoded.text)


@needs_seeds
@pytest.mark.parametrize("path", ALL_SEEDS, ids=lambda path: path.name[:3])
def test_every_passage_of_a_seed_leads_back_to_its_bytes(path):
    data = path.read_bytes()
    reading, found = passages(data)
    for passage in found:
        check(passage, reading.derived.text, reading.decoded.text)
        start, end = locate(passage.origin, reading.decoded.text)
        first = len(reading.decoded.text[:start].encode())
        assert data[first:].startswith(reading.decoded.text[start:end].encode())


@needs_seeds
def test_the_furniture_of_a_seed_is_noise_and_the_title_is_said_once():
    _, found = passages(ALL_SEEDS[1].read_bytes())
    noise = [one.anchor.quote for one in found if one.noise]
    assert len(noise) == 8
    for words in ("Skip to main content", "Add new comment", "Plain text", "No HTML tags allowed",
                  "Enter the characters", "automated spam"):  # fmt: skip
        assert sum(words in quote for quote in noise) == 1
    assert not any("comment" in one.anchor.quote for one in found if not one.noise)


@needs_seeds
def test_the_lines_of_a_seed_are_joined_into_paragraphs():
    reading, found = passages(ALL_SEEDS[0].read_bytes())
    kinds = [block.kind for block in reading.derived.blocks]
    assert kinds.count("paragraph") == 12
    assert kinds.count("signature") == 3
    assert any("eight years reactionary war with Iraq, the regime of Islamic" in one.anchor.quote
               for one in found)  # fmt: skip
    assert [one.anchor.quote for one in found if one.noise] == ["execution3"]


@needs_seeds
def test_a_sentence_broken_off_in_a_seed_is_flagged():
    reading, _ = passages(ALL_SEEDS[0].read_bytes())
    flagged = [block for block in reading.derived.blocks if "broken-off" in block.flags]
    assert [
        reading.derived.text[: block.end].endswith("in his factional") for block in flagged
    ] == [True]
