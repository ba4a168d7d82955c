import contextlib
import csv as standard
import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah.errors import SourceError, TableError
from dadkhah.sources import CSV
from dadkhah.sources.readers.csv import dialect
from dadkhah.sources.rows import CELL_CHARACTERS, ROW_CHARACTERS
from dadkhah.sources.tables import rows


def table(text, **settings):
    return rows(text.encode(), CSV, name="list.csv", **settings)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found(delimiter):
    text = delimiter.join(["name", "place, town", "age"]) + "\n"
    text = text.replace("place, town", '"place, town"')
    text += delimiter.join(["Ali Nemune", "Exampleabad", "20"]) + "\n"
    found = table(text)
    assert found.delimiter == delimiter
    assert found.header == ("name", "place, town", "age")
    assert next(iter(found)).cells["age"] == "20"


def test_a_table_of_one_column_needs_no_separator():
    assert [row.cells for row in table("name\nAli\nZahra\n")] == [
        {"name": "Ali"},
        {"name": "Zahra"},
    ]


def test_a_quoted_cell_keeps_its_line_breaks_separators_and_quotes():
    text = 'name,note\r\n"Nemune, Ali","line one\r\nline ""two"""\r\nZahra,5" pipe\r\n'
    first, second = table(text)
    assert first.cells == {"name": "Nemune, Ali", "note": 'line one\r\nline "two"'}
    assert first.text == '"Nemune, Ali","line one\r\nline ""two"""'
    assert (first.number, second.number) == (2, 3)
    assert second.cells["note"] == '5" pipe'


def test_empty_lines_are_no_rows_but_are_counted():
    assert [row.number for row in table("name\n\nAli\n\n\nZahra\n")] == [3, 6]


def test_lines_ended_by_carriage_returns_alone_are_read():
    assert [row.cells["name"] for row in table("name\rAli\rZahra\r")] == ["Ali", "Zahra"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_offsets_count_characters_of_the_decoded_text(encoding):
    text = "نام,سن\nعلي نمونه,20\nزهرا نمونه,21\n"
    for row in rows(text.encode(encoding), CSV):
        assert text[row.start : row.end] == row.text


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("\n", "table-no-header", ""),
        ("name,,age\n", "table-heading-empty", "row 1"),
        ("name,age,name\n", "table-heading-twice", "row 1"),
        ("name,age\n" + "x" * 600 + "," * 3000, None, ""),
        ("x" * 600 + ",age\n", "table-header-size", "row 1"),
        (",".join(map(str, range(3000))) + "\n", "table-header-size", "row 1"),
        ('na"me,age\nAli,20\n', None, ""),
    ],
)
def test_headings_that_cannot_be_trusted_are_refused(text, code, where):
    if code is None:
        assert table(text).header
        return
    with pytest.raises(TableError) as caught:
        table(text)
    assert caught.value.code == code
    assert where in caught.value.where


def test_a_ragged_row_is_a_problem_of_that_row_only():
    good, short, long, last = table("a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert not good.problems
    assert [p.code for p in (*short.problems, *long.problems)] == ["row-ragged", "row-ragged"]
    assert (short.number, short.cells, short.text) == (3, {}, "3")
    assert last.cells == {"a": "7", "b": "8"}


def test_a_formula_is_a_problem_unless_it_is_taken_as_written():
    text = 'name,age\n=HYPERLINK("x"),20\n'
    (row,) = table(text)
    assert [(p.code, p.row, p.column) for p in row.problems] == [("row-formula", 2, "name")]
    (row,) = table(text, formulas="values")
    assert row.cells["name"] == '=HYPERLINK("x")'


def test_a_cell_past_the_limit_is_a_problem_of_its_row():
    huge = "x" * (CELL_CHARACTERS + 1)
    first, second = table(f"name,age\n{huge},20\nAli,21\n")
    assert [(p.code, p.column) for p in first.problems] == [("row-cell-size", "name")]
    assert second.cells["name"] == "Ali"


def test_a_quote_never_closed_names_its_row():
    with pytest.raises(TableError, match=r"row 3, character 15") as caught:
        list(table('name,age\nAli,1\n"Zahra,2\nParvin,3\n'))
    assert caught.value.code == "table-quote"


def test_a_quote_that_swallows_a_large_file_is_stopped():
    with pytest.raises(TableError) as caught:
        list(table('name,age\n"Zahra,2\n' + ("Parvin " * 1000 + ",3\n") * (ROW_CHARACTERS // 7000)))
    assert caught.value.code == "table-quote"


def test_a_line_without_end_is_refused_without_being_held(tmp_path):
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.write(b"name,age\nAli,20\n")
        for _ in range(40):
            file.write(b"x" * (1 << 20))
    tracemalloc.start()
    with pytest.raises(SourceError, match="character 16") as caught:
        list(rows(path, CSV, name=path.name))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "source-line-length"
    assert peak < 30 << 20


def test_mixed_encodings_are_refused_before_any_row(tmp_path):
    data = "نام,جا\nعلی نمونه,تهران\n".encode() + "زهرا,شيراز\n".encode("cp1256")
    with pytest.raises(SourceError, match="line 3") as caught:
        rows(data, CSV, name="list.csv")
    assert caught.value.code == "encoding-mixed"


def test_a_table_can_be_read_again():
    found = table("name\nAli\n")
    assert list(found) == list(found)


def test_a_large_table_streams(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("name,age\n" + ("Ali Nemune " * 200 + ",20\n") * 5_000, encoding="utf-8")
    tracemalloc.start()
    count = sum(1 for _ in rows(path, CSV))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 8 << 20


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\ufeff"), max_size=12)


@settings(deadline=None)
@given(
    st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=12),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_rows_and_line_ends_make_the_file_whole(cells, delimiter, line_end):
    file = io.StringIO()
    writer = standard.writer(file, delimiter=delimiter, lineterminator=line_end,
                             quoting=standard.QUOTE_ALL)  # fmt: skip
    writer.writerows([["one", "two"], *cells])
    text = file.getvalue()
    found = table(text, formulas="values")
    read = list(found)
    assert [list(row.cells.values()) for row in read] == cells
    whole = [found.header_row, *read]
    assert line_end.join(row.text for row in whole) + line_end == text
    assert all(text[row.start : row.end] == row.text for row in whole)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=200))
def test_any_text_is_a_table_or_an_error_with_a_code(text):
    whole = "one,two\n" + text
    with contextlib.suppress(TableError, SourceError):
        for row in table(whole):
            assert whole[row.start : row.end] == row.text


def test_where_no_separator_stands_out_the_comma_is_taken():
    assert dialect("one\ntwo\n").delimiter == ","
