"""How bytes came: their digest, their size, and the record of their collection (EV-03, EV-04)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from dadkhah.records import CollectionRecord

__all__ = ["collection_record", "received"]

CHUNK_BYTES: Final = 1 << 20
NOT_RECORDED: Final = "not recorded when the file was added"


def received(path: Path) -> tuple[str, int]:
    """Give the SHA-256 of a file and its size in bytes, reading it piece by piece.

    Source: FIPS 180-4; EV-04 (the hash is taken at acquisition).
    """
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def collection_record(
    *,
    address: str = "",
    name_as_given: str = "",
    received_at: str = "",
    collector: str = "",
    method: str = "",
    machine: str = "",
    identity_used: str = "",
    context: str = "",
    reasons: dict[str, str] | None = None,
) -> CollectionRecord:
    """Write down how bytes came; every field left empty gets a reason.

    Args:
        address: where it was, a web address as a rule.
        name_as_given: the name under which it was handed over.
        received_at: EDTF date and time with its zone, from a synchronised clock.
        collector: who took it in. method: by what means. machine: on what.
        identity_used: the account used, when one was. context: what surrounded it.
        reasons: field name to why it is empty; a field with neither gets NOT_RECORDED.

    Source: Berkeley Protocol on Digital Open Source Investigations, chapter VI.B (collection).
    """
    given = {
        "address": address,
        "name_as_given": name_as_given,
        "received_at": received_at,
        "collector": collector,
        "method": method,
        "machine": machine,
        "identity_used": identity_used,
        "context": context,
    }
    why = reasons or {}
    missing = {field: why.get(field, NOT_RECORDED) for field, value in given.items() if not value}
    return CollectionRecord(missing=missing, **given)
