"""One personal name, in any script: parts, folds, keys, romanisation, comparison.

>>> from dadkhah import names
>>> names.read("Seyyed Ali Karimi").of("honorific")[0].written
'Seyyed'
"""

from dadkhah.names.candidates import KeyTable, candidates, key_table
from dadkhah.names.comparison import Comparison, Reason, compare
from dadkhah.names.keys import keys, search_tokens
from dadkhah.names.reading import Kind, Name, Part, is_unidentified, read, units
from dadkhah.names.romanise import romanise
from dadkhah.names.scoring import score_one, score_pairs
from dadkhah.names.skeleton import skeletons
from dadkhah.names.sorting import sort_key
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
    "search_tokens",
    "skeletons",
    "sort_key",
    "units",
    "words_of",
]


def fold(text: str) -> str:
    """Fold a name: equal for spellings that differ only by the rules of docs/names.md.

    Words are folded and joined without spaces, since spacing is free; one script stays one
    script. An empty result means that no letter was found.
    """
    return "".join(part.folded for part in units(text))
