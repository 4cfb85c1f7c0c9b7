"""Making an exhibit: a package of items under one label, or a sample taken from one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases import access
from cases.choices import CustodyKind, ExhibitKind, HolderKind
from cases.errors import InvalidSubmission
from cases.intake.problems import Problem
from cases.models import Exhibit, ExhibitItem, Incident, Officer, SeizedItem
from cases.queries.custody_holders import NamedHolder
from cases.services.append_custody_event import CustodyDetails, append_custody_event
from cases.services.new_label import new_label
from cases.services.write_audit_entry import write_audit_entry


@dataclass(frozen=True, slots=True)
class ExhibitAbout:
    """What an exhibit is, and the evidence that shows it."""

    kind: ExhibitKind
    description: str = ""
    evidence: str = ""


def record_exhibit(
    *,
    officer: Officer,
    incident: Incident,
    items: Sequence[UUID],
    about: ExhibitAbout,
    details: CustodyDetails,
    recorded_at: datetime,
) -> Exhibit:
    """Make the exhibit with a label of its own, and say so in the chains of the items and at the start of its own.

    `details` say when, where and under which seal. A sample comes from one item.
    """
    agency = access.require_on(officer, access.RECORD, incident)
    kind = about.kind
    with transaction.atomic():
        Incident.objects.select_for_update().get(pk=incident.pk)
        found = _items(incident, kind, items)
        exhibit = Exhibit.objects.create(
            code=new_label(prefix="EX"),
            incident=incident,
            kind=kind.value,
            description=about.description,
            evidence_id=about.evidence,
            recorded_at=recorded_at,
            recorded_by=officer,
        )
        ExhibitItem.objects.bulk_create(ExhibitItem(exhibit=exhibit, item=item) for item in found)
        change = {"after": {"kind": kind.value, "items": [str(item.item_uuid) for item in found]}}
        write_audit_entry(action="exhibit.recorded", subject=exhibit, at=recorded_at, by=officer, change=change)
        step = CustodyKind.SAMPLED if kind is ExhibitKind.SAMPLE else CustodyKind.PACKED
        # The seal is on the exhibit, not on what lies in it.
        of_item = replace(details, kind=step, code=exhibit.code, into=exhibit, seal="", holder=None)
        for item in found:
            append_custody_event(officer=officer, subject=item, details=of_item, recorded_at=recorded_at)
        holder = details.holder or NamedHolder(HolderKind.OFFICER, agency=agency, officer=officer)
        begun = replace(details, kind=CustodyKind.COLLECTED, holder=holder, seal="", code="")
        append_custody_event(officer=officer, subject=exhibit, details=begun, recorded_at=recorded_at)
        if details.seal:
            sealed = replace(details, kind=CustodyKind.SEALED, holder=None, code="", witnesses=(), note="")
            append_custody_event(officer=officer, subject=exhibit, details=sealed, recorded_at=recorded_at)
    return exhibit


def _items(incident: Incident, kind: ExhibitKind, wanted: Sequence[UUID]) -> list[SeizedItem]:
    """Return the incident's items of those ids, each once; raises InvalidSubmission."""
    if not wanted:
        raise InvalidSubmission([Problem("/items", "missing")])
    rows = {item.item_uuid: item for item in incident.items.filter(item_uuid__in=wanted)}
    unknown = [(at, each) for at, each in enumerate(wanted) if each not in rows]
    if unknown:
        raise InvalidSubmission([Problem(f"/items/{at}", "not_known", {"value": str(each)}) for at, each in unknown])
    if kind is ExhibitKind.SAMPLE and len(rows) > 1:
        raise InvalidSubmission([Problem("/items", "too_many", {"length": len(rows), "limit": 1})])
    return sorted(rows.values(), key=lambda item: item.pk)
