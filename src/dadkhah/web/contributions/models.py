"""Contributions as recorded, and the little that is kept beside them."""

from __future__ import annotations

from django.db import models

from dadkhah import records
from dadkhah.web.custody.models import Recorded
from dadkhah.web.sources.models import Source

__all__ = ["Contribution", "Fingerprint", "SealedContact", "SpentTicket"]


class Contribution(Recorded):
    """What somebody sent, and what was decided about it."""

    record_type = records.Contribution
    id = models.CharField(max_length=20, primary_key=True)
    # the source goes when its sender withdraws it; what was decided stays
    source = models.ForeignKey(Source, models.DO_NOTHING, db_constraint=False)
    about = models.CharField(max_length=200, db_index=True)
    type = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default="received", db_index=True)
    language = models.CharField(max_length=12, blank=True)
    received = models.CharField(max_length=10, blank=True)
    decided = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    decision = models.TextField(blank=True)
    by = models.CharField(max_length=80, blank=True)
    reviewed_by = models.CharField(max_length=80, blank=True)
    claim = models.CharField(max_length=20, blank=True)
    disclosure = models.CharField(max_length=20, blank=True)
    receipt = models.CharField(max_length=64, blank=True, db_index=True)
    show_email = models.BooleanField(default=False)
    files = models.JSONField(default=list)
    exchange = models.JSONField(default=list)


class SpentTicket(models.Model):
    """A ticket that was used once: its digest, and the day until which it must be remembered."""

    digest = models.CharField(max_length=64, primary_key=True)
    day = models.CharField(max_length=10, db_index=True)


class SealedContact(models.Model):
    """A name and a way to answer, readable only by those who hold a key of the recipients.

    Kept apart from the account (EV-11): in no record, no log entry and no archive.
    """

    contribution = models.CharField(max_length=20, primary_key=True)
    sealed = models.BinaryField()


class Fingerprint(models.Model):
    """A keyed digest of a text's words, by which the same text is known when it comes again."""

    contribution = models.CharField(max_length=20, primary_key=True)
    words = models.CharField(max_length=64, db_index=True)
    about = models.CharField(max_length=200)
