"""Receive sources: bytes first, then what they say of themselves, then their passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from dadkhah import archive
from dadkhah.records import Capture, Collection, Passage, Source
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.sources import models

__all__ = ["add_collection", "add_source", "keeping", "known_capture"]


@contextmanager
def keeping(case: Path, stream: BinaryIO) -> Iterator[tuple[str, int]]:
    """Store bytes in the case for an action; where the action fails and records no capture of
    them, they are taken away again.

    Yields:
        The digest and the size in bytes.
    """
    digest, size = archive.keep_capture(case, stream)
    try:
        yield digest, size
    finally:
        if known_capture(digest) is None:
            archive.capture_path(case, digest).unlink(missing_ok=True)


def known_capture(digest: str) -> models.Capture | None:
    """Give the capture with these bytes, if the case has it already."""
    return models.Capture.objects.filter(pk=digest).first()


@transaction.atomic
def add_source(
    *,
    by: str,
    source: Source,
    captures: Sequence[Capture],
    passages: Sequence[Passage] = (),
    collection: Collection | None = None,
) -> None:
    """Record a source with its captures and passages."""
    new = [] if collection is None else [collection]
    append(
        by=by,
        changes=[
            Change(action="sources.add", records=[*new, source, *captures, *passages]),
        ],
    )


@transaction.atomic
def add_collection(*, by: str, collection: Collection) -> None:
    """Record a collection, or a newer version of it."""
    known = models.Collection.objects.filter(pk=collection.id).exists()
    append(
        by=by,
        changes=[Change(action="collections.add", records=[collection], replaces=known)],
    )
