"""A name is found without a server, in any spelling, and the browser folds as Python does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dadkhah.memorial import finding
from dadkhah.names import portable, search_tokens
from tests.memorial import invented
from tests.steps import follow

CHROMIUM = Path("/usr/bin/chromium")
in_a_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
# What the table of DOMAIN.md says is one name, and what else is typed.
TYPED = """
Mohammad|Muhammad|Mohamed|محمد|Hossein|Husayn|Hussein|Mamad|Hasan|Hassan|Ghasem|Qasem|Khosrow
Chosrow|Jaleh|Zhaleh|Nouri|Noori|Nuri|Davoud|Dawud|Karimi|Karimy|Fatemeh|Fatima|فاطمه|Sa'id|Saeed
Said|Moghaddam|Moqadam|رؤیا|رویا|Abdolrahman|Abd al-Rahman|رحمة|رحمت|علي|كاظم|علی‌رضا|علیرضا|علی رضا
مـحـمـد|Hassanzadeh|Hassan Zadeh|حسن‌زاده|Pour-Mohammadi|Şêrko|شێرکۆ|Gholi|Quli|Vartan|Vardan
Dschafar|Djafar|Nasr ollah|نصرالله|شمس‌الدین|Shams al-Din|الیاس|Ḥusayn ʿAlī|ﻣﺤﻤﺪ|Ｋａｒｉｍｉ
۱۳۶۷ رضا|İbrahim Çelik|Čalabī|Muḥammad Riżā’ī|Dhabihollah|Thuraya|آذر|X Æ A-12|aآب|<b>x</b>|ا|a|aa
|  | - |هه|گل‌آقا
ابوالفضل|Abolfazl|عبدالله|Abdullah|Abdollah|Aya|آیا|Sedigheh|صدیقه|Ezzatollah Zarrabi|عزت‌الله ضرابی
"""
SPELLINGS = [word for line in TYPED.strip().splitlines() for word in line.split("|")]
letters = st.text(
    st.sampled_from(
        "abcdefghijklmnopqrstuvwxyzŠşğıöéçñآابپتثجحخدذرزسشصضطظعغفقکگلمنوهیيكةئؤء\u200c '-."
    )
)


@pytest.mark.parametrize("word", [each for each in SPELLINGS if not set(each) & set(" <")])
def test_the_tables_give_the_tokens_that_names_gives(word: str) -> None:
    assert set(search_tokens(word)) <= set(finding.tokens_of(word))
    own = {token for each in portable.words(word) for token in portable.tokens(each)}
    whole = portable.tokens("".join(portable.words(word)))
    assert set(search_tokens(word)) <= own | set(whole)


@given(letters)
def test_any_text_has_tokens_or_none(text: str) -> None:
    words = portable.words(text)
    assert len(words) <= portable.MOST_WORDS
    for word in words:
        assert all(token.isascii() and token.islower() for token in portable.tokens(word))


def test_every_piece_is_where_the_hash_says() -> None:
    rows = [finding.Row(text=f"{n:020}||نام {n}", tokens=(f"t{n}", "common")) for n in range(500)]
    found = finding.index(rows)
    assert found.many == {"common": 8}
    for row in rows:
        assert row.text in found.pieces[finding.place_of(row.tokens[0], len(found.pieces))]


def test_some_of_those_who_share_a_word_stand_under_the_word_itself() -> None:
    rows = [finding.Row(text=f"{n:020}||نام {n}", tokens=("common",)) for n in range(1000)]
    found = finding.index(rows)
    held = found.pieces[finding.place_of("common", len(found.pieces))]
    assert finding.SOME / 2 < len(held) < 4 * finding.SOME


def test_no_file_of_the_index_is_heavy_however_many_share_two_words() -> None:
    both = ("karimi", "mohammad")
    rows = [finding.Row(text=f"{n:020}|1988|{'نام ' * 9}", tokens=both) for n in range(3000)]
    found = finding.index(rows)
    place = finding.place_of("karimi-mohammad", len(found.pieces))
    files = finding.files_of(place, found.pieces[place], "")
    assert finding.over(found)[str(place)] == len(files) > 2
    assert max(len(data) for _, data in files) < finding.FILE_BYTES + 100
    assert [address for address, _ in files][1] == f"find/{place}-1.js"


def test_two_common_names_together_are_still_found() -> None:
    both = ("karimi", "mohammad")
    rows = [finding.Row(text=f"{n:020}||x", tokens=both) for n in range(finding.MANY + 1)]
    found = finding.index(rows)
    held = found.pieces[finding.place_of("karimi-mohammad", len(found.pieces))]
    assert len(held) == len(rows)


@pytest.mark.browser
@in_a_browser
def test_the_browser_folds_exactly_as_python_does(browser: Any, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"file://{site}/en/find.html")
    page.fill("#find-text", "xyz")
    page.get_by_text("No one is found").wait_for()
    found = page.evaluate("texts => texts.map(text => dadkhahTokens(text))", SPELLINGS)
    wanted = [list(_plain(text)) for text in SPELLINGS]
    assert found == wanted


def _plain(text: str) -> dict[str, None]:
    words = portable.words(text)
    found: dict[str, None] = {}
    for length in range(1, portable.JOINED + 1):
        for start in range(len(words) - length + 1):
            found.update(dict.fromkeys(portable.tokens("".join(words[start : start + length]))))
    return found


@pytest.mark.browser
@in_a_browser
@pytest.mark.parametrize("typed", ["Dara Sepehri", "دارا سپهری", "Daraa Sepehry", "سپهري دارا"])
@pytest.mark.parametrize("language", ["fa", "en"])
def test_four_spellings_lead_to_one_person_from_a_folder(
    browser: Any, site: Path, language: str, typed: str
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{site}/{language}/find.html")
    page.fill("#find-text", typed)
    page.click("#find button")
    follow(page, page.locator("#find-list a").first)
    page.wait_for_load_state()
    assert invented.identity("mention row 0") in page.url
    assert all(url.startswith("file://") and "?" not in url for url in asked)
    assert not any("sepehri" in url.lower() or "سپهر" in url for url in asked)


@pytest.mark.browser
@in_a_browser
@pytest.mark.parametrize("typed", ["Dara Sepe", "sepeh", "سپه", "دارا سپهر"])
def test_the_beginning_of_a_name_leads_to_it(browser: Any, site: Path, typed: str) -> None:
    page = browser.new_page()
    page.goto(f"file://{site}/en/find.html")
    page.fill("#find-text", typed)
    page.click("#find button")
    follow(page, page.locator("#find-list a").first)
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() in {"Dara Sepehri", "دارا سپهری"}


@pytest.mark.browser
@in_a_browser
def test_without_javascript_the_form_is_hidden_and_the_letters_lead_on(
    browser: Any, site: Path
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"file://{site}/fa/find.html")
    assert not page.locator("#find").is_visible()
    follow(page, page.locator("nav.letters a").first)
    assert page.url.split("#")[0].endswith("/fa/people/index.html")
