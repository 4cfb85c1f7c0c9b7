"""What names were found to resemble in the lists, kept so that a new rulebook or zone compares no name again."""

import hashlib
from typing import Final
from weakref import WeakSet

import orjson

from cases.models import RememberedName
from cases.queries.earlier_versions import lists_document
from cases.screening.designations import Designations
from cases.screening.names import NameMatch

Memo = dict[str, tuple[NameMatch, ...]]

# Beyond that the oldest are forgotten in memory anyway.
MOST_READ = 1 << 18
# Lists of this process that have taken up what was kept for them.
_PRELOADED: Final[WeakSet[Designations]] = WeakSet()


def preload_names(designations: Designations) -> None:
    """Have the index of the lists take up what earlier screenings found in the same lists, once in a process."""
    if not designations.lists or designations in _PRELOADED:
        return
    rows = RememberedName.objects.filter(lists_digest=lists_digest(designations)).order_by("-pk")[:MOST_READ]
    designations.names.preload(
        {asked: matches_from(text) for asked, text in rows.values_list("asked", "matches").iterator(chunk_size=10_000)}
    )
    _PRELOADED.add(designations)


def lists_digest(designations: Designations) -> str:
    """Return the digest of the list states together."""
    return "sha256:" + hashlib.sha256(orjson.dumps(lists_document(designations))).hexdigest()


def text_of(matches: tuple[NameMatch, ...]) -> str:
    """Return matches as they are kept."""
    plain = [[match.key, match.score, match.listed, match.rule, dict(match.params)] for match in matches]
    return orjson.dumps(plain).decode()


def matches_from(text: str) -> tuple[NameMatch, ...]:
    """Return matches as they were kept."""
    return tuple(NameMatch(*match) for match in orjson.loads(text)) if text != NOBODY else ()


NOBODY: Final = text_of(())
