"""Places on a map: outlines that come with the site, drawn as SVG; nothing is fetched.

A place is drawn only at the level at which its position is known. One without a position of its
own is never put in the middle of its city: on its own page the city is shown, and the words say so.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

import orjson

from dadkhah.places import Gazetteer
from dadkhah.places.gazetteer import Entry

__all__ = ["Chart", "Dot", "Mark", "draw", "located"]

WIDTH: Final = 1000
LEAST_DEGREES: Final = 9.0
LETTER: Final = 24  # width of one at most on a phone, where names are set larger, 36 units high
BROAD: Final = frozenset({"country", "province"})  # a position of these is no place on a map
EXACT: Final = frozenset({"site", "prison", "ward", "court", "cemetery", "hospital"})

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place to draw: its name as the page writes it, and where its own page lies."""

    name: str
    address: str
    longitude: float
    latitude: float
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A mark with its place on the drawing.

    Args:
        side: of the mark on which its name stands, right or left; empty where it would cover
            another on both.
    """

    mark: Mark
    x: int
    y: int
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing: its height (the width is 1000), the borders, the countries filled, the dots."""

    height: int
    borders: str
    ground: str
    dots: tuple[Dot, ...]


@functools.cache
def _outlines() -> dict[str, Any]:
    file = resources.files("dadkhah.memorial").joinpath("data/outlines.json")
    said: dict[str, Any] = orjson.loads(file.read_bytes())
    return said


@functools.cache
def _arc(number: int) -> tuple[Point, ...]:
    """Give one line of the outlines, in degrees; they are kept as steps of a hundredth."""
    flat, points = _outlines()["arcs"][number], []
    x = y = 0
    for place in range(0, len(flat), 2):
        x, y = x + flat[place], y + flat[place + 1]
        points.append((x / 100, y / 100))
    return tuple(points)


@functools.cache
def _box(number: int) -> tuple[float, float, float, float]:
    xs, ys = zip(*_arc(number), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def located(entry: Entry, gazetteer: Gazetteer) -> tuple[Entry, bool] | None:
    """Give the entry whose position stands for a place, and whether it is the place itself.

    None when neither the place nor a city that it lies in has a known position.
    """
    chain = [entry, *(gazetteer.places[one] for one in entry.within if one in gazetteer.places)]
    for each in chain:
        if each.longitude is not None and each.latitude is not None and each.level not in BROAD:
            return each, each.id == entry.id
    return None


def exact(entry: Entry) -> bool:
    """Say whether the position is that of one place, and not of a city."""
    return entry.precision in EXACT


def draw(marks: Sequence[Mark], countries: Iterable[str]) -> Chart | None:
    """Draw marks over the outlines of their surroundings; None without any mark.

    Args:
        countries: ids of the gazetteer, to be filled and to be seen whole.
    """
    if not marks:
        return None
    held = [each for each in countries if each in _outlines()["countries"]]
    frame = _frame([*((m.longitude, m.latitude) for m in marks), *_corners(held)])
    return Chart(
        height=frame.height,
        borders="".join(
            _path(_arc(n), frame) for n in range(len(_outlines()["arcs"])) if frame.meets(_box(n))
        ),
        ground="".join(_ring(ring, frame) for each in held for ring in _rings(each)),
        dots=_dots(marks, frame),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """A part of the world and how it lies on the drawing: degrees narrowed by the latitude."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def scale(self) -> float:
        return WIDTH / (self.right - self.left)

    @property
    def stretch(self) -> float:
        return 1 / math.cos(math.radians((self.top + self.bottom) / 2))

    @property
    def height(self) -> int:
        return round((self.top - self.bottom) * self.scale * self.stretch)

    def place(self, point: Point) -> tuple[int, int]:
        x = (point[0] - self.left) * self.scale
        return round(x), round((self.top - point[1]) * self.scale * self.stretch)

    def meets(self, box: tuple[float, float, float, float]) -> bool:
        left, bottom, right, top = box
        return (
            left <= self.right and right >= self.left and bottom <= self.top and top >= self.bottom
        )

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top


def _frame(points: Sequence[Point]) -> _Frame:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    wide = max(max(xs) - min(xs), LEAST_DEGREES) * 0.54
    high = max(max(ys) - min(ys), LEAST_DEGREES * 0.6) * 0.54
    return _Frame(
        left=middle[0] - wide, right=middle[0] + wide,
        top=min(middle[1] + high, 85), bottom=max(middle[1] - high, -85),
    )  # fmt: skip


def _rings(country: str) -> list[list[int]]:
    return [ring for polygon in _outlines()["countries"][country] for ring in polygon]


def _corners(countries: Sequence[str]) -> list[Point]:
    """Give the corners of each country's largest piece: far islands do not widen the map."""
    corners: list[Point] = []
    for country in countries:
        rings = [[p for n in ring for p in _directed(n)] for ring in _rings(country)]
        largest = max(rings, key=_extent)
        xs, ys = [x for x, _ in largest], [y for _, y in largest]
        if max(xs) - min(xs) < 180:
            corners += [(min(xs), min(ys)), (max(xs), max(ys))]
    return corners


def _extent(ring: Sequence[Point]) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _directed(number: int) -> tuple[Point, ...]:
    """Give a line forwards, or backwards where its number is negative (TopoJSON)."""
    return _arc(number) if number >= 0 else _arc(~number)[::-1]


def _ring(ring: Sequence[int], frame: _Frame) -> str:
    points = [point for number in ring for point in _directed(number)]
    if not any(frame.holds(point) for point in points):
        return ""
    return _line([frame.place(point) for point in points]) + "z"


def _path(points: Sequence[Point], frame: _Frame) -> str:
    """Write the parts of a line that lie in the frame, with one point beyond on each side."""
    found, run = [], list[tuple[int, int]]()
    for place, point in enumerate(points):
        near = points[max(0, place - 1) : place + 2]
        if any(frame.holds(each) for each in near):
            run.append(frame.place(point))
        elif run:
            found.append(_line(run))
            run = []
    return "".join([*found, _line(run)])


def _line(points: Sequence[tuple[int, int]]) -> str:
    if len(points) < 2:
        return ""
    (x, y), steps = points[0], []
    for a, b in points[1:]:
        if (a, b) != (x, y):
            steps.append(f"{a - x} {b - y}")
        x, y = a, b
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}" if steps else ""


def _dots(marks: Sequence[Mark], frame: _Frame) -> tuple[Dot, ...]:
    """Place marks; a name stands right of its mark, else left of it, else nowhere."""
    points = [frame.place((mark.longitude, mark.latitude)) for mark in marks]
    taken = [(x - 12, y - 12, x + 12, y + 12) for x, y in points]
    dots = []
    for place, (mark, (x, y)) in enumerate(zip(marks, points, strict=True)):
        others = taken[:place] + taken[place + 1 :]
        wide = 24 + LETTER * len(mark.name)
        boxes = {
            "right": (x + 12, y - 18, x + wide, y + 18),
            "left": (x - wide, y - 18, x - 12, y + 18),
        }
        side = next((s for s, box in boxes.items() if _is_free(box, others)), "")
        if side:
            taken.append(boxes[side])
        dots.append(Dot(mark=mark, x=x, y=y, side=side))
    return tuple(dots)


def _is_free(box: tuple[int, int, int, int], taken: Iterable[tuple[int, int, int, int]]) -> bool:
    return box[0] > 0 and box[2] < WIDTH and not any(_meet(box, other) for other in taken)


def _meet(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
