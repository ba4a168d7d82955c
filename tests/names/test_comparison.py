"""Names compared: DOMAIN.md's table of names, both ways round, and what must not match."""

from __future__ import annotations

import itertools
import unicodedata
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah import names

# Each row is one phenomenon; every two spellings of a row must come up for one another.
ROWS = {
    "vowels and schools": ["Mohammad", "Muhammad", "Mohamed", "محمد"],
    "schools again": ["Hossein", "Husayn", "Hussein", "حسین"],
    "short form": ["Mamad", "Mohammad"],
    "doubling in short": ["Hasan", "Hassan", "حسن"],
    "q and gh": ["Ghasem", "Qasem", "قاسم"],
    "kh": ["Khosrow", "Chosrow", "خسرو"],
    "zh and j": ["Jaleh", "Zhaleh", "ژاله"],
    "vav": ["Nouri", "Noori", "Nuri", "نوری"],
    "vav as v": ["Davoud", "Dawud", "داوود", "داود"],
    "yeh": ["Karimi", "Karimy", "کریمی"],
    "silent he": ["Fatemeh", "Fatima", "فاطمه"],
    "silent he dropped": ["Sedigheh", "Sedighe", "صدیقه"],
    "ayn": ["Sa'id", "Saeed", "Said", "سعید"],
    "doubling": ["Abbas", "Abas", "عباس"],
    "doubling and q": ["Moghaddam", "Moqadam", "مقدم"],
    "hamza": ["رؤیا", "رویا", "Roya"],
    "article": ["Abdolrahman", "Abd al-Rahman", "Abdurrahman", "عبدالرحمن", "عبد الرحمن"],
    "teh marbuta": ["رحمة", "رحمت", "Rahmat"],
    "code points": ["علي", "علی"],
    "kaf": ["كاظم", "کاظم", "Kazem"],
    "joiner": ["علی‌رضا", "علیرضا", "علی رضا", "Alireza", "Ali Reza"],
    "tatweel": ["مـحـمـد", "محمد"],
    "presentation forms": ["ﻋﻠﯽ", "علی", "Ali"],
    "diacritics": ["مُحَمَّد", "محمد", "Mohammad"],
    "zadeh": ["Hassanzadeh", "Hassan Zadeh", "حسن‌زاده", "حسن زاده"],
    "pour": ["Pourmohammadi", "Pour-Mohammadi", "پورمحمدی", "پور محمدی"],
    "nejad": ["Moradinejad", "Moradi Nejad", "مرادی‌نژاد", "مرادی نژاد"],
    "nia": ["Bahramnia", "Bahram Nia", "بهرام‌نیا", "بهرام نیا"],
    "far": ["Shahinfar", "Shahin Far", "شاهین‌فر", "شاهین فر"],
    "order": ["Karimi Ali", "Ali Karimi", "علی کریمی", "Karimi, Ali"],
    "nisba": ["Akbar Hashemi Rafsanjani", "Akbar Hashemi"],
    "ezafe": ["Mojahedin-e Khalq", "Mojahedin Khalgh", "مجاهدین خلق"],
    "patronymic": ["Ali farzand-e Hassan", "Ali ibn Hassan", "علی فرزند حسن"],
    "Sorani and Kurmanji": ["Şêrko", "Shirkoo", "شێرکۆ", "Sherko"],
    "Azeri": ["Gholi", "Quli", "قلی"],
    "Baluch": ["Rigi", "ریگی"],
    "clan": ["Shahbakhshzehi", "Shahbakhsh-zehi", "شهبخش زهی"],
    "Armenian": ["Vartan", "Vardan", "وارطان"],
    "Armenian ending": ["Petrosian", "Petrosyan", "پطروسیان"],
    "through German and French": ["Dschafar", "Djafar", "Jafar", "جعفر"],
    "through English": ["Noury", "Nouri", "نوری"],
    "initial": ["M. Karimi", "Mohammad Karimi", "محمد کریمی"],
    "titles": ["Seyyed Reza Moradi", "سید رضا مرادی", "Reza Moradi", "Dr Reza Moradi"],
}
ROWS |= {
    "th is t and h": ["Ali Fathirad", "علی فتحی راد"],
    "joined otherwise on either side": ["Hamid Reza Fathirad", "حمیدرضا فتحی راد"],
    "two consonants off where words are joined": ["Bahram Khosrogorgi", "بهرام خسرو گرجی"],
    "-ollahi written apart": ["Bahram Fathollahi", "بهرام فتح اللهی"],
    "sh is s and h": ["Eshagh Moradi", "Ishaq Moradi", "اسحاق مرادی", "اسحق مرادی"],
    "silent he before -i": ["Kavei", "کاوه\u200cای", "کاوه ای"],
    "Iranica": ["Qolām Ḵosravī", "غلام خسروی", "Gholam Khosravi"],
    "older Sorani": ["فه\u200cرزاد حه\u200cسه\u200cنی", "Farzad Hasani", "فرزاد حسنی"],
    "Sorani, Persian": ["ئەحمەد مەهتەدی", "احمد مهتدی", "Ehmed Mehtedi", "Ahmad Mohtadi"],
    "Sorani -ollah": ["عەبدوڵڵا حوسەینی", "عبدالله حسینی", "Abdollah Hosseini"],
    "Kurdish Mohammad": ["Mihemed Moradi", "محەممەد مرادی", "محمد مرادی", "Mohammad Moradi"],
    "Sheikholeslami": ["Reza Sheikholeslami", "Reza Sheikh ol-Eslami", "رضا شیخ الاسلامی"],
}
PAIRS = [
    pytest.param(one, other, id=f"{row}: {one} / {other}")
    for row, spellings in ROWS.items()
    for one, other in itertools.permutations(spellings, 2)
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_spellings_of_one_name_find_each_other(one: str, other: str) -> None:
    shared = set(names.search_tokens(one)) & set(names.search_tokens(other))
    assert shared, (names.search_tokens(one), names.search_tokens(other))
    # A given name alone is weak; the nearest other one (Muhammad, محمود) has 0.01.
    assert names.compare(one, other).score > 0.05


@pytest.mark.parametrize(
    ("one", "other"),
    [("جهان تیغ رضا", "Reza Jahantigh"), ("Fallah Pour Anoush", "انوش فلاح پور"),
     ("نجاتعلی بهادری", "Bahadori Nejat Ali"), ("شیخ الاسلام زهرا", "Zahra Sheikholeslam"),
     ("Isa Bahadori", "عیسی بهادری"), ("Ebrahim Izadi", "ابراهیم ایزدی"),
     ("Khodayar Khajeh", "خدایار خواجه"), ("Reza Sh.", "رضا ش."), ("K. Bahadori", "خسرو بهادری"),
     ("Reza Rezaei", "Reza Rezayi")],
)  # fmt: skip
def test_order_spacing_and_initials_are_free_together(one: str, other: str) -> None:
    others = ["علی مرادی", "Ali Moradi", "Zahra Karimi", "زهرا کریمی", "خسرو کاظمی"]
    score = names.compare(one, other).score
    assert score > 0.02
    assert all(score > names.compare(one, wrong).score for wrong in others)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [(("Mahmud Behkar", "محمود بهکار"), ("Mahmud Behkar", "محمد بهکار")),
     (("Hassan Behkar", "حسن بهکار"), ("Hassan Behkar", "حسین بهکار")),
     (("Hamid Behkar", "حمید بهکار"), ("Hamid Behkar", "حامد بهکار")),
     (("Hamed Behkar", "حامد بهکار"), ("Hamed Behkar", "حمید بهکار")),
     (("Sadegh Behkar", "صادق بهکار"), ("Sadegh Behkar", "صدیق بهکار")),
     (("Behzad Karimi", "بهزاد کریمی"), ("Behzad Karimi", "بهزاد کرمی")),
     (("Behzad Karami", "بهزاد کرمی"), ("Behzad Karami", "بهزاد کریمی"))],
)  # fmt: skip
def test_common_names_that_look_alike_are_told_apart(
    right: tuple[str, str], wrong: tuple[str, str]
) -> None:
    assert names.compare(*right).score > 0.8
    assert names.compare(*wrong).score < 0.5


