"""Keeping what names were found to resemble."""

from collections.abc import Mapping
from functools import partial

from django.db import transaction

from cases.models import RememberedName
from cases.queries.remembered_names import lists_digest, text_of
from cases.screening.designations import Designations
from cases.screening.names import NameMatch

BATCH_SIZE = 2000


def remember_names(*, designations: Designations) -> int:
    """Keep what the index of the lists has found and nobody kept yet; return how many names.

    Called last in a transaction: whoever else keeps one of the names waits for its end. They are written in one order,
    so that no two wait for each other.
    """
    found = designations.names.not_kept()
    if not designations.lists or not found:
        return 0
    RememberedName.objects.bulk_create(
        _rows(lists_digest(designations), found), ignore_conflicts=True, batch_size=BATCH_SIZE
    )
    transaction.on_commit(partial(designations.names.note_kept, tuple(found)))
    return len(found)


def _rows(digest: str, found: Mapping[str, tuple[NameMatch, ...]]) -> list[RememberedName]:
    return [RememberedName(lists_digest=digest, asked=asked, matches=text_of(found[asked])) for asked in sorted(found)]
