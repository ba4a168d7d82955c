"""A picture that a reader sent: proposed with words, let out by another, taken down."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from tests.web.contributions.conftest import number_in, receipt_in
from tests.web.contributions.test_attachments import PLACE, photograph
from tests.web.contributions.test_deciding import publish
from tests.web.contributions.test_withdrawing import take_back

from dadkhah import archive
from dadkhah.custody.signers import LogSigner, verifier_text
from dadkhah.errors import AccessError, RecordError
from dadkhah.memorial import build
from dadkhah.web.claims.actions import disclose
from dadkhah.web.claims.models import Claim
from dadkhah.web.contributions import pictures, queries
from dadkhah.web.contributions.models import Contribution
from dadkhah.web.custody import actions, archiving
from dadkhah.web.custody.access import Reader
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.custody.models import Disclosure
from dadkhah.web.people.models import IndexedPerson
from dadkhah.web.sources.models import Capture

SEEN = "A young man in a white shirt, looking into the light."
REASON = "His sister sent it so that his face is known."


@pytest.fixture
def person(case: object) -> str:
    """The person on the invented list whose name is disclosed."""
    return str(IndexedPerson.objects.get(label="Mohammad Rahgosha").pk)


@pytest.fixture
def sent(send: Callable[..., Any], person: str) -> Any:
    """A memory of one person, with a photograph that says where it was taken."""
    return send(about=f"person:{person}", files=[photograph()])


def drawn(number: str) -> str:
    """The picture drawn anew from what came."""
    files = Contribution.objects.get(pk=number).files
    return str(Capture.objects.get(parent__in=files, media_type="image/jpeg").pk)


def propose(client: Client, number: str, **more: str) -> Any:
    said = {"picture": drawn(number), "predicate": "person.portrait", "seen": SEEN,
            "reason": REASON, **more}  # fmt: skip
    return client.post(f"/contributions/{number}/picture/", said)


def test_one_picture_is_proposed_once(
    sent: Any, first: Client, second: Client, person: str
) -> None:
    number = number_in(sent)
    publish(first, second, number, f"person:{person}")
    assert propose(first, number).status_code == 302
    assert propose(second, number).status_code == 422


def claim_of(number: str) -> str:
    words = Claim.objects.get(pk=Contribution.objects.get(pk=number).claim)
    found = Claim.objects.filter(mention=words.mention_id, predicate="person.portrait")
    return str(found.latest("entry").pk)


def shown(first: Client, second: Client, number: str, person: str) -> None:
    """Publish the words, then the picture."""
    publish(first, second, number, f"person:{person}")
    assert propose(first, number).status_code == 302
    said = {"claim": claim_of(number), "said": "the family asked"}
    assert second.post(f"/contributions/{number}/let-out/", said).status_code == 302


def site_of(case: Path, name: str) -> Path:
    key = LogSigner(name="example.org/pictures", seed=bytes(range(32)))
    actions.sign_head(signer=key)
    archiving.export(
        case, case / f"{name}-archive", origin=key.name, verifier=verifier_text(key.verifier),
        extra={},
    )  # fmt: skip
    return build(case / f"{name}-archive", case / name).folder


def test_two_people_show_a_picture_on_the_page_of_the_person_without_where_it_was_taken(
    sent: Any, first: Client, second: Client, person: str, case: Path
) -> None:
    number = number_in(sent)
    shown(first, second, number, person)
    site = site_of(case, "site")
    (page,) = [p for p in (site / "en/people").rglob("*.html") if SEEN in p.read_text("utf-8")]
    html = page.read_text("utf-8")
    found = re.search(r'<img src="([^"]+)"[^>]* alt="([^"]+)"[^>]*loading="lazy"', html)
    assert found is not None
    assert found[2] == SEEN
    assert REASON in html
    picture = (page.parent / found[1]).resolve()
    assert PLACE.encode() not in picture.read_bytes()
    with Image.open(picture) as opened:
        assert not opened.getexif()


def test_whoever_proposed_a_picture_cannot_let_it_out(
    sent: Any, first: Client, second: Client, person: str
) -> None:
    number = number_in(sent)
    publish(first, second, number, f"person:{person}")
    propose(first, number)
    said = {"claim": claim_of(number), "said": "because I say so"}
    answer = first.post(f"/contributions/{number}/let-out/", said)
    assert answer.status_code == 422
    assert "disclosure-alone" in answer.content.decode()


def test_no_picture_leaves_before_its_words_are_public(
    sent: Any, first: Client, second: Client, person: str, case: Path
) -> None:
    number = number_in(sent)
    first.post(f"/contributions/{number}/accept/", {"about": f"person:{person}"})
    assert propose(first, number).status_code == 302
    with pytest.raises(AccessError, match="this state"):
        pictures.let_out(by="account:9", contribution=number, claim=claim_of(number), ground="so")
    assert not (site_of(case, "site") / "pictures").exists()


@pytest.mark.parametrize("missing", ["seen", "reason"])
def test_a_picture_without_words_or_a_reason_is_refused(
    sent: Any, first: Client, second: Client, person: str, missing: str
) -> None:
    number = number_in(sent)
    publish(first, second, number, f"person:{person}")
    assert propose(first, number, **{missing: " "}).status_code == 422
    assert not Claim.objects.filter(predicate="person.portrait").exists()


def test_only_a_picture_that_came_with_it_about_a_person_can_be_proposed(
    send: Callable[..., Any], sent: Any, first: Client, second: Client
) -> None:
    number = number_in(send(words="About nobody in particular.", files=[photograph()]))
    publish(first, second, number, "whole")
    said = {"by": "account:1", "predicate": "person.portrait", "seen": SEEN, "reason": REASON}
    with pytest.raises(RecordError, match="about a person"):
        pictures.propose(contribution=number, picture=drawn(number), **said)


def test_a_picture_goes_when_it_is_taken_down_retracted_or_its_sender_withdraws(
    sent: Any, first: Client, second: Client, person: str, sender: Client, case: Path
) -> None:
    number, code = number_in(sent), receipt_in(sent)
    shown(first, second, number, person)
    claim = claim_of(number)
    assert (site_of(case, "before") / "pictures").is_dir()
    first.post(f"/contributions/{number}/take-down/", {"claim": claim})
    assert Claim.objects.get(pk=claim).status == "withdrawn"
    assert not (site_of(case, "down") / "pictures").exists()
    assert propose(first, number).status_code == 302
    said = {"claim": claim_of(number), "said": "asked again"}
    assert second.post(f"/contributions/{number}/let-out/", said).status_code == 302
    first.post(f"/contributions/{number}/retract/", {"said": "taken back for now"})
    assert Claim.objects.get(pk=claim_of(number)).status == "withdrawn"
    assert not (site_of(case, "back") / "pictures").exists()
    digest = drawn(number)
    publish(first, second, number, f"person:{person}")
    assert propose(first, number).status_code == 302
    assert "It is withdrawn" in take_back(sender, code).content.decode()
    assert not Claim.objects.filter(predicate="person.portrait").exists()
    assert not archive.capture_path(case, digest).exists()


def test_what_was_typed_at_the_desk_is_not_lost_when_it_is_refused(
    sent: Any, first: Client, second: Client, person: str
) -> None:
    number = number_in(sent)
    publish(first, second, number, f"person:{person}")
    refused = propose(first, number, reason=" ", predicate="person.letter").content.decode()
    assert SEEN in refused
    assert 'value="person.letter" selected' in refused
    propose(first, number)
    said = {"claim": claim_of(number), "said": "a ground that I thought about"}
    again = first.post(f"/contributions/{number}/let-out/", said)
    assert again.status_code == 422
    short = second.post(f"/contributions/{number}/let-out/", {**said, "said": "so"})
    assert ">so</textarea>" in short.content.decode()
    asked = first.post(f"/contributions/{number}/retract/", {"said": "x"}).content.decode()
    assert ">x</textarea>" in asked


def test_a_refusal_stands_with_its_own_picture_and_says_what_to_do(
    sent: Any, first: Client, second: Client, person: str
) -> None:
    number = number_in(sent)
    publish(first, second, number, f"person:{person}")
    propose(first, number)
    claim = claim_of(number)
    elsewhere = second.post(
        f"/contributions/{number}/let-out/", {"claim": "other", "said": "so it"}
    )
    assert "wrong-notice" not in elsewhere.content.decode()
    again = propose(first, number).content.decode()
    assert "Take the one that stands down first" in again
    first.post(f"/contributions/{number}/take-down/", {"claim": claim})
    gone = first.post(f"/contributions/{number}/take-down/", {"claim": claim})
    assert gone.status_code == 422
    with pytest.raises(RecordError) as caught:
        pictures.take_down(by="account:1", contribution=number, claim=claim)
    assert "somebody may have taken the picture down" in caught.value.todo


def test_a_picture_stays_proposed_when_its_words_are_accepted_anew(
    sent: Any, first: Client, second: Client, person: str
) -> None:
    number = number_in(sent)
    first.post(f"/contributions/{number}/accept/", {"about": f"person:{person}"})
    propose(first, number)
    before = claim_of(number)
    first.post(f"/contributions/{number}/accept/", {"about": f"person:{person}"})
    after = Claim.objects.get(pk=claim_of(number))
    assert after.pk != before
    assert (after.written, after.status) == (SEEN, "unreviewed")
    assert Claim.objects.get(pk=before).status == "withdrawn"
    first.post(f"/contributions/{number}/accept/", {"about": "whole"})
    assert not Claim.objects.filter(predicate="person.portrait").exclude(status="withdrawn")


def test_the_general_way_of_disclosing_lets_no_picture_of_a_reader_out(
    sent: Any, first: Client, second: Client, person: str
) -> None:
    number = number_in(sent)
    publish(first, second, number, f"person:{person}")
    propose(first, number)
    with pytest.raises(AccessError, match="disclosure-picture"):
        disclose(by="account:1", reviewed_by="account:2", ground="x", claims=[claim_of(number)])


def test_a_picture_is_public_only_where_everybody_may_see_it(
    sent: Any, first: Client, second: Client, person: str
) -> None:
    number = number_in(sent)
    shown(first, second, number, person)
    reader = Reader(author="account:1", role="editor")
    (picture,) = queries.account(reader, number, "en").pictures  # type: ignore[union-attr]
    assert picture.is_public
    ended = dataclasses.replace(Disclosure.objects.latest("entry").record(), until="2001-01-01")
    append(by="account:1", changes=[Change(action="test.end", records=[ended], replaces=True)])
    (picture,) = queries.account(reader, number, "en").pictures  # type: ignore[union-attr]
    assert not picture.is_public
