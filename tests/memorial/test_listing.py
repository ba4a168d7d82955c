"""The lists of a site's files changed in their text are what they would be written anew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dadkhah import canonical
from dadkhah.memorial.listing import JSON, LINES, Form, Rows, body_of

ADDRESSES = st.text("abcxyz019./-_", min_size=1, max_size=6)
DIGESTS = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")
FILES = st.dictionaries(ADDRESSES, DIGESTS, max_size=12)


def rows_of(files: dict[str, str], form: Form) -> Rows:
    ordered = sorted(files.items())
    return Rows(b"".join(form.row(a.encode(), d.encode()) for a, d in ordered), form)


@pytest.mark.parametrize("form", [JSON, LINES])
@given(files=FILES, more=FILES, gone=st.lists(ADDRESSES, max_size=4))
def test_a_change_put_into_the_text_gives_the_text_written_anew(
    form: Form, files: dict[str, str], more: dict[str, str], gone: list[str]
) -> None:
    changes = {**more, **dict.fromkeys([*gone, *list(files)[:2]], "")}
    now = {a: d for a, d in {**files, **changes}.items() if d}
    made = rows_of(files, form).changed(changes)
    assert made.text == rows_of(now, form).text
    assert len(made) == len(now)
    assert {each: made.get(each) for each in {*files, *changes}} == {
        each: now.get(each, "") for each in {*files, *changes}
    }


@given(files=FILES)
def test_the_rows_of_site_json_are_found_whatever_stands_around_them(files: dict[str, str]) -> None:
    about = {"captures": {"9f86": "captures/9f86.txt"}, "files": files, "title": {"en": "a } {"}}
    data = canonical.encode(about)
    before, rows, after = body_of(data)
    assert rows == rows_of(files, JSON).text
    assert before + rows.removesuffix(b",") + after == data
