"""What officers decide: two people to publish, a reason to refuse, a trace for corrections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.web.contributions.conftest import WORDS, number_in, receipt_in

from dadkhah.errors import AccessError, RecordError
from dadkhah.web.accounts.models import Account
from dadkhah.web.claims.models import Claim
from dadkhah.web.contributions import deciding
from dadkhah.web.contributions.models import Contribution
from dadkhah.web.custody.models import Disclosure, LogEntry
from dadkhah.web.people.models import IndexedPerson
from dadkhah.web.sources.models import Source


@pytest.fixture
def person(case: object) -> str:
    """The person on the invented list whose name is disclosed."""
    return str(IndexedPerson.objects.get(label="Mohammad Rahgosha").pk)


def publish(first: Client, second: Client, number: str, about: str = "whole") -> None:
    accepted = first.post(f"/contributions/{number}/accept/", {"about": about, "decision": "Kept."})
    assert accepted.status_code == 302, accepted.content.decode()[-2000:]
    ground = {"said": "The family asked for it to be read."}
    assert second.post(f"/contributions/{number}/publish/", ground).status_code == 302


def test_two_people_publish_and_everybody_reads_it_as_not_verified(
    send: Callable[..., Any], first: Client, second: Client, sender: Client
) -> None:
    number = number_in(send())
    assert WORDS[:30] not in sender.get("/contribute/published/").content.decode()
    publish(first, second, number)
    page = sender.get("/contribute/published/").content.decode()
    assert "contributed, not verified" in page
    assert "He told us of the night the lists were read." in page
    assert 'rel="nofollow noopener ugc"' in page
    decided = Disclosure.objects.get(claims=[Contribution.objects.get(pk=number).claim])
    assert decided.by != decided.reviewed_by


def test_whoever_accepted_it_cannot_publish_it_too(send: Callable[..., Any], first: Client) -> None:
    number = number_in(send())
    first.post(f"/contributions/{number}/accept/", {"about": "whole"})
    answer = first.post(f"/contributions/{number}/publish/", {"said": "because I say so"})
    assert answer.status_code == 422
    assert "disclosure-alone" in answer.content.decode()
    assert Contribution.objects.get(pk=number).state == "accepted"


def test_it_is_linked_to_a_person_by_a_judgement_and_stands_on_their_page(
    send: Callable[..., Any], first: Client, second: Client, person: str
) -> None:
    before = IndexedPerson.objects.count()
    number = number_in(send(about=f"person:{person}"))
    publish(first, second, number, f"person:{person}")
    assert IndexedPerson.objects.count() == before
    page = first.get(f"/people/{person}/").content.decode()
    assert "Contributed; not verified unless it says so" in page
    assert "He told us of the night" in page


def test_words_that_must_not_be_shown_and_addresses_are_withheld(
    send: Callable[..., Any], first: Client, second: Client, sender: Client
) -> None:
    number = number_in(send(words="Mehran Kaviyan lived next door. Write to me@example.org."))
    said = {"about": "whole", "withhold": "Mehran Kaviyan\n"}
    first.post(f"/contributions/{number}/accept/", said)
    second.post(f"/contributions/{number}/publish/", {"said": "a ground"})
    claim = Claim.objects.get(pk=Contribution.objects.get(pk=number).claim)
    assert claim.written == "▧▧▧ lived next door. Write to ▧▧▧."
    page = sender.get(f"/contribute/{number}/").content.decode()
    assert "Kaviyan" not in page
    assert "me@example.org" not in page


def test_an_owner_may_ask_for_their_address_to_be_shown(
    send: Callable[..., Any], first: Client, second: Client, sender: Client
) -> None:
    number = number_in(send(words="Write to me@example.org.", show_email="on"))
    publish(first, second, number)
    assert "mailto:me@example.org" in sender.get(f"/contribute/{number}/").content.decode()


def test_a_question_waits_behind_the_receipt_and_an_answer_comes_back(
    send: Callable[..., Any], first: Client, sender: Client
) -> None:
    answer = send()
    number, code = number_in(answer), receipt_in(answer)
    first.post(f"/contributions/{number}/ask/", {"said": "In which year was that?"})
    form = {"code": code, "csrfmiddlewaretoken": sender.cookies[settings.CSRF_COOKIE_NAME].value}
    assert "In which year was that?" in sender.post("/contribute/receipt/", form).content.decode()
    sender.post("/contribute/receipt/add/", {**form, "words": "In 2031, at the end of January."})
    row = Contribution.objects.get(pk=number)
    assert row.state == "received"
    assert [said["from"] for said in row.exchange] == ["sender", "case", "sender"]
    assert "at the end of January" in first.get(f"/contributions/{number}/").content.decode()


def test_a_refusal_names_a_reason_of_the_published_list(
    send: Callable[..., Any], first: Client, sender: Client
) -> None:
    answer = send()
    number, code = number_in(answer), receipt_in(answer)
    with pytest.raises(RecordError, match="contribution-reason"):
        deciding.refuse(by="account:1", contribution=number, reason="I do not like it")
    first.post(f"/contributions/{number}/refuse/", {"reason": "outside"})
    form = {"code": code, "csrfmiddlewaretoken": sender.cookies[settings.CSRF_COOKIE_NAME].value}
    page = sender.post("/contribute/receipt/", form).content.decode()
    assert "It is not about what this case documents." in page
    assert (
        "It is not about what this case documents."
        in sender.get("/contribute/rules/").content.decode()
    )


def test_a_correction_leaves_a_decision_and_a_public_trace(
    send: Callable[..., Any], first: Client, sender: Client
) -> None:
    number = number_in(send(kind="correction", words="The year was 2032, as the stone says."))
    with pytest.raises(RecordError, match="contribution-decision"):
        deciding.accept(by="account:1", contribution=number, about="whole")
    first.post(
        f"/contributions/{number}/refuse/",
        {"reason": "contradicted", "decision": "The list says 2031, row 2."},
    )
    page = sender.get("/contribute/corrections/").content.decode()
    assert number in page
    assert "The list says 2031, row 2." in page
    assert "as the stone says" not in page
    assert sender.get(f"/contribute/{number}/").status_code == 200


def test_a_threat_is_closed_to_editors_and_open_to_a_keeper(
    send: Callable[..., Any], first: Client, second: Client
) -> None:
    number = number_in(send(words="You will be sorry."))
    first.post(f"/contributions/{number}/hide/")
    assert second.get(f"/contributions/{number}/").status_code == 404
    assert number not in second.get("/contributions/?state=hidden").content.decode()
    keeper = Client()
    account = Account.objects.create_user(username="k", password=None, role="keeper")
    keeper.force_login(account)
    assert "You will be sorry." in keeper.get(f"/contributions/{number}/").content.decode()


def test_a_published_one_can_be_taken_back_from_the_public(
    send: Callable[..., Any], first: Client, second: Client, sender: Client
) -> None:
    number = number_in(send())
    publish(first, second, number)
    first.post(f"/contributions/{number}/retract/", {"said": "The family asked."})
    assert "He told us" not in sender.get("/contribute/published/").content.decode()
    assert Contribution.objects.get(pk=number).state == "accepted"


def test_nobody_decides_twice_about_one_state(send: Callable[..., Any], case: object) -> None:
    number = number_in(send())
    deciding.refuse(by="account:1", contribution=number, reason="outside")
    with pytest.raises(AccessError, match="contribution-state"):
        deciding.accept(by="account:2", contribution=number, about="whole")


def test_readers_and_strangers_do_not_reach_the_desk(
    send: Callable[..., Any], sender: Client
) -> None:
    number = number_in(send())
    assert sender.get("/contributions/").status_code == 302
    reader = Client()
    reader.force_login(Account.objects.create_user(username="r", password=None, role="reader"))
    assert reader.get("/contributions/").status_code == 403
    assert reader.get(f"/contributions/{number}/").status_code == 403
    assert reader.post(f"/contributions/{number}/hide/").status_code == 403


def test_before_a_decision_only_the_queue_shows_it(send: Callable[..., Any], first: Client) -> None:
    row = Contribution.objects.get(pk=number_in(send()))
    assert first.get(f"/sources/{row.source_id}/").status_code == 404
    assert row.pk in first.get("/contributions/").content.decode()
    deciding.accept(by="account:1", contribution=row.pk, about="whole")
    assert "He told us" in first.get(f"/sources/{row.source_id}/").content.decode()
    assert Source.objects.get(pk=row.source_id).confidentiality == "restricted"


def test_every_decision_is_an_entry_of_the_log(
    send: Callable[..., Any], first: Client, second: Client
) -> None:
    publish(first, second, number_in(send()))
    actions = list(LogEntry.objects.order_by("-index").values_list("action", flat=True)[:3])
    assert actions == ["contributions.publish", "contributions.accept", "contributions.receive"]


def test_an_officer_finds_the_person_by_another_spelling(
    send: Callable[..., Any], first: Client, person: str
) -> None:
    number = number_in(send())
    page = first.get(f"/contributions/{number}/", {"q": "محمد رهگشا"}).content.decode()
    assert f'value="person:{person}"' in page
    unknown = {"about": "person:nobody"}
    answer = first.post(f"/contributions/{number}/accept/", unknown)
    assert answer.status_code == 422
    assert "contribution-person" in answer.content.decode()
