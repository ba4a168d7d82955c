"""One byte form per record, and its digest.

The form is RFC 8785 (JSON Canonicalization Scheme) over a narrower set of values: text, whole
numbers, true, false, null, lists, and objects whose keys stay below U+D800. Binary floating point
has no place in evidence: a number with a fraction travels as decimal text. docs/formats/record.md
argues it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from dadkhah.errors import RecordError

__all__ = ["decode", "digest", "encode", "without_floats"]

LARGEST = 2**53 - 1
# below this, sorting by code point (orjson) and by UTF-16 unit (RFC 8785) is one order
KEY_END = "\ud800"


def encode(value: Any) -> bytes:
    """Write a JSON value in its one canonical form.

    Args:
        value: None, bool, int, str, and lists, tuples and dicts of these; keys below U+D800.

    Returns:
        UTF-8 bytes, keys sorted, no white space.

    Raises:
        RecordError: a float, a number past 2**53 - 1, a key past U+D7FF, a lone surrogate.

    Source: RFC 8785, section 3.2; RFC 7493 (I-JSON), section 2.
    """
    _check(value)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except (orjson.JSONEncodeError, UnicodeEncodeError) as error:
        raise RecordError(
            "canonical-text",
            "This text holds a character that UTF-8 cannot write.",
            todo="Give the text without lone surrogates.",
        ) from error


def decode(data: bytes) -> Any:
    """Read a JSON value and insist that the bytes were canonical.

    Raises:
        RecordError: not JSON, or JSON in another form than the canonical one.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise RecordError("canonical-json", "These bytes are not JSON.", where=str(error)) from None
    if encode(value) != data:
        raise RecordError("canonical-form", "This JSON is not in its canonical form.")
    return value


def digest(data: bytes) -> str:
    """Give the SHA-256 of bytes as 64 lower-case hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha256(data).hexdigest()


def without_floats(value: Any) -> Any:
    """Copy a JSON value with every float as the shortest decimal text that reads back to it."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {key: without_floats(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [without_floats(item) for item in value]
    return value


def _check(value: Any) -> None:
    kind = type(value)
    if kind in _PLAIN:
        return
    if kind is int:
        if not -LARGEST <= value <= LARGEST:
            raise RecordError("canonical-number", "This number is too large to write exactly.")
    elif kind is dict:
        _check_object(value)
    elif kind is list or kind is tuple:
        for item in value:
            _check(item)
    else:
        raise RecordError(
            "canonical-value",
            f"A value of type {kind.__name__} has no canonical form.",
            todo="Write numbers with a fraction as decimal text.",
        )


_PLAIN = frozenset({str, bool, type(None)})


def _check_object(value: dict[Any, Any]) -> None:
    try:
        plain_keys = "".join(value).isascii()
    except TypeError:
        raise RecordError("canonical-key", "A key of a record is text.") from None
    if not plain_keys and any(max(key, default="") >= KEY_END for key in value):
        raise RecordError("canonical-key", "A key of a record is text below U+D800.")
    if not _PLAIN.issuperset(map(type, value.values())):
        for item in value.values():
            if type(item) not in _PLAIN:
                _check(item)
