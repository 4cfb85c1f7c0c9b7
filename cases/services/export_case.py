"""Exporting a case as a bundle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import access
from cases.bundle.packing import BundleFile
from cases.choices import RedactionLevel
from cases.models import Case, Incident, Officer
from cases.queries.case_bundle import facts_of_export, files_of_case, work_part
from cases.queries.case_work import cases_within
from cases.services.write_audit_entry import write_audit_entry


@dataclass(frozen=True, slots=True)
class CaseExport:
    """What goes into a bundle, and what its manifest says of it."""

    files: Sequence[BundleFile]
    facts: Mapping[str, Any]


def export_case(*, officer: Officer, case: Case, recipient: str = "", exported_at: datetime) -> CaseExport:
    """Gather what the officer's own agency recorded of its case, as it stands at one moment.

    A bundle is whole or it proves nothing, and so it holds names: it takes the right to export and the right to see
    them. What leaves for others with names withheld is a released copy (`release_case`), not this; what another agency
    has shown to this one is that agency's to export.
    """
    agency = access.require_own(officer, access.EXPORT, case)
    access.require(officer, access.SEE_NOMINAL)
    with transaction.atomic():
        known = access.nominal_incidents_for(officer).filter(pk__in=case.incidents.values("pk"), agency=agency)
        # Whoever writes to an incident holds its lock: what is read under all of them belongs together.
        locked = Incident.objects.select_for_update().filter(pk__in=known.values("pk")).order_by("pk")
        incidents = sorted(locked, key=lambda incident: incident.reference)
        facts = facts_of_export(case, incidents, officer=officer, exported_at=exported_at)
        files = files_of_case(case, incidents)
        within = cases_within(case, access.cases_for(officer))
        tasks = access.tasks_for(officer).filter(case__in=within)
        files += work_part(tasks, access.notes_for(officer).filter(case__in=within), at=exported_at)
        release = {"redaction": RedactionLevel.FULL, "recipient": recipient}
        change = {"after": {"incidents": facts["incidents"], "files": len(files), **release}}
        write_audit_entry(action="case.exported", subject=case, at=exported_at, by=officer, change=change)
        for incident in incidents:
            told = {"after": {"case": case.reference, **release}}
            write_audit_entry(action="incident.exported", subject=incident, at=exported_at, by=officer, change=told)
    return CaseExport(files, facts)
