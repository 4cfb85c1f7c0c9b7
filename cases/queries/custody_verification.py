"""Whether the chains of custody are as they were recorded: each event, its columns, its names, and none missing."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.db import connection

from cases.canonical import canonical_json
from cases.chain import Link, linked
from cases.models import CustodyEvent, CustodyNominal

AT_ONCE: Final = 2_000
# What the text of an event repeats from its columns, word for word.
_REPEATED: Final = (
    *("number", "kind", "at", "at_precision", "place", "seal", "code", "certificate", "witness_count", "corrects"),
)
# The audit trail tells of each event with its digest: of what it tells, the last event included, nothing may be gone.
_MISSING: Final = """
SELECT entry.object_reference, told.subject, told.number FROM (
    SELECT id, payload::jsonb #>> '{after,subject}' AS subject, payload::jsonb #>> '{after,number}' AS number,
        payload::jsonb #>> '{after,digest}' AS digest
    FROM cases_auditentry WHERE action LIKE 'custody.%'
) AS told JOIN cases_auditentry AS entry ON entry.id = told.id
WHERE told.digest IS NOT NULL AND NOT EXISTS (SELECT FROM cases_custodyevent AS event WHERE event.digest = told.digest)
ORDER BY entry.id
"""


def custody_chains() -> Iterator[tuple[str, list[Link]]]:
    """Yield each chain by the name of its item or exhibit, with its links from the beginning."""
    events = CustodyEvent.objects.select_related("nominal").order_by("item_id", "exhibit_id", "number")
    rows = events.iterator(chunk_size=AT_ONCE)
    for _, chain in groupby(rows, key=lambda event: (event.item_id, event.exhibit_id)):
        own = list(chain)
        subject = str(json.loads(own[0].text).get("subject", ""))
        yield f"custody of {subject}", [_link(event) for event in own]


def missing_events() -> list[str]:
    """Return the events of which the audit trail tells and that are not there any more, each in words."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING)
        return [f"event {number} of {subject}" for _, subject, number in cursor.fetchall()]


def _link(event: CustodyEvent) -> Link:
    return Link(
        position=event.number,
        previous=event.previous,
        digest=event.digest,
        text=_text_of(event),
        covers=f"event {event.number}, {event.kind}",
    )


def _text_of(event: CustodyEvent) -> str:
    """Return the text that the digest should cover: as kept, with what the columns and the names say put in."""
    if linked(event.previous, event.text) != event.digest:
        return event.text
    said: dict[str, Any] = json.loads(event.text)
    now: dict[str, Any] = {name: getattr(event, name) for name in _REPEATED} | {"event": str(event.event_id)}
    if datetime.fromisoformat(said["recorded_at"]) != event.recorded_at:
        now["recorded_at"] = event.recorded_at.isoformat()
    nominal: CustodyNominal | None = getattr(event, "nominal", None)
    # Names that were erased leave their digest in the text.
    if nominal is not None and nominal.text:
        now["names"] = linked(nominal.salt, nominal.text)
    return canonical_json(said | now)
