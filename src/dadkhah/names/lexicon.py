"""The words that shape a name without being the name: read once from data/lexicon.tsv."""

from __future__ import annotations

from functools import cache
from importlib import resources

__all__ = ["forms", "longest", "meaning"]

_LONGEST_WORDS = 3
_LONG = 7  # letters, from which a slip is still known for the word it is


@cache
def _rows() -> dict[str, dict[str, str]]:
    """Read the lexicon as kind -> folded form -> meaning."""
    table: dict[str, dict[str, str]] = {}
    lines = resources.files("dadkhah.names").joinpath("data/lexicon.tsv").read_text("utf-8")
    for line in lines.splitlines():
        if line and not line.startswith("#"):
            kind, form, said = line.split("\t")
            table.setdefault(kind, {})[form] = said
    nobody = table["unidentified"]
    slips = {slip for form in nobody if len(form) >= _LONG for slip in _slips(form)}
    table["unidentified"] = dict.fromkeys(slips - nobody.keys(), "slip") | nobody
    return table


def _slips(form: str) -> set[str]:
    """Give a word as a slip of the hand writes it: a letter left out, or two turned."""
    places = range(1, len(form))
    left_out = {form[:at] + form[at + 1 :] for at in places}
    return left_out | {form[: at - 1] + form[at] + form[at - 1] + form[at + 1 :] for at in places}


def forms(kind: str) -> dict[str, str]:
    """Give the forms of one kind with their meanings; empty for a kind without forms."""
    return _rows().get(kind, {})


def meaning(kind: str, form: str) -> str:
    """Give what a form means as this kind, empty when it is not one."""
    return forms(kind).get(form, "")


@cache
def _first_words(kind: str) -> frozenset[str]:
    """Give the words that a form of this kind begins with: most words begin none."""
    return frozenset(form.split()[0] for form in forms(kind))


def longest(kind: str, words: tuple[str, ...]) -> int:
    """Count how many of the first words together are a form of this kind (0 to 3)."""
    known = forms(kind)
    if not words or words[0] not in _first_words(kind):
        return 0
    for count in range(min(_LONGEST_WORDS, len(words)), 0, -1):
        if " ".join(words[:count]) in known:
            return count
    return 0
