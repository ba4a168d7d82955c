"""Names read into parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dadkhah import names
from dadkhah.errors import NameTextError


def _kinds(text: str) -> list[tuple[str, str]]:
    """Give kind and written form of every part."""
    return [(part.kind, part.written) for part in names.read(text).parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seyyed Ali Karimi", [("honorific", "Seyyed"), ("given", "Ali"), ("family", "Karimi")]),
        ("دکتر رضا مرادی", [("title", "دکتر"), ("given", "رضا"), ("family", "مرادی")]),
        ("آیت الله رضا مرادی", [("title", "آیت الله"), ("given", "رضا"), ("family", "مرادی")]),
        ("زهرا سادات کریمی", [("given", "زهرا"), ("honorific", "سادات"), ("family", "کریمی")]),
        ("سیدرضا مرادی", [("honorific", "سید"), ("given", "رضا"), ("family", "مرادی")]),
        ("Karimi, Ali", [("given", "Ali"), ("family", "Karimi")]),
        ("M. Karimi", [("initial", "M"), ("family", "Karimi")]),
        ("علی فرزند حسن", [("unknown", "علی"), ("patronymic", "حسن")]),
        ("Ali ibn Hassan", [("unknown", "Ali"), ("patronymic", "Hassan")]),
        ("Ali Moradi farzand-e Hassan",
         [("given", "Ali"), ("family", "Moradi"), ("patronymic", "Hassan")]),
        ("Hamid Moradi (Sahand)",
         [("given", "Hamid"), ("family", "Moradi"), ("nom_de_guerre", "Sahand")]),
        ("Hamid Moradi alias Sahand",
         [("given", "Hamid"), ("family", "Moradi"), ("nom_de_guerre", "Sahand")]),
        ("Abu Salem Moradi", [("kunya", "Abu Salem"), ("unknown", "Moradi")]),
        ("Ali Hashemi Tabrizi", [("given", "Ali"), ("family", "Hashemi"), ("nisba", "Tabrizi")]),
        ("Mohammad Ali Moradi", [("given", "Mohammad"), ("given", "Ali"), ("family", "Moradi")]),
        ("Hassanpour Ali", [("family", "Hassanpour"), ("given", "Ali")]),
        ("Hosseinniya Reza", [("family", "Hosseinniya"), ("given", "Reza")]),
        ("Shapour Moradi", [("given", "Shapour"), ("family", "Moradi")]),
        ("شاپور مرادی", [("given", "شاپور"), ("family", "مرادی")]),
        ("Sonia Karimi", [("given", "Sonia"), ("family", "Karimi")]),
        ("Nia Karimi", [("given", "Nia"), ("family", "Karimi")]),
        ("Reza Hassan Zadeh", [("given", "Reza"), ("family", "Hassan Zadeh")]),
        ("Haji", [("unknown", "Haji")]),
        ("بهرام کاوه ای", [("given", "بهرام"), ("family", "کاوه ای")]),
        ("بهرام ای مرادی", [("given", "بهرام"), ("family", "ای"), ("nisba", "مرادی")]),
        ("نصرا لله مرادی", [("given", "نصرا لله"), ("family", "مرادی")]),
        ("علی فتح اللهی", [("given", "علی"), ("family", "فتح اللهی")]),
        ("(Bahram) Unknown (Moradi)", [("given", "Bahram"), ("family", "Moradi")]),
        ("سیدیان", [("unknown", "سیدیان")]),
        ("Habib Moradi (son of Feyz)",
         [("given", "Habib"), ("family", "Moradi"), ("patronymic", "Feyz")]),
        ("حبیب مرادی ( فرزند فیض )",
         [("given", "حبیب"), ("family", "مرادی"), ("patronymic", "فیض")]),
        ("علی کریمی (معروف به سهند)",
         [("given", "علی"), ("family", "کریمی"), ("nom_de_guerre", "سهند")]),
        ("علی کریمی «سهند»", [("given", "علی"), ("family", "کریمی"), ("nom_de_guerre", "سهند")]),
        ("Reza Mir-Hosseini", [("given", "Reza"), ("family", "Mir-Hosseini")]),
        ("رامین ملا\u200cزهی", [("given", "رامین"), ("family", "ملا\u200cزهی")]),
        ("حسن حاجی زاده", [("given", "حسن"), ("family", "حاجی زاده")]),
        ("Ali Allah Yari", [("given", "Ali"), ("family", "Allah Yari")]),
        ("علی الله یاری", [("given", "علی"), ("family", "الله یاری")]),
        ("Ruh Allah Moradi", [("given", "Ruh Allah"), ("family", "Moradi")]),
        ("Reza Sh.", [("unknown", "Reza"), ("initial", "Sh")]),
        ("علی ولد حسن", [("unknown", "علی"), ("patronymic", "حسن")]),
        ("Ali bin Hassan bin Reza",
         [("unknown", "Ali"), ("patronymic", "Hassan"), ("patronymic", "Reza")]),
        ("ابو سالم مرادی", [("kunya", "ابو سالم"), ("unknown", "مرادی")]),
        ("شێرکۆ بەختیار", [("given", "شێرکۆ"), ("family", "بەختیار")]),
        ("Şêrko Bextiyar", [("given", "Şêrko"), ("family", "Bextiyar")]),
        ("Əli Quliyev", [("given", "Əli"), ("family", "Quliyev")]),
        ("Əli Həsən oğlu Quliyev",
         [("given", "Əli"), ("patronymic", "Həsən"), ("family", "Quliyev")]),
        ("Leyla Kerim qızı Quliyeva",
         [("given", "Leyla"), ("patronymic", "Kerim"), ("family", "Quliyeva")]),
        ("Reza Hasan Oghli", [("given", "Reza"), ("family", "Hasan Oghli")]),
        ("Ali Moradi, son of Hassan",
         [("given", "Ali"), ("family", "Moradi"), ("patronymic", "Hassan")]),
        ("Ali Moradi (father: Hassan)",
         [("given", "Ali"), ("family", "Moradi"), ("patronymic", "Hassan")]),
        ("علی مرادی نام پدر: حسن",
         [("given", "علی"), ("family", "مرادی"), ("patronymic", "حسن")]),
        ("علی مرادی فرزند حسن و زهرا",
         [("given", "علی"), ("family", "مرادی"), ("patronymic", "حسن")]),
        ("علی مرادی (فرزند حسن) (سهند)",
         [("given", "علی"), ("family", "مرادی"), ("patronymic", "حسن"),
          ("nom_de_guerre", "سهند")]),
        ("Ali Moradi son of Hassan Moradi",
         [("given", "Ali"), ("family", "Moradi"), ("patronymic", "Hassan"),
          ("patronymic", "Moradi")]),
        ("Ali Moradi, also known as Sahand",
         [("given", "Ali"), ("family", "Moradi"), ("nom_de_guerre", "Sahand")]),
        ("Ali Moradi, nom de guerre Sahand",
         [("given", "Ali"), ("family", "Moradi"), ("nom_de_guerre", "Sahand")]),
        ("Ali 'Sahand' Moradi",
         [("given", "Ali"), ("family", "Moradi"), ("nom_de_guerre", "Sahand")]),
        ("‘Alī Riḍā’ Moradi", [("given", "Alī"), ("given", "Riḍā"), ("family", "Moradi")]),
        ("علی مرادی مشهور به «سهند»",
         [("given", "علی"), ("family", "مرادی"), ("nom_de_guerre", "سهند")]),
        ("علی مرادی با نام تشکیلاتی سهند",
         [("given", "علی"), ("family", "مرادی"), ("nom_de_guerre", "سهند")]),
        ("Zahra Karimi (née Moradi)",
         [("given", "Zahra"), ("family", "Karimi"), ("nom_de_guerre", "Moradi")]),
        ("Zahra Karimi, wife of Ali Moradi", [("given", "Zahra"), ("family", "Karimi")]),
        ("زهرا کریمی همسر علی مرادی", [("given", "زهرا"), ("family", "کریمی")]),
        ("علی مرادی ۳۴ ساله", [("given", "علی"), ("family", "مرادی")]),
        ("Ali Moradi, 34 years old", [("given", "Ali"), ("family", "Moradi")]),
        ("علی مرادی (اهل تبریز)",
         [("given", "علی"), ("family", "مرادی"), ("nom_de_guerre", "تبریز")]),
        ("زنده\u200cیاد رضا مرادی",
         [("title", "زنده یاد"), ("given", "رضا"), ("family", "مرادی")]),
        ("Brigadier General Reza Moradi",
         [("title", "Brigadier General"), ("given", "Reza"), ("family", "Moradi")]),
        ("الشيخ محمد الطاهري", [("title", "الشيخ"), ("given", "محمد"), ("family", "الطاهري")]),
        ("Reza Sheikh ol-Eslami", [("given", "Reza"), ("family", "Sheikh-Eslami")]),
        ("رضا شیخ الاسلامی", [("given", "رضا"), ("family", "شیخ الاسلامی")]),
    ],
)  # fmt: skip
def test_every_word_becomes_a_part_of_its_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert _kinds(text) == expected


def test_the_written_form_is_kept_byte_for_byte() -> None:
    text = "  علي\u200c رضا\u200f "
    assert names.read(text).written == text


@pytest.mark.parametrize(
    "text",
    ["unknown", "Unknown 3", "UNIDENTIFIED man", "N.N.", "n/a", "ناشناس", "گمنام", "فرد ناشناس ۲",
     "بی نام", "مجهول الهویه", "Unnamed woman", "نامعلوم", "inconnu", "شهید گمنام",
     "دو نفر ناشناس", "نامش معلوم نیست", "ناشناس (اوین)", "an unnamed brother of Ali Moradi",
     "wife of Ali Moradi", "همسر علی مرادی"],
)  # fmt: skip
def test_a_word_for_nobody_is_a_name_without_parts(text: str) -> None:
    assert names.is_unidentified(text)
    assert names.read(text).unidentified
    assert names.read(text).parts == ()
    assert names.keys(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ali",
        "N. A.",
        "ناشناسی رضا",
        "Gomnamian",
        "Nana Moradi",
        "",
        "مادر مرادی",
        "Evin",
        "برادران",
    ],
)
def test_a_name_is_not_taken_for_nobody(text: str) -> None:
    assert not names.is_unidentified(text)


@pytest.mark.parametrize("text", ["", "   ", "12 345", "۱۲", "😀😀", "\ud800", "\u202e", "---"])
def test_text_without_letters_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NameTextError) as caught:
        names.read(text)
    assert caught.value.code == "name-without-letters"


def test_a_text_that_is_no_name_is_refused_by_its_length() -> None:
    with pytest.raises(NameTextError) as caught:
        names.read("ab " * 3_400)
    assert caught.value.code == "name-too-long"


@given(st.text(max_size=450))
def test_no_text_crashes_the_reading(text: str) -> None:
    readable = len(text) <= 400 and (names.is_unidentified(text) or names.fold(text))
    if readable:
        assert names.read(text).written == text
    else:
        with pytest.raises(NameTextError, match="name-"):
            names.read(text)
    assert isinstance(names.search_tokens(text), tuple)
    assert isinstance(names.keys(text), tuple)
    assert isinstance(names.romanise(text), str)
    assert isinstance(names.sort_key(text), str)


@pytest.mark.parametrize(
    "piece", ["9", "😀", "a", "ab ", "ا\u064b", "\ud800", "\u202e", "(", "ﻻ", "a-"]
)
def test_a_hundred_thousand_characters_crash_nothing_and_are_like_no_name(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    for said in (names.search_tokens, names.keys, names.is_unidentified, names.romanise,
                 names.sort_key, names.fold):  # fmt: skip
        said(text)
    assert names.compare(text, "Ali Moradi").score < 0.5


NAME = "سید علی‌رضا کریمی"


@pytest.mark.parametrize(
    "attack",
    ["\u202eسید علی‌رضا کریمی\u202c", "سید\u200b علی‌رضا ک\u2060ریمی", "سيد علي‌رضا كريمي",
     "ﺳﻴﺪ علی‌رضا کریمی", "سیـد علی‌رضا کریـمی", "سید  علی‌رضا\u00a0کریمی", "\ufeffسید علی‌رضا کریمی",
     "سَید علی‌رضا کریمی\u200f"],
)  # fmt: skip
def test_invisible_and_equivalent_characters_change_no_result(attack: str) -> None:
    plain = names.read(NAME)
    attacked = names.read(attack)
    assert [(p.kind, p.folded) for p in attacked.parts] == [(p.kind, p.folded) for p in plain.parts]
    assert names.keys(attack) == names.keys(NAME)
    assert names.search_tokens(attack) == names.search_tokens(NAME)
    assert names.compare(attack, "Seyyed Alireza Karimi").score == (
        names.compare(NAME, "Seyyed Alireza Karimi").score
    )
