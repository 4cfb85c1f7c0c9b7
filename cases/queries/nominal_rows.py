"""Where the names in an incident may have gone: every version of its record, and every row that may hold one."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.db import models
from django.db.models import Q

from cases.choices import ActorKind
from cases.models import (
    AuditEntry,
    Case,
    CaseNote,
    CaseTask,
    Clarification,
    CustodyNominal,
    Dispatch,
    Evidence,
    Exhibit,
    FindingReview,
    FurtherIncident,
    Grant,
    Incident,
    LegalHold,
    MarkReading,
    MarkSettlement,
    Obligation,
    ObligationSending,
    OperationIncident,
    PointOfDiversion,
    Referral,
    Release,
    Reply,
    ReplyLink,
    RescreeningChange,
    SameEvent,
    SupplyChainStep,
)
from cases.queries.incident_document import record_of_incident

Document = dict[str, Any]


def versions_of_record(incident: Incident, entries: Iterable[AuditEntry]) -> Iterator[Document]:
    """Yield the record as it is, as it was sent, and as the audit trail shows it before and after each change."""
    yield record_of_incident(incident)
    if isinstance(incident.as_sent, dict):
        yield incident.as_sent
    for entry in entries:
        change = json.loads(entry.payload)
        sides = (change, *(change.get(side) for side in ("before", "after"))) if isinstance(change, dict) else ()
        yield from (side for side in sides if isinstance(side, dict))


def names_elsewhere(incident: Incident) -> Iterator[str]:
    """Yield who held, witnessed or stands in a supply chain, and whom letters were addressed to."""
    letters = Referral.objects.telling_of([incident])
    for contact in letters.values_list("addressee_contact", flat=True):
        yield from (value for name in ("name", "telephone", "email") if (value := contact.get(name)))
    yield from ReplyLink.objects.filter(referral__in=letters).values_list("recipient", flat=True)
    persons = {"actor_kind": ActorKind.PERSON.value}
    yield from SupplyChainStep.objects.filter(reply__referral__in=letters, **persons).values_list("actor", flat=True)
    yield from PointOfDiversion.objects.filter(item__incident=incident, **persons).values_list("actor", flat=True)
    for nominal in CustodyNominal.objects.filter(event__incident=incident):
        said = json.loads(nominal.text)
        people = [said.get("holder"), *(said.get("witnesses") or ())]
        for person in people:
            name = person.get("name") if isinstance(person, dict) else person
            if isinstance(name, str):
                yield name


def entries_about(incident: Incident) -> Iterator[AuditEntry]:
    """Yield the audit entries on the incident, on the cases that join it, and on letters that tell of it as well."""
    further = FurtherIncident.objects.filter(incident=incident).values("referral__reference")
    letters = Q(object_type="referral", object_reference__in=further)
    about = AuditEntry.objects.filter(Q(incident=incident) | Q(case__in=incident.cases.all()) | letters)
    return about.order_by("pk").iterator(chunk_size=500)


def rows_about(incident: Incident) -> Iterator[models.Model]:
    """Yield every row that hangs from the incident and holds words, but its record, screening and audit trail."""
    letters = Referral.objects.telling_of([incident])
    ours: tuple[models.QuerySet[Any], ...] = (
        FindingReview.objects.filter(finding__incident=incident),
        RescreeningChange.objects.filter(incident=incident),
        letters,
        Reply.objects.filter(referral__in=letters),
        SupplyChainStep.objects.filter(reply__referral__in=letters),
        Clarification.objects.filter(reply__referral__in=letters),
        ReplyLink.objects.filter(referral__in=letters),
        PointOfDiversion.objects.filter(item__incident=incident),
        Dispatch.objects.filter(referral__in=letters),
        Exhibit.objects.filter(incident=incident),
        Evidence.objects.filter(incident=incident),
        MarkReading.objects.filter(incident=incident),
        MarkSettlement.objects.filter(incident=incident),
        Obligation.objects.filter(incident=incident),
        ObligationSending.objects.filter(obligation__incident=incident),
        Grant.objects.filter(Q(incident=incident) | Q(referral__in=letters)),
        Release.objects.filter(incident=incident),
        OperationIncident.objects.filter(incident=incident),
        SameEvent.objects.filter(Q(first=incident) | Q(second=incident)),
        Case.objects.filter(incidents=incident),
        CaseTask.objects.filter(case__incidents=incident),
        CaseNote.objects.filter(case__incidents=incident),
        LegalHold.objects.filter(Q(incident=incident) | Q(case__in=incident.cases.all())),
    )
    return chain.from_iterable(ours)
