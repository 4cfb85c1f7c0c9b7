"""What is shared with whom, as the agency that shares sees it."""

from typing import Any

from django.db.models import Q, QuerySet

from cases.models import Grant, Incident, JointOperation, OperationIncident, Release, SameEvent

Document = dict[str, Any]


def sharing_of_incident(incident: Incident) -> list[Document]:
    """Return every grant, release and operation by which others see the incident, or saw it, latest first."""
    grants = Grant.objects.filter(incident=incident).select_related("grantee", "shared_by")
    releases = Release.objects.filter(incident=incident).select_related("panel", "shared_by")
    entries = OperationIncident.objects.filter(incident=incident).select_related("operation", "shared_by")
    rows = [
        *(document_of_grant(grant) for grant in grants),
        *(document_of_release(release) for release in releases),
        *(document_of_entry(entry) for entry in entries),
    ]
    return sorted(rows, key=lambda row: (row["shared_at"], row["id"]), reverse=True)


def grant_documents(grants: QuerySet[Grant]) -> list[Document]:
    """Return the grants, latest first."""
    rows = grants.select_related("grantee", "shared_by").order_by("-shared_at", "-pk")
    return [document_of_grant(grant) for grant in rows]


def document_of_grant(grant: Grant) -> Document:
    """Return a grant as the agency that gave it reads it."""
    until = None if grant.until_at is None else grant.until_at.isoformat()
    return {"kind": "grant", "with": grant.grantee.name, "level": grant.level, "until": until, **_common(grant)}


def document_of_release(release: Release) -> Document:
    """Return a release as the agency that made it reads it."""
    return {"kind": "release", "with": release.panel.name, "level": "read", "until": None, **_common(release)}


def document_of_entry(entry: OperationIncident) -> Document:
    """Return how an incident is shown to an operation."""
    return {"kind": "operation", "with": entry.operation.reference, "level": "read", "until": None, **_common(entry)}


def _common(sharing: Grant | Release | OperationIncident) -> Document:
    return {
        "id": sharing.pk,
        "with_nominal": sharing.with_nominal,
        "shared_at": sharing.shared_at.isoformat(),
        "shared_by": sharing.shared_by.username,
        "reason": sharing.reason,
        "ended_at": None if sharing.ended_at is None else sharing.ended_at.isoformat(),
    }


def operation_rows(operations: QuerySet[JointOperation]) -> QuerySet[JointOperation]:
    """Return the operations with what a row shows read along."""
    return operations.select_related("lead").prefetch_related("memberships__agency", "entries__incident")


def document_of_operation(operation: JointOperation, *, known: QuerySet[Incident]) -> Document:
    """Return an operation with its members, and those of its incidents that the reader may know of."""
    put_in = [entry.incident_id for entry in operation.entries.all() if entry.ended_at is None]
    return {
        "reference": operation.reference,
        "name": operation.name,
        "lead": operation.lead.name,
        "members": sorted(each.agency.name for each in operation.memberships.all() if each.left_at is None),
        "opened_at": operation.opened_at.isoformat(),
        "ended_at": None if operation.ended_at is None else operation.ended_at.isoformat(),
        "incidents": sorted(known.filter(pk__in=put_in).values_list("reference", flat=True)),
    }


def same_events_of(incident: Incident, *, known: QuerySet[Incident]) -> list[Document]:
    """Return the other records of the event that the reader may know of, with who says so and why."""
    links = SameEvent.objects.filter(Q(first=incident) | Q(second=incident), withdrawn_at__isnull=True)
    rows = links.select_related("first", "second", "said_by__agency").order_by("pk")
    others = {(link.second if link.first_id == incident.pk else link.first).pk: link for link in rows}
    shown = known.filter(pk__in=others).select_related("agency").order_by("reference")
    return [
        {
            "incident": each.reference,
            "agency": each.agency.name,
            "said_at": others[each.pk].said_at.isoformat(),
            "reason": others[each.pk].reason,
        }
        for each in shown
    ]
