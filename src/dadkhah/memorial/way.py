"""How readers send what they know: to a server, or where there is none by letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from dadkhah.errors import SettingError

__all__ = ["Way", "way"]


_HOST: Final = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where contributions go.

    Args:
        server: address of the case's form, http or https; empty when there is none.
        post: a postal or e-mail address, as it is to be shown.
        key: the public key to encrypt to, as it is to be shown.
    """

    server: str = ""
    post: str = ""
    key: str = ""

    @property
    def host(self) -> str:
        """The server's name, as a reader is told of it."""
        return urlsplit(self.server).netloc

    @property
    def origin(self) -> str:
        """Where a form may lead, as a Content-Security-Policy says it; nowhere without a server."""
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}" if self.server else "'none'"

    def about(self, kind: str, identity: str, language: str) -> str:
        """Give the form's address for one person, place or source; empty without a server."""
        if not self.server:
            return ""
        return f"{self.server}?about={kind}:{quote(identity, safe='')}&lang={language}"


def way(*, server: str = "", post: str = "", key: str = "") -> Way:
    """Check and give a way in.

    Raises:
        SettingError: memorial-contributions, when the address is not one of http or https.
    """
    parts = urlsplit(server)
    plain = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.netloc)
    if server and (not plain or parts.query):
        raise SettingError(
            "memorial-contributions",
            "The address for contributions is not a plain http or https address.",
            where=server,
            todo="Give the address of the case's form, such as https://example.org/contribute/.",
        )
    return Way(server=server, post=post.strip(), key=key.strip())
