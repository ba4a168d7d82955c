"""Ask outside clocks for a time, when somebody says so; keep what they answered beside the case."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dadkhah.custody import opentimes, timestamps
from dadkhah.custody.times import OTS, Authority, authorities, is_name, stamped_sizes
from dadkhah.errors import CaseError, DadkhahError, VerificationError

__all__ = ["Asked", "ask", "files", "folder_of", "pin", "stamp_open", "upgrade"]

WAIT_SECONDS = 30
MOST_BYTES = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How one question to one clock went; the failure is empty when it went well."""

    name: str
    said: str = ""
    failure: str = ""


def folder_of(case: Path) -> Path:
    """Give the folder of times of a case."""
    return case / "times"


def files(case: Path) -> dict[str, bytes]:
    """Give every file of a case's times, by its path in an archive."""
    home = folder_of(case)
    found = sorted(path for path in home.rglob("*") if path.is_file())
    return {f"log/times/{path.relative_to(home).as_posix()}": path.read_bytes() for path in found}


def pin(case: Path, *, name: str, address: str, pem: bytes) -> int:
    """Pin the certificates of an authority, and say how many they are.

    Raises:
        CaseError: time-name. VerificationError: time-roots.
    """
    if not is_name(name) or not address.startswith(("http://", "https://")):
        raise CaseError(
            "time-name",
            "An authority has a name of small letters, and an http or https address.",
            where=name,
        )
    count = len(timestamps.read_roots(pem))
    home = folder_of(case) / "authorities"
    _keep(home / f"{name}.pem", pem)
    _keep(home / f"{name}.address", f"{address}\n".encode())
    return count


def ask(case: Path, *, size: int, text: str, proxy: str = "") -> list[Asked]:
    """Ask every pinned authority at once for a time for a checkpoint; keep what checks out.

    Args:
        size: of the checkpoint.
        text: of the checkpoint, without signatures: its SHA-256 is what leaves the house.
    """
    home = folder_of(case) / f"{size:012}"
    known = [one for one in authorities(folder_of(case) / "authorities").values() if one.address]
    with ThreadPoolExecutor(max(1, len(known))) as pool:
        found = [*pool.map(lambda one: _ask_one(one, text.encode(), home, proxy), known)]
    if any(not one.failure for one in found):
        _keep(home / "checkpoint", text.encode())
    return found


def _ask_one(authority: Authority, data: bytes, home: Path, proxy: str) -> Asked:
    question = timestamps.query(data)
    try:
        roots = timestamps.read_roots(authority.pem)
        reply = _send(authority.address, question.der, "application/timestamp-query", proxy)
        stamped = timestamps.check_reply(reply, data, roots, nonce=question.nonce)
    except DadkhahError as error:
        return Asked(name=authority.name, failure=str(error))
    _keep(home / f"{authority.name}.tsr", reply)
    return Asked(name=authority.name, said=stamped.moment.isoformat())


def stamp_open(
    case: Path, *, size: int, text: str, calendars: Sequence[str], proxy: str = ""
) -> None:
    """Make a pending proof of OpenTimestamps for a checkpoint.

    Raises:
        CaseError: time-unreachable. VerificationError: opentimes-answer.
    """
    home = folder_of(case) / f"{size:012}"
    proof = opentimes.stamp(text.encode(), calendars, _sender(proxy))
    _keep(home / "checkpoint", text.encode())
    _keep(home / OTS, proof)


def upgrade(case: Path, *, proxy: str = "") -> list[Asked]:
    """Ask calendars for the path to a block, for every proof that is still pending."""
    found = []
    for size in stamped_sizes(folder_of(case)):
        path = folder_of(case) / f"{size:012}" / OTS
        if not path.is_file():
            continue
        try:
            proof = opentimes.upgrade(path.read_bytes(), _sender(proxy))
            shown = opentimes.check_proof(proof, path.with_name("checkpoint").read_bytes(), {})
        except (CaseError, VerificationError) as error:
            found.append(Asked(name=str(size), failure=str(error)))
            continue
        _keep(path, proof)
        said = ", ".join(f"block {height}" for height in shown.blocks) or "still pending"
        found.append(Asked(name=str(size), said=said))
    return found


def _sender(proxy: str) -> Callable[[str, bytes | None], bytes]:
    def send(address: str, data: bytes | None) -> bytes:
        return _send(address, data, "application/x-www-form-urlencoded", proxy)

    return send


def _send(address: str, data: bytes | None, kind: str, proxy: str) -> bytes:
    """Post to an address, or read it; a calendar that has nothing yet gives no bytes."""
    if not address.startswith(("http://", "https://")):
        raise CaseError("time-address", "This is no http or https address.", where=address)
    # an empty mapping also keeps a proxy of the environment out: only the one asked for is used
    routes = {"http": proxy, "https": proxy} if proxy else {}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler(routes))
    request = urllib.request.Request(address, data=data)  # noqa: S310 — http and https only, above
    request.add_header("Content-Type", kind)
    request.add_header("User-Agent", "dadkhah")
    try:
        with opener.open(request, timeout=WAIT_SECONDS) as answer:
            return bytes(answer.read(MOST_BYTES))
    except urllib.error.HTTPError as error:
        with error:
            if error.code == 404 and data is None:
                return b""
        raise _unreachable(address, error) from None
    except OSError as error:
        raise _unreachable(address, error) from None


def _unreachable(address: str, error: OSError) -> CaseError:
    return CaseError(
        "time-unreachable",
        "This clock does not answer.",
        where=f"{address}: {error}",
        todo="Try again later; what others answered is kept.",
    )


def _keep(path: Path, data: bytes) -> None:
    """Write a file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.writing")
    fresh.write_bytes(data)
    fresh.replace(path)
