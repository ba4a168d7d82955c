"""Pages of claims: the reading desk, the list, one claim, figures, orders and the timeline."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dadkhah.web.claims import desk as reading_desk
from dadkhah.web.claims import queries
from dadkhah.web.claims import timeline as times
from dadkhah.web.claims.forms import ClaimFilter
from dadkhah.web.custody import queries as custody
from dadkhah.web.custody.access import reader_of
from dadkhah.web.sources import custody_events

__all__ = ["claim", "claims", "desk", "figures", "orders", "timeline"]


def desk(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show one source with its passages marked and its claims beside."""
    chosen, row = request.GET.get("claim", "")[:40], request.GET.get("row", "0")
    start = int(row) if row.isdecimal() and len(row) < 12 else 0
    reader = reader_of(request)
    found = reading_desk.desk(reader, source_id, chosen, start)
    if found is None:
        raise Http404
    custody_events.note_seen(reader, found.source)
    chain = custody_events.chain(reader, source_id)
    context = {"desk": found, "source": found.source, "chain": chain}
    return render(request, "sources/desk.html", context)


def claims(request: HttpRequest) -> HttpResponse:
    """List claims, filtered."""
    form = ClaimFilter(request.GET or None)
    entry, _, position = request.GET.get("after", "").partition(".")
    after = (int(entry), int(position)) if entry.isdecimal() and position.isdecimal() else None
    wanted = form.wanted() if form.is_bound else {}
    rows = queries.page(reader_of(request), wanted, after)
    shown = rows[: queries.PAGE]
    more = ".".join(map(str, shown[-1].order)) if len(rows) > queries.PAGE else ""
    narrowed = any(value for name, value in wanted.items() if name != "q")
    context = {"claims": shown, "more": more, "form": form, "narrowed": narrowed}
    return render(request, "claims/list.html", context)


def claim(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Show one claim whole: what was written, how it was read, where it stands, its digest."""
    reader = reader_of(request)
    found = queries.claim(reader, claim_id)
    if found is None:
        raise Http404
    context = {
        "claim": found,
        "siblings": queries.siblings(reader, found),
        "proof": custody.proof(found.entry),
    }
    return render(request, "claims/claim.html", context)


def figures(request: HttpRequest) -> HttpResponse:
    """List every figure with its scope, speaker, date and kind."""
    found = queries.accounts(reader_of(request), "figure")
    return render(request, "claims/figures.html", {"figures": found})


def orders(request: HttpRequest) -> HttpResponse:
    """List orders and acts, each as its source tells it."""
    reader = reader_of(request)
    context = {
        "orders": queries.accounts(reader, "order"),
        "acts": queries.accounts(reader, "act"),
    }
    return render(request, "claims/orders.html", context)


def timeline(request: HttpRequest) -> HttpResponse:
    """Show every dated account, before, during and after the event."""
    found = times.years(times.moments(reader_of(request)))
    return render(request, "claims/timeline.html", {"years": found})
