"""Whose words a sentence gives."""

from __future__ import annotations

import pytest
from tests.claims.scoring import passages

from dadkhah.claims.extraction.drafts import Voice
from dadkhah.claims.extraction.sentences import read
from dadkhah.claims.extraction.speakers import voice_at, voices

OWN = Voice(speaker="the issuer")
CASES = [
    ("The number is not known.", "the issuer", "asserts"),
    ("According to two survivors, 40 people were shot.", "two survivors", "reports"),
    ("Survivors said that 40 people were shot.", "Survivors", "reports"),
    ("In 1990 the writer Nader Kamali was ill.", "the issuer", "asserts"),
    ("The government denied that anyone was shot.", "The government", "denies"),
    ("He said that 40 people were shot.", "the issuer", "asserts"),
    ("An estimated 40 people were shot.", "the issuer", "asserts"),
    ("به گفتهٔ دو بازمانده، چهل نفر تیرباران شدند.", "دو بازمانده", "reports"),
    ("دولت تکذیب کرد که کسی تیرباران شده است.", "دولت", "denies"),
]


@pytest.mark.parametrize(("text", "speaker", "stance"), CASES)
def test_the_last_words_of_a_sentence_have_their_speaker(
    text: str, speaker: str, stance: str
) -> None:
    sentence = read(passages([text])[0], relative_to=None)
    assert voice_at(voices(sentence), len(text) - 1, OWN) == Voice(speaker=speaker, stance=stance)


def test_what_stands_before_the_speaker_is_the_source_s_own() -> None:
    text = "Survivors said that 40 people were shot."
    sentence = read(passages([text])[0], relative_to=None)
    assert voice_at(voices(sentence), 0, OWN) == OWN
