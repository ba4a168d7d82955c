"""Put the certificates of a CMS token into the order that DER asks for.

Some authorities, among them those that run openssl, send them in the order of their files. They are
no part of what is signed, and their order changes no length, so nothing else moves.
Source: X.690, section 11.6; RFC 5652, section 5.1.
"""

from __future__ import annotations

__all__ = ["with_certificates_in_order"]

CERTIFICATES = 0xA0


def with_certificates_in_order(reply: bytes) -> bytes:
    """Give a TimeStampResp with its certificates sorted; unchanged when it cannot be taken apart.

    Args:
        reply: TimeStampResp, of which the token's certificates lie at
            response / token / content / SignedData / [0].
    """
    try:
        _, begin, end = _head(reply, 0)
        token = _children(reply, begin, end)[1]
        content = _children(reply, *token[1:])[1]
        signed = _children(reply, *content[1:])[0]
        fields = _children(reply, *signed[1:])
        _, begin, end = next(field for field in fields[3:] if field[0] == CERTIFICATES)
        parts = sorted(reply[at:until] for at, until in _spans(reply, begin, end))
    except (IndexError, StopIteration, ValueError):
        return reply
    return reply[:begin] + b"".join(parts) + reply[end:]


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, and where the content of the element at this place begins and ends."""
    tag, size, begin = data[at], data[at + 1], at + 2
    if size & 0x80:
        begin += size & 0x7F
        size = int.from_bytes(data[at + 2 : begin])
    if begin + size > len(data):
        raise ValueError("cut short")
    return tag, begin, begin + size


def _spans(data: bytes, begin: int, end: int) -> list[tuple[int, int]]:
    """Where each element between two places begins and ends, heads included."""
    found = []
    while begin < end:
        _, _, until = _head(data, begin)
        found.append((begin, until))
        begin = until
    return found


def _children(data: bytes, begin: int, end: int) -> list[tuple[int, int, int]]:
    return [_head(data, at) for at, _ in _spans(data, begin, end)]
