"""The sound for those who do not see the picture: its digits, spoken one by one over noise.

The spoken digits were made once with eSpeak NG and lie beside this file; nothing is asked from
anybody when a page is read.
"""

from __future__ import annotations

import functools
import hashlib
import io
import wave
from pathlib import Path
from typing import Any, Final

import numpy as np

from dadkhah.web.contributions.tickets import Ticket

__all__ = ["RATE", "speak"]

RATE: Final = 8000
MIDDLE: Final = 128


def speak(ticket: Ticket, language: str) -> bytes:
    """Give the digits of a ticket as a WAV file: 8,000 samples a second, 8 bits, one channel."""
    seed = hashlib.sha256(f"sound {ticket.seed}".encode()).digest()
    chance = np.random.default_rng(list(seed))
    parts = [_pause(chance)]
    for digit in ticket.digits:
        parts += [_varied(_digit(language, digit), chance), _pause(chance)]
    spoken = np.concatenate(parts)
    heard = np.clip(spoken + _murmur(len(spoken), language, chance), -120, 120) + MIDDLE
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(heard.astype(np.uint8).tobytes())
    return stream.getvalue()


def _varied(digit: Any, chance: np.random.Generator) -> Any:
    """Speak a digit a little faster or slower, louder or softer."""
    length = int(len(digit) * chance.uniform(0.92, 1.18))
    places = np.linspace(0, len(digit) - 1, length)
    return np.interp(places, np.arange(len(digit)), digit) * chance.uniform(0.75, 1.0)


def _pause(chance: np.random.Generator) -> Any:
    return np.zeros(int(RATE * chance.uniform(0.45, 0.8)))


def _murmur(length: int, language: str, chance: np.random.Generator) -> Any:
    """Other digits, backwards and soft, and a little noise: they are no words to a listener."""
    murmur = chance.normal(0, 3, length)
    for at in range(0, length, RATE // 2):
        other = _digit(language, str(chance.integers(10)))[::-1] * 0.12
        end = min(length, at + len(other))
        murmur[at:end] += other[: end - at]
    return murmur


@functools.cache
def _digit(language: str, digit: str) -> Any:
    path = Path(__file__).parent / "data" / "digits" / f"{language}-{digit}.wav"
    with wave.open(str(path), "rb") as file:
        data = file.readframes(file.getnframes())
    return np.frombuffer(data, dtype=np.uint8).astype(np.float64) - MIDDLE
