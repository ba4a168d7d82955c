import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah.errors import SourceError
from dadkhah.sources.encoding import byte_offset, decode, detect, line_of

PERSIAN = "در تابستان ۱۳۶۷ هزاران زندانی کشته شدند.\nنام‌ها را بخوانید.\n"
PERSIAN_1256 = "در تابستان 1367 هزاران زنداني کشته شدند.\nنام‌ها را بخوانيد، پس گفتند چرا؟\n"
WESTERN = "Le café était fermé.\nIl a été emmené à l’aube, “sans raison”.\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
@pytest.mark.parametrize("text", [PERSIAN, WESTERN, "Plain words.\r\n"])
def test_unicode_text_comes_back_whole_with_and_without_a_mark(encoding, mark, text):
    found = decode(mark + text.encode(encoding))
    assert (found.text, found.encoding, found.had_bom) == (text, encoding, bool(mark))


@pytest.mark.parametrize(
    ("encoding", "text"), [("cp1256", PERSIAN_1256), ("cp1252", WESTERN), ("cp1252", "“Yes”\n")]
)
def test_text_in_a_windows_encoding_is_told_by_its_bytes(encoding, text):
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)


def test_a_long_persian_text_in_windows_1256_is_no_mixture():
    text = PERSIAN_1256 * 400 + "تک\nيک گپ\nلک پک\n" * 200
    assert decode(text.encode("cp1256")).text == text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PERSIAN.encode(), PERSIAN_1256.encode("cp1256")),
        (PERSIAN_1256.encode("cp1256"), PERSIAN.encode()),
        (PERSIAN.encode(), "Résumé\n".encode("cp1252")),
        ("The “liberals”.\n".encode(), "The “liberals”.\n".encode("cp1252")),
    ],
)
def test_two_encodings_in_one_file_are_refused_with_byte_and_line(first, second):
    with pytest.raises(SourceError) as caught:
        decode(first + second, name="mixed.txt")
    assert caught.value.code == "encoding-mixed"
    offset = int(caught.value.where.split("byte ")[1].split(",")[0])
    assert len(first) <= offset < len(first + second)
    assert f"line {first.count(10) + 1 + (first + second)[len(first) : offset].count(10)}" in (
        caught.value.where
    )


def test_a_mark_that_lies_is_refused_with_the_place():
    with pytest.raises(SourceError, match="byte 7, line 2") as caught:
        decode(codecs.BOM_UTF8 + b"abc\n\xff\xfe")
    assert caught.value.code == "encoding-mixed"


@pytest.mark.parametrize("data", [b"abc\0def", b"\0\0\0\0", b"caf\xe9\x01", b"\x00a\x00b\x01\x01c"])
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(SourceError) as caught:
        decode(data)
    assert caught.value.code == "source-binary"


def test_utf_32_is_named_and_refused():
    with pytest.raises(SourceError, match="UTF-32"):
        decode(codecs.BOM_UTF32_LE + "a".encode("utf-32-le"))


def test_bytes_no_encoding_reads_well_are_refused_unless_the_page_declares_one():
    data = b"\xe9t \xc7\xc8 caf\xe9 \xc7\xe1\xe4"
    with pytest.raises(SourceError) as caught:
        decode(data)
    assert caught.value.code == "encoding-unknown"
    assert decode(data, declared="windows-1252").encoding == "cp1252"


def test_no_replacement_character_ever_appears_by_itself():
    with pytest.raises(SourceError):
        decode("سلام".encode() + b"\xff" + "سلام".encode())


def test_an_offset_outside_the_text_is_an_error():
    with pytest.raises(SourceError) as caught:
        byte_offset(decode(b"abc"), 4)
    assert caught.value.code == "source-offset"


def test_a_line_is_counted_from_one():
    assert [line_of(b"a\nb\nc", place) for place in (0, 1, 2, 4)] == [1, 1, 2, 3]


@settings(deadline=None)
@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=60),
    place=st.integers(0, 60),
    mark=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]),
)
def test_a_character_leads_back_to_its_byte(text, place, mark, encoding):
    bom = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE,
           "utf-16-be": codecs.BOM_UTF16_BE}[encoding]  # fmt: skip
    data = (bom if mark or encoding != "utf-8" else b"") + text.encode(encoding)
    found = decode(data)
    place = min(place, len(text))
    assert found.text == text
    assert data[byte_offset(found, place) :].decode(encoding) == text[place:]


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_text_or_a_source_error(data):
    try:
        found = decode(data)
    except SourceError:
        return
    assert found.text.encode(found.encoding) == data[detect(data).mark_bytes :]
