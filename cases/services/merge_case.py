"""Merging a case into another by reference: both stay, one of them goes on."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import CaseClosed, CaseMerged, MergedWithItself
from cases.models import Case, CaseIncident, Officer
from cases.row_scope import everything
from cases.services.write_audit_entry import write_audit_entry


def merge_case(*, officer: Officer, case: Case, into: Case, reason: str, merged_at: datetime) -> Case:
    """Close a case with the one that goes on in its place, and join its incidents to that; nothing else moves.

    Tasks, notes and grants stay with their case, and no grant shows more than before. What goes on must be open, and a
    merged case is closed for good: so there is no circle. Raises MergedWithItself, CaseMerged, CaseClosed.
    """
    for each in (case, into):
        access.require_own(officer, access.EDIT, each)
    if case.pk == into.pk:
        raise MergedWithItself(reference=case.reference)
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).filter(pk__in=(case.pk, into.pk)).order_by("pk")
        rows = {row.pk: row for row in locked}
        row, target = rows[case.pk], rows[into.pk]
        if row.merged_into_id is not None:
            raise CaseMerged(reference=row.reference)
        if target.closed_at is not None:
            raise CaseClosed(reference=target.reference)
        row.merged_into = target
        if row.closed_at is None:
            row.closed_at, row.closed_by, row.closed_reason = merged_at, officer, reason
        row.save(update_fields=["merged_into", "closed_at", "closed_by", "closed_reason"])
        # Incidents that the officer is not cleared for go along: they would be lost to the investigation.
        with everything():
            _join_incidents(row, target, officer, merged_at)
        told = {"case": row.reference, "into": target.reference}
        for subject in (row, target):
            write_audit_entry(
                action="case.merged", subject=subject, at=merged_at, by=officer, reason=reason, change={"after": told}
            )
    return row


def _join_incidents(case: Case, into: Case, officer: Officer, at: datetime) -> None:
    there = CaseIncident.objects.filter(case=into).values("incident")
    joining = CaseIncident.objects.filter(case=case).exclude(incident__in=there).select_related("incident__agency")
    for joined in joining.order_by("incident_id"):
        CaseIncident.objects.create(
            case=into, incident=joined.incident, joined_at=at, joined_by=officer, merged_from=case
        )
        write_audit_entry(
            action="case.incident_joined",
            subject=joined.incident,
            at=at,
            by=officer,
            change={"after": {"case": into.reference, "merged_from": case.reference}},
        )
