import datetime
import io
import zipfile

import openpyxl
import pytest

from dadkhah.errors import SourceError, TableError
from dadkhah.sources import XLSX
from dadkhah.sources.readers import xlsx
from dadkhah.sources.tables import rows


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(*lines, title="Sheet"):
    book = openpyxl.Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    return book


def table(book, **settings):
    data = book if isinstance(book, bytes) else saved(book)
    return rows(data, XLSX, name="list.xlsx", **settings)


def changed(data, part, change):
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_cells_are_given_as_written():
    book = workbook(
        ["name", "age", "date", "hour", "share", "yes"],
        ["Ali", 20, datetime.date(1988, 7, 28), datetime.time(9, 30), 0.5, True],
        ["علی", 21.0, datetime.datetime.fromisoformat("1988-07-28 04:05:00"), None, None, None],
    )
    found = table(book)
    first, second = found
    assert list(first.cells.values()) == ["Ali", "20", "1988-07-28", "09:30:00", "0.5", "TRUE"]
    assert list(second.cells.values()) == ["علی", "21", "1988-07-28 04:05:00", "", "", ""]
    assert (first.sheet, first.number, first.start) == ("Sheet", 2, None)
    assert first.text == "Ali\t20\t1988-07-28\t09:30:00\t0.5\tTRUE"


def test_empty_rows_are_left_out_and_counted():
    assert [row.number for row in table(workbook(["name"], [], ["Ali"]))] == [3]


def test_a_merged_cell_stands_where_it_begins():
    book = workbook(["name", "place"], ["Ali", "Exampleabad"], ["Zahra", None])
    book.active.merge_cells("B2:B3")
    assert [row.cells["place"] for row in table(book)] == ["Exampleabad", ""]


def test_a_formula_is_a_problem_with_its_cell():
    (row,) = table(workbook(["name", "age"], ["Ali", "=10+10"]))
    assert [(p.code, p.row, p.column, p.sheet) for p in row.problems] == [
        ("row-formula", 2, "age", "Sheet")
    ]
    assert "B2" in row.problems[0].what


def test_a_formula_is_taken_by_its_last_value_when_the_mapping_says_so():
    data = saved(workbook(["name", "age"], ["Ali", "=10+10"]))
    computed = changed(data, SHEET, lambda xml: xml.replace(b"<v />", b"<v>20</v>").replace(
        b"<v></v>", b"<v>20</v>").replace(b"<v/>", b"<v>20</v>"))  # fmt: skip
    (row,) = table(computed, formulas="values")
    assert row.cells == {"name": "Ali", "age": "20"}
    (row,) = table(data, formulas="values")
    assert "never computed" in row.problems[0].what


def test_an_unknown_choice_for_formulas_is_refused():
    with pytest.raises(TableError) as caught:
        table(workbook(["name"]), formulas="yes")
    assert caught.value.code == "table-formulas"


def test_a_row_longer_than_the_headings_is_ragged():
    (row,) = table(workbook(["name"], ["Ali", "what is this"]))
    assert [p.code for p in row.problems] == ["row-ragged"]


@pytest.mark.parametrize(
    ("header", "code"),
    [([], "table-no-header"), (["a", None, "b"], "table-heading-empty"),
     (["a", "a"], "table-heading-twice")],
)  # fmt: skip
def test_headings_that_cannot_be_trusted_are_refused(header, code):
    with pytest.raises(TableError) as caught:
        table(workbook(header, ["x"]))
    assert caught.value.code == code


def test_the_one_sheet_with_content_is_read_and_several_must_be_chosen():
    book = workbook(["name"], ["Ali"], title="Names")
    book.create_sheet("Empty")
    found = table(book)
    assert (found.sheet, found.sheets) == ("Names", ("Names", "Empty"))
    book.create_sheet("More").append(["place"])
    with pytest.raises(TableError, match="“Names”, “More”") as caught:
        table(book)
    assert caught.value.code == "table-sheet"
    assert table(book, sheet="More").header == ("place",)
    with pytest.raises(TableError, match="no sheet “Other”"):
        table(book, sheet="Other")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = changed(saved(workbook(["name"])), SHEET, lambda _: b"0" * (20 << 20))
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(bomb)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    with pytest.raises(SourceError, match="before it is unpacked") as caught:
        table(file.getvalue())
    assert caught.value.code == "workbook-bomb"


def test_a_workbook_of_too_many_parts_or_bytes_is_refused(monkeypatch):
    data = saved(workbook(["name"]))
    monkeypatch.setattr(xlsx, "PARTS", 3)
    with pytest.raises(SourceError, match="parts"):
        table(data)
    monkeypatch.setattr(xlsx, "PARTS", 100)
    monkeypatch.setattr(xlsx, "BYTES", 100)
    with pytest.raises(SourceError, match="bytes"):
        table(data)


@pytest.mark.parametrize(
    ("part", "content"),
    [(SHEET, b"<worksheet><sheetData><row"), ("xl/workbook.xml", b"nothing"),
     ("[Content_Types].xml", b"<x/>"), ("xl/styles.xml", b"<"),
     (SHEET, b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><worksheet>&c;</worksheet>')],
)  # fmt: skip
def test_a_workbook_whose_parts_do_not_fit_is_refused(part, content):
    broken = changed(saved(workbook(["name"], ["Ali"])), part, lambda _: content)
    with pytest.raises((SourceError, TableError)) as caught:
        list(table(broken))
    assert caught.value.code in ("workbook-broken", "table-no-header")


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"", b"not a zip"])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(SourceError) as caught:
        xlsx.guard(data)
    assert caught.value.code == "workbook-broken"


def test_a_workbook_is_read_from_a_file_of_any_name(tmp_path):
    # a capture is named by its digest, without an ending
    place = tmp_path / ("0" * 64)
    place.write_bytes(saved(workbook(("id", "name"), (1, "Golnar Mahdavi"))))
    assert [row.text for row in rows(place, XLSX, formulas="values")] == ["1\tGolnar Mahdavi"]
