"""Fault trials: what is altered, and whether verify finds and names it.

python studies/custody/faults.py [--flips 10000] [--write]

(a) One random bit is flipped in an archive, 10,000 times, in captures, records, entries, tiles and
bundles, checkpoints and proofs. Each is verified as it was listed, and again with the manifest
written anew, as somebody who alters an archive would, so that the content must speak for itself.
(b) Each structured fault has a row: what is done, and the code that must come.

The archive is invented and small; each trial verifies the whole of it. --write puts the tables into
docs/custody.md between their marks.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.custody.cast import LOG, ORIGIN, OTHER, SECONDS, WITNESS, checkpoint  # noqa: E402
from tests.custody.invented_archive import Log, build, changes, relist, write  # noqa: E402

from dadkhah.cli.verify import Given, verify_archive  # noqa: E402
from dadkhah.custody.cosignatures import cosign_text, witness_of, witness_text  # noqa: E402
from dadkhah.custody.keychain import REVOKE, ROTATE, change_note  # noqa: E402
from dadkhah.custody.merkle import inclusion_proof, leaf_hash  # noqa: E402
from dadkhah.custody.notes import add_signature, parse_note  # noqa: E402
from dadkhah.custody.proofs import InclusionProof, check_proof, proof_text, read_proof  # noqa: E402
from dadkhah.custody.signers import verifier_text  # noqa: E402
from dadkhah.errors import ArchiveError, VerificationError  # noqa: E402
from dadkhah.records import Claim, Source  # noqa: E402

KEY = verifier_text(LOG.verifier)
GROUPS = {
    "captures": "captures/*/*",
    "records": "records/*.jsonl",
    "entries": "log/entries.jsonl",
    "tiles and bundles": "log/tile/**/*",
    "checkpoints": "log/checkpoint*",
    "earlier checkpoints": "log/checkpoints/*",
    "proofs": "",
}
ENTRIES = 30


def said(folder: Path, given: Given) -> tuple[set[str], str]:
    """The codes of what failed, and all that was said of where."""
    try:
        failures = verify_archive(folder, given).failures
    except ArchiveError as refusal:
        return {refusal.code}, refusal.where
    return {check.code for check in failures}, " ".join(check.where for check in failures)


def flip(data: bytes, chance: random.Random) -> bytes:
    """The same bytes with one bit turned over."""
    altered = bytearray(data)
    altered[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(altered)


@dataclass(slots=True)
class Flips:
    """One archive, and the flips of one group counted."""

    folder: Path
    chance: random.Random

    def of(self, group: str) -> tuple[bool, bool]:
        """Flip one bit: whether it was found from the content, and named by the listing."""
        if group == "proofs":
            return self.of_proof()
        files = [path for path in sorted(self.folder.glob(GROUPS[group])) if path.is_file()]
        path = self.chance.choice([path for path in files if path.stat().st_size])
        whole = path.read_bytes()
        path.write_bytes(flip(whole, self.chance))
        _, listed = said(self.folder, Given(key=KEY))
        manifest = self.folder / "manifest-sha256.txt"
        kept = manifest.read_bytes()
        relist(self.folder)
        codes, _ = said(self.folder, Given(key=KEY))
        path.write_bytes(whole)
        manifest.write_bytes(kept)
        return bool(codes), path.name in listed

    def of_proof(self) -> tuple[bool, bool]:
        """Flip one bit of a proof that an entry stands in the log."""
        data = (self.folder / "log/entries.jsonl").read_bytes().splitlines()
        index = self.chance.randrange(len(data))
        path = inclusion_proof([leaf_hash(entry) for entry in data], index)
        note = (self.folder / "log/checkpoint").read_text("utf-8")
        whole = proof_text(InclusionProof(index=index, hashes=path, checkpoint=note)).encode()
        try:
            proof = read_proof(flip(whole, self.chance))
            check_proof(data[index], proof, [LOG.verifier], origin=ORIGIN)
        except VerificationError as refusal:
            return True, bool(refusal.code)
        return False, False


def flips(room: Path, count: int, seed: int = 1367) -> dict[str, Counter[str]]:
    """Flip bits, one at a time, each group in its turn."""
    trials = Flips(build(room / "flips", count=ENTRIES, earlier=(4, 9)), random.Random(seed))
    for path in trials.folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    found: dict[str, Counter[str]] = {group: Counter() for group in GROUPS}
    for number in range(count):
        group = [*GROUPS][number % len(GROUPS)]
        detected, named = trials.of(group)
        found[group].update(flipped=1, detected=detected, named=named)
    assert said(trials.folder, Given(key=KEY)) == (set(), "")
    return found


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    """Write other bytes over the first place of some."""

    def alter(folder: Path) -> None:
        whole = (folder / name).read_bytes()
        assert old in whole, name
        (folder / name).write_bytes(whole.replace(old, new, 1))

    return alter


def lines(name: str, pick: Callable[[list[bytes]], list[bytes]]) -> Callable[[Path], None]:
    """Rearrange the lines of a file."""

    def alter(folder: Path) -> None:
        rows = (folder / name).read_bytes().splitlines(keepends=True)
        (folder / name).write_bytes(b"".join(pick(rows)))

    return alter


def cut(name: str) -> Callable[[Path], None]:
    """Cut the last bytes off a file."""

    def alter(folder: Path) -> None:
        (folder / name).write_bytes((folder / name).read_bytes()[:-9])

    return alter


def captures(folder: Path) -> list[Path]:
    """The captures of an archive."""
    return sorted(path for path in folder.glob("captures/*/*"))


def swap_captures(folder: Path) -> None:
    """Put one capture's bytes under the other's name."""
    one, two = captures(folder)[:2]
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


def truncate_capture(folder: Path) -> None:
    """Cut a capture."""
    path = captures(folder)[0]
    path.write_bytes(path.read_bytes()[:-9])


def log_of(folder: Path) -> list[bytes]:
    """The entries of an archive."""
    return (folder / "log/entries.jsonl").read_bytes().splitlines()


def older_checkpoint(folder: Path) -> None:
    """A true checkpoint of the same log, but of an earlier size."""
    (folder / "log/checkpoint").write_text(checkpoint(log_of(folder)[:9]))


def other_key(folder: Path) -> None:
    """Sign the checkpoint with a key that is not the log's."""
    (folder / "log/checkpoint").write_text(checkpoint(log_of(folder), OTHER))


