"""Sharing: grants, releases to panels, joint operations, and records of one event."""

from datetime import datetime
from typing import Annotated, Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import AwareDatetime, BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.fields import Body, Reason
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.choices import AgencyKind, SharingLevel
from cases.queries.agencies import agency_rows, document_of_agency, get_agency
from cases.queries.officers import get_officer
from cases.queries.sharing_rows import (
    document_of_entry,
    document_of_grant,
    document_of_operation,
    document_of_release,
    grant_documents,
    operation_rows,
    same_events_of,
    sharing_of_incident,
)
from cases.services.answer_once import Answer
from cases.services.end_sharing import end_sharing
from cases.services.leave_operation import leave_operation
from cases.services.link_same_event import link_same_event
from cases.services.open_operation import open_operation
from cases.services.put_into_operation import put_into_operation
from cases.services.release_incident import release_incident
from cases.services.set_caveats import set_caveats
from cases.services.share_record import Terms, share_record

AgencyId = Annotated[int, Field(ge=1, le=2**62)]


class AgencyRow(BaseModel):
    """An agency of this installation."""

    id: int
    name: str
    kind: AgencyKind
    country: str
    mandate_regimes: list[str]


class AgencyDirectory(BaseModel):
    """Every agency of this installation, by name."""

    results: list[AgencyRow]


class SharingDocument(BaseModel):
    """One act of sharing, as the agency that shares reads it."""

    id: int
    kind: str
    with_: str = Field(alias="with")
    level: str
    with_nominal: bool
    until: datetime | None
    shared_at: datetime
    shared_by: str
    reason: str
    ended_at: datetime | None


class SharingList(BaseModel):
    """With whom a record is shared, or was, latest first."""

    results: list[SharingDocument]


class NewGrant(Body):
    """To whom a record is shown, how far, until when, and why."""

    agency: AgencyId
    level: SharingLevel
    with_nominal: bool = False
    until: AwareDatetime | None = None
    reason: Reason


class NewRelease(Body):
    """To which panel an incident is released, and why."""

    panel: AgencyId
    with_nominal: bool = False
    reason: Reason


class WhyEnded(Body):
    """Why something is taken back."""

    reason: Reason


class OperationDocument(BaseModel):
    """A joint operation, with those of its incidents that the reader may know of."""

    reference: str
    name: str
    lead: str
    members: list[str]
    opened_at: datetime
    ended_at: datetime | None
    incidents: list[str]


class OperationPage(BaseModel):
    """One page of operations, latest first."""

    next: str | None
    previous: str | None
    results: list[OperationDocument]


class NewOperation(Body):
    """What an operation is called, and who takes part beside the lead."""

    name: Reason
    members: tuple[AgencyId, ...] = ()


class OperationEntry(Body):
    """Which incident is put into an operation, and why."""

    incident: str
    with_nominal: bool = False
    reason: Reason


class OtherRecord(Body):
    """The other record of the event, and what says so."""

    incident: str
    reason: Reason


class SameEventRow(BaseModel):
    """Another record of the event, and what says so."""

    incident: str
    agency: str
    said_at: datetime
    reason: str


class SameEventList(BaseModel):
    """The other records of an event that the reader may know of."""

    results: list[SameEventRow]


class Caveats(Body):
    """What a reader must be cleared for, all of it, and why."""

    caveats: tuple[Annotated[str, Field(pattern=r"^[a-z0-9_]{1,64}$")], ...]
    reason: Reason


class CaveatsDocument(BaseModel):
    """What a reader must be cleared for."""

    caveats: list[str]


class AgencyListView(APIView):
    """The directory of agencies."""

    @extend_schema(operation_id="listAgencies", responses=AgencyDirectory)
    def get(self, _request: Request) -> Response:
        """List the agencies of this installation, by name."""
        return Response({"results": [document_of_agency(agency) for agency in agency_rows()]})


