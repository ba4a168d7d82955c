"""The letter that lies on top of every archive, for whoever opens it without this program."""

from __future__ import annotations

from dadkhah.records import SIMULATED
from dadkhah.web.custody.models import Case

__all__ = ["is_simulated", "readme"]

TEXT = """\
This folder is an archive of documented claims, made with dadkhah.

What lies where
  archive.json          what this archive is, and which log it ends with
  captures/             the exact bytes of each source; the file name is their SHA-256
  records/*.jsonl       one record a line: sources, passages, claims, judgements and so on
  log/entries.jsonl     every change ever made, one a line
  log/checkpoint        the size and root of the log, signed
  log/verifier.txt      the public key that checks the signature (C2SP signed-note)
  log/checkpoints/      earlier checkpoints, with what witnesses added to them
  log/tile/             the same log as tiles and entry bundles (C2SP tlog-tiles)
  VERIFY.txt            how to check this folder with sha256sum and openssl alone
  verify.py             how to check it with Python and its cryptography library alone
  manifest-sha256.txt   the SHA-256 of every file above

How to check it
  sha256sum -c manifest-sha256.txt      no file was altered or lost
  python3 verify.py KEY                 the whole log and every record, without dadkhah
  dadkhah verify .                      the whole chain, from a page to its bytes
Compare log/verifier.txt with the key you were given by another way.

A claim is what its speaker says. A check that passes shows that nothing was altered since the
checkpoint was made; it does not show that a claim is true.
"""


def is_simulated() -> bool:
    """Say whether everyone in this case is invented."""
    case = Case.objects.first()
    return bool(case and case.simulated)


def readme(*, simulated: bool) -> bytes:
    """Write the letter."""
    mark = f"{SIMULATED}: every person and event in this archive is invented.\n\n"
    return ((mark if simulated else "") + TEXT).encode()
