"""The chain of custody: in order of time, and torn where nothing is recorded."""

from __future__ import annotations

from typing import Any

import pytest

from dadkhah.errors import RecordError
from dadkhah.records import Capture, CollectionRecord, CustodyEvent
from dadkhah.sources.chain import EVENTS, GAPS, chain, check
from dadkhah.web.custody.words import WORDS


def capture(at: str = "2041-02-01T10:00:00Z", **more: Any) -> Capture:
    came = CollectionRecord(received_at=at, collector="account:1" if at else "")
    return Capture(
        id="a" * 64, source="s", size_bytes=1, media_type="text/plain", collected=came, **more
    )


def event(kind: str, at: str, **more: Any) -> tuple[int, CustodyEvent]:
    return 7, CustodyEvent(id="e", event=kind, at=at, by="account:1", source="s", **more)


def hand_over(
    at: str, giver: str, receiver: str, checked: str = "same"
) -> tuple[int, CustodyEvent]:
    return event("hand-over", at, giver=giver, receiver=receiver, purpose="x", checked=checked)


def gaps(*events: tuple[int, CustodyEvent], of: Capture | None = None, today: str) -> list[str]:
    return [link.gap for link in chain([of or capture()], events, today=today) if link.gap]


def test_an_unbroken_chain_has_no_gap() -> None:
    first = hand_over("2041-03-01T10:00:00Z", "account:1", "lawyer 3")
    second = hand_over("2041-04-01T10:00:00Z", "lawyer 3", "court 9")
    assert gaps(second, first, today="2041-05-01") == []
    links = chain([capture()], [second, first], today="2041-05-01")
    assert [link.event for link in links] == ["receive", "hand-over", "hand-over"]


@pytest.mark.parametrize(
    ("events", "today", "expected"),
    [
        ([], "2042-06-01", ["not-looked-at"]),
        ([event("fixity", "2042-01-01T10:00:00Z", checked="same")], "2042-06-01", []),
        ([event("fixity", "2041-03-01T10:00:00Z", checked="different")], "2041-06-01",
         ["digest-differs"]),
        ([hand_over("2041-03-01T10:00:00Z", "a", "b", "")], "2041-06-01", ["not-checked"]),
        ([hand_over("2041-03-01T10:00:00Z", "a", "b"), hand_over("2041-04-01T10:00:00Z", "c", "d")],
         "2041-06-01", ["holder-changed"]),
    ],
)  # fmt: skip
def test_what_is_not_recorded_shows_as_a_gap(events: Any, today: str, expected: list[str]) -> None:
    assert gaps(*events, today=today) == expected


def test_bytes_of_which_nobody_says_how_they_came_begin_with_a_gap() -> None:
    assert gaps(of=capture(at=""), today="2041-03-01") == ["origin-unknown"]


@pytest.mark.parametrize(
    ("said", "code"),
    [({"event": "lost"}, "custody-event"), ({"event": "hand-over"}, "custody-hand-over")],
)
def test_an_event_off_the_list_or_half_said_is_refused(said: dict[str, str], code: str) -> None:
    with pytest.raises(RecordError, match=code):
        check(CustodyEvent(id="e", at="2041-01-01T00:00:00Z", by="account:1", **said))


def test_every_event_and_gap_has_words() -> None:
    assert [word for word in (*EVENTS, *GAPS) if word not in WORDS] == []