def other_log(folder: Path) -> None:
    """The log's key signs a checkpoint of another log's name."""
    note = checkpoint(log_of(folder), origin="example.org/other")
    (folder / "log/checkpoint").write_text(note)


def remove(name: str) -> Callable[[Path], None]:
    """Take a file away."""
    return lambda folder: (folder / name).unlink()


def add_file(folder: Path) -> None:
    """Lay a file beside the others."""
    (folder / "captures" / "note.txt").write_text("added")


# what is done, to which file, whether the manifest is written anew, and the code that must come
ALTERED: list[tuple[str, Callable[[Path], None], bool, str]] = [
    ("a capture cut short", truncate_capture, True, "capture-digest"),
    ("two captures swapped", swap_captures, True, "capture-digest"),
    ("a file of records cut short", cut("records/claim.jsonl"), True, "archive-line"),
    ("the log's entries cut short", lines("log/entries.jsonl", lambda r: r[:-1]), True, "log-size"),
    ("two entries swapped", lines("log/entries.jsonl", lambda r: [r[1], r[0], *r[2:]]), True,
     "log-order"),
    ("an entry twice", lines("log/entries.jsonl", lambda r: [*r[:3], r[2], *r[3:]]), True,
     "log-order"),
    ("an entry altered", replaced("log/entries.jsonl", b"account-1", b"account-2"), True,
     "log-root"),
    ("an entry written another way", replaced("log/entries.jsonl", b'{"action"', b'{ "action"'),
     True, "entry-canonical"),
    ("a record altered", replaced("records/source.jsonl", b"a book", b"a cook"), True,
     "record-changed"),
    ("a record's salt altered", replaced("records/source.jsonl", b'"salt":"', b'"salt":"0'), True,
     "archive-line"),
    ("a record taken out", lines("records/source.jsonl", lambda r: r[1:]), True, "entry-count"),
    ("a record twice", lines("records/source.jsonl", lambda r: [r[0], *r]), True, "entry-count"),
    ("two records swapped", lines("records/source.jsonl", lambda r: [r[1], r[0], *r[2:]]), True,
     "entry-commitments"),
    ("a record of no entry added", lines("records/source.jsonl", lambda r: [
        *r, r[-1].replace(b'"entry":29', b'"entry":99')]), True, "record-without-entry"),
    ("a tile altered", cut("log/tile/0/000.p/30"), True, "tile-changed"),
    ("a bundle taken away", remove("log/tile/entries/000.p/30"), True, "tile-missing"),
    ("the signature altered", replaced("log/checkpoint", b"\n30\n", b"\n31\n"), True,
     "note-bad-signature"),
    ("the checkpoint cut short", cut("log/checkpoint"), True, "note-shape"),
    ("a stale checkpoint", older_checkpoint, True, "log-size"),
    ("signed by another key", other_key, True, "note-unsigned"),
    ("signed for another log", other_log, True, "checkpoint-origin"),
    ("a file altered, not listed anew", replaced("README.txt", b"r", b"s"), False,
     "manifest-digest"),
    ("a file added", add_file, False, "manifest-added"),
    ("a file taken away", remove("log/policy"), False, "manifest-missing"),
    ("the archive's name for itself gone", remove("archive.json"), True, "archive-missing"),
]  # fmt: skip


