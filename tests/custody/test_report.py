from __future__ import annotations

from collections.abc import Iterator

from tests.custody.cast import ITEMS, LOG, ORIGIN, checkpoint, entries, entry

from dadkhah.custody.report import Report, join
from dadkhah.custody.verify import verify_commitments, verify_log

DATA = entries(9)


def test_reports_join_into_one() -> None:
    def reports() -> Iterator[Report]:
        yield verify_log(DATA, checkpoint(DATA), [LOG.verifier], origin=ORIGIN)
        for index in range(5):
            items = [ITEMS[0]] if index in (2, 4) else [*ITEMS]
            yield verify_commitments(entry(index), items)

    joined = join(reports())
    assert [found.number for found in joined.checks] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10, 11, 11]
    assert (joined.entries, joined.records) == (9, 8)
    assert not joined.passed
    assert not Report(checks=()).passed


def test_a_joined_report_keeps_count_of_what_it_leaves_out() -> None:
    bad = verify_commitments(entry(0), [ITEMS[0]])
    joined = join([bad] * 10, most=4)
    assert len(joined.failures) == 4
    assert joined.unlisted == 16