@pytest.mark.parametrize(("one", "other"), [("Zahra (Evin)", "زهرا"), ("زهرا (اوین)", "Zahra")])
def test_a_single_name_comes_up_and_is_little_evidence(one: str, other: str) -> None:
    assert set(names.search_tokens(one)) & set(names.search_tokens(other))
    for found in (names.compare(one, other), names.compare(other, one)):
        assert 0.0 < found.score < 0.5
        assert not found.against


HIDDEN = ["\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u061c"]


@pytest.mark.parametrize("text", ["Saʿīd Şêrko Moradi", "علیرضا مرادی"])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_form_of_unicode_changes_no_score(text: str, form: Any) -> None:
    other = unicodedata.normalize(form, text)
    assert names.fold(other) == names.fold(text)
    assert names.compare(other, "علیرضا مرادی") == names.compare(text, "علیرضا مرادی")


@pytest.mark.parametrize("sign", HIDDEN, ids=ascii)
def test_a_hidden_sign_changes_no_score(sign: str) -> None:
    for text, other in (("Ali Moradi", "علی مرادی"), ("علی مرادی", "Ali Moradi")):
        attacked = sign + text[:2] + sign + text[2:] + sign
        assert names.compare(attacked, other).score == names.compare(text, other).score


STYLES = [
    "Seyyed", "Haj", "Mir", "Mirza", "Ayatollah", "Hojjatoleslam", "Dr", "Mohandes", "shahid",
    "سید", "حاج", "میر", "میرزا", "آیت‌الله", "حجت‌الاسلام", "دکتر", "مهندس", "شهید",
]  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_kept_as_a_part_and_is_no_name(style: str) -> None:
    own, other = ("Reza Moradi", "رضا مرادی")[:: 1 if style.isascii() else -1]
    kinds = [part.kind for part in names.read(f"{style} {own}").parts]
    assert kinds[0] in ("title", "honorific")
    assert kinds[1:] == ["given", "family"]
    for found in (names.compare(f"{style} {own}", other), names.compare(other, f"{style} {own}")):
        assert found.score > 0.5
        assert not found.against


