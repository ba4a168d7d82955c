"""Signing in: one answer to every failure, and a limit to guessing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.test import Client

from dadkhah.web.accounts import throttle
from dadkhah.web.accounts.models import Account

GOOD = "a long invented password"


def attempt(client: Client, username: str, password: str, following: str = "") -> object:
    said = {"username": username, "password": password, "next": following}
    return client.post("/accounts/sign-in/", said)


def test_a_reader_signs_in_and_comes_back_to_the_page(public: Client) -> None:
    Account.objects.create_user(username="mina", password=GOOD)
    answer = attempt(public, "mina", GOOD, "/people/")
    assert answer["Location"] == "/people/"
    answer = attempt(Client(), "mina", GOOD, "https://elsewhere.invalid/")
    assert answer["Location"] == "/"


def test_a_wrong_name_and_a_wrong_password_get_one_answer(public: Client) -> None:
    Account.objects.create_user(username="mina", password=GOOD)
    pages = [attempt(public, name, "wrong").content.decode() for name in ("mina", "nobody")]
    said = "That account name and password do not belong together."
    assert all(said in page for page in pages)


def test_guessing_is_slowed_down_for_the_account_alone(public: Client) -> None:
    Account.objects.create_user(username="mina", password=GOOD)
    Account.objects.create_user(username="tara", password=GOOD)
    for _ in range(throttle.FAILURES_OF_ONE):
        throttle.failed("mina")
    assert attempt(public, "mina", GOOD).status_code == 429
    assert attempt(public, "tara", GOOD).status_code == 302


def test_guessing_over_many_accounts_is_slowed_down_too(public: Client) -> None:
    for number in range(throttle.FAILURES_OF_ALL):
        throttle.failed(f"name{number}")
    assert attempt(public, "another", "wrong").status_code == 429


def test_nobody_is_locked_out_of_a_known_browser_by_the_guesses_of_others(public: Client) -> None:
    Account.objects.create_user(username="mina", password=GOOD)
    said = {"username": "mina", "password": GOOD, "own_browser": "1"}
    cookie = public.post("/accounts/sign-in/", said).cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert "mina" not in cookie.value
    public.logout()
    public.cookies[settings.DEVICE_COOKIE_NAME] = cookie.value
    for number in range(throttle.FAILURES_OF_ALL):
        throttle.failed("mina" if number < throttle.FAILURES_OF_ONE else f"name{number}")
    assert attempt(Client(), "mina", GOOD).status_code == 429
    assert attempt(public, "tara", "wrong").status_code == 429
    assert attempt(public, "mina", GOOD).status_code == 302


def test_guessing_beside_a_known_browser_is_slowed_down_as_well(public: Client) -> None:
    Account.objects.create_user(username="mina", password=GOOD)
    said = {"username": "mina", "password": GOOD, "own_browser": "1"}
    cookie = public.post("/accounts/sign-in/", said).cookies[settings.DEVICE_COOKIE_NAME].value
    public.logout()
    public.cookies[settings.DEVICE_COOKIE_NAME] = cookie
    answers = [attempt(public, "mina", "wrong") for _ in range(throttle.FAILURES_OF_ONE + 1)]
    assert [answer.status_code for answer in answers] == [200] * throttle.FAILURES_OF_ONE + [429]
    assert attempt(Client(), "mina", GOOD).status_code == 302


def test_no_browser_is_known_that_did_not_ask_for_it(public: Client) -> None:
    Account.objects.create_user(username="mina", password=GOOD)
    assert settings.DEVICE_COOKIE_NAME not in attempt(public, "mina", GOOD).cookies
    public.cookies[settings.DEVICE_COOKIE_NAME] = "forged"
    assert attempt(public, "mina", "wrong").status_code == 200


def test_signing_out_needs_no_more_than_a_button(editor: Client) -> None:
    assert editor.post("/accounts/sign-out/").status_code == 302
    assert editor.get("/people/pairs/").status_code == 302


def test_a_judgement_is_kept_with_its_reason(editor: Client, case: Path) -> None:
    from dadkhah.web.people.models import Judgement, PairToReview

    pair = PairToReview.objects.get()
    answer = editor.post(f"/people/pairs/{pair.pk}/", {"decision": "same", "why": "one prison"})
    assert answer.status_code == 302
    assert Judgement.objects.filter(decision="same", why="one prison").exists()


def test_a_judgement_without_a_decision_is_not_kept(editor: Client, case: Path) -> None:
    from dadkhah.web.people.models import PairToReview

    pair = PairToReview.objects.get()
    answer = editor.post(f"/people/pairs/{pair.pk}/", {"why": "one prison"})
    assert answer.status_code == 200
    assert PairToReview.objects.exists()


def test_a_reader_may_look_at_a_pair_and_not_judge_it(case: Path) -> None:
    from dadkhah.web.people.models import PairToReview

    client = Client()
    client.force_login(Account.objects.create_user(username="r", password=None, role="reader"))
    address = f"/people/pairs/{PairToReview.objects.get().pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"decision": "same", "why": "because"}).status_code == 403


def test_two_cases_on_one_machine_have_cookies_of_their_own() -> None:
    names = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.DEVICE_COOKIE_NAME"
    tell = f"from dadkhah.web import settings; print({names}, sep='\\n')"
    said = [
        subprocess.run(
            [sys.executable, "-c", tell],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "DADKHAH_SECRET_KEY": key},
        ).stdout.split()
        for key in ("one case", "one case", "another")
    ]
    assert said[0] == said[1]
    assert len({*said[0], *said[2]}) == 6
