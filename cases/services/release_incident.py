"""Releasing an incident to a panel."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import AgencyKind
from cases.errors import AlreadyShared, NotAPanel
from cases.models import Agency, Incident, Officer, Release
from cases.services.expect_shares import expect_shares
from cases.services.write_audit_entry import write_audit_entry

# Bodies that the Council mandates to look into an embargo.
PANELS = frozenset({AgencyKind.PANEL, AgencyKind.UN_MISSION})


def release_incident(
    *, officer: Officer, incident: Incident, panel: Agency, with_nominal: bool, reason: str, released_at: datetime
) -> Release:
    """Release the incident: the panel sees it while a confirmed finding engages a regime of its mandate."""
    access.require_own(officer, access.ISSUE, incident)
    if with_nominal:
        access.require(officer, access.SEE_NOMINAL)
    if panel.kind not in PANELS or not panel.mandate_regimes:
        raise NotAPanel(agency=panel.name)
    with transaction.atomic():
        Incident.objects.select_for_update().get(pk=incident.pk)
        if Release.objects.filter(incident=incident, panel=panel, ended_at__isnull=True).exists():
            raise AlreadyShared(agency=panel.name)
        release = Release.objects.create(
            incident=incident,
            panel=panel,
            with_nominal=with_nominal,
            shared_at=released_at,
            shared_by=officer,
            reason=reason,
        )
        expect_shares(agency=panel)
        change = {"after": {"release": release.pk, "panel": panel.name, "with_nominal": with_nominal}}
        write_audit_entry(
            action="sharing.released", subject=incident, at=released_at, by=officer, reason=reason, change=change
        )
    return release
