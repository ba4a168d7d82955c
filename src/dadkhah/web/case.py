"""A case: one folder with everything that belongs to one documentation.

    case.toml        its id and the name of its log
    store.sqlite3    the working store (unless PostgreSQL is set)
    captures/        the bytes, by digest
    secret.key       signs the reading room's cookies
    memorial/        the static site, once it is built

The key that signs the log lies outside, in the keys folder of whoever runs the case.
"""

from __future__ import annotations

import dataclasses
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings
from django.core.management import call_command

from dadkhah.custody import keys
from dadkhah.custody.policy import read_policy
from dadkhah.custody.signers import LogSigner
from dadkhah.errors import CaseError, VerificationError
from dadkhah.keeping.files import write_whole
from dadkhah.records import Case, new_id
from dadkhah.web import environment
from dadkhah.web.custody import actions
from dadkhah.web.custody.models import Case as CaseRow

__all__ = [
    "CaseFile",
    "begin",
    "create",
    "current",
    "describe",
    "is_case",
    "key_path",
    "keys_folder",
    "prepare",
    "read",
    "set_policy",
    "signer",
    "write",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """What case.toml says."""

    id: str
    origin: str
    verifier: str
    policy: str = ""


def is_case(folder: Path) -> bool:
    """Say whether a folder is a case."""
    return (folder / "case.toml").is_file()


def read(folder: Path) -> CaseFile:
    """Read case.toml.

    Raises:
        CaseError: case-missing, case-file.
    """
    if not is_case(folder):
        raise CaseError(
            "case-missing",
            "This folder is not a case.",
            where=str(folder),
            todo="Make one with: dadkhah init DIR; or point to one with --case DIR.",
        )
    try:
        said = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
        return CaseFile(
            id=said["id"],
            origin=said["origin"],
            verifier=said["verifier"],
            policy=str(said.get("policy", "")),
        )
    except (tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError) as error:
        raise CaseError("case-file", "case.toml cannot be read.", where=str(error)) from error


def keys_folder() -> Path:
    """Give the folder of signing keys: DADKHAH_KEYS, or one in the home folder."""
    given = environment.text("DADKHAH_KEYS")
    return Path(given) if given else Path.home() / ".config" / "dadkhah" / "keys"


def signer(folder: Path) -> LogSigner | None:
    """Give the key that signs this case's log, when this machine has it."""
    path = key_path(read(folder).origin)
    return keys.read_key(path) if path.is_file() else None


def prepare() -> None:
    """Bring the store of the case that the settings name up to date."""
    call_command("migrate", verbosity=0, interactive=False)


def write(folder: Path, said: CaseFile) -> None:
    """Write case.toml anew, whole."""
    text = f'id = "{said.id}"\norigin = "{said.origin}"\nverifier = "{said.verifier}"\n'
    if said.policy:
        # a literal text of TOML: nothing in a policy is a sign of TOML's but three apostrophes
        text += f"policy = '''\n{said.policy}'''\n"
    write_whole(folder / "case.toml", text.encode())


def set_policy(folder: Path, text: str) -> None:
    """Set which witnesses a case asks for; an empty text asks for none.

    Raises:
        VerificationError: those of read_policy, and policy-character.
    """
    if text:
        read_policy(text)
    if "'''" in text:
        raise VerificationError("policy-character", "A policy here has no three apostrophes.")
    write(folder, dataclasses.replace(read(folder), policy=text))


def create(folder: Path, *, verifier: str = "", origin: str = "") -> CaseFile:
    """Lay out a new case in a folder that is empty: files, key and store, no record yet.

    Args:
        folder: the folder that the settings name as the case.
        verifier, origin: of a log that is restored; without them a new key is made.
    """
    identity = new_id()
    origin = origin or f"dadkhah.invalid/{identity}"
    if not verifier:
        made = keys.make_key(origin)
        path = key_path(origin)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys.write_key(path, made)
        verifier = keys.verifier_of(made)
    (folder / "captures").mkdir(parents=True, exist_ok=True)
    key = folder / "secret.key"
    key.touch(mode=0o600)
    key.write_text(secrets.token_urlsafe(48) + "\n", encoding="ascii")
    prepare()
    made_file = CaseFile(id=identity, origin=origin, verifier=verifier)
    write(folder, made_file)
    return made_file


def begin(*, by: str, title: Mapping[str, str], simulated: bool = False) -> None:
    """Write the case's own record: the first entry of its log."""
    record = Case(id=new_id(), title=dict(title), simulated=simulated)
    actions.append(by=by, changes=[actions.Change(action="case.begin", records=[record])])


def describe(*, by: str, path: Path) -> None:
    """Give the case's own record a newer version, from a YAML file (CR-01).

    Raises:
        CaseError: case-description when the file says what a case does not have.
    """
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    allowed = {field.name for field in dataclasses.fields(Case)} - {"id", "simulated"}
    if not isinstance(said, dict) or not set(said) <= allowed:
        raise CaseError(
            "case-description",
            "This file does not describe a case.",
            where=path.name,
            todo=f"Use these keys: {', '.join(sorted(allowed))}.",
        )
    row = CaseRow.objects.get()
    newer = dataclasses.replace(row.record(), **said)
    change = actions.Change(action="case.describe", records=[newer], replaces=True)
    actions.append(by=by, changes=[change])


def current() -> Path:
    """Give the folder of the case that the settings name."""
    return Path(settings.CASE)


def key_path(origin: str) -> Path:
    """Give the place of the key that signs a log."""
    return keys_folder() / (origin.replace("/", "_") + ".key")
