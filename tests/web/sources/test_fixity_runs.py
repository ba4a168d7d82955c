"""An incident stands on the first page until the store is found whole again."""

from __future__ import annotations

from pathlib import Path

from django.test import Client

from dadkhah.keeping.fixity import Finding
from dadkhah.web.custody.access import KEEPER, PUBLIC
from dadkhah.web.sources import fixity_runs
from dadkhah.web.sources.models import Capture


def test_an_incident_shows_to_those_who_work_on_the_case_until_all_is_whole(
    case: Path, keeper: Client, public: Client
) -> None:
    digest = Capture.objects.get(source="srcpersian").pk
    assert "Incidents" not in keeper.get("/").content.decode()
    found = Finding(path="captures/x", digest=digest, state="altered")
    fixity_runs.incident(by="command-line", finding=found, copy=False)
    page = keeper.get("/").content.decode()
    assert "Incidents" in page
    assert digest in page
    assert "Incidents" not in public.get("/").content.decode()
    assert fixity_runs.open_incidents(PUBLIC) == []
    fixity_runs.passed(by="command-line", files=1, copy=True)
    assert len(fixity_runs.open_incidents(KEEPER)) == 1
    fixity_runs.passed(by="command-line", files=1, copy=False)
    assert fixity_runs.open_incidents(KEEPER) == []


def test_every_capture_is_read(case: Path) -> None:
    wanted = fixity_runs.wanted()
    assert len(wanted) == Capture.objects.count()
    assert all((case / path).is_file() for _, path in wanted)
