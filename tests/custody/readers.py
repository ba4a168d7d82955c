"""Every reader of evidence, with true evidence to begin from."""

from __future__ import annotations

import atexit
import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.custody.cast import LOG, ORIGIN, ROOT, SECONDS, WITNESS, checkpoint, entries

from dadkhah.custody import opentimes, timestamps
from dadkhah.custody.checkpoints import open_checkpoint, read_checkpoint
from dadkhah.custody.cosignatures import cosign_text, read_witness, witness_of, witness_text
from dadkhah.custody.entries import read_entry
from dadkhah.custody.forks import Fork, check_fork, fork_text, read_fork
from dadkhah.custody.keychain import Chain
from dadkhah.custody.merkle import consistency_proof, inclusion_proof, leaf_hash
from dadkhah.custody.notes import add_signature, open_note, parse_note
from dadkhah.custody.policy import read_policy
from dadkhah.custody.proofs import InclusionProof, check_proof, proof_text, read_proof
from dadkhah.custody.signers import read_signer, read_verifier, signer_text, verifier_text
from dadkhah.custody.tiles import bundle, read_bundle, read_tile, read_tile_path
from dadkhah.custody.witness import Request, read_request, request_text
from dadkhah.errors import ArchiveError, VerificationError
from dadkhah.keeping.bags import check_bag, make_bag

PAGES = (ROOT / "docs/custody.md").read_text("utf-8") + (ROOT / "docs/errors.md").read_text("utf-8")
DOCUMENTED = set(re.findall(r"^\| `([a-z-]+)` \|", PAGES, re.MULTILINE))
DATA = entries(9)
LEAVES = [leaf_hash(entry) for entry in DATA]
NOTE = checkpoint(DATA)
COSIGNED = add_signature(NOTE, cosign_text(parse_note(NOTE).text, WITNESS, seconds=SECONDS))
KEYS = [LOG.verifier, witness_of(WITNESS)]
PROOF = InclusionProof(index=5, hashes=inclusion_proof(LEAVES, 5), checkpoint=NOTE)
FORK = Fork(older=checkpoint(DATA[:4]), newer=NOTE, path=consistency_proof(LEAVES, 4))
REQUEST = Request(old_size=4, proof=consistency_proof(LEAVES, 4), checkpoint=NOTE)
POLICY = f"witness a {witness_text(witness_of(WITNESS))}\ngroup g any a\nquorum g\n"


def text_of(read: Callable[[str], object]) -> Callable[[bytes], object]:
    """A reader of text, given bytes; latin letters keep every byte apart."""
    return lambda data: read(data.decode("latin-1"))


READERS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "note": (NOTE.encode(), lambda data: open_note(data, KEYS)),
    "cosigned note": (COSIGNED.encode(), lambda data: open_note(data, [witness_of(WITNESS)])),
    "checkpoint": (NOTE.encode(), lambda data: open_checkpoint(data, KEYS, origin=ORIGIN)),
    "checkpoint text": (parse_note(NOTE).text.encode(), text_of(read_checkpoint)),
    "checkpoint under a chain": (NOTE.encode(), lambda d: Chain().open(d, [LOG.verifier], ORIGIN)),
    "tile": (b"".join(LEAVES), lambda data: read_tile(data, 9)),
    "tile path": (b"tile/0/x001/234.p/5", text_of(read_tile_path)),
    "bundle": (bundle(DATA), lambda data: read_bundle(data, 9)),
    "entry": (DATA[3], read_entry),
    "proof": (
        proof_text(PROOF).encode(),
        lambda data: check_proof(DATA[5], read_proof(data), [LOG.verifier], origin=ORIGIN),
    ),
    "fork": (
        fork_text(FORK).encode(),
        lambda data: check_fork(read_fork(data), [LOG.verifier], origin=ORIGIN),
    ),
    "request": (request_text(REQUEST).encode(), read_request),
    "verifier key": (verifier_text(LOG.verifier).encode(), text_of(read_verifier)),
    "secret key": (signer_text(LOG).encode(), text_of(read_signer)),
    "witness key": (witness_text(witness_of(WITNESS)).encode(), text_of(read_witness)),
    "policy": (POLICY.encode(), text_of(read_policy)),
}


GOLDEN = ROOT / "tests" / "golden" / "custody"
BAG_FILES = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha512.txt")


@cache
def good_bag() -> Path:
    """A small bag, made once a process."""
    room = Path(tempfile.mkdtemp(prefix="dadkhah-bag-"))
    atexit.register(shutil.rmtree, room, ignore_errors=True)
    folder = room / "bag"
    folder.mkdir()
    (folder / "page.txt").write_text("invented\n")
    make_bag(folder, day="2026-03-21", premis=b"<premis/>", identifier=ORIGIN)
    return folder


def read_bag(data: bytes) -> object:
    """Put bytes in the place of one file of a bag (the first byte says which), and check it."""
    bag = good_bag()
    name = BAG_FILES[data[0] % len(BAG_FILES)] if data else BAG_FILES[0]
    copy = bag.parent / "altered"
    shutil.copytree(bag, copy)
    try:
        (copy / name).write_bytes(data[1:])
        return check_bag(copy)
    finally:
        shutil.rmtree(copy)


def proof_head() -> bytes:
    """A pending proof of no bytes, by a calendar that answers at once."""
    from opentimestamps.core.notary import PendingAttestation
    from opentimestamps.core.serialize import BytesSerializationContext
    from opentimestamps.core.timestamp import Timestamp

    def calendar(_: str, asked: bytes | None) -> bytes:
        made, out = Timestamp(asked or hashlib.sha256(b"").digest()), BytesSerializationContext()
        made.attestations.add(PendingAttestation("https://calendar.invalid"))
        made.serialize(out)
        return bytes(out.getbytes())

    return opentimes.stamp(b"", ["https://calendar.invalid"], calendar)


STAMPED = b"example.org/log\n3\nroot\n"


def read_token(data: bytes) -> object:
    """Check a reply of an authority against its pinned certificate."""
    roots = timestamps.read_roots((GOLDEN / "token-root.pem").read_bytes())
    return timestamps.check_reply(data, STAMPED, roots)


# more than READERS: those that are too slow, or too much the libraries' own, for every test run
TARGETS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    **READERS,
    "token": ((GOLDEN / "token.tsr").read_bytes(), read_token),
    "open proof": (proof_head(), lambda data: opentimes.check_proof(data, b"", {})),
    "block header": (b"1 " + b"00" * 80, text_of(opentimes.read_header)),
    "pinned certificates": ((GOLDEN / "token-root.pem").read_bytes(), timestamps.read_roots),
    "bag": (b"\x02" + b"0" * 64 + b"  data/page.txt\n", read_bag),
}


def refused_well(read: Callable[[bytes], object], data: bytes) -> None:
    """Read the bytes, or refuse them with a code that has its row."""
    code = ""
    try:
        read(data)
    except (VerificationError, ArchiveError) as refusal:
        code = refusal.code
    assert code in DOCUMENTED | {""}
