"""What names were found to resemble, in the lists and among the groups, kept so that none is compared again."""

from typing import Final
from weakref import WeakSet

import orjson

from cases.models import RememberedName
from cases.screening.names import NameIndex, NameMatch

Memo = dict[str, tuple[NameMatch, ...]]

# Beyond that the oldest are forgotten in memory anyway.
MOST_READ = 1 << 18
# Indexes of this process that have taken up what was kept for them.
_PRELOADED: Final[WeakSet[NameIndex]] = WeakSet()


def preload_names(index: NameIndex) -> None:
    """Have the index take up what earlier screenings found among the same names, once in a process."""
    if not index or index in _PRELOADED:
        return
    rows = RememberedName.objects.filter(names_digest=index.digest).order_by("-pk")[:MOST_READ]
    index.preload(
        {asked: matches_from(text) for asked, text in rows.values_list("asked", "matches").iterator(chunk_size=10_000)}
    )
    _PRELOADED.add(index)


def text_of(matches: tuple[NameMatch, ...]) -> str:
    """Return matches as they are kept."""
    plain = [[match.key, match.score, match.listed, match.rule, dict(match.params)] for match in matches]
    return orjson.dumps(plain).decode()


def matches_from(text: str) -> tuple[NameMatch, ...]:
    """Return matches as they were kept."""
    return tuple(NameMatch(*match) for match in orjson.loads(text)) if text != NOBODY else ()


NOBODY: Final = text_of(())
