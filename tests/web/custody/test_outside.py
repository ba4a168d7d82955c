"""The page that says who vouches for the log, and what that proves."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.custody.cast import WITNESS

from dadkhah.custody.cosignatures import cosign_text, witness_of, witness_text
from dadkhah.custody.keys import make_key
from dadkhah.custody.notes import add_signature, parse_note
from dadkhah.custody.signers import verifier_text
from dadkhah.web import case
from dadkhah.web.custody.actions import sign_head
from dadkhah.web.custody.models import SignedCheckpoint

pytestmark = pytest.mark.django_db
ADDRESS = "/custody/checkpoints/"


@pytest.fixture
def signed(keeper: Client) -> Client:
    """A case whose log is signed, with one witness in its policy who has not answered."""
    key = make_key("dadkhah.invalid/outside")
    line = f"witness w {witness_text(witness_of(WITNESS))}\ngroup all any w\nquorum all\n"
    verifier = verifier_text(key.verifier)
    said = case.CaseFile(id="outside", origin=key.name, verifier=verifier, policy=line)
    case.write(case.current(), said)
    sign_head(signer=key)
    return keeper


def test_a_witness_that_cosigned_is_named_with_its_time(signed: Client) -> None:
    assert WITNESS.name not in signed.get(ADDRESS).content.decode()
    row = SignedCheckpoint.objects.latest("size")
    line = cosign_text(parse_note(row.note).text, WITNESS, seconds=1_800_000_000)
    SignedCheckpoint.objects.filter(pk=row.pk).update(note=add_signature(row.note, line))
    page = signed.get(ADDRESS).content.decode()
    assert WITNESS.name in page
    assert "15 January 2027, 08:00 UTC" in page


def test_a_checkpoint_that_another_key_signed_does_not_hold(signed: Client) -> None:
    assert "DOES NOT HOLD" not in signed.get(ADDRESS).content.decode()
    other = make_key("dadkhah.invalid/outside")
    case.write(
        case.current(),
        case.CaseFile(id="o", origin=other.name, verifier=verifier_text(other.verifier)),
    )
    assert "DOES NOT HOLD" in signed.get(ADDRESS).content.decode()


def test_the_page_says_in_both_languages_what_is_not_proved(signed: Client) -> None:
    page = signed.get(ADDRESS).content.decode()
    assert "None of them shows that what a source says is true" in page
    signed.cookies["django_language"] = "fa"
    assert "هیچ‌یک نشان نمی‌دهد که گفتهٔ منبعی راست است" in signed.get(ADDRESS).content.decode()
