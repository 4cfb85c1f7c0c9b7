"""What was done to an incident, a referral or a case, by whom, when and why, and where that stands in the chain."""

import json
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Q, QuerySet

from cases.canonical import canonical_json
from cases.models import AuditEntry, AuditHead, AuditLink, Case, Incident, Officer, Referral
from cases.queries.audit_heads import head_of
from cases.queries.audit_text import columns_of, text_of_entry

# How the actions of views end.
VIEWED: Final = ".viewed"
AT_ONCE: Final = 500


def history_of_incident(incident: Incident, *, reader: Officer, views: bool) -> list[dict[str, Any]]:
    """Return every act on the incident and on what hangs from it, oldest first."""
    return _listed(incident.audit_entries.all(), incident.agency_id, reader, views=views)


def history_of_referral(referral: Referral, *, reader: Officer, views: bool) -> list[dict[str, Any]]:
    """Return every act on the referral, oldest first."""
    acts = referral.incident.audit_entries.filter(object_type="referral", object_reference=referral.reference)
    return _listed(acts, referral.agency_id, reader, views=views)


def history_of_case(case: Case, *, known: QuerySet[Incident], reader: Officer, views: bool) -> list[dict[str, Any]]:
    """Return every act on the case and on those of its incidents that the reader may know of, oldest first."""
    return _listed(_acts_in(case, known), case.agency_id, reader, views=views)


def exported_history(case: Case, *, known: QuerySet[Incident], reader: Officer, views: bool) -> Iterator[str]:
    """Yield the case's history a line at a time: each act with the text that its link covers, then the signed head.

    SHA-256 over `previous`, a line end and `text` gives `digest`; the text holds the digest of the payload.
    """
    acts = _readable(_acts_in(case, known), case.agency_id, reader, views=views)
    for entry in acts.iterator(chunk_size=AT_ONCE):
        link = _link_of(entry)
        text = {"previous": link.previous if link else None, "text": text_of_entry(columns_of(entry))}
        yield canonical_json({**_shown(entry), **text, "payload": entry.payload})
    head = AuditHead.objects.order_by("-position").first()
    yield canonical_json({"head": None if head is None else json.loads(head_of(head).line)})


def _acts_in(case: Case, known: QuerySet[Incident]) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(Q(case=case) | Q(incident__in=known.values("pk")))


def _listed(acts: QuerySet[AuditEntry], owner: int, reader: Officer, *, views: bool) -> list[dict[str, Any]]:
    return [_shown(entry) for entry in _readable(acts, owner, reader, views=views)]


def _readable(acts: QuerySet[AuditEntry], owner: int, reader: Officer, *, views: bool) -> QuerySet[AuditEntry]:
    """Who read a record is told to the agency that owns it; others are told of their own officers only."""
    if not views:
        acts = acts.exclude(action__endswith=VIEWED)
    elif reader.agency_id != owner:
        acts = acts.exclude(Q(action__endswith=VIEWED) & ~Q(agency_id=reader.agency_id))
    return acts.select_related("officer", "link").order_by("pk")


def _link_of(entry: AuditEntry) -> AuditLink | None:
    return getattr(entry, "link", None)


def _shown(entry: AuditEntry) -> dict[str, Any]:
    link = _link_of(entry)
    return {
        "at": entry.recorded_at.isoformat(),
        "officer": None if entry.officer is None else entry.officer.username,
        "through": entry.through or None,
        "on_behalf_of": entry.on_behalf_of or None,
        "action": entry.action,
        "object": {"type": entry.object_type, "reference": entry.object_reference},
        "reason": entry.reason or None,
        "change": json.loads(entry.payload),
        "link": None if link is None else {"position": link.position, "digest": link.digest},
    }
