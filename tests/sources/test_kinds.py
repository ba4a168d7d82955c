import gzip
import io
import zipfile

import openpyxl
import pytest

from dadkhah.errors import SourceError
from dadkhah.sources.kinds import CSV, HTML, TEXT, XLSX, recognise


def workbook():
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["name"])
    book.save(file)
    return file.getvalue()


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"words", TEXT),
        ("a", "واژه".encode(), TEXT),
        ("a.csv", b"a,b\n1,2\n", CSV),
        ("a.tsv", b"a\tb\n", CSV),
        ("a.html", b"<p>words</p>", HTML),
        ("a.txt", b"\xef\xbb\xbf <!DOCTYPE html><html>", HTML),
        ("a.csv", b"<!-- x --><html><body>", HTML),
        ("a.txt", "<html>".encode("utf-16-le"), HTML),
        ("a.csv", "a,b\n1,2\n".encode("utf-16"), CSV),
        ("a.txt", "نام\n".encode("utf-16-be"), TEXT),
        ("list.xlsx", workbook(), XLSX),
        ("list", workbook(), XLSX),
    ],
)
def test_content_decides_and_the_name_only_between_texts(name, data, kind):
    assert recognise(name, data) == kind


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "source-empty"),
        ("a.csv", b"\x89PNG\r\n\x1a\n....", "source-binary"),
        ("a.csv", bytes(range(256)), "source-binary"),
        ("a.csv", gzip.compress(b"a,b", mtime=0), "source-binary"),
        ("a.csv", workbook(), "source-binary"),
        ("a.xlsx", b"a,b\n", "source-binary"),
        ("a.pdf", b"%PDF-1.7", "source-kind"),
        ("a.mp4", b"\0\0\0\x18ftypmp42", "source-kind"),
        ("a.docx", zipped(**{"word/document.xml": "<w/>"}), "source-kind"),
        ("a.json", b"{}", "source-kind"),
        ("a.xlsx", b"PK\x03\x04broken", "workbook-broken"),
    ],
)
def test_what_cannot_be_read_is_refused_with_name_and_advice(name, data, code):
    with pytest.raises(SourceError) as caught:
        recognise(name, data)
    assert caught.value.code == code
    assert name in caught.value.where
    assert caught.value.todo


def test_a_file_on_disk_is_recognised_by_its_first_bytes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" * 100_000)
    assert recognise(path.name, path) == CSV
