"""Where a passage stands, and finding it again: loudly, or not at all."""

from __future__ import annotations

from dadkhah.errors import AnchorError
from dadkhah.records import Anchor, Passage

__all__ = ["CONTEXT", "anchor", "check", "locate"]

CONTEXT = 32


def anchor(capture: str, text: str, start: int, end: int) -> Anchor:
    """Anchor a piece of a text by offsets, quote, and the characters before and after it.

    Source: W3C Web Annotation Data Model, sections 4.2.4 (text quote) and 4.2.5 (text position).
    """
    return Anchor(
        capture=capture,
        quote=text[start:end],
        before=text[max(0, start - CONTEXT) : start],
        after=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def locate(anchor: Anchor, text: str) -> tuple[int, int]:
    """Find an anchored quote in a text.

    Where offsets and quote agree, there. Otherwise where the quote stands between the same words
    before and after it, when that is one place only.

    Args:
        anchor: quote, with context or offsets or both.
        text: the text of the anchor's capture (decoded, or derived).

    Returns: start and end in characters.

    Raises:
        AnchorError: anchor-missing (the quote is nowhere), anchor-moved (it stands elsewhere,
            between other words), anchor-ambiguous (it stands in several places alike).
    """
    if not anchor.quote:
        raise _lost("anchor-missing", "The quote is empty.", anchor)
    start = -1 if anchor.start is None else anchor.start
    end = start + len(anchor.quote)
    if start >= 0 and anchor.end == end and text.startswith(anchor.quote, start):
        return start, end
    places = _places(anchor.quote, text)
    if not places:
        raise _lost("anchor-missing", "The quoted words are not in this text.", anchor)
    fitting = [place for place in places if _fits(anchor, text, place)]
    if len(fitting) == 1:
        return fitting[0], fitting[0] + len(anchor.quote)
    if fitting:
        raise _lost(
            "anchor-ambiguous",
            f"The quoted words stand in {len(fitting)} places of this text that look alike.",
            anchor,
        )
    raise _lost(
        "anchor-moved",
        f"The quoted words stand at character {places[0]}, but between other words.",
        anchor,
    )


def check(passage: Passage, derived_text: str, received_text: str) -> None:
    """Insist that a passage stands exactly where it says, in both of its texts.

    Args:
        derived_text: the text that `passage.anchor` speaks of.
        received_text: the decoded received text that `passage.origin` speaks of; it is not
            looked at for a passage anchored in the received capture itself.

    Raises:
        AnchorError: as locate(), and anchor-moved when the words stand elsewhere than the offsets.
    """
    _stand(passage.anchor, derived_text)
    if passage.origin is not None:
        _stand(passage.origin, received_text)


def _stand(anchor: Anchor, text: str) -> None:
    start, end = locate(anchor, text)
    if anchor.start is None:
        return
    if (start, end) != (anchor.start, anchor.end):
        raise _lost(
            "anchor-moved",
            f"The quoted words stand at character {start}, not at {anchor.start}.",
            anchor,
        )
    if not _fits(anchor, text, start):
        raise _lost(
            "anchor-moved", "The quoted words stand between other words than before.", anchor
        )


def _places(quote: str, text: str) -> list[int]:
    places, place = [], text.find(quote)
    while place >= 0:
        places.append(place)
        place = text.find(quote, place + 1)
    return places


def _fits(anchor: Anchor, text: str, start: int) -> bool:
    first = start - len(anchor.before)
    return (
        first >= 0
        and text.startswith(anchor.before, first)
        and text.startswith(anchor.after, start + len(anchor.quote))
    )


def _lost(code: str, what: str, anchor: Anchor) -> AnchorError:
    place = f"capture {anchor.capture[:12]}" if anchor.capture else ""
    if anchor.start is not None:
        place = f"{place}, characters {anchor.start} to {anchor.end}".lstrip(", ")
    return AnchorError(
        code,
        what,
        where=place,
        todo="Read the source again and anchor the passage anew; nothing was changed.",
    )
