"""The log, and what every recorded row owes it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from dadkhah import records

__all__ = [
    "Case",
    "CustodyEvent",
    "Disclosure",
    "Erasure",
    "LogEntry",
    "LogNode",
    "Recorded",
    "SignedCheckpoint",
    "Superseded",
    "Tombstone",
]


class LogEntry(models.Model):
    """One change. The leaf is RFC 6962's hash of the entry's canonical bytes."""

    index = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=20)
    by = models.CharField(max_length=128)
    action = models.CharField(max_length=40, db_index=True)
    records = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True)
    leaf = models.BinaryField(max_length=32)


class LogNode(models.Model):
    """The hash of a full subtree of 256 ** level leaves: what proofs are made from."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("level", "index"), name="one_node"),)


class SignedCheckpoint(models.Model):
    """The log's signed word on its size and root; the newest goes into an export."""

    size = models.BigIntegerField(unique=True)
    note = models.TextField()


class Recorded(models.Model):
    """A row whose columns are the fields of one record, and its place in the log."""

    record_type: ClassVar[type[Any]]
    entry = models.BigIntegerField(db_index=True)
    position = models.PositiveIntegerField()
    salt = models.BinaryField(max_length=16)
    commitment = models.BinaryField(max_length=32)

    class Meta:
        abstract = True

    @classmethod
    def of(cls, record: Any) -> Self:
        """Make a row, not yet saved, from a record."""
        columns = (f.attname for f in cls._meta.concrete_fields if f.name not in _PLACE)
        return cls(**dict(zip(columns, cls.values(record), strict=True)))

    @classmethod
    def values(cls, record: Any) -> list[Any]:
        """Give what a record puts into the columns, in their order, its place left out."""
        plain, values = records.plain(record), []
        for column in cls._meta.concrete_fields:
            if column.name in _PLACE:
                continue
            value = plain.get(column.name)
            if value is None and not column.is_relation:
                value = column.get_default()
            values.append(value)
        return values

    def record(self) -> Any:
        """Give the record that this row holds."""
        values: dict[str, Any] = {"kind": self.record_type.kind}
        for column in self._meta.concrete_fields:
            if column.name in _PLACE:
                continue
            value = getattr(self, column.attname)
            values[column.name] = "" if value is None and column.is_relation else value
        return records.read(values)


_PLACE = frozenset({"entry", "position", "salt", "commitment"})


class Superseded(models.Model):
    """A version of a record that a later one replaced; kept for ever, as canonical bytes."""

    kind = models.CharField(max_length=20)
    record_id = models.CharField(max_length=64, db_index=True)
    entry = models.BigIntegerField(db_index=True)
    position = models.PositiveIntegerField()
    salt = models.BinaryField(max_length=16)
    commitment = models.BinaryField(max_length=32)
    body = models.BinaryField()


class Tombstone(models.Model):
    """What is left of an erased record: its commitment, the reason and the authority (EV-20).

    The id says nothing of the content, but for a capture, whose id is the digest of its bytes.
    """

    kind = models.CharField(max_length=20)
    record_id = models.CharField(max_length=64, db_index=True)
    erasure = models.CharField(max_length=20, db_index=True)
    entry = models.BigIntegerField(db_index=True)
    position = models.PositiveIntegerField()
    commitment = models.BinaryField(max_length=32)
    reason = models.CharField(max_length=300)
    authority = models.CharField(max_length=120)


class Case(Recorded):
    """What is documented, and what is in and out of scope."""

    record_type = records.Case
    id = models.CharField(max_length=20, primary_key=True)
    title = models.JSONField()
    persons = models.JSONField(default=dict)
    acts = models.JSONField(default=dict)
    places = models.JSONField(default=dict)
    dates = models.CharField(max_length=80, blank=True)
    out_of_scope = models.JSONField(default=dict)
    methodology = models.JSONField(default=dict)
    methodology_version = models.CharField(max_length=20, default="1")
    simulated = models.BooleanField(default=False)


class Disclosure(Recorded):
    """Who let which claims be public, on what ground, until when."""

    record_type = records.Disclosure
    id = models.CharField(max_length=20, primary_key=True)
    by = models.CharField(max_length=80)
    reviewed_by = models.CharField(max_length=80)
    at = models.CharField(max_length=20)
    ground = models.TextField()
    until = models.CharField(max_length=20, blank=True)
    claims = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    collections = models.JSONField(default=list)
    predicates = models.JSONField(default=list)
    text_of_sources = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)


class CustodyEvent(Recorded):
    """One thing that happened to what is kept."""

    record_type = records.CustodyEvent
    id = models.CharField(max_length=20, primary_key=True)
    event = models.CharField(max_length=20, db_index=True)
    at = models.CharField(max_length=20)
    by = models.CharField(max_length=80)
    source = models.CharField(max_length=20, blank=True, db_index=True)
    captures = models.JSONField(default=list)
    giver = models.TextField(blank=True)
    receiver = models.TextField(blank=True)
    place = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    checked = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    signature = models.TextField(blank=True)
    note = models.TextField(blank=True)


class Erasure(Recorded):
    """Who let which records be erased, why, and by what authority."""

    record_type = records.Erasure
    id = models.CharField(max_length=20, primary_key=True)
    by = models.CharField(max_length=80)
    reviewed_by = models.CharField(max_length=80)
    at = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    authority = models.CharField(max_length=120)
    count = models.BigIntegerField()
    root = models.CharField(max_length=64)
