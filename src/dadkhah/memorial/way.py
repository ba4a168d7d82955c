"""How readers send what they know: to a server, or where there is none by letter."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from dadkhah.errors import SettingError

__all__ = ["Way", "way"]


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
    if server and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query):
        raise SettingError(
            "memorial-contributions",
            "The address for contributions is not a plain http or https address.",
            where=server,
            todo="Give the address of the case's form, such as https://example.org/contribute/.",
        )
    return Way(server=server, post=post.strip(), key=key.strip())
