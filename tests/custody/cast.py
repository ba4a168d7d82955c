"""A small invented log: its keys, four entries, and the records of one of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dadkhah.canonical import encode
from dadkhah.custody.checkpoints import Checkpoint, sign_checkpoint
from dadkhah.custody.commitments import commit, entry_root
from dadkhah.custody.entries import Entry, entry_bytes
from dadkhah.custody.merkle import leaf_hash, root
from dadkhah.custody.signers import LogSigner
from dadkhah.errors import VerificationError

ROOT = Path(__file__).resolve().parents[2]
ORIGIN = "example.org/log"
LOG = LogSigner(name=ORIGIN, seed=bytes(range(32)))
OTHER = LogSigner(name=ORIGIN, seed=bytes(range(1, 33)))
WITNESS = LogSigner(name="witness.example.net/1", seed=bytes(range(2, 34)))
SECOND = LogSigner(name="witness.example.net/2", seed=bytes(range(3, 35)))
SECONDS = 1_774_085_400

SALTS = tuple(bytes([number]) * 16 for number in (1, 2))
RECORDS = tuple(encode({"kind": "person", "written": written}) for written in ("Dara", "دارا"))
COMMITMENTS = tuple(commit(salt, record) for salt, record in zip(SALTS, RECORDS, strict=True))
ITEMS = tuple(zip(SALTS, RECORDS, COMMITMENTS, strict=True))


def code_of(attempt: Callable[[], object]) -> str:
    """Code of the refusal, or nothing when there was none."""
    try:
        attempt()
    except VerificationError as error:
        return error.code
    return ""


def golden(name: str) -> Any:
    return json.loads((ROOT / "tests/golden/custody" / name).read_text("utf-8"))


def entry(index: int, /, **changes: Any) -> Entry:
    fields: dict[str, Any] = {
        "index": index,
        "at": f"2026-03-21T09:{index // 60:02d}:{index % 60:02d}Z",
        "by": "account-1",
        "action": "sources.add",
        "records": 2,
        "root": entry_root(COMMITMENTS).hex(),
        "note": "",
    }
    return Entry(**{**fields, **changes})


def entries(count: int = 4) -> list[bytes]:
    return [entry_bytes(entry(index)) for index in range(count)]


def checkpoint(data: list[bytes], *signers: LogSigner, origin: str = ORIGIN) -> str:
    tree = root([leaf_hash(item) for item in data])
    head = Checkpoint(origin=origin, size=len(data), root=tree)
    return sign_checkpoint(head, *(signers or (LOG,)))
