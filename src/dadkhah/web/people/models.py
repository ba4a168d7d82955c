"""Judgements, and the register computed from them (an index, rebuilt at will; never the truth)."""

from __future__ import annotations

from django.db import models

from dadkhah import records
from dadkhah.web.claims.models import Mention
from dadkhah.web.custody.models import Recorded

__all__ = [
    "Clash",
    "IndexedPerson",
    "IndexedToken",
    "Judgement",
    "LinkageDoubt",
    "Membership",
    "PairToReview",
    "Run",
]


class Judgement(Recorded):
    """Same, different or unsure between two mentions."""

    record_type = records.Judgement
    id = models.CharField(max_length=20, primary_key=True)
    left = models.ForeignKey(Mention, models.PROTECT, related_name="judged_left")
    right = models.ForeignKey(Mention, models.PROTECT, related_name="judged_right")
    decision = models.CharField(max_length=10)
    by = models.CharField(max_length=80)
    at = models.CharField(max_length=20)
    why = models.TextField(blank=True)
    score = models.CharField(max_length=20, blank=True)
    run = models.CharField(max_length=20, blank=True)
    supersedes = models.CharField(max_length=20, blank=True)

    @property
    def saw(self) -> dict[str, str]:
        """What a machine says that it saw, in both languages."""
        # linkage's tables load slowly, and most pages need none
        from dadkhah.people import reason_words

        words = [reason_words(reason) for reason in self.why.split("; ")]
        return {code: "; ".join(pair[at] for pair in words) for at, code in enumerate(("en", "fa"))}


class Run(Recorded):
    """One linkage or estimate that was run and is kept."""

    record_type = records.Run
    id = models.CharField(max_length=20, primary_key=True)
    type = models.CharField(max_length=20, db_index=True)
    at = models.CharField(max_length=20)
    by = models.CharField(max_length=80)
    log_size = models.BigIntegerField()
    log_root = models.CharField(max_length=64)
    seed = models.BigIntegerField(default=0)
    settings = models.JSONField(default=dict)
    versions = models.JSONField(default=dict)
    result = models.JSONField(default=dict)


class IndexedPerson(models.Model):
    """One person of the register, as computed; id is the id of the first mention.

    `label` is a name in Latin letters and `persian_label` one in Persian letters, each where a
    source has one, else the other; `chance` is the probability that all its mentions are one
    person, null when nobody linked.
    """

    id = models.CharField(max_length=20, primary_key=True)
    label = models.TextField()
    sort_key = models.CharField(max_length=200, db_index=True)
    persian_label = models.TextField()
    persian_key = models.CharField(max_length=200, db_index=True)
    unidentified = models.BooleanField(default=False)
    mentions = models.PositiveIntegerField(default=1)
    lists = models.PositiveIntegerField(default=1)
    conflicts = models.PositiveIntegerField(default=0)
    chance = models.FloatField(null=True)
    year = models.SmallIntegerField(null=True)
    place = models.CharField(max_length=120, blank=True, db_index=True)

    class Meta:
        indexes = (models.Index(fields=("lists", "unidentified"), name="person_by_lists"),)


class Membership(models.Model):
    """Which mention belongs to which person."""

    mention = models.OneToOneField(Mention, models.CASCADE, primary_key=True)
    person = models.ForeignKey(IndexedPerson, models.CASCADE)


class IndexedToken(models.Model):
    """A search token of a person's name, the same for every spelling and script."""

    token = models.CharField(max_length=40)
    person = models.ForeignKey(IndexedPerson, models.CASCADE)

    class Meta:
        indexes = (models.Index(fields=("token", "person"), name="person_by_token"),)


class PairToReview(models.Model):
    """Two mentions that a linkage run leaves for a person to decide.

    `probability` is that of one person when the pair's whole group is weighed, over draws of who is
    who. `importance` orders them: how much the answer is expected to move the estimate. A pair that
    is leased is before one reviewer until then (seconds since 1970); `answered` names those who
    judged it, between bars, while another answer is awaited.
    """

    left = models.ForeignKey(Mention, models.CASCADE, related_name="+")
    right = models.ForeignKey(Mention, models.CASCADE, related_name="+")
    probability = models.FloatField(db_index=True)
    importance = models.FloatField(default=0.0)
    run = models.CharField(max_length=20)
    reasons = models.JSONField(default=list)
    leased_by = models.CharField(max_length=80, blank=True, db_index=True)
    leased_until = models.BigIntegerField(default=0)
    answered = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = (models.Index(fields=("-importance", "id"), name="pair_by_importance"),)


class Clash(models.Model):
    """A "same" that the register did not follow, because something stronger stands against it.

    `against` is two mentions judged different, or of one list that says it names nobody twice.
    """

    left = models.ForeignKey(Mention, models.CASCADE, related_name="+")
    right = models.ForeignKey(Mention, models.CASCADE, related_name="+")
    against_left = models.ForeignKey(Mention, models.CASCADE, related_name="+")
    against_right = models.ForeignKey(Mention, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20)
    by_machine = models.BooleanField()


class LinkageDoubt(models.Model):
    """The groups of mentions that the last linkage left in doubt, as people.Doubt writes them."""

    run = models.CharField(max_length=20, primary_key=True)
    data = models.BinaryField()
