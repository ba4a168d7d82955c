"""From text to proposals: figures, dates, places, persons, posts, acts, orders; never accepted."""

from dadkhah.claims.extraction.drafts import AUTHOR, VERSION
from dadkhah.claims.extraction.extract import Extraction, extract
from dadkhah.claims.extraction.imprint import Fact, Imprint
from dadkhah.claims.extraction.proposer import Proposer

__all__ = ["AUTHOR", "VERSION", "Extraction", "Fact", "Imprint", "Proposer", "extract"]
