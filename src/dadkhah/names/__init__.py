"""One personal name, in any script: parts, folds, keys, romanisation, comparison.

>>> from dadkhah import names
>>> names.read("Seyyed Ali Karimi").of("honorific")[0].written
'Seyyed'
"""

import importlib
from typing import TYPE_CHECKING, Any

from dadkhah.names.reading import Kind, Name, Part, is_unidentified, read, units
from dadkhah.names.romanise import romanise
from dadkhah.names.search import search_needs, search_tokens
from dadkhah.names.skeleton import skeletons
from dadkhah.names.sorting import sort_key

if TYPE_CHECKING:
    from dadkhah.names.blocking import KeyTable, candidates, key_table, keys
    from dadkhah.names.comparison import Comparison, Reason, compare
    from dadkhah.names.scoring import score_one, score_pairs
    from dadkhah.names.table import Frequencies, NameTable, NameWords, encode, words_of

__all__ = [
    "Comparison",
    "Frequencies",
    "KeyTable",
    "Kind",
    "Name",
    "NameTable",
    "NameWords",
    "Part",
    "Reason",
    "candidates",
    "compare",
    "encode",
    "fold",
    "is_unidentified",
    "key_table",
    "keys",
    "read",
    "romanise",
    "score_one",
    "score_pairs",
    "search_needs",
    "search_tokens",
    "skeletons",
    "sort_key",
    "units",
    "words_of",
]


def fold(text: str) -> str:
    """Fold a name: equal for spellings that differ only by the rules of docs/names.md.

    Words are folded and joined without spaces, since spacing is free; an initial keeps a dot
    (قاسم ی. is not قاسمی); one script stays one script. An empty result means that no letter was
    found.
    """
    return "".join(part.folded + ("." if part.kind == "initial" else "") for part in units(text))


# What compares names in bulk is compiled: half a second and 60 MB that only its users pay.
_COMPILED = {
    "blocking": ("KeyTable", "candidates", "key_table", "keys"),
    "comparison": ("Comparison", "Reason", "compare"),
    "scoring": ("score_one", "score_pairs"),
    "table": ("Frequencies", "NameTable", "NameWords", "encode", "words_of"),
}


def __getattr__(name: str) -> Any:
    for module, held in _COMPILED.items():
        if name in held:
            found = getattr(importlib.import_module(f"dadkhah.names.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
