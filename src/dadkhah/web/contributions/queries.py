"""Read contributions: for the officers who decide, for whoever sent one, and for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from dadkhah import links
from dadkhah.links import Line
from dadkhah.web.claims.models import Claim
from dadkhah.web.contributions import message, models, tickets
from dadkhah.web.contributions.arrivals import words_of
from dadkhah.web.contributions.states import pictures_of
from dadkhah.web.contributions.subjects import WHOLE, Subject, subject
from dadkhah.web.custody import access
from dadkhah.web.custody.access import PUBLIC, Reader
from dadkhah.web.sources.models import Capture

__all__ = [
    "PAGE", "Account", "File", "Letter", "Picture", "Published", "Trace", "account", "by_receipt",
    "counts", "derivative", "has_contact", "published", "queue", "trace", "traces",
]  # fmt: skip

PAGE = 50
WAITING = ("received", "asked", "accepted")
# A correction leaves a trace whatever becomes of it; of the rest what is public, or was taken back.
TRACED = Q(type="correction") | Q(state="published") | Q(state="withdrawn")
DECIDED = ("accepted", "published", "rejected", "hidden")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message of the exchange: who wrote it, on which day, and its words cut for showing."""

    of: str
    at: str
    paragraphs: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file that came: its kind and size, and the picture drawn anew from it, if there is."""

    digest: str
    media_type: str
    size_bytes: int
    derivative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that is proposed or public: its claim, and whether everybody may see it."""

    claim: Claim
    is_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A contribution whole, for its sender or an officer."""

    row: models.Contribution
    letters: tuple[Letter, ...]
    files: tuple[File, ...]
    subject: Subject
    claim: Claim | None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The words of a published contribution, as anybody may read them."""

    id: str
    type: str
    received: str
    subject: Subject
    status: str
    claim: str
    paragraphs: tuple[tuple[Line, ...], ...]
    language: str
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What everybody may know of a contribution that was decided: no word of what was sent."""

    id: str
    type: str
    state: str
    received: str
    decided: str
    reason: str
    decision: str
    subject: Subject


def queue(reader: Reader, state: str = "", before: int | None = None) -> list[models.Contribution]:
    """Give up to PAGE + 1 contributions, the newest first: those that wait, or of one state."""
    rows = models.Contribution.objects.filter(access.contributions(reader))
    rows = rows.filter(state=state) if state else rows.filter(state__in=WAITING)
    if before is not None:
        rows = rows.filter(entry__lt=before)
    return list(rows.order_by("-entry", "-position")[: PAGE + 1])


def counts(reader: Reader) -> Mapping[str, int]:
    """Count the contributions in each state."""
    rows = models.Contribution.objects.filter(access.contributions(reader)).order_by()
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def account(reader: Reader, contribution: str, language: str) -> Account | None:
    """Give one contribution whole, or nothing when this reader may not see it."""
    rows = models.Contribution.objects.filter(access.contributions(reader), pk=contribution)
    row = rows.first()
    return None if row is None else _account(reader, row, language)


def by_receipt(code: str, language: str) -> Account | None:
    """Give the contribution that a receipt code opens, to whoever holds the code."""
    digest = tickets.digest_of_receipt(code)
    row = models.Contribution.objects.filter(receipt=digest).first() if digest else None
    return None if row is None else _account(PUBLIC, row, language)


def published(language: str, about: str = "", before: int | None = None) -> list[Published]:
    """Give up to PAGE + 1 published contributions, the newest first."""
    rows = models.Contribution.objects.filter(state="published")
    rows = rows.filter(about=about) if about else rows
    rows = rows.filter(entry__lt=before) if before is not None else rows
    chosen = list(rows.order_by("-entry")[: PAGE + 1])
    claims = _public_claims(row.claim for row in chosen)
    return [_published(row, claims[row.claim], language) for row in chosen if row.claim in claims]


def trace(contribution: str, language: str) -> tuple[Trace | None, Published | None]:
    """Give what everybody may see of one contribution: its trace, and its words if public."""
    row = models.Contribution.objects.filter(TRACED, pk=contribution).first()
    if row is None:
        return None, None
    claims = _public_claims([row.claim])
    words = _published(row, claims[row.claim], language) if row.claim in claims else None
    return _trace(row, language), words


def traces(language: str, before: int | None = None) -> list[tuple[int, Trace]]:
    """Give up to PAGE + 1 decided corrections and withdrawals, with their place in the log."""
    decided = Q(type="correction", state__in=DECIDED)
    rows = models.Contribution.objects.filter(decided | Q(state="withdrawn"))
    rows = rows.filter(entry__lt=before) if before is not None else rows
    return [(row.entry, _trace(row, language)) for row in rows.order_by("-entry")[: PAGE + 1]]


def derivative(reader: Reader, digest: str) -> Capture | None:
    """Give the picture drawn anew from a file that came, if this reader decides about it."""
    row = Capture.objects.filter(pk=digest, parent__isnull=False, media_type="image/jpeg").first()
    if row is None:
        return None
    owners = models.Contribution.objects.filter(access.contributions(reader), source=row.source_id)
    return row if owners.exists() else None


def has_contact(contribution: str) -> bool:
    """Say whether somebody left a name or a way to answer; what it is, is sealed."""
    return models.SealedContact.objects.filter(pk=contribution).exists()


def _account(reader: Reader, row: models.Contribution, language: str) -> Account:
    return Account(
        row=row,
        letters=tuple(_letter(said) for said in row.exchange),
        files=tuple(_files(row)),
        subject=subject(reader, row.about, language),
        claim=Claim.objects.filter(pk=row.claim).first() if row.claim else None,
        pictures=tuple(_pictures(row.claim)) if reader.edits else (),
    )


def _pictures(claim: str) -> Iterable[Picture]:
    rows = pictures_of(claim)
    public = set(_public_claims(row.pk for row in rows))
    for row in rows:
        yield Picture(claim=row, is_public=row.pk in public)


def _letter(said: Mapping[str, str]) -> Letter:
    words = said.get("text") or message.body_of(words_of(said["capture"]))
    return Letter(of=said["from"], at=said["at"], paragraphs=links.paragraphs(words, emails=True))


def _files(row: models.Contribution) -> Iterable[File]:
    found = {c.pk: c for c in Capture.objects.filter(pk__in=row.files)}
    drawn = Capture.objects.filter(parent__in=row.files, media_type="image/jpeg")
    pictures: dict[Any, str] = {c.parent_id: c.pk for c in drawn}
    for digest in row.files:
        if digest in found:
            yield File(
                digest=digest, media_type=found[digest].media_type,
                size_bytes=found[digest].size_bytes, derivative=pictures.get(digest, ""),
            )  # fmt: skip


def _public_claims(ids: Iterable[str]) -> dict[str, Claim]:
    rows = Claim.objects.filter(access.claims(PUBLIC), pk__in=[pk for pk in ids if pk])
    return {row.pk: row for row in rows.select_related("passage")}


def _published(row: models.Contribution, claim: Claim, language: str) -> Published:
    return Published(
        id=row.pk, type=row.type, received=row.received, status=claim.status, claim=claim.pk,
        subject=subject(PUBLIC, row.about, language), language=claim.passage.language,
        paragraphs=links.paragraphs(claim.written, emails=row.show_email), decision=row.decision,
    )  # fmt: skip


def _trace(row: models.Contribution, language: str) -> Trace:
    threat = row.state == "hidden"
    # that somebody sent and took back something about a person is nobody's business
    about = WHOLE if row.state == "withdrawn" and row.type != "correction" else row.about
    return Trace(
        id=row.pk, type=row.type, state="rejected" if threat else row.state,
        received=row.received, decided=row.decided, reason=row.reason, decision=row.decision,
        subject=subject(PUBLIC, about, language),
    )  # fmt: skip
