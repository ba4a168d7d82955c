"""Keys that follow one another, and those that nothing leads from."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.custody.cast import LOG, ORIGIN, OTHER, checkpoint
from tests.custody.invented_archive import Log, changes, write

from dadkhah.archive import checkpoint_path
from dadkhah.cli.verify import Given, verify_archive
from dadkhah.custody import standalone
from dadkhah.custody.keychain import REVOKE, ROTATE, change_note
from dadkhah.custody.signers import LogSigner, verifier_text
from dadkhah.custody.verify import verify_log

THIRD = LogSigner(name=ORIGIN, seed=bytes(range(9, 41)))
STRANGER = LogSigner(name=ORIGIN, seed=bytes(range(19, 51)))


def grown(*steps: tuple[str, LogSigner, LogSigner]) -> Log:
    """A log of some entries, a change of key, some entries, and so on."""
    log = Log()
    for change in changes(5):
        log.add(*change)
    for number, (action, old, new) in enumerate(steps):
        log.add(action, change_note(old.verifier, new.verifier), [])
        for action_of, note, _ in changes(8)[5:]:
            log.add(action_of, f"{note}{number}", [])
    return log


def failed(log: Log, newest: LogSigner, given: LogSigner, *earlier: str) -> dict[int, str]:
    report = verify_log(
        log.entries, checkpoint(log.entries, newest), [given.verifier], origin=ORIGIN,
        earlier=earlier,
    )  # fmt: skip
    return {check.number: check.code for check in report.failures}


ROTATED = grown((ROTATE, LOG, OTHER))
HANDOVER = checkpoint(ROTATED.entries[:6], LOG, OTHER)
BEFORE = checkpoint(ROTATED.entries[:3], LOG)


@pytest.mark.parametrize("given", [LOG, OTHER])
def test_whoever_trusts_the_old_key_or_the_new_one_believes_a_rotated_log(given: LogSigner) -> None:
    assert failed(ROTATED, OTHER, given, HANDOVER, BEFORE) == {}


def test_without_the_handover_nothing_leads_from_the_old_key() -> None:
    assert failed(ROTATED, OTHER, LOG, BEFORE)[19] == "key-handover"
    for alone in (LOG, OTHER):
        half = checkpoint(ROTATED.entries[:6], alone)
        assert failed(ROTATED, OTHER, LOG, half)[19] == "key-handover"
    assert failed(ROTATED, OTHER, OTHER, HANDOVER) == {}


def test_a_retired_key_signs_nothing_any_more() -> None:
    assert failed(ROTATED, LOG, OTHER, HANDOVER)[1] == "key-retired"
    late = checkpoint(ROTATED.entries[:7], LOG)
    assert failed(ROTATED, OTHER, OTHER, HANDOVER, late) == {8: "key-retired"}
    early = checkpoint(ROTATED.entries[:5], OTHER)
    assert failed(ROTATED, OTHER, OTHER, HANDOVER, early) == {8: "note-unsigned"}


def test_a_key_that_never_was_the_logs_is_refused() -> None:
    assert failed(ROTATED, OTHER, STRANGER, HANDOVER)[19] == "key-unknown"
    assert failed(ROTATED, STRANGER, OTHER, HANDOVER)[1] == "note-unsigned"


def test_nothing_leads_from_a_revoked_key_and_it_signs_nothing() -> None:
    log = grown((REVOKE, LOG, OTHER))
    both = checkpoint(log.entries[:6], LOG, OTHER)
    assert failed(log, OTHER, OTHER, BEFORE) == {}
    assert failed(log, OTHER, LOG, both)[19] == "key-revoked"
    assert failed(log, LOG, OTHER)[1] == "key-revoked"
    late = checkpoint(log.entries[:6], LOG)
    assert failed(log, OTHER, OTHER, late) == {8: "key-revoked"}


def test_a_chain_of_changes_is_followed_whole_or_not_at_all() -> None:
    log = grown((ROTATE, LOG, OTHER), (ROTATE, OTHER, THIRD))
    first = checkpoint(log.entries[:6], LOG, OTHER)
    second = checkpoint(log.entries[:10], OTHER, THIRD)
    for given in (LOG, OTHER, THIRD):
        assert failed(log, THIRD, given, second, first) == {}
    assert failed(log, THIRD, LOG, second)[19] == "key-handover"
    gap = grown((ROTATE, LOG, OTHER), (ROTATE, LOG, THIRD))
    assert failed(gap, THIRD, LOG, first)[19] == "key-chain"


@pytest.mark.parametrize("note", ["", "a b", "one two three", verifier_text(LOG.verifier)])
def test_a_change_that_names_no_keys_breaks_the_chain(note: str) -> None:
    log = grown()
    log.add(ROTATE, note, [])
    assert failed(log, LOG, LOG)[19] == "key-chain"


def test_both_verifiers_read_an_archive_whose_key_changed(tmp_path: Path) -> None:
    kept = {checkpoint_path(6): HANDOVER.encode(), checkpoint_path(3): BEFORE.encode()}
    folder = write(tmp_path / "a", ROTATED, signer=OTHER, extra=kept)
    assert verify_archive(folder, Given(key=verifier_text(LOG.verifier))).passed
    assert verify_archive(folder).passed
    assert standalone.verify(folder) == {}