class IncidentGrantsView(APIView):
    """With whom an incident is shared."""

    @extend_schema(operation_id="listIncidentSharing", responses=SharingList)
    def get(self, request: Request, reference: str) -> Response:
        """List by what others see the incident; of one that was only shown to the reader's agency, nothing."""
        officer = get_officer(request.user)
        incident = access.access_incident(officer, reference)
        is_own = access.sight_of(officer, incident).is_own
        return Response({"results": sharing_of_incident(incident) if is_own else []})

    @extend_schema(
        operation_id="shareIncident", parameters=[IDEMPOTENCY_KEY], request=NewGrant, responses={201: SharingDocument}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Show an incident to another agency."""
        return _shared(request, access.access_incident(get_officer(request.user), reference))


class CaseGrantsView(APIView):
    """With whom a case is shared."""

    @extend_schema(operation_id="listCaseSharing", responses=SharingList)
    def get(self, request: Request, reference: str) -> Response:
        """List the grants of the case that the reader's agency gave."""
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        return Response({"results": grant_documents(access.grants_for(officer).filter(case=case))})

    @extend_schema(
        operation_id="shareCase", parameters=[IDEMPOTENCY_KEY], request=NewGrant, responses={201: SharingDocument}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Show a case to another agency, with those of its incidents that are the case's own agency's."""
        return _shared(request, access.access_case(get_officer(request.user), reference))


class ReferralGrantsView(APIView):
    """With whom a referral is shared."""

    @extend_schema(operation_id="listReferralSharing", responses=SharingList)
    def get(self, request: Request, reference: str) -> Response:
        """List the grants of the referral that the reader's agency gave."""
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)
        return Response({"results": grant_documents(access.grants_for(officer).filter(referral=referral))})

    @extend_schema(
        operation_id="shareReferral", parameters=[IDEMPOTENCY_KEY], request=NewGrant, responses={201: SharingDocument}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Show a referral to another agency; the incident behind it is not shown by that."""
        return _shared(request, access.access_referral(get_officer(request.user), reference))


class GrantEndView(APIView):
    """Ending a grant."""

    @extend_schema(operation_id="endGrant", parameters=[IDEMPOTENCY_KEY], request=WhyEnded, responses=SharingDocument)
    def post(self, request: Request, grant_id: int) -> Response:
        """Take a grant back, at once."""
        officer, body = get_officer(request.user), read_body(request, WhyEnded)
        grant = access.access_grant(officer, grant_id)

        def act() -> Answer:
            ended = end_sharing(officer=officer, sharing=grant, reason=body.reason, ended_at=timezone.now())
            return Answer(200, document_of_grant(ended))

        return respond_once(request, request.data, act)


class IncidentReleasesView(APIView):
    """Releasing an incident."""

    @extend_schema(
        operation_id="releaseIncident",
        parameters=[IDEMPOTENCY_KEY],
        request=NewRelease,
        responses={201: SharingDocument},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Release an incident to a panel or mission, which sees it while a confirmed finding is within its mandate."""
        officer, body = get_officer(request.user), read_body(request, NewRelease)
        incident = access.access_incident(officer, reference)

        def act() -> Answer:
            release = release_incident(
                officer=officer,
                incident=incident,
                panel=get_agency(body.panel),
                with_nominal=body.with_nominal,
                reason=body.reason,
                released_at=timezone.now(),
            )
            return Answer(201, document_of_release(release))

        return respond_once(request, request.data, act)


class ReleaseEndView(APIView):
    """Ending a release."""

    @extend_schema(operation_id="endRelease", parameters=[IDEMPOTENCY_KEY], request=WhyEnded, responses=SharingDocument)
    def post(self, request: Request, release_id: int) -> Response:
        """Take a release back, at once."""
        officer, body = get_officer(request.user), read_body(request, WhyEnded)
        release = access.access_release(officer, release_id)

        def act() -> Answer:
            ended = end_sharing(officer=officer, sharing=release, reason=body.reason, ended_at=timezone.now())
            return Answer(200, document_of_release(ended))

        return respond_once(request, request.data, act)


class IncidentSameEventView(APIView):
    """Other records of one event."""

    @extend_schema(operation_id="listSameEvent", responses=SameEventList)
    def get(self, request: Request, reference: str) -> Response:
        """List the other records of the event that the reader may know of."""
        officer = get_officer(request.user)
        incident = access.access_incident(officer, reference)
        return Response({"results": same_events_of(incident, known=access.incidents_for(officer))})

    @extend_schema(
        operation_id="linkSameEvent",
        parameters=[IDEMPOTENCY_KEY],
        request=OtherRecord,
        responses={201: SameEventList},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Say that two records are of one event; both stay as they are."""
        officer, body = get_officer(request.user), read_body(request, OtherRecord)
        incident = access.access_incident(officer, reference)

        def act() -> Answer:
            other = access.access_incident(officer, body.incident)
            link_same_event(officer=officer, incident=incident, other=other, reason=body.reason, said_at=timezone.now())
            return Answer(201, {"results": same_events_of(incident, known=access.incidents_for(officer))})

        return respond_once(request, request.data, act)


class IncidentCaveatsView(APIView):
    """The handling caveats of an incident."""

    @extend_schema(operation_id="setCaveats", parameters=[IDEMPOTENCY_KEY], request=Caveats, responses=CaveatsDocument)
    def post(self, request: Request, reference: str) -> Response:
        """Set what a reader must be cleared for; every one of the caveats is needed."""
        officer, body = get_officer(request.user), read_body(request, Caveats)
        incident = access.access_incident(officer, reference)

        def act() -> Answer:
            changed = set_caveats(
                officer=officer,
                incident=incident,
                caveats=body.caveats,
                reason=body.reason,
                changed_at=timezone.now(),
            )
            return Answer(200, {"caveats": changed.caveats})

        return respond_once(request, request.data, act)


class OperationListView(APIView):
    """Joint operations."""

    @extend_schema(operation_id="listOperations", parameters=PAGING_PARAMETERS, responses=OperationPage)
    def get(self, request: Request) -> Response:
        """List the operations that the reader's agency takes part in, latest first."""
        officer = get_officer(request.user)
        page = page_of(request, operation_rows(access.operations_for(officer)), moment="opened_at")
        known = access.incidents_for(officer)
        return Response(page.document([document_of_operation(row, known=known) for row in page.rows]))

    @extend_schema(
        operation_id="openOperation",
        parameters=[IDEMPOTENCY_KEY],
        request=NewOperation,
        responses={201: OperationDocument},
    )
    def post(self, request: Request) -> Response:
        """Open an operation that the officer's agency leads."""
        officer, body = get_officer(request.user), read_body(request, NewOperation)

        def act() -> Answer:
            members = [get_agency(agency_id) for agency_id in body.members]
            operation = open_operation(officer=officer, name=body.name, members=members, opened_at=timezone.now())
            return Answer(201, _operation(request, operation))

        return respond_once(request, request.data, act)


class OperationView(APIView):
    """One joint operation."""

    @extend_schema(operation_id="readOperation", responses=OperationDocument)
    def get(self, request: Request, reference: str) -> Response:
        """Read an operation."""
        return Response(_operation(request, access.access_operation(get_officer(request.user), reference)))


class OperationIncidentsView(APIView):
    """The incidents of an operation."""

    @extend_schema(
        operation_id="putIntoOperation",
        parameters=[IDEMPOTENCY_KEY],
        request=OperationEntry,
        responses={201: SharingDocument},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Show an incident of one's own to those who take part."""
        officer, body = get_officer(request.user), read_body(request, OperationEntry)
        operation = access.access_operation(officer, reference)

        def act() -> Answer:
            entry = put_into_operation(
                officer=officer,
                incident=access.access_incident(officer, body.incident),
                operation=operation,
                with_nominal=body.with_nominal,
                reason=body.reason,
                shared_at=timezone.now(),
            )
            return Answer(201, document_of_entry(entry))

        return respond_once(request, request.data, act)


class OperationLeaveView(APIView):
    """Leaving an operation."""

    @extend_schema(
        operation_id="leaveOperation", parameters=[IDEMPOTENCY_KEY], request=None, responses=OperationDocument
    )
    def post(self, request: Request, reference: str) -> Response:
        """Leave an operation, or end it where the reader's agency leads it."""
        officer = get_officer(request.user)
        operation = access.access_operation(officer, reference)

        def act() -> Answer:
            left = leave_operation(officer=officer, operation=operation, left_at=timezone.now())
            return Answer(200, _operation(request, left))

        return respond_once(request, None, act)


def _shared(request: Request, record: Any) -> Response:
    officer, body = get_officer(request.user), read_body(request, NewGrant)

    def act() -> Answer:
        terms = Terms(level=body.level, with_nominal=body.with_nominal, until_at=body.until, reason=body.reason)
        grantee = get_agency(body.agency)
        grant = share_record(officer=officer, record=record, grantee=grantee, terms=terms, shared_at=timezone.now())
        return Answer(201, document_of_grant(grant))

    return respond_once(request, request.data, act)


def _operation(request: Request, operation: Any) -> dict[str, Any]:
    return document_of_operation(operation, known=access.incidents_for(get_officer(request.user)))
