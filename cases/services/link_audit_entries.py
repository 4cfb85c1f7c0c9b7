"""Linking audit entries into one chain, behind the commit."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from cases.chain import BEGINNING, linked
from cases.models import AuditEntry, AuditHead, AuditLink, UnlinkedEntry
from cases.queries.audit_heads import moment_of, text_of_head
from cases.queries.audit_text import columns_of, text_of_entry
from cases.services.copy_heads_out import copy_heads_out
from cases.signing import signer_of

# One linker at a time, on whatever machine: the name of the lock, as a number.
LINKER_LOCK: Final = 0x0C0_4D0
AT_ONCE: Final = 1000


def link_audit_entries(*, now: datetime) -> int:
    """Link every committed entry that waits, sign each new head, and copy the heads out; returns how many were linked.

    Entries are numbered before they commit and commit in any order. What this sees is committed; who commits later,
    with whatever number, waits in the table that the database itself filled, and is linked by a later call. A linker
    that is killed leaves nothing half done: its transaction was not there.
    """
    count = after = 0
    while True:
        with transaction.atomic():
            _wait_for_turn()
            waiting = list(UnlinkedEntry.objects.filter(entry_id__gt=after).order_by("entry_id")[:AT_ONCE])
            if not waiting:
                break
            after = waiting[-1].entry_id
            count += _link([each.entry_id for each in waiting], now)
    if settings.AUDIT_HEADS_FILE:
        copy_heads_out(path=Path(settings.AUDIT_HEADS_FILE))
    return count


def _wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINKER_LOCK])


def _link(waiting: Sequence[int], now: datetime) -> int:
    last = AuditLink.objects.order_by("-position").first()
    position, digest = (0, BEGINNING) if last is None else (last.position, last.digest)
    present = AuditEntry.objects.filter(pk__in=waiting)
    links = []
    for entry in present.filter(link__isnull=True).order_by("pk"):
        previous, digest = digest, linked(digest, text_of_entry(columns_of(entry)))
        position += 1
        links.append(AuditLink(position=position, entry=entry, previous=previous, digest=digest))
    AuditLink.objects.bulk_create(links)
    # An entry that was removed while it waited stays on the list of the waiting: `cordon verify` tells of it.
    UnlinkedEntry.objects.filter(pk__in=present.values_list("pk", flat=True)).delete()
    if links:
        _sign(position, digest, now)
    return len(links)


def _sign(position: int, digest: str, now: datetime) -> None:
    signer = signer_of(settings.AUDIT_SIGNING_KEY)
    text = text_of_head(position, digest, moment_of(now))
    AuditHead.objects.create(
        position=position,
        digest=digest,
        signed_at=now,
        key_id=signer.key_id,
        signature=signer.signature_of(text),
    )
