from __future__ import annotations

import re

from dadkhah.custody import verify
from dadkhah.custody.sentences import SENTENCES


def test_the_list_the_code_and_the_sentences_carry_the_same_numbers() -> None:
    listed = re.findall(r"^ ?(\d+)\. ", verify.__doc__ or "", re.MULTILINE)
    assert [int(number) for number in listed] == [*range(1, 13), 19, 20] == [*SENTENCES]
    assert len({sentence.code for sentence in SENTENCES.values()}) == len(SENTENCES)


def test_every_check_speaks_english_and_persian_both_ways() -> None:
    for sentence in SENTENCES.values():
        said = (sentence.passed_en, sentence.failed_en, sentence.passed_fa, sentence.failed_fa)
        assert len(set(said)) == 4
        assert all(text.endswith(".") for text in said)
        assert all(re.search("[آ-ی]", text) for text in said[2:])
