"""Mentions and the claims about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dadkhah import records
from dadkhah.web.custody.models import Recorded
from dadkhah.web.sources.models import Collection, Passage, Source

__all__ = ["Claim", "Mention"]


class Mention(Recorded):
    """One source's account of one thing."""

    record_type = records.Mention
    id = models.CharField(max_length=20, primary_key=True)
    source = models.ForeignKey(Source, models.PROTECT)
    type = models.CharField(max_length=10, db_index=True)
    label = models.TextField()
    passage = models.ForeignKey(Passage, models.PROTECT)
    collection = models.ForeignKey(Collection, models.PROTECT, null=True, blank=True)
    key = models.CharField(max_length=200, blank=True)
    unidentified = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("collection", "key"), name="mention_by_key"),)


class Claim(Recorded):
    """This passage says: predicate = value about this mention."""

    record_type = records.Claim
    id = models.CharField(max_length=20, primary_key=True)
    mention = models.ForeignKey(Mention, models.PROTECT)
    predicate = models.CharField(max_length=60)
    written = models.TextField()
    passage = models.ForeignKey(Passage, models.PROTECT)
    value = models.JSONField(null=True, default=None)
    target = models.ForeignKey(
        Mention, models.PROTECT, null=True, blank=True, related_name="targeted", db_index=False
    )
    within = models.JSONField(null=True, default=None)
    when = models.CharField(max_length=80, blank=True)
    where = models.TextField(blank=True)
    speaker = models.TextField(blank=True)
    stance = models.CharField(max_length=10, default="asserts")
    status = models.CharField(max_length=12, default="unreviewed")
    author = models.CharField(max_length=80, blank=True)
    basis = models.TextField(blank=True)
    flags = models.JSONField(default=list)

    class Meta:
        indexes = (
            # few claims have a target, and an import writes many that have none
            models.Index(
                fields=("target",), name="claim_by_target", condition=Q(target__isnull=False)
            ),
            models.Index(fields=("predicate", "entry", "position"), name="claim_in_log_order"),
            models.Index(fields=("status",), name="claim_by_status"),
        )
