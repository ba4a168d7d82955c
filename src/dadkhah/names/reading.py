"""Read a personal name into parts, in any script, keeping what was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dadkhah.errors import NameTextError
from dadkhah.names import lexicon
from dadkhah.names.fold import fold_word
from dadkhah.names.marks import MARKERS, Kind, begins_aside, father_alone, marked
from dadkhah.names.nobody import MAX_LETTERS, all_unidentified, is_unidentified
from dadkhah.names.plain import PlainWord, plain_words
from dadkhah.names.tokens import SPELLED_LETTERS, Token, join_compounds, tokens
from dadkhah.text import Script, script

__all__ = ["MAX_LETTERS", "Kind", "Name", "Part", "is_unidentified", "read", "units"]

_FAMILY_END: Final = re.compile(
    "(?<=..)(?:zadeh?|zada|p(?:u|ou|oo)r|nejad|nezhad|niy?a|زاده|پور|نژاد|نیا)$"
)
_NISBA_END: Final = ("ی", "i", "y")
_ALONE: Final[list[Kind]] = ["unknown"]
_GIVEN: Final[list[Kind]] = ["given"]
_FAMILY: Final[list[Kind]] = ["family"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a name: what it is, as written, and folded (docs/names.md, the fold)."""

    kind: Kind
    written: str
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A personal name as written, byte for byte, and as read.

    `parts` stand in the order of writing; `unidentified` is true when the text says that nobody
    knows the name, and then there are no parts.
    """

    written: str
    script: Script
    parts: tuple[Part, ...] = ()
    unidentified: bool = False

    def of(self, kind: Kind) -> tuple[Part, ...]:
        """Give the parts of one kind, in the order of writing."""
        return tuple(part for part in self.parts if part.kind == kind)


def read(text: str) -> Name:
    """Read a name into its parts.

    Args:
        text: a name as a source writes it, in one script or several.

    Returns: the name; without parts when it says that the name is not known.

    Raises:
        NameTextError: no letter at all (`name-without-letters`), or more than MAX_LETTERS
            characters (`name-too-long`).
    """
    if len(text) > MAX_LETTERS:
        raise NameTextError(
            "name-too-long",
            f"A name of {len(text):,} characters is longer than {MAX_LETTERS}.",
            todo="Check that the column holds names and not a text.",
        )
    if is_unidentified(text):
        return Name(written=text, script=script(text), unidentified=True)
    found = units(text)
    if not found:
        raise NameTextError(
            "name-without-letters",
            "The text holds no letter that a name could be read from.",
            todo="Leave the name empty, or count an unnamed person instead.",
        )
    return Name(written=text, script=script(text), parts=found)


def units(text: str) -> tuple[Part, ...]:
    """Read a text into name parts without refusing anything; nothing readable gives ()."""
    begun = text[:MAX_LETTERS]
    plain = plain_words(begun)
    return _plain_parts(plain) if plain else shaped_units(begun)


def _plain_parts(words: tuple[PlainWord, ...]) -> tuple[Part, ...]:
    """Read a name of plain words: only their place says what they are."""
    kinds = _core_kinds([word.letters for word in words], family_first=False)
    return tuple([_plain_part(kind, word.written, word.folded)
                  for kind, word in zip(kinds, words, strict=True)])  # fmt: skip


@lru_cache(maxsize=1 << 17)
def _plain_part(kind: Kind, written: str, folded: str) -> Part:
    """Make one part of a plain word."""
    return Part(kind=kind, written=written, folded=folded)


@lru_cache(maxsize=1 << 15)
def shaped_units(text: str) -> tuple[Part, ...]:
    """Read parts by every rule: brackets aside, then the marked words, then the name itself."""
    main, asides = tokens(text)
    if asides and _names_nobody(main):
        main, asides = tuple(token for aside in asides for token in aside), ()
    main, family_first = _comma_order(main)
    parts = _read_main(join_compounds(main), family_first=family_first)
    parts += [part for aside in asides for part in _read_aside(join_compounds(aside))]
    return tuple(part for part in parts if part.folded)


def _names_nobody(found: tuple[Token, ...]) -> bool:
    """Say whether tokens are none, or only say that the name is not known."""
    return not found or all_unidentified(tuple(token.letters for token in found))


def _read_aside(found: tuple[Token, ...]) -> list[Part]:
    """Read what stands in brackets or quotation marks: a father's name, else another name.

    An age and a relative are no name, and of "from Tabriz" the place is kept.
    """
    words = tuple(token.letters for token in found)
    for marker, kind in MARKERS:
        step = lexicon.longest(marker, words)
        if step and len(found) > step:
            kept = father_alone(words[step:]) if kind == "patronymic" else len(words)
            return _marked_parts(kind, found[step : step + kept])
    if _names_a_relative(words):
        return []
    dropped = {*lexicon.forms("remark"), *lexicon.forms("origin")}
    return [_part("nom_de_guerre", (token,)) for token in found if token.letters not in dropped]


def _names_a_relative(words: tuple[str, ...]) -> bool:
    """Say whether words name a relative; a mother's name in brackets (مادر مرادی) is her own."""
    step = lexicon.longest("relative", words)
    said = lexicon.meaning("relative", " ".join(words[:step]))
    return 0 < step < len(words) and said != "after a name"


