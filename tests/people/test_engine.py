"""What linkage spills holds names: it goes with the step that spilled it."""

from __future__ import annotations

from pathlib import Path

from dadkhah.people.engine import open_engine
from dadkhah.people.settings import LinkageSettings


def test_what_spills_lies_in_a_temporary_folder_that_goes() -> None:
    with open_engine(LinkageSettings()) as connection:
        (place,) = connection.execute("select current_setting('temp_directory')").fetchone()
        assert Path(place).name.startswith("dadkhah-link-")
        assert Path(place).is_dir()
    assert not Path(place).exists()
