"""People who may sign in. The log knows them by number only."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

__all__ = ["Account", "Role"]


class Role(models.TextChoices):
    """What an account may do; each includes the one before."""

    READER = "reader", "Reader"
    EDITOR = "editor", "Editor"
    KEEPER = "keeper", "Keeper"


class Account(AbstractUser):
    """One person who works on the case; colleagues see the alias, never more."""

    alias = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.READER)

    @property
    def author(self) -> str:
        """The name that records and log entries carry: a number, not a person's name."""
        return f"account:{self.pk}"