def _comma_order(found: tuple[Token, ...]) -> tuple[tuple[Token, ...], bool]:
    """Put "Karimi, Ali" into the order of speech; say whether it was turned."""
    at = next((place for place, token in enumerate(found) if place and token.before == ","), 0)
    if not at or begins_aside(tuple(token.letters for token in found[at:])):
        return found, False
    return (*found[at:], *found[:at]), True


def _part(kind: Kind, found: tuple[Token, ...]) -> Part:
    """Make one part of tokens."""
    written = " ".join(token.written for token in found)
    folded = "".join(fold_word(token.letters) for token in found)
    if kind == "initial":
        folded = SPELLED_LETTERS.get(folded, folded)
    return Part(kind=kind, written=written, folded=folded)


def _marked_parts(kind: Kind, found: tuple[Token, ...]) -> list[Part]:
    """Make the part of marked tokens; a father's name has one for each word."""
    if kind != "patronymic":
        return [_part(kind, found)]
    return [_part(kind, (token,)) for token in found]


def _read_main(found: tuple[Token, ...], *, family_first: bool) -> list[Part]:
    """Read the tokens outside brackets, in order; core tokens get their kinds at the end."""
    slots: list[Part | Token] = []
    words = tuple(token.letters for token in found)
    place = 0
    while place < len(found):
        kind, step, begin, end = marked(words, place)
        if kind is None:
            slots.append(found[place])
        elif kind != "skip":
            slots += _marked_parts(kind, found[place + begin : place + end])
        place += step
    core = [slot.letters for slot in slots if isinstance(slot, Token)]
    kinds = iter(_core_kinds(core, family_first=family_first))
    if len(core) == 1 and isinstance(slots[0], Part) and slots[0].kind == "initial":
        kinds = iter(_FAMILY)
    return [_part(next(kinds), (slot,)) if isinstance(slot, Token) else slot for slot in slots]


@lru_cache(maxsize=1 << 16)
def _ends_family(word: str) -> bool:
    """Say whether a word ends as family names do, and is no given name (Shapour, Sonia)."""
    return _FAMILY_END.search(word) is not None and word not in lexicon.forms("given")


def _like_nisba(word: str) -> bool:
    """Say whether a word ends as family names of origin do, and is no given name."""
    return word.endswith(_NISBA_END) and word not in lexicon.forms("given")


def _core_kinds(words: list[str], *, family_first: bool) -> list[Kind]:
    """Give each core word its kind by place: given first, family last, a nisba after it."""
    count = len(words)
    if count < 2:
        return _ALONE[:count]
    kinds = _GIVEN * (count - 1) + _FAMILY
    if count == 2 and not family_first and _ends_family(words[0]) and not _ends_family(words[1]):
        return kinds[::-1]
    if count >= 3 and _like_nisba(words[-1]) and _like_nisba(words[-2]):
        return [*kinds[:-2], "family", "nisba"]
    return kinds
