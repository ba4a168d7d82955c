"""The picture of characters: the ticket's digits, in the page's own kind, bent and crossed out.

Drawn with Pillow and the bundled typeface. The same ticket always gives the same picture, so that
nothing is learned by asking again.
"""

from __future__ import annotations

import functools
import io
import math
import random
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont, features

from dadkhah import web
from dadkhah.text import to_persian_digits
from dadkhah.web.contributions.tickets import Ticket

__all__ = ["SIZE", "draw"]

SIZE: Final = (264, 88)
PAPER, INK = 251, 40
SPECKS: Final = 700
# digits of one height, where Pillow can ask the typeface for them
LINING = ["lnum"] if features.check("raqm") else None
_FONTS: Final = {"fa": "vazirmatn.woff2", "en": "literata.woff2"}


def draw(ticket: Ticket, language: str) -> bytes:
    """Give the picture of a ticket as PNG."""
    # chance that is the same for the same ticket; what must not be guessed is inside the ticket
    chance = random.Random(f"picture {ticket.seed}")  # noqa: S311
    image = Image.new("L", SIZE, PAPER)
    shown = to_persian_digits(ticket.digits) if language == "fa" else ticket.digits
    across = SIZE[0] // (len(shown) + 1)
    for place, digit in enumerate(shown):
        tile = _digit(digit, language, chance)
        left = across // 2 + place * across + chance.randint(-3, 3)
        top = (SIZE[1] - tile.height) // 2 + chance.randint(-7, 7)
        image.paste(INK, (left, top), tile)
    _scratch(image, chance)
    bent = _bend(image, chance).filter(ImageFilter.SMOOTH)
    stream = io.BytesIO()
    bent.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def _digit(digit: str, language: str, chance: random.Random) -> Image.Image:
    font = _font(language, chance.choice((44, 48, 52)))
    left, top, right, bottom = font.getbbox(digit, features=LINING)
    tile = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8), 0)
    ImageDraw.Draw(tile).text((4 - left, 4 - top), digit, font=font, fill=255, features=LINING)
    return tile.rotate(chance.uniform(-28, 28), expand=True, resample=Image.Resampling.BICUBIC)


def _scratch(image: Image.Image, chance: random.Random) -> None:
    """Cross the digits out, by lines that lie rather than stand: a standing one reads as a 1."""
    pen, (wide, high) = ImageDraw.Draw(image), image.size
    for shade, width in ((INK, 2), (INK, 2), (PAPER, 2), (PAPER, 3)):
        ends = [(-10, chance.randint(0, high)), (wide + 10, chance.randint(0, high))]
        pen.line(ends, fill=shade, width=width)
    left, top = chance.randint(-60, wide // 2), chance.randint(-40, high // 2)
    box = (left, top, left + chance.randint(180, 320), top + chance.randint(60, 160))
    pen.arc(box, chance.randint(180, 240), chance.randint(300, 350), fill=INK, width=2)
    across, down = chance.choices(range(wide), k=SPECKS), chance.choices(range(high), k=SPECKS)
    pen.point(list(zip(across, down, strict=True)), fill=INK)


def _bend(image: Image.Image, chance: random.Random) -> Image.Image:
    """Bend columns up and down along a wave, so that no digit stands on a straight line."""
    high, phase, length = chance.uniform(3, 6), chance.uniform(0, 6.28), chance.uniform(60, 120)
    step, bent = 4, Image.new("L", image.size, PAPER)
    for left in range(0, image.width, step):
        down = round(high * math.sin(phase + 6.28 * left / length))
        bent.paste(image.crop((left, 0, left + step, image.height)), (left, down))
    return bent


@functools.cache
def _font(language: str, size: int) -> Any:
    folder = Path(web.__file__).parent / "static" / "fonts"
    return ImageFont.truetype(str(folder / _FONTS[language]), size)
