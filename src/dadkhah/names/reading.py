"""Read a personal name into parts, in any script, keeping what was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from dadkhah.errors import NameTextError
from dadkhah.names import lexicon
from dadkhah.names.fold import fold_word, letters
from dadkhah.names.plain import PlainWord, is_plain, plain_words
from dadkhah.names.tokens import (
    LETTER_GROUPS,
    SPELLED_LETTERS,
    Token,
    join_compounds,
    tokens,
)
from dadkhah.text import Script, script

__all__ = ["MAX_LETTERS", "Kind", "Name", "Part", "is_unidentified", "read", "units"]

Kind = Literal[
    "title",
    "honorific",
    "given",
    "patronymic",
    "nisba",
    "family",
    "kunya",
    "nom_de_guerre",
    "initial",
    "unknown",
]
MAX_LETTERS: Final = 400
_CHILD_TAKES_ONE: Final = frozenset(
    {"بن", "ابن", "بنت", "ibn", "bin", "ben", "ebn", "bint", "bent"}
)
_TRAILING: Final = frozenset(
    {"sadat", "سادات", "khan", "خان", "beg", "beyg", "بیگ", "بیک", "خاتون", "khatun", "khatoon"}
)
_FAMILY_END: Final = re.compile("(?:zadeh?|zada|pur|nejad|nezhad|nia|زاده|پور|نژاد|نیا)$")
_NISBA_END: Final = ("ی", "i", "y")
_MARKERS: Final[tuple[tuple[str, Kind], ...]] = (
    ("known_as", "nom_de_guerre"),
    ("child", "patronymic"),
)
_ALONE: Final[list[Kind]] = ["unknown"]
_GIVEN: Final[list[Kind]] = ["given"]
_FAMILY: Final[list[Kind]] = ["family"]
_NUMBERS: Final = re.compile(r"[\d\W_]+")


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


def is_unidentified(text: str) -> bool:
    """Say whether a text stands where a name is missing: "unknown", ناشناس, N.N., "Unnamed 3"."""
    if is_plain(text.partition(" ")[0]):
        return False
    plain = letters(text[: MAX_LETTERS + 1])
    words = tuple(_NUMBERS.sub(" ", plain.replace("n/a", "na")).split())
    if not words or len(words) > 6:
        return False
    return _all_unidentified(words)


@lru_cache(maxsize=1 << 16)
def _all_unidentified(words: tuple[str, ...]) -> bool:
    """Say whether words are only "unknown" and its company, at least one of them the word."""
    place, found = 0, False
    while place < len(words):
        step = lexicon.longest("unidentified", words[place:])
        found = found or step > 0
        step = step or lexicon.longest("neutral", words[place:])
        if not step:
            return False
        place += step
    return found


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
    main, aside = tokens(text)
    if aside and _names_nobody(main):
        main, aside = aside, ()
    main, family_first = _comma_order(main)
    parts = _read_main(join_compounds(main), family_first=family_first)
    parts += _read_aside(join_compounds(aside))
    return tuple(part for part in parts if part.folded)


def _names_nobody(found: tuple[Token, ...]) -> bool:
    """Say whether tokens are none, or only say that the name is not known."""
    return not found or _all_unidentified(tuple(token.letters for token in found))


def _read_aside(found: tuple[Token, ...]) -> list[Part]:
    """Read what stands in brackets or quotation marks: a father's name, else another name."""
    words = tuple(token.letters for token in found)
    for marker, kind in _MARKERS:
        step = lexicon.longest(marker, words)
        if step and len(found) > step:
            return [_part(kind, found[step:])]
    return [_part("nom_de_guerre", (token,)) for token in found]


def _comma_order(found: tuple[Token, ...]) -> tuple[tuple[Token, ...], bool]:
    """Put "Karimi, Ali" into the order of speech; say whether it was turned."""
    at = next((place for place, token in enumerate(found) if place and token.before == ","), 0)
    if not at or lexicon.meaning("child", found[at].letters):
        return found, False
    return (*found[at:], *found[:at]), True


def _part(kind: Kind, found: tuple[Token, ...]) -> Part:
    """Make one part of tokens."""
    written = " ".join(token.written for token in found)
    folded = "".join(fold_word(token.letters) for token in found)
    if kind == "initial":
        folded = SPELLED_LETTERS.get(folded, folded)
    return Part(kind=kind, written=written, folded=folded)


def _read_main(found: tuple[Token, ...], *, family_first: bool) -> list[Part]:
    """Read the tokens outside brackets, in order; core tokens get their kinds at the end."""
    slots: list[Part | Token] = []
    words = tuple(token.letters for token in found)
    place = 0
    while place < len(found):
        kind, step, taken = _marked(words, place)
        if kind is None:
            slots.append(found[place])
        elif kind != "skip":
            slots.append(_part(kind, found[place + step - taken : place + step]))
        place += step
    core = [slot.letters for slot in slots if isinstance(slot, Token)]
    kinds = iter(_core_kinds(core, family_first=family_first))
    if len(core) == 1 and isinstance(slots[0], Part) and slots[0].kind == "initial":
        kinds = iter(_FAMILY)
    return [_part(next(kinds), (slot,)) if isinstance(slot, Token) else slot for slot in slots]


Mark = tuple[Kind | Literal["skip"] | None, int, int]


def _marked(words: tuple[str, ...], place: int) -> Mark:
    """Look for a marked word at a place: its kind, tokens used, tokens kept (from the end)."""
    here, left = words[place:], len(words) - place
    if place and words[place] in lexicon.forms("order") and left > 1:
        return "skip", 1, 0
    if here[0] in lexicon.forms("kunya") and left > 1 and place == 0:
        return "kunya", 2, 2
    step = lexicon.longest("unidentified", here)
    if len("".join(here[:step])) > 3 and len(words) > step:
        return "skip", step, 0
    return _relation(here, place) or _style(here, place) or (None, 1, 1)


def _relation(here: tuple[str, ...], place: int) -> Mark | None:
    """Look for a father's or another name, opened by its marker."""
    for marker, kind in _MARKERS:
        step = lexicon.longest(marker, here)
        if step and len(here) > step and not (place == 0 and here[0] == "ben"):
            take = _reach(here, step, one=here[0] in _CHILD_TAKES_ONE)
            return kind, step + take, take
    return None


def _style(here: tuple[str, ...], place: int) -> Mark | None:
    """Look for a title, an honorific or an initial."""
    styles: tuple[Kind, ...] = ("title", "honorific")
    for style in styles:
        step = lexicon.longest(style, here)
        if step and (len(here) > step or (place and here[0] in _TRAILING)):
            return style, step, step
    if _is_initial(here[0]) or here[0] in SPELLED_LETTERS:
        return "initial", 1, 1
    return None


def _reach(here: tuple[str, ...], step: int, *, one: bool) -> int:
    """Count the words that a marker governs: one after ibn, else up to the next marker."""
    rest = here[step:]
    if one:
        return 1
    for count in range(1, len(rest)):
        ahead = rest[count:]
        if lexicon.longest("child", ahead) or lexicon.longest("known_as", ahead):
            return count
    return len(rest)


def _is_initial(word: str) -> bool:
    """Say whether a token is a single letter, or a Latin group that stands for one."""
    return (len(word) == 1 and word.isalpha()) or word in LETTER_GROUPS


@lru_cache(maxsize=1 << 16)
def _ends_family(word: str) -> bool:
    """Say whether a word ends as only family names do."""
    return _FAMILY_END.search(word) is not None


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
