"""Take rows out of the store, with what the register computed from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dadkhah import records
from dadkhah.web.custody import store
from dadkhah.web.custody.models import Recorded, Superseded
from dadkhah.web.keeping.choosing import chunks

__all__ = ["delete"]

# children before what they point to
ORDER = ("judgement", "claim", "mention", "passage", "capture", "source")


def delete(places: Iterable[tuple[str, int, int]]) -> None:
    """Delete the rows at places in the log: the live version, or the one kept as superseded.

    Args:
        places: kind of record, entry and position.
    """
    by_kind: dict[str, set[tuple[int, int]]] = {}
    for kind, *place in places:
        by_kind.setdefault(kind, set()).add((place[0], place[1]))
    for kind in sorted(by_kind, key=lambda k: ORDER.index(k) if k in ORDER else -1):
        model = store.model_of(records.KINDS[kind])
        wanted = by_kind[kind]
        for part in chunks(sorted({entry for entry, _ in wanted})):
            for found in (model, Superseded):
                rows = found.objects.filter(entry__in=part)
                rows = rows.values_list("pk", "entry", "position")
                _delete_rows(found, [pk for pk, *at in rows if tuple(at) in wanted])


def _delete_rows(model: type[Any], ids: list[Any]) -> None:
    for part in chunks(ids):
        if issubclass(model, Recorded):
            for link in _links_to(model):
                link.model.objects.filter(**{f"{link.name}__in": part}).delete()
        rows = model.objects.filter(pk__in=part)
        rows._raw_delete(rows.db)


def _links_to(model: type[Any]) -> Iterator[Any]:
    """Give the columns of computed tables that point to a kind of record."""
    for link in model._meta.get_fields(include_hidden=True):
        if link.auto_created and not link.concrete and not issubclass(link.related_model, Recorded):
            yield link.field
