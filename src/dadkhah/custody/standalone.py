"""Check this archive with Python and its `cryptography` library alone: python verify.py [KEY]

A second verifier, with the numbers and codes of the first (`dadkhah verify`), which adds 2, 16-20.

 0. The archive can be read through.
 1. The checkpoint is this log's and is signed by its key.
 3. Every entry can be read and is in its one canonical form.
 4. Every entry stands at its own index: none is missing, doubled or moved.
 5. The times of the entries never run backwards.
 6. The log has exactly as many entries as the checkpoint says.
 7. The entries hash to the root that was signed: not one bit is changed.
 8. Every earlier checkpoint is the beginning of this same log.
 9. Each entry has as many records, shown or erased, as it says.
10. Every record shown opens its commitment: HMAC-SHA256(salt, PREFIX record).
11. The commitments of each entry hash to the root that the entry holds (RFC 6962).
12. Every tile and bundle kept is the one that the entries make (C2SP tlog-tiles).
13. Every file is as the manifest says.
14. Every capture has the bytes that its digest names.
15. Every record points to records that are there.
"""

from __future__ import annotations

import base64
import hashlib
import heapq
import hmac
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

__all__ = ["verify"]

PREFIX = b"dadkhah/commitment/v1\n"
LINE = re.compile(
    rb'\{"commitment":"([0-9a-f]{64})","entry":(0|[1-9][0-9]{0,15}),'
    rb'"position":(0|[1-9][0-9]{0,15}),"record":(\{.*\}),"salt":"((?:[0-9a-f]{32})?)"\}'
)
ENTRY: dict[str, tuple[type, str]] = {
    "action": (str, r"[a-z][a-z_-]{0,62}\.[a-z][a-z_-]{0,62}"),
    "at": (str, r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"),
    "by": (str, r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}"),
    "index": (int, r"[0-9]{1,16}"),
    "note": (str, "[^\x00-\x1f\x7f-\x9f\u2028\u2029]{0,500}"),
    "records": (int, r"[0-9]{1,16}"),
    "root": (str, r"[0-9a-f]{64}"),
}
LINKS = {"passage": "source", "mention": "passage source", "claim": "passage mention target"}
Head = tuple[int, bytes]  # size, root
Row = tuple[int, int, bytes, bytes, bytes]  # entry, position, commitment, salt, record
Fail = Callable[[int, str, str], None]  # number, code, where


def sha256(*parts: bytes) -> bytes:
    """Hash the parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def root(row: list[bytes]) -> bytes:
    """Root over leaf hashes (RFC 6962, section 2.1); an odd node rises unchanged."""
    while len(row) > 1:
        odd = row[-1:] if len(row) % 2 else []
        row = [sha256(b"\x01", *pair) for pair in zip(row[::2], row[1::2], strict=False)] + odd
    return row[0] if row else sha256()


def parse(data: bytes) -> Any:
    """Read JSON in its one byte form, without fractions; None when it is anything else."""
    try:
        value = json.loads(data, parse_float=lambda _: None)
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    except (ValueError, RecursionError):
        return None
    return value if text.encode("utf-8", "replace") == data else None


def rows(path: Path) -> Iterator[bytes]:
    """Lines of a file, without their line feeds."""
    with path.open("rb") as file:
        for line in file:
            yield line.removesuffix(b"\n")


def open_note(note: bytes, vkeys: list[str], origin: str) -> Head:
    """Size and root of a checkpoint that one of these keys signed; the error names its code."""
    keys = {}
    for vkey in vkeys:
        name, claimed, packed = (*vkey.split("+", 2), "", "")[:3]
        key = base64.b64decode(packed, validate=True)
        if len(key) != 33 or sha256(name.encode(), b"\n", key)[:4].hex() != claimed:
            raise ValueError("key-shape")
        keys[name, bytes.fromhex(claimed)] = Ed25519PublicKey.from_public_bytes(key[1:])
    text, _, below = note.decode().rpartition("\n\n")
    if len(lines := text.split("\n")) < 3 or not re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]):
        raise ValueError("checkpoint-shape")
    found = re.findall(r"\u2014 ([^ +\n]+) (\S{7,})\n", below)
    read = [(name, base64.b64decode(raw, validate=True)) for name, raw in found]
    if below != "".join(f"\u2014 {name} {base64.b64encode(raw).decode()}\n" for name, raw in read):
        raise ValueError("note-signature-line")
    for signer, signature in read:
        if (signer, signature[:4]) in keys:
            keys[signer, signature[:4]].verify(signature[4:], f"{text}\n".encode())
            if lines[0] != origin:
                raise ValueError("checkpoint-origin")
            return int(lines[1]), base64.b64decode(lines[2], validate=True)
    raise ValueError("note-unsigned")


def open_notes(folder: Path, vkeys: list[str], origin: str, fail: Fail) -> list[Head]:
    """Checks 1 and 8, as far as signatures go: the newest checkpoint, then the earlier ones."""
    signed = []
    paths = [folder / "log" / "checkpoint", *sorted(folder.glob("log/checkpoints/*"))]
    for number, path in enumerate(paths):
        try:
            signed.append(open_note(path.read_bytes(), vkeys if number else vkeys[:1], origin))
        except (ValueError, InvalidSignature) as error:
            code = str(error) or "note-bad-signature"
            fail(8 if number else 1, "note-shape" if " " in code else code, path.name)
            if not signed:
                fail(6, "checkpoint-unbelieved", "see check 1")
                fail(7, "checkpoint-unbelieved", "see check 1")
                return []
    return signed


def check_manifest(folder: Path, fail: Fail) -> dict[str, str]:
    """Check 13; gives the SHA-256 of every file."""
    listed = (line.decode().partition("  ") for line in rows(folder / "manifest-sha256.txt"))
    said = {path: digest for digest, _, path in listed}
    found: dict[str, str] = {}
    for place in sorted(path for path in folder.rglob("*") if path.is_file()):
        path = place.relative_to(folder).as_posix()
        with place.open("rb") as file:
            found[path] = hashlib.file_digest(file, "sha256").hexdigest()
        if path not in said and path != "manifest-sha256.txt":
            fail(13, "manifest-added", path)
        elif said.get(path, found[path]) != found[path]:
            fail(13, "manifest-digest", path)
    for path in said.keys() - found.keys():
        fail(13, "manifest-missing", path)
    return found


def check_tile(folder: Path, level: str, index: int, row: list[bytes], fail: Fail) -> None:
    """Check 12, for one tile or bundle (C2SP tlog-tiles)."""
    digits = str(index).zfill(-(-len(str(index)) // 3) * 3)
    path = f"log/tile/{level}/" + re.sub(r"(\d{3})(?=\d)", r"x\1/", digits)
    path += "" if len(row) == 256 else f".p/{len(row)}"
    if not (folder / path).is_file():
        fail(12, "tile-missing", path)
    elif (folder / path).read_bytes() != b"".join(row):
        fail(12, "tile-changed", path)


def read_entry(data: bytes, fail: Fail, index: int) -> dict[str, Any] | None:
    """Check 3, for one entry."""
    entry = parse(data)
    if isinstance(entry, dict) and entry.keys() == ENTRY.keys():
        forms = [re.fullmatch(form, str(entry[name])) for name, (_, form) in ENTRY.items()]
        if all(forms) and all(type(entry[name]) is kind for name, (kind, _) in ENTRY.items()):
            return entry
    fail(3, "entry-canonical" if entry is None else "entry-fields", f"entry {index}")
    return None


def read_rows(path: Path, fail: Fail) -> Iterator[Row]:
    """Records of one kind, in log order."""
    for number, line in enumerate(rows(path), 1):
        if not (found := LINE.fullmatch(line)):
            return fail(0, "archive-line", f"records/{path.name}, line {number}")
        bound, entry, at, body, salt = found.groups()
        yield int(entry), int(at), bytes.fromhex(bound.decode()), bytes.fromhex(salt.decode()), body


class Records:
    """Checks 9 to 11, 14 and 15, as the entries go by."""

    def __init__(self, folder: Path, digests: dict[str, str], fail: Fail) -> None:
        self.digests, self.fail = digests, fail
        self.rows = heapq.merge(*(read_rows(p, fail) for p in folder.glob("records/*.jsonl")))
        self.ahead = next(self.rows, None)
        self.known: set[str] = set()
        self.wanted: dict[str, str] = {}

    def of_entry(self, entry: dict[str, Any]) -> None:
        """Hold the records of one entry against it."""
        leaves: list[bytes] = []
        while self.ahead is not None and self.ahead[0] == entry["index"]:
            self.one(self.ahead, len(leaves))
            leaves.append(sha256(b"\x00", self.ahead[2]))
            self.ahead = next(self.rows, None)
        if len(leaves) != entry["records"]:
            self.fail(9, "entry-count", f"entry {entry['index']}")
        if root(leaves).hex() != entry["root"]:
            self.fail(11, "entry-commitments", f"entry {entry['index']}")

    def one(self, row: Row, place: int) -> None:
        """Check one record, unless it was erased."""
        index, position, commitment, salt, body = row
        where, record = f"entry {index}, record {place}", parse(body)
        opens = not salt or hmac.digest(salt, PREFIX + body, "sha256") == commitment
        if not opens or position != place or not isinstance(record, dict):
            self.fail(10, "record-changed", where)
        elif salt:
            name, kind = str(record.get("id")), str(record.get("kind"))
            self.known.add(name)
            links = [str(record.get(link) or name) for link in LINKS.get(kind, "").split()]
            self.wanted.update(dict.fromkeys(links, where))
            if kind == "capture" and self.digests.get(f"captures/{name[:2]}/{name}") != name:
                self.fail(14, "capture-digest", name)

    def finish(self) -> None:
        """Check what could not be known before the end."""
        if self.ahead is not None:
            self.fail(15, "record-without-entry", f"entry {self.ahead[0]}")
        for identity in self.wanted.keys() - self.known:
            self.fail(15, "record-missing", self.wanted[identity])


def walk(folder: Path, records: Records, fail: Fail) -> tuple[list[bytes], list[str]]:
    """Checks 3, 4, 5 and those of the records; gives leaf hashes, and keys that the log names."""
    last, leaves, bundle, keys = "", list[bytes](), list[bytes](), list[str]()
    for index, data in enumerate(rows(folder / "log" / "entries.jsonl")):
        if entry := read_entry(data, fail, index):
            if entry["index"] != index:
                fail(4, "log-order", f"entry {index} says it is {entry['index']}")
            if entry["at"] < last:
                fail(5, "log-time", f"entry {index}")
            last = max(last, entry["at"])
            keys += entry["note"].split() if entry["action"].startswith("keys.") else []
            records.of_entry(entry)
        leaves.append(sha256(b"\x00", data))
        bundle.append(len(data).to_bytes(2, "big") + data)
        if len(bundle) == 256:
            check_tile(folder, "entries", index // 256, bundle, fail)
            bundle.clear()
    if bundle:
        check_tile(folder, "entries", len(leaves) // 256, bundle, fail)
    records.finish()
    return leaves, keys


def check_tree(folder: Path, leaves: list[bytes], signed: list[Head], fail: Fail) -> None:
    """Checks 6, 7, 8 and 12: sizes, roots and tiles of the tree over these leaves."""
    above = [root(leaves[start : start + 256]) for start in range(0, len(leaves), 256)]
    for number, (size, claimed) in enumerate(signed):
        rest = leaves[size // 256 * 256 : size]
        found = root(above[: size // 256] + ([root(rest)] if rest else []))
        if number == 0 and size != len(leaves):
            fail(6, "log-size", f"{size} signed, {len(leaves)} found")
            found = b""
        if size > len(leaves) or found != claimed:
            fail(8 if number else 7, "log-history" if number else "log-root", f"size {size}")
    level, row = 0, leaves
    while row:
        spans = [row[start : start + 256] for start in range(0, len(row), 256)]
        for index, span in enumerate(spans):
            check_tile(folder, str(level), index, span, fail)
        level, row = level + 1, [root(span) for span in spans if len(span) == 256]


def verify(folder: Path, key: str = "") -> dict[int, list[tuple[str, str]]]:
    """Check an archive: for each failed check, the codes and places of its faults."""
    faults: dict[int, list[tuple[str, str]]] = {}

    def fail(number: int, code: str, where: str) -> None:
        faults.setdefault(number, []).append((code, where))

    try:
        digests = check_manifest(folder, fail)
        key = key or (folder / "log" / "verifier.txt").read_text("utf-8").strip()
        origin = json.loads((folder / "archive.json").read_bytes())["origin"]
        records = Records(folder, digests, fail)
        leaves, keys = walk(folder, records, fail)
        check_tree(folder, leaves, open_notes(folder, [key, *keys], origin, fail), fail)
    except (OSError, ValueError, KeyError, TypeError) as error:
        fail(0, "archive-file", type(error).__name__)
    return faults


def main() -> int:
    """Print what came of each check; 0 when all passed."""
    faults = verify(Path(__file__).parent, *sys.argv[1:2])
    for number, what in re.findall(r"^( ?\d+)\. (.+)$", __doc__ or "", re.MULTILINE):
        found = faults.get(int(number), [])
        where = f" ({': '.join(found[0])}; {len(found)} in all)" if found else ""
        sys.stdout.write(f" {number}. {'FAILED' if found else 'passed'}  {what}{where}\n")
    if len(sys.argv) == 1:
        sys.stdout.write("The key came from the folder: compare it with one you were given.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
