"""Passages: sentences of a derived text, each anchored there and in the bytes received."""

from __future__ import annotations

from dadkhah.records import Anchor, Capture, Passage, new_id
from dadkhah.sources.anchors import anchor
from dadkhah.sources.derived import Block, DerivedText
from dadkhah.sources.language import detect, direction
from dadkhah.sources.sentences import sentences

__all__ = ["passages_of"]


def passages_of(
    source_id: str,
    received: Capture,
    derived: Capture,
    received_text: str,
    derived_text: DerivedText,
) -> list[Passage]:
    """Give every sentence of a derived text as a passage, furniture included (as noise).

    Args:
        source_id: the source that both captures are of.
        received, derived: the captures; only their ids are used.
        received_text: the decoded text of the received bytes.
        derived_text: what derive() made of it.

    Returns: passages in reading order; every character of the derived text that is no white space
        is in exactly one.
    """
    text = derived_text.text
    return [
        Passage(
            id=new_id(),
            source=source_id,
            anchor=anchor(derived.id, text, start, end),
            language=_language(text[start:end], block),
            direction=_direction(text[start:end], block),
            origin=_origin(received.id, received_text, derived_text, start, end),
            noise=block.noise,
        )
        for block in derived_text.blocks
        for start, end in _cuts(text, block)
    ]


def _cuts(text: str, block: Block) -> list[tuple[int, int]]:
    if block.kind in ("paragraph", "item", "caption"):
        return sentences(text, block.start, block.end)
    return [(block.start, block.end)] if block.start < block.end else []


def _language(quote: str, block: Block) -> str:
    return detect(quote, (block.language,)) or block.language


def _direction(quote: str, block: Block) -> str:
    return block.direction if block.language else direction(quote)


def _origin(
    capture: str, received_text: str, derived_text: DerivedText, start: int, end: int
) -> Anchor | None:
    """Anchor a stretch in the received text: by offsets, or by its words where those are lost."""
    if derived_text.exact(start, end):
        first, last = derived_text.origin(start, end)
        return anchor(capture, received_text, first, last)
    quote = derived_text.text[start:end]
    if received_text.count(quote) != 1:
        return None
    place = received_text.index(quote)
    return anchor(capture, received_text, place, place + len(quote))
