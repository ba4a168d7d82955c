"""What a reader finds on the pages, and how far one click leads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from dadkhah.web.claims.models import Claim
from dadkhah.web.custody.models import LogEntry
from dadkhah.web.sources.models import Capture, Source
from dadkhah.web.views import failed

PLAIN = ("/", "/sources/", "/sources/collections/", "/people/", "/people/pairs/", "/claims/",
         "/claims/figures/", "/claims/orders/", "/claims/timeline/", "/posts/", "/estimate/",
         "/custody/", "/accounts/sign-in/", "/team/", "/team/password/")  # fmt: skip


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("address", PLAIN)
def test_every_page_begins_with_the_way_to_its_content(keeper: Client, address: str) -> None:
    page = text(keeper, address)
    first_link = re.search(r"<a [^>]*>([^<]*)</a>", page)
    assert first_link is not None
    assert first_link.group() == '<a class="skip" href="#main">Skip to main content</a>'
    assert 'id="main"' in page


@pytest.mark.parametrize("address", PLAIN)
def test_every_page_of_a_simulated_case_says_so(keeper: Client, address: str) -> None:
    assert "SIMULATED" in text(keeper, address)


def test_pages_hold_no_inline_style_or_script_and_ask_nobody_else(keeper: Client) -> None:
    for address in (*PLAIN, "/sources/srcenglish/", "/sources/srctable/", "/people/pairs/1/"):
        answer = keeper.get(address)
        page = answer.content.decode()
        assert " style=" not in page, address
        assert "<style" not in page, address
        assert not re.search(r"<script(?![^>]* src=)", page), address
        assert not re.search(r"\son[a-z]+=", page), address
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page), address
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_number_leads_in_one_click_to_its_passage_and_digest(keeper: Client) -> None:
    page = text(keeper, "/estimate/")
    way = re.search(r'href="(/sources/srcenglish/\?claim=\w+#p-\w+)"', page)
    assert way is not None
    address, _, place = way.group(1).partition("#")
    desk = text(keeper, address)
    assert f'id="{place}"' in desk
    assert '<mark class="chosen"' in desk
    assert Capture.objects.get(parent__isnull=False).pk in desk


def test_the_desk_sets_furniture_apart_and_keeps_it(keeper: Client) -> None:
    desk = text(keeper, "/sources/srcenglish/")
    assert len(re.findall(r'class="block noise"', desk)) == 2
    assert "Add new comment" in desk


def test_the_desk_gives_each_passage_its_language_and_direction(keeper: Client) -> None:
    assert '<p lang="fa" dir="rtl">' in text(keeper, "/sources/srcpersian/")


def test_a_passage_leads_to_its_claims_and_a_claim_to_its_passage(keeper: Client) -> None:
    desk = text(keeper, "/sources/srcenglish/")
    for claim in re.findall(r'<mark[^>]*><a href="#(c-\w+)"', desk):
        assert f'id="{claim}"' in desk
    for passage in re.findall(r'href="\?claim=\w+#(p-\w+)"', desk):
        assert f'id="{passage}"' in desk


def test_missing_fields_of_a_collection_record_show_their_reason(keeper: Client) -> None:
    assert "the file was handed over without one" in text(keeper, "/sources/srcenglish/")


def test_a_table_shows_the_row_with_its_cells(keeper: Client) -> None:
    desk = text(keeper, "/sources/srctable/")
    assert "<bdi>father</bdi>" in desk
    assert "Muhammad Rahgusha" in desk


def test_received_bytes_come_as_a_file_that_never_runs(keeper: Client, case: Path) -> None:
    for capture in Capture.objects.all():
        answer = keeper.get(f"/sources/captures/{capture.pk}/")
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Type"] in {"text/plain; charset=utf-8", "application/octet-stream"}
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert len(b"".join(answer.streaming_content)) == capture.size_bytes


@pytest.mark.parametrize("query", ["Mohammad", "Muhammad", "محمد"])
def test_search_finds_one_name_in_every_script(keeper: Client, query: str) -> None:
    found = keeper.get("/people/", {"q": query}).context["people"]
    assert {"Mohammad Rahgosha", "محمد رهگشا"} <= {person.label for person in found}


def test_the_register_can_be_narrowed_down(keeper: Client) -> None:
    def labels(**asked: str) -> set[str]:
        return {line.label for line in keeper.get("/people/", asked).context["people"]}

    assert labels(conflicts="on") == {"Mohammad Rahgosha"}
    assert labels(unidentified="on") == {"unknown"}
    assert labels(list="vardehlist") == {"Mohammad Rahgosha", "unknown"}
    assert labels(year="2031", place="Vardeh") == {"unknown"}


def test_conflicting_values_stand_side_by_side(keeper: Client) -> None:
    page = text(keeper, "/people/srctable2m1/")
    assert '<div class="disagree"><dt>Father' in page
    assert "Ali" in page
    assert "Hasan" in page
    assert "the same prison and week" in page


def test_a_person_is_found_from_any_account_of_them(keeper: Client) -> None:
    assert keeper.get("/people/of/srctable3m1/")["Location"] == "/people/srctable2m1/"


def test_reported_documented_and_estimated_stand_apart(keeper: Client) -> None:
    page = text(keeper, "/estimate/")
    panels = [page.index(f'<h2 id="{name}">') for name in ("reported", "documented", "estimated")]
    assert panels == sorted(panels)
    assert page.index("an estimated 1,200") < panels[1]
    assert page.index("No estimate can be given") > panels[2]
    assert "There is one independent list." in page


def test_a_withdrawn_figure_leaves_the_chart_and_keeps_its_page(keeper: Client) -> None:
    withdrawn = Claim.objects.get(status="withdrawn")
    assert withdrawn.pk not in text(keeper, "/estimate/")
    assert "withdrawn" in text(keeper, f"/claims/{withdrawn.pk}/")


def test_every_strip_of_the_chart_says_its_number_in_words(keeper: Client) -> None:
    labels = re.findall(r'<svg class="strip[^>]*aria-label="([^"]*)"', text(keeper, "/estimate/"))
    assert labels
    assert all(label.strip() for label in labels)


def test_a_contradiction_inside_a_source_is_shown_on_the_first_page(keeper: Client) -> None:
    assert "contradicts another claim of this source" in text(keeper, "/")


def test_contradictions_of_several_claims_are_said_once_with_a_way_to_each(keeper: Client) -> None:
    first, *others = Claim.objects.filter(predicate="figure.number")[:3]
    first.flags = [f"contradicts:{other.pk}" for other in others]
    first.save()
    page = keeper.get(f"/claims/{first.pk}/").content.decode()
    assert page.count("contradicts another claim of this source:") == 1
    assert all(f'href="/claims/{other.pk}/"' in page for other in others)


def test_a_denial_shows_as_a_denial_by_its_speaker(keeper: Client) -> None:
    claim = Claim.objects.get(stance="denies")
    assert "denies" in text(keeper, f"/claims/{claim.pk}/")


@pytest.mark.parametrize("day", ["2031-01-04", "1409-10-14", "۱۴۰۹/۱۰/۱۴"])
def test_posts_are_shown_at_a_day_of_either_calendar(keeper: Client, day: str) -> None:
    answer = keeper.get("/posts/", {"on": day})
    assert list(answer.context["held"]) == ["governor of the province"]
    assert len(answer.context["undated"]) == 2


def test_an_impossible_day_is_refused(keeper: Client) -> None:
    assert "no such day" in text(keeper, "/posts/?on=1367-12-30")


def test_each_entry_of_the_log_shows_a_proof_that_holds(keeper: Client) -> None:
    for index in LogEntry.objects.values_list("index", flat=True):
        answer = keeper.get(f"/custody/{index}/")
        assert [check.good for check in answer.context["proof"].checks] == [True] * 3


def test_an_altered_record_is_named_by_the_proof_of_its_entry(keeper: Client) -> None:
    Source.objects.filter(pk="srcenglish").update(title="Another title")
    entry = Source.objects.get(pk="srcenglish").entry
    assert "DOES NOT HOLD" in text(keeper, f"/custody/{entry}/")


def test_stored_markup_is_shown_and_never_runs(keeper: Client) -> None:
    Claim.objects.filter(predicate="figure.scope").update(written="<script>alert(1)</script>")
    for address in ("/claims/", "/estimate/", "/claims/figures/"):
        assert "<script>alert" not in text(keeper, address)


def test_an_order_leads_to_whoever_is_said_to_have_given_it(keeper: Client) -> None:
    issuer = Claim.objects.get(predicate="order.issuer").target_id
    assert f'href="/people/of/{issuer}/"' in text(keeper, "/claims/orders/")


def test_a_person_shows_what_is_said_of_them_elsewhere(keeper: Client) -> None:
    issuer = Claim.objects.get(predicate="order.issuer").target_id
    page = text(keeper, f"/people/{issuer}/")
    assert "What is said of them elsewhere" in page
    assert "order: <bdi" in page


def test_a_failure_says_so_in_both_languages_without_the_store() -> None:
    answer = failed(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Nothing was changed" in answer.content.decode()
    assert 'lang="fa"' in answer.content.decode()


def test_a_request_from_elsewhere_is_turned_away(case: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/accounts/language/", {"language": "fa"}).status_code == 403


def test_a_page_that_is_not_there_says_so_with_a_way_out(keeper: Client) -> None:
    answer = keeper.get("/people/nobody/")
    assert answer.status_code == 404
    assert "To the overview" in answer.content.decode()


def test_who_may_not_see_every_disagreement_is_not_told_that_there_is_none(
    keeper: Client, public: Client
) -> None:
    assert "sources disagree on" in keeper.get("/").content.decode()
    first = public.get("/").content.decode()
    assert "sources disagree on" not in first
    assert "No disagreement is recorded" not in first
