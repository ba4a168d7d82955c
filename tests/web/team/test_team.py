"""Who may sign in: opened, changed and closed by keepers, kept in the log by number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from dadkhah.errors import AccessError
from dadkhah.web.accounts.models import Account
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.custody.models import LogEntry
from dadkhah.web.team import actions

PASSWORD = "nine-quiet-rivers"
OTHER = "seven-grey-stones"


@pytest.fixture
def first(case: Path) -> Account:
    account: Account = actions.admit(username="first", password=PASSWORD)
    return account


def signs_in(username: str, password: str) -> bool:
    return bool(Client().login(username=username, password=password))


def test_an_account_is_opened_and_the_log_has_its_number_and_role_alone(first: Account) -> None:
    made = actions.add(by=first.author, username="mina", password=PASSWORD, role="editor")
    assert signs_in("mina", PASSWORD)
    entry = LogEntry.objects.order_by("-index")[0]
    assert (entry.action, entry.note) == ("accounts.open", f"{made.author} editor")
    assert entry.by == first.author
    assert not LogEntry.objects.filter(note__contains="mina").exists()


def test_a_number_that_signed_anything_is_nobody_else_s(first: Account) -> None:
    append(by=f"account:{first.pk + 40}", changes=[Change(action="people.give", records=[])])
    made = actions.add(by=first.author, username="mina", password=PASSWORD, role="editor")
    assert made.pk == first.pk + 41
    back = actions.admit(username="sara", password=PASSWORD, number=first.pk + 40)
    assert back.author == f"account:{first.pk + 40}"


def test_closing_and_changing_take_effect_at_once(first: Account) -> None:
    actions.add(by=first.author, username="mina", password=PASSWORD, role="editor")
    browser = Client()
    assert browser.login(username="mina", password=PASSWORD)
    assert browser.get("/contributions/").status_code == 200
    actions.set_role(by=first.author, username="mina", role="reader")
    assert browser.get("/contributions/").status_code == 403
    actions.set_password(by=first.author, username="mina", password=OTHER)
    assert "_auth_user_id" not in browser.get("/team/password/").wsgi_request.session
    assert signs_in("mina", OTHER)
    actions.close(by=first.author, username="MINA")
    assert not signs_in("mina", OTHER)
    actions.reopen(by=first.author, username="mina")
    assert signs_in("mina", OTHER)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"username": "First"}, "account-exists"),
        ({"username": "two words"}, "account-name"),
        ({"role": "owner"}, "account-role"),
        ({"password": "password1234"}, "account-password"),
        ({"password": "short"}, "account-password"),
    ],
)
def test_what_makes_no_good_account_is_refused(
    first: Account, asked: dict[str, str], code: str
) -> None:
    told = {"username": "mina", "password": PASSWORD, "role": "editor"} | asked
    before = LogEntry.objects.count()
    with pytest.raises(AccessError) as caught:
        actions.add(by=first.author, **told)
    assert caught.value.code == code
    assert (Account.objects.count(), LogEntry.objects.count()) == (1, before)


def test_a_taken_number_and_a_name_that_nobody_has_are_refused(first: Account) -> None:
    with pytest.raises(AccessError, match="account-number"):
        actions.admit(username="mina", password=PASSWORD, number=first.pk)
    with pytest.raises(AccessError, match="account-missing"):
        actions.close(by=first.author, username="nobody")


def test_the_last_keeper_stays(first: Account) -> None:
    with pytest.raises(AccessError, match="account-last-keeper"):
        actions.close(by=first.author, username="first")
    with pytest.raises(AccessError, match="account-last-keeper"):
        actions.set_role(by=first.author, username="first", role="editor")
    first.refresh_from_db()
    assert (first.role, first.is_active) == ("keeper", True)


def test_a_keeper_opens_an_account_on_its_page_and_sees_the_password_once(keeper: Client) -> None:
    page = keeper.post("/team/add/", {"username": "mina", "role": "editor"})
    told = re.search(r'<code class="whole" dir="ltr">([a-z0-9-]{24})</code>', page.content.decode())
    assert told
    assert signs_in("mina", told[1])
    assert told[1] not in keeper.get("/team/").content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    again = keeper.post("/team/add/", {"username": "mina", "role": "editor"})
    assert again.status_code == 422
    assert "has this name already" in again.content.decode()


def test_a_keeper_changes_closes_and_opens_again(keeper: Client) -> None:
    actions.add(by="account:1", username="mina", password=PASSWORD, role="editor")
    row = Account.objects.get(username="mina")
    keeper.post(f"/team/{row.pk}/role/", {"role": "reader"})
    keeper.post(f"/team/{row.pk}/close/")
    row.refresh_from_db()
    assert (row.role, row.is_active) == ("reader", False)
    keeper.post(f"/team/{row.pk}/reopen/")
    page = keeper.post(f"/team/{row.pk}/password/").content.decode()
    told = re.search(r'<code class="whole" dir="ltr">([a-z0-9-]{24})</code>', page)
    assert told
    assert signs_in("mina", told[1])
    alone = Account.objects.get(username="keeper")
    kept = keeper.post(f"/team/{alone.pk}/close/", follow=True)
    assert "last keeper" in kept.content.decode()
    assert keeper.post("/team/999999/close/").status_code == 404
    assert keeper.post(f"/team/{row.pk}/nothing/").status_code == 404


def test_only_keepers_reach_the_accounts(editor: Client, public: Client) -> None:
    for client, status in ((editor, 403), (public, 302)):
        assert client.get("/team/").status_code == status
        assert client.post("/team/add/", {"username": "x", "role": "keeper"}).status_code == status
        assert client.post("/team/1/password/").status_code == status
    assert not Account.objects.filter(username="x").exists()
    assert 'href="/team/"' not in editor.get("/").content.decode()


def test_everybody_chooses_a_password_of_their_own(case: Path) -> None:
    actions.admit(username="mina", password=PASSWORD, role="reader")
    browser, elsewhere = Client(), Client()
    for each in (browser, elsewhere):
        assert each.login(username="mina", password=PASSWORD)
    form = {"old_password": "wrong", "new_password1": OTHER, "new_password2": OTHER}
    assert browser.post("/team/password/", form).status_code == 422
    assert browser.post("/team/password/", form | {"old_password": PASSWORD}).status_code == 302
    assert signs_in("mina", OTHER)
    assert browser.get("/team/password/").status_code == 200
    assert elsewhere.get("/team/password/").status_code == 302
    assert LogEntry.objects.order_by("-index")[0].action == "accounts.password"
