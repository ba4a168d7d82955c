from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import LOG, ORIGIN
from tests.custody.test_merkle import refused

from dadkhah.custody.checkpoints import (
    Checkpoint,
    checkpoint_text,
    open_checkpoint,
    read_checkpoint,
    sign_checkpoint,
)
from dadkhah.errors import VerificationError

HEAD = Checkpoint(origin=ORIGIN, size=12, root=bytes(range(32)))
TEXT = checkpoint_text(HEAD)
ROOT_LINE = TEXT.split("\n")[2]


def test_a_checkpoint_reads_back() -> None:
    assert read_checkpoint(TEXT) == HEAD
    more = replace(HEAD, extensions=("one", "two"))
    assert read_checkpoint(checkpoint_text(more)) == more


def test_a_signed_checkpoint_opens() -> None:
    head, note = open_checkpoint(sign_checkpoint(HEAD, LOG), [LOG.verifier], origin=ORIGIN)
    assert head == HEAD
    assert note.text == TEXT


def test_the_checkpoint_of_another_log_is_refused() -> None:
    with refused("checkpoint-origin"):
        open_checkpoint(sign_checkpoint(HEAD, LOG), [LOG.verifier], origin="example.org/other")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "checkpoint-shape"),
        (f"{ORIGIN}\n12\n", "checkpoint-shape"),
        (f"{ORIGIN}\n12\n{ROOT_LINE}", "checkpoint-shape"),
        (f"\n12\n{ROOT_LINE}\n", "checkpoint-shape"),
        (f"{ORIGIN}\n12\n{ROOT_LINE}\n\n", "checkpoint-shape"),
        (f"{ORIGIN}\n012\n{ROOT_LINE}\n", "checkpoint-size"),
        (f"{ORIGIN}\n-1\n{ROOT_LINE}\n", "checkpoint-size"),
        (f"{ORIGIN}\n۱۲\n{ROOT_LINE}\n", "checkpoint-size"),
        (f"{ORIGIN}\n{'9' * 19}\n{ROOT_LINE}\n", "checkpoint-size"),
        (f"{ORIGIN}\n{'9' * 10_000}\n{ROOT_LINE}\n", "checkpoint-size"),
        (f"{ORIGIN}\n12\nAAAA\n", "checkpoint-root"),
        (f"{ORIGIN}\n12\n{ROOT_LINE[:-1]}\n", "checkpoint-root"),
        (f"{ORIGIN}\n12\n{ROOT_LINE[:-2]}9=\n", "checkpoint-root"),
    ],
)
def test_a_malformed_checkpoint_is_refused_with_its_own_code(text: str, code: str) -> None:
    with refused(code):
        read_checkpoint(text)


@pytest.mark.parametrize(
    "head",
    [
        replace(HEAD, origin="two\nlines"),
        replace(HEAD, origin=""),
        replace(HEAD, size=-1),
        replace(HEAD, root=b""),
        replace(HEAD, extensions=("",)),
        replace(HEAD, extensions=("a\nb",)),
    ],
)
def test_a_checkpoint_that_would_not_read_back_is_not_written(head: Checkpoint) -> None:
    with pytest.raises(VerificationError):
        sign_checkpoint(head, LOG)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_checkpoint_or_refused_with_a_code(text: str) -> None:
    with pytest.raises(VerificationError) as refusal:
        read_checkpoint(text)
    assert refusal.value.code
