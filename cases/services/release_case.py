"""Releasing a case to somebody outside the agency."""

import json
from datetime import datetime
from importlib.metadata import version

from django.db import transaction

from cases import access
from cases.bundle.packing import BundleFile
from cases.choices import RedactionLevel, WithheldFact
from cases.evidence.sniffing import PICTURES
from cases.models import Case, Evidence, Incident, Officer
from cases.queries.released_files import pictures_to_release, released_files, statement_of
from cases.services.export_case import CaseExport
from cases.services.released_copy import released_copy
from cases.services.write_audit_entry import write_audit_entry


def release_case(
    *, officer: Officer, case: Case, level: RedactionLevel, recipient: str, released_at: datetime
) -> CaseExport:
    """Gather what the level shows of the incidents that the officer's agency recorded of its case.

    What the trail, the chains of custody and the screening hold is in no such copy: they prove the whole or nothing,
    and the whole is `export_case`. It takes the right to export; pictures come along where the officer may read names.
    """
    agency = access.require_own(officer, access.EXPORT, case)
    with transaction.atomic():
        known = access.incidents_for(officer).filter(pk__in=case.incidents.values("pk"), agency=agency)
        locked = Incident.objects.select_for_update().filter(pk__in=known.values("pk")).order_by("pk")
        incidents = sorted(locked, key=lambda incident: incident.reference)
        files, withheld = list[BundleFile](), set[WithheldFact]()
        for incident in incidents:
            access.require_level(officer, level, incident)
            of_incident, left_out = released_files(incident, incidents, level)
            files += of_incident
            withheld |= left_out
        pictures = [
            evidence
            for evidence in pictures_to_release(incidents, level)
            if evidence.media_type in PICTURES and access.sees_content_of_evidence(officer, evidence.incident)
        ]
        files += [_drawn(evidence, officer, released_at) for evidence in pictures]
        if Evidence.objects.filter(incident__in=incidents).count() > len(pictures):
            withheld.add(WithheldFact.EVIDENCE)
        statement = statement_of(level, withheld, incidents)
        files.append(BundleFile.of_text("released.json", json.dumps(statement)))
        for subject, name in ((case, "case"), *((incident, "incident") for incident in incidents)):
            told = {"after": {"redaction": level, "recipient": recipient, "case": case.reference}}
            write_audit_entry(action=f"{name}.released", subject=subject, at=released_at, by=officer, change=told)
    facts = {
        "case": case.reference,
        **statement,
        "recipient": recipient,
        "exported_at": released_at.isoformat(),
        "agency": agency.name,
        "versions": {"cordon": version("cordon")},
    }
    return CaseExport(files, facts)


def _drawn(evidence: Evidence, officer: Officer, at: datetime) -> BundleFile:
    with released_copy(evidence=evidence, by=officer, released_at=at) as copy:
        return BundleFile.of_bytes(f"evidence/{copy.name}", copy.content.read(), copy.media_type)