@pytest.mark.parametrize("name", ["Ali Khan Moradi", "علی خان مرادی", "Zahra Sadat Moradi"])
def test_a_style_after_the_given_name_is_one_too(name: str) -> None:
    assert [part.kind for part in names.read(name).parts] == ["given", "honorific", "family"]


DOTS = [("باقری", "یاقری"), ("پاکزاد", "باکزاد"), ("تیموری", "ثیموری"), ("جوادی", "چوادی"),
        ("حبیبی", "جبیبی"), ("زمانی", "ژمانی"), ("خجسته", "حجسته"),
        ("ژاله", "زاله"), ("مرادی", "مزادی")]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), DOTS)
def test_a_lost_dot_leaves_a_name_possible(one: str, other: str) -> None:
    assert names.compare(f"رضا {one}", f"رضا {other}").score > 0.1
    assert names.compare(f"رضا {other}", f"رضا {one}").score > 0.1


@pytest.mark.parametrize(
    "text", ["unknown", "ناشناس", "گمنام", "N.N.", "Unidentified 4", "Unkown", "Uknown"]
)
def test_the_unidentified_match_nobody_not_even_each_other(text: str) -> None:
    found = names.compare(text, text)
    assert found.score == 0.0
    assert found.against == ("unidentified",)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ali Mohammadi", "Hassan Mohammadi"), ("علی محمدی", "رضا محمدی"),
     ("Reza Karimi", "مهدی کریمی"), ("Mohammad Reza Karimi", "Mohammad Ali Karimi")],
)  # fmt: skip
def test_brothers_are_evidence_against(one: str, other: str) -> None:
    for found in (names.compare(one, other), names.compare(other, one)):
        assert "given-differs" in found.against
        assert found.score < 0.2
        assert any("kin" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Fazlollah Bahrami", "فضل الله بهرامی"), ("Mohsen Rezaeyan", "محسن رضائیان"),
     ("Leyla Qasim", "لیلا قاسم"), ("Hossein Zarrinkoub", "حسین زرین\u200cکوب")],
)  # fmt: skip
def test_vowels_that_persian_does_not_write_make_no_word_doubtful(one: str, other: str) -> None:
    found = names.compare(one, other)
    assert found.score > 0.9
    assert "doubtful" not in [finding.code for finding in found.findings]