def base(folder: Path) -> Path:
    """A good archive with all the files that the trials need."""
    extra = {"README.txt": b"read me\n", "log/policy": b"quorum none\n"}
    return build(folder, count=ENTRIES, earlier=(4, 9), extra=extra)


def altered(room: Path) -> list[tuple[str, str, bool]]:
    """Every alteration by somebody without the key: what, the code, whether it came."""
    good, found = base(room / "good"), []
    for number, (what, alter, anew, code) in enumerate(ALTERED):
        copy = Path(shutil.copytree(good, room / f"copy{number}"))
        alter(copy)
        if anew:
            relist(copy)
        found.append((what, code, code in said(copy, Given(key=KEY))[0]))
        shutil.rmtree(copy)
    return found


def grown(count: int = 12) -> Log:
    """A log of invented changes."""
    log = Log()
    for change in changes(count):
        log.add(*change)
    return log


def kept(data: list[bytes]) -> Given:
    """The true key, and a checkpoint of these entries kept from before."""
    return Given(key=KEY, seen=(checkpoint(data).encode(),))


def rolled_back(room: Path) -> tuple[Path, Given]:
    """The whole archive of an earlier day, in place of today's."""
    return write(room, grown(9)), kept(grown(12).entries)


def forked(room: Path) -> tuple[Path, Given]:
    """The holder of the key writes another history and signs it."""
    log = grown(8)
    log.add("sources.add", "", [Source(id="other", title="another book")])
    for change in changes(12)[9:]:
        log.add(*change)
    return write(room, log), kept(grown(10).entries)


def back_dated(room: Path) -> tuple[Path, Given]:
    """The holder of the key writes an entry with an earlier time."""
    log = grown(10)
    log.entries[-1] = log.entries[-1].replace(b"T09:00:09Z", b"T08:00:00Z")
    return write(room, log), Given(key=KEY)


def unwitnessed(room: Path) -> tuple[Path, Given]:
    """A witness is asked for whose cosignature was taken off."""
    line = f"witness w {witness_text(witness_of(WITNESS))}\nquorum w\n"
    return write(room, grown()), Given(key=KEY, policy=line)


def witness_forged(room: Path) -> tuple[Path, Given]:
    """A witness' cosignature of another checkpoint is put under this one."""
    log = grown()
    other = parse_note(checkpoint(log.entries[:5])).text
    signature = cosign_text(other, WITNESS, seconds=SECONDS)
    note = add_signature(checkpoint(log.entries), signature)
    line = f"witness w {witness_text(witness_of(WITNESS))}\nquorum w\n"
    return write(room, log, note=note), Given(key=KEY, policy=line)


def changed_key(action: str) -> Log:
    """A log whose key changes at its sixth entry."""
    log = grown(5)
    log.add(action, change_note(LOG.verifier, OTHER.verifier), [])
    log.add("sources.add", "", [Source(id="later", title="a later book")])
    return log


def retired(room: Path) -> tuple[Path, Given]:
    """After a rotation the old key signs on."""
    return write(room, changed_key(ROTATE)), Given(key=verifier_text(OTHER.verifier))


