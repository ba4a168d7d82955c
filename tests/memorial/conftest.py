"""One invented archive and one site, built once for the whole room."""

from __future__ import annotations

from pathlib import Path

import pytest

from dadkhah import archive as archives
from dadkhah.memorial import Site, build
from dadkhah.people import clusters
from dadkhah.records import Person
from tests.memorial import invented


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented.write(tmp_path_factory.mktemp("memorial") / "archive", invented.invented())


@pytest.fixture(scope="session")
def persons(archive: Path) -> tuple[Person, ...]:
    mentions = archives.current(archive, "mention").values()
    return clusters(mentions, archives.current(archive, "judgement").values())


@pytest.fixture(scope="session")
def built(
    archive: Path, persons: tuple[Person, ...], tmp_path_factory: pytest.TempPathFactory
) -> Site:
    return build(
        archive,
        tmp_path_factory.mktemp("site") / "memorial",
        persons=persons,
        signer=invented.SIGNER,
    )


@pytest.fixture(scope="session")
def site(built: Site) -> Path:
    return built.folder
