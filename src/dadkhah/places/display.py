"""A place written for people."""

from __future__ import annotations

from dadkhah.errors import InputError
from dadkhah.places.gazetteer import Entry, Gazetteer
from dadkhah.places.values import Place

__all__ = ["display"]

_JOIN = {"en": ", ", "fa": "، "}


def display(place: Place, language: str = "en", gazetteer: Gazetteer | None = None) -> str:
    """Write a place in English or Persian, with the nearest larger place it lies in.

    A place without a gazetteer entry is shown as its source writes it.

    Raises:
        InputError: place-language, for another language.
    """
    if language not in _JOIN:
        raise InputError(
            "place-language", "Places are shown in English (en) or Persian (fa).", where=language
        )
    held = gazetteer or Gazetteer.packaged()
    entry = held.places.get(place.gazetteer or "")
    if entry is None:
        return place.written.strip()
    names = [_name(entry, language)]
    larger = next((held.places[item] for item in entry.within if item in held.places), None)
    if larger is not None and _name(larger, language) != names[0]:
        names.append(_name(larger, language))
    return _JOIN[language].join(names)


def _name(entry: Entry, language: str) -> str:
    first, second = (entry.name_en, entry.name_fa)
    return (first or second) if language == "en" else (second or first)
