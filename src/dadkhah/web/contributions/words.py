"""The closed words of a contribution, as a reader reads them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["KINDS", "STATES", "kind", "state"]

STATES = {
    "received": _("arrived, waits to be read"),
    "asked": _("a question waits for the sender"),
    "accepted": _("accepted as testimony, not public"),
    "published": _("published"),
    "rejected": _("refused"),
    "hidden": _("closed"),
    "withdrawn": _("taken back by the sender"),
}
KINDS = {
    "memory": _("A memory"),
    "fact": _("A fact, or a source"),
    "correction": _("A correction"),
    "comment": pgettext_lazy("something said about the whole", "A comment"),
}


def state(code: str) -> str:
    """Give the words for a state."""
    return str(STATES.get(code, code))


def kind(code: str) -> str:
    """Give the words for a kind of contribution."""
    return str(KINDS.get(code, code))
