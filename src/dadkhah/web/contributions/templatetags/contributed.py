"""Template filters for the words of a contribution; nothing is decided here."""

from __future__ import annotations

from django import template

from dadkhah.web.contributions import words

__all__ = ["register"]

register = template.Library()
register.filter("contribution_state", words.state)
register.filter("contribution_kind", words.kind)
