"""Whether what a form brings may be taken: its ticket, its answer, and how much comes just now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from dadkhah.web.contributions import flood, proof, questions, tickets
from dadkhah.web.contributions.tickets import Ticket

__all__ = ["refusal"]


def refusal(ticket: Ticket | None, said: Mapping[str, Any], language: str) -> str:
    """Say why a form cannot be taken now; empty when it can.

    A wrong answer uses its ticket up, so that a picture cannot be tried again and again. Nothing
    typed is lost by any of these: the page gives it all back, with a new picture.
    """
    if ticket is None or not ticket.fresh:
        return _("The picture had become too old. Your text is below; answer the new one.")
    if not any(said.get(way) for way in ("answer", "reply", "proof")):
        return _("Copy the characters of the picture, or answer in one of the other ways.")
    if not _right(ticket, said, language):
        tickets.spend(ticket)
        return _("The answer was not right. Your text is below; try the new picture.")
    if flood.is_copy(flood.fingerprint(said["words"]), said["about"]):
        return _("The same text is here already. It was not taken a second time.")
    if flood.too_many():
        return _("Too many arrive just now. Your text is below: wait a minute, then send again.")
    return ""


def _right(ticket: Ticket, said: Mapping[str, Any], language: str) -> bool:
    if said.get("answer"):
        return questions.is_digits(said["answer"], ticket.digits)
    if said.get("reply"):
        return questions.number_said(said["reply"]) == questions.ask(ticket, language).answer
    return proof.solved(ticket, said["proof"])
