"""Give a log another key: said in the log, handed over by both keys, and then put in its place.

A fall at any point leaves either the old key in force, or a change that the same command finishes:
the new key is on the disk before the log names it.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from django.db import transaction

from dadkhah.custody import keychain, keys
from dadkhah.custody.signers import LogSigner, LogVerifier, read_verifier, verifier_text
from dadkhah.errors import CaseError
from dadkhah.web import case
from dadkhah.web.custody import actions
from dadkhah.web.custody.models import LogEntry

__all__ = ["change"]


def change(folder: Path, *, by: str, revoke: bool) -> str:
    """Change the key of a case's log, or finish a change that was cut short.

    Args:
        revoke: believe the old key no more; it need not be here. Otherwise both keys sign.

    Returns:
        The new verifier key.

    Raises:
        CaseError: key-missing when the old key must sign and is not here.
    """
    said = case.read(folder)
    old, path = read_verifier(said.verifier), case.key_path(said.origin)
    waiting = path.with_suffix(".next.key")
    new = _new_key(waiting, said.origin)
    if _in_force() != new.verifier:
        _write(old, new, None if revoke else _old_key(folder), by=by)
    case.write(folder, dataclasses.replace(said, verifier=verifier_text(new.verifier)))
    if path.is_file():
        path.replace(path.with_suffix(f".{old.key_id.hex()}.retired.key"))
    waiting.replace(path)
    return verifier_text(new.verifier)


@transaction.atomic
def _write(old: LogVerifier, new: LogSigner, handing_over: LogSigner | None, *, by: str) -> None:
    action = keychain.ROTATE if handing_over else keychain.REVOKE
    note = keychain.change_note(old, new.verifier)
    actions.append(by=by, changes=[actions.Change(action=action, records=[], note=note)])
    actions.sign_head(signer=new, handing_over=handing_over)


def _new_key(waiting: Path, origin: str) -> LogSigner:
    if not waiting.is_file():
        waiting.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys.write_key(waiting, keys.make_key(origin))
    return keys.read_key(waiting)


def _old_key(folder: Path) -> LogSigner:
    signer = case.signer(folder)
    if signer is None:
        raise CaseError(
            "key-missing",
            "The key that hands over is not here.",
            todo="Set DADKHAH_KEYS to its folder; if it is lost or stolen, use keys revoke.",
        )
    return signer


def _in_force() -> LogVerifier | None:
    """The key that the log's last change names; none when it never changed."""
    changes = LogEntry.objects.filter(action__in=(keychain.ROTATE, keychain.REVOKE))
    last = changes.order_by("-index").values_list("note", flat=True).first()
    return read_verifier(last.split(" ")[-1]) if last else None
