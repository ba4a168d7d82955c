"""Whether a copy of a site is whole and unaltered, without asking anyone.

21. site.json can be read, is canonical, and is of a known format.
22. Every file is as site.json says; none is missing and none is added.
23. manifest-sha256.txt, for sha256sum, says the same as site.json.
24. The checkpoint is signed by the key beside it, and is of the log, size and root that site.json
    names.
25. The bytes of every capture given out have the SHA-256 that the pages name.
20. Where outside times came with the site: each holds, and is of this very checkpoint.
26. site.sig is the signature of the case's key over this very site.json and its log; checked where
    the site says that it is signed, and always when a key is given.

What this cannot show without a key that came by another way: that site.json is the one its keepers
made. Whoever alters a page can alter the list and sign it with a key of their own.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dadkhah.custody import notes, times
from dadkhah.custody.checkpoints import open_checkpoint, read_checkpoint
from dadkhah.custody.report import Check, Report
from dadkhah.custody.signers import read_verifier
from dadkhah.errors import DadkhahError
from dadkhah.memorial import manifest, stamps

__all__ = ["SENTENCES", "verify"]

OWN = frozenset({manifest.NAME, manifest.SIGNATURE})
SENTENCES = {
    21: (
        "site-manifest",
        "site.json can be read and is in its canonical form.",
        "site.json cannot be read, or is not in its canonical form.",
        "site.json خواندنی و در شکل معیار خود است.",
        "site.json خواندنی نیست یا در شکل معیار خود نیست.",
    ),
    22: (
        "site-files",
        "Every file of the site is as site.json says: none is changed, missing or added.",
        "A file of the site is not as site.json says.",
        "هر پروندهٔ سایت همان است که site.json می‌گوید: هیچ‌یک دگرگون، کم یا افزوده نیست.",
        "پرونده‌ای از سایت همان نیست که site.json می‌گوید.",
    ),
    23: (
        "site-listing",
        "manifest-sha256.txt says the same as site.json.",
        "manifest-sha256.txt does not say the same as site.json.",
        "manifest-sha256.txt همان را می‌گوید که site.json.",
        "manifest-sha256.txt همان را نمی‌گوید که site.json.",
    ),
    24: (
        "site-checkpoint",
        "The checkpoint is signed, and is of the log, size and root that the site was made from.",
        "The checkpoint cannot be believed, or is not of the log that the site was made from.",
        "نقطهٔ بازبینی امضا شده و از همان دفتر، اندازه و ریشه‌ای است که سایت از آن ساخته شد.",
        "نقطهٔ بازبینی پذیرفتنی نیست یا از دفتری نیست که سایت از آن ساخته شد.",
    ),
    25: (
        "site-captures",
        "The bytes of every capture given out have the digest that the pages name.",
        "The bytes of a capture do not have the digest that the pages name.",
        "بایت‌های هر نسخهٔ منتشرشده همان چکیده‌ای را دارند که صفحه‌ها نام می‌برند.",
        "بایت‌های نسخه‌ای چکیده‌ای را که صفحه‌ها نام می‌برند ندارند.",
    ),
    26: (
        "site-signature",
        "The key of the case signed this very site.",
        "The signature is missing, or is not one of this key over this site.",
        "کلید پرونده همین سایت را امضا کرده است.",
        "امضا نیست، یا امضای این کلید بر این سایت نیست.",
    ),
}


def verify(folder: Path, key: str = "", authorities: Path | None = None) -> Report:
    """Check a site: checks 21 to 26, and 20 where outside times came with it.

    Args:
        folder: the site, the folder that holds site.json.
        key: of the case, as it came by another way; without it the one beside the site.
        authorities: folder of pinned certificates; without it those that came with the site.

    Returns:
        A report; when site.json itself cannot be read, check 21 alone, failed.
    """
    try:
        said = manifest.read(folder)
    except DadkhahError as error:
        return Report(checks=(_failed(21, error.code, error.where or manifest.NAME),))
    files = said["files"]
    faults = {
        22: _files(folder, files),
        23: _listing(folder, files),
        24: _checkpoint(folder, said["log"], key),
        25: _captures(said["captures"], files),
    }
    if key or said.get("signer") or (folder / manifest.SIGNATURE).exists():
        faults[26] = _signature(folder, said["log"], key)
    checks = [_passed(21), *(_outcome(number, found) for number, found in faults.items())]
    if (folder / stamps.FOLDER).is_dir():
        checks.append(_times(folder, authorities))
    return Report(checks=tuple(checks), entries=_size(said["log"]), records=len(files))


def _files(folder: Path, files: Mapping[str, Any]) -> list[tuple[str, str]]:
    # 22.
    present = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    faults = [("site-file-added", p) for p in sorted(present - files.keys() - OWN)]
    for address, digest in sorted(files.items()):
        if address not in present:
            faults.append(("site-file-missing", address))
        elif (folder / address).is_symlink() or _digest_of(folder / address) != digest:
            faults.append(("site-file-changed", address))
    return faults


def _listing(folder: Path, files: Mapping[str, Any]) -> list[tuple[str, str]]:
    # 23.
    rows = sorted((path, found) for path, found in files.items() if path != manifest.LISTING)
    wanted = "".join(f"{found}  {path}\n" for path, found in rows).encode()
    path = folder / manifest.LISTING
    same = path.is_file() and path.read_bytes() == wanted
    return [] if same else [("site-listing-differs", manifest.LISTING)]


def _checkpoint(folder: Path, log: Mapping[str, Any], known: str) -> list[tuple[str, str]]:
    # 24.
    try:
        note = (folder / "log" / "checkpoint").read_bytes()
        key = known or _own_key(folder)
        found, _ = open_checkpoint(note, [read_verifier(key)], origin=str(log.get("origin")))
    except DadkhahError as error:
        return [(error.code, "log/checkpoint")]
    except (OSError, UnicodeDecodeError):
        return [("site-checkpoint-missing", "log")]
    if found.size != log.get("size") or found.root.hex() != log.get("root"):
        return [("site-checkpoint-other", "log/checkpoint")]
    return []


def _signature(folder: Path, log: Mapping[str, Any], known: str) -> list[tuple[str, str]]:
    # 26.
    try:
        note = (folder / manifest.SIGNATURE).read_bytes()
        text = notes.open_note(note, [read_verifier(known or _own_key(folder))]).text
    except DadkhahError as error:
        return [(error.code, manifest.SIGNATURE)]
    except (OSError, UnicodeDecodeError):
        return [("site-signature-missing", manifest.SIGNATURE)]
    wanted = manifest.signed_text(_digest_of(folder / manifest.NAME), log)
    return [] if text == wanted else [("site-signature-other", manifest.SIGNATURE)]


def _times(folder: Path, authorities: Path | None) -> Check:
    # 20.
    home, texts = folder / stamps.FOLDER, dict[int, str]()
    with contextlib.suppress(OSError, DadkhahError):  # then no time is of a believed checkpoint
        text = notes.parse_note((folder / "log" / "checkpoint").read_bytes()).text
        texts[read_checkpoint(text).size] = text
    pinned = times.authorities(authorities or home / "authorities")
    return times.check_times(home, texts, pinned)


def _own_key(folder: Path) -> str:
    return (folder / "log" / "verifier.txt").read_text(encoding="utf-8").strip()


def _captures(captures: Mapping[str, Any], files: Mapping[str, Any]) -> list[tuple[str, str]]:
    # 25. The files themselves were read for 22; here their names are held against their digests.
    faults = [
        ("site-capture-digest", str(address))
        for digest, address in sorted(captures.items())
        if files.get(address) != digest
    ]
    given = {address for address in files if address.startswith("captures/")}
    extra = given - {str(address) for address in captures.values()}
    return faults + [("site-capture-unnamed", address) for address in sorted(extra)]


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _size(log: Mapping[str, Any]) -> int:
    size = log.get("size")
    return size if isinstance(size, int) else 0


def _outcome(number: int, faults: list[tuple[str, str]]) -> Check:
    if not faults:
        return _passed(number)
    code, where = faults[0]
    more = f"; {len(faults)} in all" if len(faults) > 1 else ""
    return _failed(number, code, where + more)


def _passed(number: int) -> Check:
    code, passed_en, _, passed_fa, _ = SENTENCES[number]
    return Check(
        number=number, code=code, passed=True, sentence_en=passed_en, sentence_fa=passed_fa
    )


def _failed(number: int, code: str, where: str) -> Check:
    _, _, failed_en, _, failed_fa = SENTENCES[number]
    return Check(
        number=number, code=code, passed=False, sentence_en=failed_en, sentence_fa=failed_fa,
        where=where,
    )  # fmt: skip
