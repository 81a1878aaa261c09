"""What others may ask: which tickets fit, what a name or number belongs to, what was meant."""

from unbroken.search.queries.finding import Found, Hit, Place, Sight, find, read_place
from unbroken.search.queries.meaning import Meant, meant
from unbroken.search.queries.names import Known, customers_called, known
from unbroken.search.queries.sentences import Sentence, sentences

__all__ = [
    "Found",
    "Hit",
    "Known",
    "Meant",
    "Place",
    "Sentence",
    "Sight",
    "customers_called",
    "find",
    "known",
    "meant",
    "read_place",
    "sentences",
]
