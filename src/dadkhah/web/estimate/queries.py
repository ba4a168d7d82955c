"""How many: what was reported, what is documented, what can be estimated; never one column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from dadkhah.web.claims.queries import Account, accounts
from dadkhah.web.custody import words
from dadkhah.web.custody.access import Reader
from dadkhah.web.estimate.answer import Answer, read_answer
from dadkhah.web.estimate.scale import Bar, Scale, Tick, bar, scale
from dadkhah.web.people.models import IndexedPerson, Run
from dadkhah.web.sources import queries as sources

__all__ = ["Documented", "Figure", "HowMany", "Part", "figures", "how_many", "latest_run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure as its source gives it.

    Args:
        low, high: as read; high None is open; both None when the words were not read.
        kind: code of the list figure_kind, such as "reported".
    """

    account: Account
    low: int | None
    high: int | None
    kind: str
    bar: Bar | None = None

    @property
    def kind_word(self) -> str:
        """The kind in words."""
        return words.word(f"figure_kind:{self.kind}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Documented:
    """People of the register who are on a list: each one an entry that can be opened.

    Args:
        named: people who are identified. unidentified: counted records without a name.
        accounts: sources' accounts behind them.
    """

    named: int
    unidentified: int
    accounts: int
    bar: Bar | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the population, with its place on the scale where it has a number."""

    answer: Answer
    bar: Bar | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HowMany:
    """Everything on the page "How many?"."""

    figures: tuple[Figure, ...]
    in_words: tuple[Figure, ...]
    documented: Documented | None
    run: Run | None
    answer: Answer | None
    answer_bar: Bar | None
    truth_bar: Bar | None
    strata: tuple[Part, ...]
    ticks: tuple[Tick, ...]


def figures(reader: Reader) -> list[Figure]:
    """Give every figure this reader may see, the largest last."""
    found = [_figure(account) for account in accounts(reader, "figure")]
    return sorted(found, key=lambda figure: (figure.low is None, figure.low or 0))


def latest_run(reader: Reader, kind: str = "estimate") -> Run | None:
    """Give the newest run of a kind; runs are for those who sign in."""
    if not reader.signed_in:
        return None
    return Run.objects.filter(type=kind).order_by("-entry").first()


def how_many(reader: Reader, *, rtl: bool = False) -> HowMany:
    """Lay figures, register and estimate on one scale, each under its own name."""
    found, run, counted = figures(reader), latest_run(reader), _documented(reader)
    answer = read_answer(run.result, run.settings) if run else None
    on = scale(_values(found, counted, answer), rtl=rtl)
    placed = tuple(_placed(figure, on) for figure in found)
    return HowMany(
        figures=tuple(figure for figure in placed if figure.low is not None),
        in_words=tuple(figure for figure in placed if figure.low is None),
        documented=_marked(counted, on),
        run=run,
        answer=answer,
        answer_bar=_answer_bar(answer, on),
        truth_bar=bar(on, answer.truth, answer.truth) if on and answer and answer.truth else None,
        strata=_parts(answer, on),
        ticks=tuple(on.ticks()) if on else (),
    )


def _parts(answer: Answer | None, on: Scale | None) -> tuple[Part, ...]:
    parts = answer.strata if answer else ()
    return tuple(Part(answer=part, bar=_answer_bar(part, on)) for part in parts)


def _figure(account: Account) -> Figure:
    number = account.first("figure.number")
    value = number.value if number and isinstance(number.value, Mapping) else {}
    kind = account.first("figure.kind")
    coded = str(kind.value).rpartition(":")[2] if kind and kind.value else "reported"
    low = value.get("low")
    return Figure(
        account=account,
        low=low if low is not None else value.get("high"),
        high=value.get("high"),
        kind=coded,
    )


def _documented(reader: Reader) -> Documented | None:
    """Count the people on lists; whoever a text only names may be an official or a witness."""
    if not sources.reads_all(reader):
        return None
    listed = IndexedPerson.objects.filter(lists__gt=0)
    counts = dict(listed.values_list("unidentified").annotate(Count("pk")).order_by())
    accounts = listed.aggregate(every=Sum("mentions"))["every"]
    if not counts:
        return None
    return Documented(
        named=counts.get(False, 0), unidentified=counts.get(True, 0), accounts=accounts or 0
    )


def _values(found: list[Figure], counted: Documented | None, answer: Answer | None) -> list[Any]:
    values: list[Any] = [end for f in found for end in (f.low, f.high) if end]
    values += [counted.named] if counted else []
    values += [answer.low, answer.high, answer.truth] if answer else []
    values += [end for part in answer.strata for end in (part.low, part.high)] if answer else []
    return [value for value in values if value]


def _placed(figure: Figure, on: Scale | None) -> Figure:
    if on is None or figure.low is None:
        return figure
    return Figure(
        account=figure.account,
        low=figure.low,
        high=figure.high,
        kind=figure.kind,
        bar=bar(on, figure.low, figure.high),
    )


def _marked(counted: Documented | None, on: Scale | None) -> Documented | None:
    if counted is None or on is None or not counted.named:
        return counted
    return Documented(
        named=counted.named,
        unidentified=counted.unidentified,
        accounts=counted.accounts,
        bar=bar(on, counted.named, counted.named),
    )


def _answer_bar(answer: Answer | None, on: Scale | None) -> Bar | None:
    if answer is None or on is None or not answer.low:
        return None
    return bar(on, answer.low, answer.high, answer.middle)
