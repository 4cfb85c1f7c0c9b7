"""Names compared as a careful reader would: across scripts, spellings, orders and legal forms."""

from cases.screening.names.comparison import CERTAIN_THRESHOLD, REVIEW_THRESHOLD
from cases.screening.names.index import IndexedName, NameIndex, NameMatch
from cases.screening.names.similarity import normalised, similarity

__all__ = [
    "CERTAIN_THRESHOLD",
    "REVIEW_THRESHOLD",
    "IndexedName",
    "NameIndex",
    "NameMatch",
    "normalised",
    "similarity",
]
