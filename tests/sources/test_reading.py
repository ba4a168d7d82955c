import pytest

from dadkhah.errors import SourceError
from dadkhah.sources import CSV, HTML, TEXT, read
from dadkhah.sources.reading import LINE_BYTES, TEXT_BYTES


def test_a_text_is_decoded_and_derived_with_the_tool_named():
    reading = read("سلام.\n".encode("utf-8-sig"), "a.txt")
    assert (reading.media_type, reading.encoding, reading.had_bom) == (TEXT, "utf-8", True)
    assert (reading.derived.text, reading.tool) == ("سلام.", "dadkhah.sources.text")


def test_a_page_is_read_as_html_and_its_declared_encoding_is_heard():
    page = b'<meta charset="windows-1252"><p>\xe9t \xc7\xc8 caf\xe9 \xc7\xe1\xe4</p>'
    reading = read(page, "a.html")
    assert (reading.media_type, reading.encoding) == (HTML, "cp1252")


def test_a_table_is_opened_and_not_derived(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"a,b\n1,2\n")
    reading = read(path, path.name)
    assert (reading.media_type, reading.derived) == (CSV, None)
    assert [row.cells for row in reading.table] == [{"a": "1", "b": "2"}]


def test_an_empty_file_is_refused():
    with pytest.raises(SourceError) as caught:
        read(b"", "a.txt")
    assert caught.value.code == "source-empty"


def test_a_line_without_end_is_refused_with_its_place_before_all_is_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"first\nsecond\n")
        file.seek(3 * LINE_BYTES)
        file.write(b"x")
    path.write_bytes(path.read_bytes().replace(b"\0", b"x"))
    with pytest.raises(SourceError, match=r"a\.txt, line 3, from byte 13") as caught:
        read(path, "a.txt")
    assert caught.value.code == "source-line-length"


def test_a_text_past_the_limit_is_refused():
    with pytest.raises(SourceError) as caught:
        read(b"words and words\n" * (TEXT_BYTES // 16 + 1), "a.txt")
    assert caught.value.code == "source-size"
