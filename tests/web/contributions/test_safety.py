"""What comes from strangers is refused or made harmless: nothing runs, leaks or is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.web.contributions.conftest import WORDS, form_of, number_in, receipt_in
from tests.web.contributions.test_deciding import publish

from dadkhah import archive, links
from dadkhah.web.contributions import message, tickets
from dadkhah.web.contributions.models import Contribution, SpentTicket
from dadkhah.web.headers import LARGEST_REQUEST_BYTES, POLICY

HERE = Path(message.__file__).parent
ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "javascript:alert(1) data:text/html,<b>x</b> vbscript:x",
    'http://a.example/"onmouseover="alert(1)',
    "</textarea><script>alert(1)</script>",
    "{{ 7|add:7 }} {% load x %}",
)
BOMBS = {
    "dots": "a." * 9_000,
    "ats": "a@" * 9_000,
    "brackets": "http://a.example/" + "(" * 18_000,
    "schemes": "http://" * 2_800,
    "dashes": "http://" + "a-b." * 4_000,
    "quotes": "\"'" * 9_000,
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_is_shown_as_letters_and_nothing_of_it_runs(
    attack: str, send: Callable[..., Any], first: Client, second: Client, sender: Client
) -> None:
    number = number_in(send(words=f"Before. {attack} After."))
    publish(first, second, number)
    for client, address in (
        (sender, f"/contribute/{number}/"),
        (first, f"/contributions/{number}/"),
    ):
        page = client.get(address).content.decode()
        words = page[page.index("<main") : page.index("</main>")]
        words = re.sub(r"<(?:form|textarea).*?</(?:form|textarea)>", "", words, flags=re.S)
        assert not re.search(r"<(?:script|svg|img|iframe|b)\b", words)
        assert not re.search(r"<[a-z][^>]*\son\w+=", words)
        assert 'href="javascript:' not in words
    assert html.escape(attack[:8]) in page


def test_a_refused_text_comes_back_to_the_letter(sender: Client) -> None:
    words = f"  {ATTACKS[5]}\r\n\r\nسلام «علی‌رضا»\u202e end  "
    form = form_of(sender, words=words, answer="")
    page = sender.post("/contribute/", form).content.decode()
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S)
    assert found is not None
    assert html.unescape(found.group(1)) == words


def test_direction_overrides_are_taken_out_of_what_is_shown_and_kept_in_the_bytes(
    send: Callable[..., Any], first: Client, second: Client, sender: Client, case: Path
) -> None:
    number = number_in(send(words="He said \u202enot\u202c this \u2066way\u2069."))
    publish(first, second, number)
    page = sender.get(f"/contribute/{number}/").content.decode()
    assert "He said not this way." in page
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(page)
    digest = Contribution.objects.get(pk=number).exchange[0]["capture"]
    assert "\u202e" in archive.capture_path(case, digest).read_text("utf-8")


def test_a_host_that_only_looks_alike_shows_its_true_name() -> None:
    (line,) = links.paragraphs("http://аррӏе.com and https://example.org@evil.example/x")[0]
    web = [piece for piece in line.pieces if piece.kind == "web"]
    assert [piece.host for piece in web] == ["xn--80ak6aa92e.com"]
    assert web[0].address == "http://xn--80ak6aa92e.com"


def test_a_megabyte_of_text_is_refused_and_comes_back_whole(sender: Client) -> None:
    words = "ا" * 500_000
    answer = sender.post("/contribute/", form_of(sender, words=words))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Contribution.objects.count() == 0


def test_ten_thousand_links_are_refused_and_come_back_whole(sender: Client) -> None:
    words = "http://a.co\n" * 3_000
    answer = sender.post("/contribute/", form_of(sender, words=words))
    assert answer.status_code == 422
    assert answer.content.decode().count("http://a.co\n") == 3_000
    many = "http://a.co\n" * 10_000
    assert sender.post("/contribute/", form_of(sender, words=many)).status_code == 422


@pytest.mark.parametrize("name", BOMBS)
def test_a_text_made_to_stop_the_machine_is_read_to_its_end(name: str) -> None:
    found = links.paragraphs(BOMBS[name])
    joined = "".join(piece.written for line in found[0] for piece in line.pieces)
    assert len(joined) > 1000
    assert len([p for line in found[0] for p in line.pieces if p.kind == "web"]) <= links.MOST_LINKS


def test_a_used_answer_brings_nothing_else(sender: Client) -> None:
    form = form_of(sender, words=WORDS)
    sender.post("/contribute/", form)
    again = sender.post("/contribute/", {**form, "words": "Other words altogether."})
    assert again.status_code == 422
    assert "Other words altogether." in again.content.decode()
    assert Contribution.objects.count() == 1


def test_a_wrong_answer_uses_the_picture_up(sender: Client) -> None:
    form = form_of(sender, words=WORDS)
    sender.post("/contribute/", {**form, "answer": "000"})
    assert sender.post("/contribute/", form).status_code == 422
    assert Contribution.objects.count() == 0


def test_an_old_ticket_and_a_forged_one_are_refused(
    sender: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(sender, words=WORDS)
    forged = form["ticket"][:-2] + ("AA" if form["ticket"][-2:] != "AA" else "BB")
    assert "too old" in sender.post("/contribute/", {**form, "ticket": forged}).content.decode()
    later = tickets.time.time() + tickets.SECONDS + 1
    monkeypatch.setattr(tickets.time, "time", lambda: later)
    assert "too old" in sender.post("/contribute/", form).content.decode()
    assert sender.get(f"/contribute/picture/{form['ticket']}/").status_code == 404
    assert Contribution.objects.count() == 0


def test_the_ticket_does_not_tell_its_answer(sender: Client) -> None:
    form = form_of(sender)
    page = sender.get("/contribute/").content.decode()
    assert form["answer"] not in form["ticket"]
    assert not re.search(rf"\b{form['answer']}\b", page)


def test_used_tickets_are_forgotten_after_a_while(sender: Client) -> None:
    SpentTicket.objects.create(digest="old", day="2001-01-01")
    sender.post("/contribute/", form_of(sender, words=WORDS))
    assert list(SpentTicket.objects.values_list("day", flat=True)) == [tickets.today()]


def test_a_form_of_another_site_brings_nothing(sender: Client) -> None:
    form = form_of(sender, words=WORDS)
    form.pop("csrfmiddlewaretoken")
    assert sender.post("/contribute/", form).status_code == 403
    assert Contribution.objects.count() == 0


def test_whoever_takes_no_cookie_loses_no_word_and_is_told_why(sender: Client) -> None:
    form = form_of(sender, words=WORDS)
    sender.cookies.clear()
    answer = sender.post("/contribute/", {**form, "lang": "en"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert html.escape(WORDS) in page
    assert "did not send the cookie" in page
    again = dict(re.findall(r'name="(ticket|csrfmiddlewaretoken)" value="([^"]+)"', page))
    known = tickets.opened(again["ticket"])
    assert known is not None
    sent = sender.post("/contribute/", {**form, **again, "answer": known.digits})
    assert sent.status_code == 200
    assert Contribution.objects.count() == 1


def test_what_was_begun_on_the_memorial_goes_on_and_nobody_else_sees_it(sender: Client) -> None:
    origin = {"origin": "https://memorial.example"}
    begun = {"about": "whole", "lang": "en", "words": WORDS}
    answer = sender.post("/contribute/", begun, headers=origin)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert html.escape(WORDS) in page
    assert "wrong-notice" not in page
    assert Contribution.objects.count() == 0
    given = dict(re.findall(r'name="(ticket|csrfmiddlewaretoken)" value="([^"]+)"', page))
    known = tickets.opened(given["ticket"])
    assert known is not None
    assert html.escape(WORDS) not in sender.get("/contribute/?lang=en").content.decode()
    sent = {**begun, **given, "kind": "comment", "answer": known.digits}
    assert sender.post("/contribute/", sent).status_code == 200
    assert Contribution.objects.get().about == "whole"


@pytest.mark.parametrize("proof", ["éééé", "{}", "W10=", "bnVsbA==", "\0", "=" * 4000])
def test_a_proof_that_is_none_is_refused_and_loses_no_word(sender: Client, proof: str) -> None:
    form = {**form_of(sender, words=WORDS), "answer": "", "proof": proof}
    answer = sender.post("/contribute/", form)
    assert answer.status_code == 422
    assert html.escape(WORDS) in answer.content.decode()


def test_a_server_asked_by_another_name_says_so_and_does_not_fail(sender: Client) -> None:
    answer = sender.get("/contribute/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize("field", ["about", "lang", "kind", "ticket", "code"])
def test_a_line_break_in_a_field_reaches_no_header(sender: Client, field: str) -> None:
    forged = "whole\r\nSet-Cookie: evil=1\r\n\r\n"
    answer = sender.post("/contribute/", {**form_of(sender, words=WORDS), field: forged})
    assert "evil" not in str(answer.headers)
    assert "evil" not in answer.cookies
    page = sender.get("/contribute/", {field: forged})
    assert "evil" not in str(page.headers)


def test_the_head_of_a_message_cannot_be_forged() -> None:
    kept = message.compose(
        contribution="1", part=1, about="person:1\nReceived: 1999-01-01", kind="fact",
        language="en", day="2041-02-01", words="Received: 1998-01-01\n\nwords",
    )  # fmt: skip
    head = kept.decode().partition("\n\n")[0]
    assert head.count("\n") == 5
    assert message.body_of(kept) == "Received: 1998-01-01\n\nwords"


def test_what_is_too_large_is_refused_before_it_is_read(sender: Client) -> None:
    answer = sender.post("/contribute/", CONTENT_LENGTH=str(LARGEST_REQUEST_BYTES + 1))
    assert answer.status_code == 413


def test_the_same_long_text_about_the_same_is_taken_once(
    send: Callable[..., Any], sender: Client
) -> None:
    send()
    again = sender.post("/contribute/", form_of(sender, words=WORDS.upper()))
    assert "The same text is here already" in again.content.decode()
    assert Contribution.objects.count() == 1


def test_short_words_of_mourning_are_taken_from_everybody(send: Callable[..., Any]) -> None:
    for _ in range(3):
        assert receipt_in(send(words="یادش گرامی"))
    assert Contribution.objects.count() == 3


def test_a_flood_is_asked_to_wait_and_loses_nothing(
    send: Callable[..., Any], settings: Any
) -> None:
    settings.CONTRIBUTIONS_PER_MINUTE = 2
    assert [send(words=f"Words number {n}.").status_code for n in range(3)] == [200, 200, 422]
    assert "Words number 3." in send(words="Words number 3.").content.decode()


def test_no_page_carries_code_or_style_of_its_own() -> None:
    assert "unsafe" not in POLICY
    for path in HERE.rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", text), path.name


def test_a_stranger_learns_nothing_of_a_person_who_is_not_public(
    sender: Client, keeper_person: str
) -> None:
    page = sender.get(f"/contribute/?about=person:{keeper_person}").content.decode()
    assert "canarysecret" not in page


def test_an_address_cannot_put_a_sentence_on_the_page(sender: Client) -> None:
    page = sender.get("/contribute/", {"about": "place:Send 500 to account 12|city"})
    assert "Send 500" not in page.content.decode().replace('value="', "").partition("<form")[0]


@pytest.fixture
def keeper_person(case: Path) -> str:
    from dadkhah.web.people.models import IndexedPerson

    return str(IndexedPerson.objects.get(label__startswith="canarysecret").pk)