def test_reasons_say_what_is_spelt_how() -> None:
    found = names.compare("Ghasem Moradi", "Qasem Moradi")
    assert any("gh" in reason and "q" in reason for reason in found.reasons)
    assert any("same word" in reason for reason in found.reasons)


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    case = names.Frequencies.of(["Ali Moradi"] * 500 + ["Bahador Khoshravan"])
    common = names.compare("Ali Moradi", "علی مرادی", case)
    rare = names.compare("Bahador Khoshravan", "بهادر خوشروان", case)
    assert rare.score > common.score
    assert "common" in [finding.code for finding in common.findings]


def test_nothing_shared_is_said_so() -> None:
    found = names.compare("Ali", "بهروز")
    assert found.score == 0.0
    assert [finding.code for finding in found.findings] == ["nothing-shared"]


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_a_score_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    found, back = names.compare(one, other), names.compare(other, one)
    assert 0.0 <= found.score <= 1.0
    assert abs(found.score - back.score) < 1e-5
    assert all(reason for reason in found.reasons)


def test_bulk_scores_are_those_of_single_comparisons() -> None:
    spellings = [text for row in ROWS.values() for text in row]
    table = names.encode(spellings)
    rows = np.arange(len(spellings))
    bulk = names.score_pairs(table, rows, table, rows[::-1])
    for place in range(0, len(spellings), 7):
        single = names.compare(spellings[place], spellings[-1 - place])
        if "patronymic-conflict" not in single.against:
            assert abs(single.score - bulk[place]) < 1e-5


def test_two_neighbouring_letters_that_changed_places_are_seen_and_said() -> None:
    found = names.compare("Sahrai", "Sahria")
    assert found.score >= 0.6
    assert any("changed places" in reason for reason in found.reasons)
    for other in ("Sahrai", "Sohrab"):
        assert not any("changed places" in why for why in names.compare("Sahrai", other).reasons)


@pytest.mark.parametrize(
    ("one", "other"), [("Hasan Kermani", "حسن کمرانی"), ("Hasan Kemrani", "Kermani, Hasan")]
)
def test_letters_that_changed_places_are_seen_in_a_word_across_scripts_and_orders(
    one: str, other: str
) -> None:
    found = names.compare(one, other)
    assert "letters-swapped" in [finding.code for finding in found.findings]
    assert 0.4 < found.score <= 0.6
    assert not found.spelt_alike


def test_a_style_on_one_side_does_not_hide_a_word_written_together() -> None:
    apart = names.compare("شهید فرهاد فرخکیان\u200cنیا", "فرهاد فرخ کیان\u200cنیا")
    assert apart.score > 0.95
    assert names.compare("شهید فرهاد فرخکیان\u200cنیا", "فرهاد کیان\u200cپور نیا").score < 0.5


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("محمد", "Mohammad", True),
        ("غلام\u200cرضا", "Ghulam Riza", True),
        ("شهید علی رضایی", "Ali Rezaei", True),
        ("حسین", "Hassan", False),
        ("حسین احمدی", "حسن احمدی", False),
        ("محمود", "محمد", False),
        ("حمید", "حامد", False),
        ("اسماعیل", "اسمعیل", True),
        ("علی", "Ali Reza", False),
        ("محمود", "Mohammad", False),
        ("Khatmai", "Khatami", False),
        ("نامعلوم", "unknown", False),
    ],
)
def test_two_texts_spell_one_name_or_do_not(one: str, other: str, alike: bool) -> None:
    assert names.compare(one, other).spelt_alike is alike
