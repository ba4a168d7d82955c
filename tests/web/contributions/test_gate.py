"""The picture, the sound, the question and the computation: four ways to the same ticket."""

from __future__ import annotations

import base64
import dataclasses
import io
import json
import wave

import pytest
from altcha import PayloadV1, solve_challenge_v1
from django.test import Client
from PIL import Image
from tests.web.contributions.conftest import WORDS, form_of, receipt_in

from dadkhah.web.contributions import picture, proof, questions, sound, tickets


def solution(challenge: str) -> str:
    """Solve a challenge as the page's script does."""
    said = json.loads(challenge)
    found = solve_challenge_v1(
        said["challenge"], said["salt"], said["algorithm"], said["maxNumber"], 0
    )
    payload = PayloadV1(
        algorithm=said["algorithm"], challenge=said["challenge"], number=found.number,
        salt=said["salt"], signature=said["signature"],
    )  # fmt: skip
    return payload.to_base64()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_picture_is_the_same_for_the_same_ticket_and_another_for_another(
    language: str,
) -> None:
    first, second = tickets.issue(), tickets.issue()
    assert picture.draw(first, language) == picture.draw(first, language)
    assert picture.draw(first, language) != picture.draw(second, language)
    with Image.open(io.BytesIO(picture.draw(first, language))) as drawn:
        assert drawn.size == picture.SIZE
        assert first.digits not in str(drawn.info)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_sound_speaks_for_some_seconds(language: str) -> None:
    with wave.open(io.BytesIO(sound.speak(tickets.issue(), language)), "rb") as file:
        assert file.getframerate() == sound.RATE
        assert 4 < file.getnframes() / sound.RATE < 15
        spoken = file.readframes(file.getnframes())
    assert max(spoken) - min(spoken) > 100


def test_every_question_can_be_answered_in_digits_and_in_words() -> None:
    said = questions._said()["numbers"]
    for number in range(2000):
        ticket = dataclasses.replace(tickets.issue(), seed=f"{number}")
        answer = questions.ask(ticket, "fa").answer
        assert 0 <= answer <= 20
        for written in (str(answer), f" {said['en'][answer]} ", said["fa"][answer].upper()):
            assert questions.number_said(written) == answer
    assert questions.number_said("۷") == questions.number_said("٧") == 7
    assert [questions.number_said(w) for w in ("هیجده", "هژده", "«هجده».", " 18! ")] == [18] * 4
    for bad in ("", "-1", "123", "sieben", "7" * 40):
        assert questions.number_said(bad) is None


def test_a_computation_of_this_ticket_lets_in_and_of_another_does_not(sender: Client) -> None:
    form = form_of(sender, words=WORDS, proof="later")
    ticket = tickets.opened(form["ticket"])
    assert ticket is not None
    other = solution(proof.challenge(tickets.issue()))
    assert not proof.solved(ticket, other)
    right = solution(proof.challenge(ticket))
    said = json.loads(base64.b64decode(right))
    changed = base64.b64encode(json.dumps({**said, "number": said["number"] + 1}).encode())
    for wrong in ("", "x", changed.decode(), base64.b64encode(b"[1]").decode()):
        assert not proof.solved(ticket, wrong)
    assert receipt_in(sender.post("/contribute/", {**form, "proof": right}))


def test_the_picture_and_the_sound_are_handed_out_for_a_ticket_alone(sender: Client) -> None:
    sealed = form_of(sender)["ticket"]
    assert sender.get(f"/contribute/picture/{sealed}/")["Content-Type"] == "image/png"
    assert sender.get(f"/contribute/sound/{sealed}/?lang=fa")["Content-Type"] == "audio/wav"
    assert sender.get("/contribute/picture/nothing/").status_code == 404


def test_a_receipt_is_read_however_it_is_typed() -> None:
    code = tickets.receipt_of(tickets.issue())
    digest = tickets.digest_of_receipt(code)
    assert digest == tickets.digest_of_receipt(f" {code.lower().replace('-', ' ')} ")
    assert digest == tickets.digest_of_receipt(code.replace("0", "O").replace("1", "l"))
    persian = code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert digest == tickets.digest_of_receipt(persian)
    assert [tickets.digest_of_receipt(bad) for bad in ("", code[:-1], code + "A", "U" * 20)] == [
        ""
    ] * 4