def revoked(room: Path) -> tuple[Path, Given]:
    """After a revocation the stolen key signs on."""
    return write(room, changed_key(REVOKE)), Given(key=verifier_text(OTHER.verifier))


def led_by_revoked(room: Path) -> tuple[Path, Given]:
    """Whoever checks still holds the revoked key."""
    return write(room, changed_key(REVOKE), signer=OTHER), Given(key=KEY)


def not_handed_over(room: Path) -> tuple[Path, Given]:
    """A change of key that the old key never signed."""
    return write(room, changed_key(ROTATE), signer=OTHER), Given(key=KEY)


def pointing_nowhere(room: Path) -> tuple[Path, Given]:
    """The holder of the key commits to a claim about a mention that is in no entry."""
    log = grown(4)
    log.add("claims.add", "", [Claim(
        id="c9", mention="nobody", predicate="person.name", written="Dara", passage="p0",
    )])  # fmt: skip
    return write(room, log), Given(key=KEY)


REWRITTEN: list[tuple[str, Callable[[Path], tuple[Path, Given]], str]] = [
    ("a rolled-back log, held against a checkpoint kept", rolled_back, "log-rolled-back"),
    ("a forked log, held against a checkpoint kept", forked, "log-history"),
    ("an entry dated back", back_dated, "log-time"),
    ("fewer witnesses than asked for", unwitnessed, "witness-quorum"),
    ("a cosignature of another checkpoint", witness_forged, "note-bad-signature"),
    ("a retired key signs on", retired, "key-retired"),
    ("a revoked key signs on", revoked, "key-revoked"),
    ("the key given was revoked", led_by_revoked, "key-revoked"),
    ("a change of key not signed by both", not_handed_over, "key-handover"),
    ("a claim about nobody in the log", pointing_nowhere, "record-missing"),
]


def rewritten(room: Path) -> list[tuple[str, str, bool]]:
    """Every fault that needs a key, or knowledge from elsewhere."""
    found = []
    for number, (what, make, code) in enumerate(REWRITTEN):
        folder, given = make(room / f"made{number}")
        found.append((what, code, code in said(folder, given)[0]))
    return found


def flip_table(found: dict[str, Counter[str]]) -> str:
    """The table of (a)."""
    rows = ["| one bit flipped in | times | found, manifest written anew | named, as listed |",
            "|---|---:|---:|---:|"]  # fmt: skip
    rows += [
        f"| {group} | {n['flipped']:,} | {n['detected']:,} | {n['named']:,} |"
        for group, n in found.items()
    ]
    whole: Counter[str] = sum(found.values(), Counter())
    every = " | ".join(f"**{whole[name]:,}**" for name in ("flipped", "detected", "named"))
    rows.append(f"| **all** | {every} |")
    return "\n".join(rows) + "\n"


def fault_table(found: list[tuple[str, str, bool]]) -> str:
    """The table of (b)."""
    rows = ["| what was done | code | refused |", "|---|---|---|"]
    rows += [f"| {what} | `{code}` | {'yes' if came else 'NO'} |" for what, code, came in found]
    return "\n".join(rows) + "\n"


def put(page: Path, name: str, table: str) -> None:
    """Put a table behind its mark."""
    text = page.read_text(encoding="utf-8")
    mark = f"<!-- {name} -->"
    assert mark in text, name
    text = re.sub(re.escape(mark) + r"\n(?:\n*\|[^\n]*\n)*", lambda _: f"{mark}\n{table}", text)
    page.write_text(text, encoding="utf-8")


def main() -> None:
    """Run both and print them."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    options.add_argument("--flips", type=int, default=10_000)
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="dadkhah-faults-") as name:
        room = Path(name)
        structured = [*altered(room), *rewritten(room)]
        found = flips(room, given.flips)
        tables = {
            "flips": flip_table(found),
            "faults": fault_table(structured),
        }
    for title, table in tables.items():
        print(table)
        if given.write:
            (ROOT / "studies/custody/output" / f"{title}.md").write_text(table, encoding="utf-8")
            put(ROOT / "docs/custody.md", title, table)
    missed = [what for what, _, came in structured if not came]
    if missed or any(n["detected"] < n["flipped"] for n in found.values()):
        sys.exit(f"missed: {missed}")


if __name__ == "__main__":
    main()
