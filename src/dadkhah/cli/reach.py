"""Who on this machine may read what the program writes: its owner, and of a site everybody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["for_everybody", "for_the_owner"]

# what os.umask takes away from a new file: everything from others; all but reading from others
_OWNER: Final = 0o077
_EVERYBODY: Final = 0o022


def for_the_owner() -> None:
    """Write from now on what other accounts of this machine can neither read nor change."""
    os.umask(_OWNER)


@contextmanager
def for_everybody() -> Iterator[None]:
    """Write inside what every account of this machine can read, a web server's too."""
    before = os.umask(_EVERYBODY)
    try:
        yield
    finally:
        os.umask(before)
