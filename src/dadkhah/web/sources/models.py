"""Sources, their captures and passages, and the collections they belong to."""

from __future__ import annotations

from django.db import models

from dadkhah import records
from dadkhah.web.custody.models import Recorded

__all__ = ["Capture", "Collection", "Passage", "PassageWords", "Source"]


class Collection(Recorded):
    """What one documenter gathered one way."""

    record_type = records.Collection
    id = models.CharField(max_length=20, primary_key=True)
    title = models.TextField()
    compiler = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    would_not_list = models.TextField(blank=True)
    period = models.CharField(max_length=120, blank=True)
    method = models.TextField(blank=True)
    version = models.CharField(max_length=60, blank=True)
    derived_from = models.JSONField(default=list)
    structural_zeros = models.JSONField(default=list)
    no_duplicates = models.BooleanField(default=False)


class Source(Recorded):
    """One thing received."""

    record_type = records.Source
    id = models.CharField(max_length=20, primary_key=True)
    type = models.CharField(max_length=40, blank=True)
    title = models.TextField(blank=True)
    author = models.TextField(blank=True)
    publisher = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    date = models.CharField(max_length=80, blank=True)
    date_written = models.CharField(max_length=200, blank=True)
    collection = models.ForeignKey(Collection, models.PROTECT, null=True, blank=True)
    derived_from = models.JSONField(default=list)
    connection = models.CharField(max_length=40, blank=True)
    reliability = models.CharField(max_length=40, blank=True)
    confidentiality = models.CharField(max_length=20, default="restricted")
    note = models.TextField(blank=True)


class Capture(Recorded):
    """The exact bytes of a source at one moment; they lie in the case's captures folder."""

    record_type = records.Capture
    id = models.CharField(max_length=64, primary_key=True)
    source = models.ForeignKey(Source, models.PROTECT)
    size_bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    encoding = models.CharField(max_length=40, blank=True)
    collected = models.JSONField(default=dict)
    # the parent may have been erased: its digest still says what this was made from
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, db_constraint=False)
    tool = models.CharField(max_length=120, blank=True)
    tool_version = models.CharField(max_length=40, blank=True)
    parameters = models.JSONField(default=dict)


class Passage(Recorded):
    """Anchored text as written."""

    record_type = records.Passage
    id = models.CharField(max_length=20, primary_key=True)
    source = models.ForeignKey(Source, models.PROTECT)
    anchor = models.JSONField()
    language = models.CharField(max_length=12, blank=True)
    direction = models.CharField(max_length=3, blank=True)
    origin = models.JSONField(null=True, default=None)
    translation = models.JSONField(default=dict)
    noise = models.BooleanField(default=False)

    @property
    def text(self) -> str:
        """The passage as written."""
        return str(self.anchor["quote"])


class PassageWords(models.Model):
    """The words of a passage in the form in which they are sought; made from the passage."""

    passage = models.OneToOneField(Passage, models.CASCADE, primary_key=True, related_name="words")
    folded = models.TextField()
