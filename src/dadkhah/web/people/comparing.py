"""What a linkage changed against the one before it, person by person."""

from __future__ import annotations

from collections.abc import Iterator

from dadkhah import people
from dadkhah.errors import LinkageError
from dadkhah.web.claims.models import Mention
from dadkhah.web.people import blind, index
from dadkhah.web.people.models import Judgement, Run

__all__ = ["changes"]


def changes() -> Iterator[dict[str, object]]:
    """Give a row for each person whose mentions differ between the last two linkages.

    Both registers are computed with the judgements of people as they stand now, so that only what
    the machine changed shows. `before` are the persons that its mentions were, `after` its
    mentions now.

    Raises:
        LinkageError: linkage-one-run, when there are no two linkages to compare.
    """
    runs = Run.objects.filter(type="linkage").order_by("-entry").values_list("pk", flat=True)[:2]
    if len(runs) < 2:
        raise LinkageError(
            "linkage-one-run",
            "There are no two linkages to compare.",
            todo="Run dadkhah link again after something changed.",
        )
    after, before = (_register(run) for run in runs)
    home = {mention: person for person, members in before.items() for mention in members}
    for person, members in after.items():
        old = list(dict.fromkeys(home[mention] for mention in members if mention in home))
        if len(old) != 1 or before[old[0]] != members:
            shown = [list(before[each]) for each in old]
            label = Mention.objects.values_list("label", flat=True).get(pk=person)
            yield {"person": person, "label": label, "before": shown, "after": list(members)}


def _register(run: str) -> dict[str, tuple[str, ...]]:
    mentions = Mention.objects.filter(type="person").order_by("entry", "position")
    judgements = blind.counted(Judgement.objects.filter(run__in=["", run]))
    found = people.clusters(
        [row.record() for row in mentions],
        [row.record() for row in judgements.order_by("entry", "position")],
        index.sole_lists(),
    )
    return {person.id: person.mentions for person in found}
