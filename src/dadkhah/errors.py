"""Every error dadkhah raises on purpose.

    DadkhahError
    ├── InputError            what was given cannot be used
    │   ├── SourceError       a file or page that cannot be read
    │   ├── TableError        a table, at a row and column
    │   ├── MappingError      how a table's columns become claims
    │   ├── NameTextError     text that cannot be a personal name
    │   ├── DateTextError     text that cannot be a date
    │   ├── AnchorError       a passage that is not where it should be
    │   └── RecordError       a record that breaks its own rules
    ├── CaseError             a case that is missing, present or in use
    ├── ArchiveError          an archive that cannot be written or read
    ├── VerificationError     evidence that does not check out
    ├── AccessError           what this reader may not see or do
    ├── LinkageError          a linkage that must not be run as asked
    ├── EstimateError         overlaps or settings no estimate can use
    └── SettingError          a setting with a bad value

Each carries a stable `code` (a row in docs/), says what is wrong, where, and what to do.
"""

from __future__ import annotations

__all__ = [
    "AccessError",
    "AnchorError",
    "ArchiveError",
    "CaseError",
    "DadkhahError",
    "DateTextError",
    "EstimateError",
    "InputError",
    "LinkageError",
    "MappingError",
    "NameTextError",
    "RecordError",
    "SettingError",
    "SourceError",
    "TableError",
    "VerificationError",
]


class DadkhahError(Exception):
    """Something dadkhah refuses or cannot do, said so that a person can act on it.

    Args:
        code: stable, lower-case, words joined by hyphens; documented in docs/.
        what: one sentence: what is wrong.
        where: file, row, column, page, offset; empty when it is everywhere.
        todo: what the reader can do about it.
    """

    def __init__(self, code: str, what: str, *, where: str = "", todo: str = "") -> None:
        self.code = code
        self.what = what
        self.where = where
        self.todo = todo
        super().__init__(code, what, where, todo)

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        advice = f" {self.todo}" if self.todo else ""
        return f"{self.what}{place}{advice} [{self.code}]"


class InputError(DadkhahError):
    """What was given cannot be used."""


class SourceError(InputError):
    """A file or page that cannot be read as a source."""


class TableError(InputError):
    """A table that cannot be read, at a row and column."""


class MappingError(InputError):
    """A mapping that does not say how this table's columns become claims."""


class NameTextError(InputError):
    """Text that cannot be read as a personal name."""


class DateTextError(InputError):
    """Text that cannot be read as a date, or names a day that never was."""


class AnchorError(InputError):
    """A passage that is not where its anchor says."""


class RecordError(InputError):
    """A record that breaks the rules of its kind."""


class CaseError(DadkhahError):
    """A case folder that is missing, already there, or in use."""


class ArchiveError(DadkhahError):
    """An archive that cannot be written, read or rebuilt."""


class VerificationError(DadkhahError):
    """Evidence that does not check out."""


class AccessError(DadkhahError):
    """Something this reader may not see or do."""


class LinkageError(DadkhahError):
    """A linkage that must not be run as asked."""


class EstimateError(DadkhahError):
    """Overlaps or settings that no estimate can use."""


class SettingError(DadkhahError):
    """A setting with a value that cannot be used."""
