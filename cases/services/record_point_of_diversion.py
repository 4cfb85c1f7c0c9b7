"""Recording where and when an item left lawful hands: an officer's decision, with what it rests on."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from cases import access
from cases.errors import InvalidSubmission
from cases.intake.problems import Problem
from cases.models import Incident, Officer, PointOfDiversion, SeizedItem
from cases.queries.supply_chain import supply_chain_of
from cases.services.take_reply import dated, lies_ahead, unknown_evidence
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.diversion import DiversionSubmission, read_diversion


def record_point_of_diversion(
    *, officer: Officer, item: SeizedItem, stated: Mapping[str, Any], recorded_at: datetime
) -> PointOfDiversion:
    """Add the next version of the agency's conclusion on the item; earlier ones stay.

    Raises InvalidSubmission naming what does not hold: a step that the chain does not have, evidence not to be found.
    """
    agency = access.require_on(officer, access.REFER, item.incident)
    read = read_diversion(stated)
    with transaction.atomic():
        Incident.objects.select_for_update().get(pk=item.incident_id)
        if problems := list(_problems(read, officer, item, recorded_at)):
            raise InvalidSubmission(problems)
        earlier = PointOfDiversion.objects.filter(item=item, agency=agency)
        version = (earlier.aggregate(last=Max("version"))["last"] or 0) + 1
        words = read.model_dump(mode="json", exclude={"on", "steps", "documents"})
        kept = PointOfDiversion.objects.create(
            item=item,
            agency=agency,
            version=version,
            **{name: value or "" for name, value in words.items()},
            **dated(read.on),
            steps=list(read.steps),
            documents=list(read.documents),
            recorded_at=recorded_at,
            recorded_by=officer,
        )
        change = {"after": {"item": item.position, "version": version, "kind": kept.kind, "country": kept.country}}
        write_audit_entry(
            action="diversion.recorded", subject=kept, at=recorded_at, by=officer, reason=kept.reason, change=change
        )
    return kept


def _problems(read: DiversionSubmission, officer: Officer, item: SeizedItem, at: datetime) -> Iterator[Problem]:
    if read.on is not None and lies_ahead(read.on, at):
        yield Problem("/on", "in_the_future", {"value": read.on.text})
    chain = supply_chain_of(item, known=access.referrals_for(officer), reader=officer)
    for place, step in enumerate(read.steps):
        if str(step) not in chain.rows:
            yield Problem(f"/steps/{place}", "not_known", {"value": str(step)})
    attachable = access.evidence_for(officer).filter(incident=item.incident_id)
    yield from unknown_evidence(read.documents, attachable, "/documents")
