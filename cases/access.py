"""The only doors by which an officer reaches an object; an agency sees its own, and nobody sees more."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.choices import CustodyKind, HolderKind
from cases.errors import NotAllowed, NotFound
from cases.models import (
    Agency,
    Case,
    CustodyEvent,
    Exhibit,
    Finding,
    Holding,
    Incident,
    Officer,
    Referral,
    Rescreening,
    RescreeningChange,
    Right,
    SeizedItem,
    Store,
)

RECORD: Final = Right.RECORD
EDIT: Final = Right.EDIT
REVIEW: Final = Right.REVIEW
OVERRIDE: Final = Right.OVERRIDE
REFER: Final = Right.REFER
ISSUE: Final = Right.ISSUE
APPROVE_OWN: Final = Right.APPROVE_OWN
EXPORT: Final = Right.EXPORT
SEE_NOMINAL: Final = Right.SEE_NOMINAL
ADMINISTER: Final = Right.ADMINISTER


def require(officer: Officer, right: Right) -> Agency:
    """Return the agency the officer acts for; NotAllowed unless active in one, and with the right."""
    if not officer.is_active or officer.agency is None or right not in officer.rights:
        raise NotAllowed(role=officer.role)
    return officer.agency


def cases_for(officer: Officer) -> QuerySet[Case]:
    """Return the cases that the officer may know of."""
    if not officer.is_active or officer.agency_id is None:
        return Case.objects.none()
    return Case.objects.filter(agency_id=officer.agency_id)


def incidents_for(officer: Officer) -> QuerySet[Incident]:
    """Return the incidents that the officer may know of."""
    if not officer.is_active or officer.agency_id is None:
        return Incident.objects.none()
    return Incident.objects.filter(agency_id=officer.agency_id)


def findings_for(officer: Officer) -> QuerySet[Finding]:
    """Return the findings on incidents that the officer may know of."""
    return Finding.objects.filter(incident__in=incidents_for(officer))


def changes_for(officer: Officer) -> QuerySet[RescreeningChange]:
    """Return what re-screenings changed on incidents that the officer may know of."""
    return RescreeningChange.objects.filter(incident__in=incidents_for(officer))


def rescreenings_for(officer: Officer) -> QuerySet[Rescreening]:
    """Return the re-screenings; they are the installation's, and say of each agency's incidents nothing to others."""
    return Rescreening.objects.all() if officer.is_active else Rescreening.objects.none()


def referrals_for(officer: Officer) -> QuerySet[Referral]:
    """Return the referrals that the officer's agency opened."""
    if not officer.is_active or officer.agency_id is None:
        return Referral.objects.none()
    return Referral.objects.filter(agency_id=officer.agency_id)


def access_incident(officer: Officer, reference: str) -> Incident:
    """Return the incident; NotFound also where it belongs to others."""
    incident = incidents_for(officer).filter(reference=reference).first()
    if incident is None:
        raise NotFound(thing="incident")
    return incident


def access_finding(officer: Officer, finding_id: UUID) -> Finding:
    """Return the finding; NotFound also where it belongs to others."""
    finding = findings_for(officer).filter(pk=finding_id).select_related("incident").first()
    if finding is None:
        raise NotFound(thing="finding")
    return finding


def access_case(officer: Officer, reference: str) -> Case:
    """Return the case; NotFound also where it belongs to others."""
    case = cases_for(officer).filter(reference=reference).first()
    if case is None:
        raise NotFound(thing="case")
    return case


def access_rescreening(officer: Officer, rescreening_id: int) -> Rescreening:
    """Return the re-screening; raises NotFound."""
    rescreening = rescreenings_for(officer).filter(pk=rescreening_id).first()
    if rescreening is None:
        raise NotFound(thing="re-screening")
    return rescreening


def access_referral(officer: Officer, reference: str) -> Referral:
    """Return the referral; NotFound also where it belongs to others."""
    referral = referrals_for(officer).filter(reference=reference).select_related("incident").first()
    if referral is None:
        raise NotFound(thing="referral")
    return referral


def stores_for(officer: Officer) -> QuerySet[Store]:
    """Return the stores of the officer's agency."""
    if not officer.is_active or officer.agency_id is None:
        return Store.objects.none()
    return Store.objects.filter(agency_id=officer.agency_id)


def exhibits_for(officer: Officer) -> QuerySet[Exhibit]:
    """Return the exhibits of incidents that the officer may know of, and those that the agency holds."""
    if not officer.is_active or officer.agency_id is None:
        return Exhibit.objects.none()
    held = Holding.objects.filter(holder_agency_id=officer.agency_id, exhibit__isnull=False)
    return Exhibit.objects.filter(Q(incident__in=incidents_for(officer)) | Q(pk__in=held.values("exhibit_id")))


def holdings_for(officer: Officer) -> QuerySet[Holding]:
    """Return the whereabouts of what the agency holds, and of all from incidents that the officer may know of."""
    if not officer.is_active or officer.agency_id is None:
        return Holding.objects.none()
    return Holding.objects.filter(Q(incident__in=incidents_for(officer)) | Q(holder_agency_id=officer.agency_id))


def handovers_for(officer: Officer) -> QuerySet[CustodyEvent]:
    """Return the handovers offered to the officer, or to the agency or a store of it."""
    if not officer.is_active or officer.agency_id is None:
        return CustodyEvent.objects.none()
    mine = Q(holder_officer=officer) | ~Q(holder_kind=HolderKind.OFFICER.value)
    return CustodyEvent.objects.filter(mine, kind=CustodyKind.HANDED_OVER, holder_agency_id=officer.agency_id)


def access_item(officer: Officer, reference: str, item: str) -> SeizedItem:
    """Return an incident's item by its position or its id; NotFound also where it belongs to others."""
    items = SeizedItem.objects.filter(incident=access_incident(officer, reference))
    found = items.filter(position=int(item)) if item.isdigit() else items.filter(item_uuid=UUID(item))
    if (row := found.first()) is None:
        raise NotFound(thing="item")
    return row


def access_exhibit(officer: Officer, code: str) -> Exhibit:
    """Return the exhibit; NotFound also where it belongs to others."""
    exhibit = exhibits_for(officer).filter(code=code).first()
    if exhibit is None:
        raise NotFound(thing="exhibit")
    return exhibit


def access_holding(officer: Officer, holding_id: UUID) -> SeizedItem | Exhibit:
    """Return the item or exhibit whose whereabouts these are; NotFound also where it belongs to others."""
    holding = holdings_for(officer).filter(holding_id=holding_id).select_related("item", "exhibit").first()
    subject = None if holding is None else holding.exhibit or holding.item
    if subject is None:
        raise NotFound(thing="item")
    return subject


def access_handover(officer: Officer, handover_id: UUID) -> CustodyEvent:
    """Return a handover offered to the officer or by the officer; NotFound for anybody else's."""
    offered = CustodyEvent.objects.filter(kind=CustodyKind.HANDED_OVER, event_id=handover_id)
    mine = offered.filter(by=officer, by_agency_id=officer.agency_id) if officer.is_active else offered.none()
    handover = (handovers_for(officer) & offered).first() or mine.first()
    if handover is None:
        raise NotFound(thing="handover")
    return handover


def known_references(officer: Officer, incident_ids: Iterable[int]) -> dict[int, str]:
    """Return the references of those incidents that the officer may know of; of the rest nothing is told."""
    known = incidents_for(officer).filter(pk__in=set(incident_ids))
    return dict(known.values_list("pk", "reference"))
