"""The files of a site in the text of site.json and of its listing, read and changed in place.

A site of a hundred thousand people has two hundred thousand files. One asked for is found in
the text by halving, and what changed is put where it belongs; the rest is copied as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["JSON", "LINES", "Form", "Rows", "body_of"]

_BEFORE: Final = b'"files":{'


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the row of a file is written: `end` is its last byte, and in no address."""

    end: bytes
    row: Callable[[bytes, bytes], bytes]
    parts: Callable[[bytes], tuple[bytes, bytes]]  # address and digest


JSON: Final = Form(
    end=b",", row=lambda address, digest: b'"' + address + b'":"' + digest + b'",',
    parts=lambda row: (row[1:-69], row[-66:-2]),
)  # fmt: skip
LINES: Final = Form(
    end=b"\n", row=lambda address, digest: digest + b"  " + address + b"\n",
    parts=lambda row: (row[66:-1], row[:64]),
)  # fmt: skip


class Rows:
    """The rows of a text, in the order of their addresses."""

    def __init__(self, text: bytes, form: Form) -> None:
        self.text, self._form = text, form

    def __len__(self) -> int:
        return self.text.count(self._form.end)

    def get(self, address: str) -> str:
        """Give the digest of a file; nothing where there is none."""
        start, stop = self._place(address.encode())
        return self._form.parts(self.text[start:stop])[1].decode() if start < stop else ""

    def changed(self, files: Mapping[str, str]) -> Rows:
        """Give the rows with other digests for some files; those with none are left out."""
        parts, done = list[bytes](), 0
        for address, digest in sorted(files.items()):
            start, stop = self._place(address.encode())
            parts.append(self.text[done:start])
            if digest:
                parts.append(self._form.row(address.encode(), digest.encode()))
            done = stop
        return Rows(b"".join([*parts, self.text[done:]]), self._form)

    def _place(self, address: bytes) -> tuple[int, int]:
        """Say from where to where the row of an address is, or where it would begin."""
        text, end, low, high = self.text, self._form.end, 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            before = text.rfind(end, low, middle)
            start = low if before < 0 else before + 1
            stop = text.index(end, start) + 1
            here = self._form.parts(text[start:stop])[0]
            if here == address:
                return start, stop
            low, high = (stop, high) if here < address else (low, start)
        return low, low


def body_of(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Part site.json into what stands before its files, their rows, and what stands after."""
    start = data.index(_BEFORE, data.index(b"}")) + len(_BEFORE)
    stop = data.index(b"}", start)
    rows = data[start:stop]
    return data[:start], rows + b"," if rows else rows, data[stop:]
