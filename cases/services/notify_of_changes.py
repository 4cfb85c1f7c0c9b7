"""Telling agencies that a re-screening changed what is found on their incidents."""

from datetime import datetime

from django.db.models import Count

from cases.models import NotificationKind, Officer, Rescreening, Right
from cases.services.notify import notify


def notify_of_changes(*, rescreening: Rescreening, at: datetime) -> None:
    """Tell, once for the whole re-screening, each officer who reviews findings how many of the agency's changed.

    One for every change would bury an agency under its own archive.
    """
    counted = rescreening.changes.values("incident__agency").annotate(count=Count("pk")).order_by("incident__agency")
    counts = {row["incident__agency"]: row["count"] for row in counted}
    for officer in Officer.objects.admitted().filter(agency__in=counts).order_by("pk"):
        if Right.REVIEW in officer.rights and officer.agency_id is not None:
            params = {"rescreening": rescreening.pk, "count": counts[officer.agency_id]}
            notify(
                officers=[officer], kind=NotificationKind.FINDINGS_CHANGED, subject=rescreening, params=params, at=at
            )
