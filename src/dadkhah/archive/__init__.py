"""An archive: a folder that lasts, readable with a text editor and sha256sum.

    archive.json               what this is, how much of it, which log
    captures/ab/abcd...        the bytes of each capture, named by their SHA-256
    records/claim.jsonl ...    one record a line, with its place in the log, salt and commitment
    records/tombstone.jsonl    what is left of erased records
    log/entries.jsonl          the log, one entry a line
    log/checkpoint             the log's size and root, signed
    log/verifier.txt           the key that checks the signature
    log/checkpoints/...        earlier checkpoints
    log/policy                 which witnesses are asked for (C2SP tlog-policy), when there are any
    log/tile/...               the log's tiles and entry bundles (C2SP tlog-tiles)
    VERIFY.txt, verify.py      how to check all this without the program that made it
    manifest-sha256.txt        every file above, for `sha256sum -c`

The same state gives the same bytes. docs/formats/archive.md is the format's page.
"""

from __future__ import annotations

from dadkhah.archive.captures import capture_path, capture_paths, keep_capture
from dadkhah.archive.lines import Line
from dadkhah.archive.reading import (
    FORMAT,
    REDACTION,
    TOMBSTONE,
    about,
    checkpoint,
    checkpoint_path,
    checkpoints,
    current,
    entries,
    in_log_order,
    is_archive,
    lines,
    manifest,
    policy,
    redacted,
    stands_for,
    verifier,
)
from dadkhah.archive.writing import write

__all__ = [
    "FORMAT",
    "REDACTION",
    "TOMBSTONE",
    "Line",
    "about",
    "capture_path",
    "capture_paths",
    "checkpoint",
    "checkpoint_path",
    "checkpoints",
    "current",
    "entries",
    "in_log_order",
    "is_archive",
    "keep_capture",
    "lines",
    "manifest",
    "policy",
    "redacted",
    "stands_for",
    "verifier",
    "write",
]
