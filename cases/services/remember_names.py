"""Keeping what names were found to resemble."""

from collections.abc import Mapping
from functools import partial

from django.db import transaction

from cases.models import RememberedName
from cases.queries.remembered_names import text_of
from cases.screening.names import NameIndex, NameMatch

BATCH_SIZE = 2000


def remember_names(*, index: NameIndex) -> int:
    """Keep what the index has found and nobody kept yet; return how many names.

    Called last in a transaction: whoever else keeps one of the names waits for its end. They are written in one order,
    so that no two wait for each other.
    """
    found = index.not_kept()
    if not index or not found:
        return 0
    RememberedName.objects.bulk_create(_rows(index.digest, found), ignore_conflicts=True, batch_size=BATCH_SIZE)
    transaction.on_commit(partial(index.note_kept, tuple(found)))
    return len(found)


def _rows(digest: str, found: Mapping[str, tuple[NameMatch, ...]]) -> list[RememberedName]:
    return [RememberedName(names_digest=digest, asked=asked, matches=text_of(found[asked])) for asked in sorted(found)]
