"""Officers of an agency, kept by its administrator."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.fields import Body, Reason
from cases.api.hand_over import KNOWN_USERNAME, WorkReferences
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.queries.officers import document_of_officer, get_officer
from cases.services.answer_once import Answer
from cases.services.deactivate_officer import deactivate_officer
from cases.services.end_sessions import end_sessions
from cases.services.invite_officer import invite_officer
from cases.services.set_officer_rights import set_officer_rights

Role = Literal["officer", "supervisor", "analyst", "focal_point", "expert", "administrator"]
RightName = Literal[
    "record", "edit", "review", "override", "refer", "issue", "approve_own", "export", "see_nominal", "administer",
    "maintain",
]  # fmt: skip
# As Django's own validator has it, and no slash.
USERNAME: Final = r"^[A-Za-z0-9][A-Za-z0-9_.@+-]{0,149}$"
# Plain addresses, as letters to them can be written everywhere.
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,30}"
_DOMAIN_PART: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?"
EMAIL: Final = rf"^{_ATOM}(?:\.{_ATOM}){{0,3}}@(?:{_DOMAIN_PART}\.){{1,4}}[A-Za-z]{{2,24}}$"


class OfficerDocument(BaseModel):
    """An officer, as the agency's administrator sees one."""

    username: str
    display_name: str
    email: str
    role: Role
    rights: list[RightName]
    rights_added: list[RightName]
    rights_withdrawn: list[RightName]
    state: Literal["invited", "active", "deactivated"]
    created_at: datetime
    last_login: datetime | None


class OfficerPage(BaseModel):
    """One page of officers, latest first."""

    next: str | None
    previous: str | None
    results: list[OfficerDocument]


class Invitation(Body):
    """Whom to invite, as what."""

    username: Annotated[str, Field(pattern=USERNAME)]
    email: Annotated[str, Field(pattern=EMAIL)]
    role: Role
    rights_added: tuple[RightName, ...] = ()


class InvitedOfficer(OfficerDocument):
    """An invited officer, and whether the letter with the link went out."""

    mailed: bool


class Rights(Body):
    """An officer's role, and what is added to it and taken from it."""

    role: Role
    rights_added: tuple[RightName, ...] = ()
    rights_withdrawn: tuple[RightName, ...] = ()


class Leaving(Body):
    """Why an officer leaves, and who goes on."""

    reason: Reason
    hand_over_to: Annotated[str, Field(pattern=KNOWN_USERNAME)] | None = None


class LeftOfficer(OfficerDocument):
    """A deactivated officer, what was open, and what of it the successor took over."""

    open_work: WorkReferences
    handed_over: WorkReferences | None
    not_cleared: list[str]


class EndedSessions(BaseModel):
    """How many sessions were ended."""

    ended: int


class OfficerListView(APIView):
    """The officers of the administrator's agency."""

    @extend_schema(operation_id="listOfficers", parameters=PAGING_PARAMETERS, responses=OfficerPage)
    def get(self, request: Request) -> Response:
        """List the agency's officers, latest first."""
        rows = access.officers_for(get_officer(request.user))
        page = page_of(request, rows, moment="created_at", key="pk", read_key=int)
        return Response(page.document([document_of_officer(officer) for officer in page.rows]))

    @extend_schema(
        operation_id="inviteOfficer", parameters=[IDEMPOTENCY_KEY], request=Invitation, responses={201: InvitedOfficer}
    )
    def post(self, request: Request) -> Response:
        """Invite an officer: inactive until the link sent by mail is used, which sets the password."""
        officer = get_officer(request.user)
        access.require(officer, access.ADMINISTER)
        body = read_body(request, Invitation)

        def act() -> Answer:
            invited, is_mailed = invite_officer(
                username=body.username,
                email=body.email,
                role=body.role,
                rights_added=body.rights_added,
                by=officer,
                at=timezone.now(),
            )
            return Answer(201, document_of_officer(invited) | {"mailed": is_mailed}, {})

        return respond_once(request, request.data, act)


class OfficerRightsView(APIView):
    """What an officer may do."""

    @extend_schema(operation_id="setOfficerRights", request=Rights, responses=OfficerDocument)
    def post(self, request: Request, username: str) -> Response:
        """Set role and rights, whole; the same again changes nothing."""
        officer = get_officer(request.user)
        found = access.access_officer(officer, username)
        body = read_body(request, Rights)
        changed = set_officer_rights(
            officer=found,
            role=body.role,
            rights_added=body.rights_added,
            rights_withdrawn=body.rights_withdrawn,
            by=officer,
            at=timezone.now(),
        )
        return Response(document_of_officer(changed))


class OfficerDeactivateView(APIView):
    """The end of an officer's access."""

    @extend_schema(operation_id="deactivateOfficer", request=Leaving, responses=LeftOfficer)
    def post(self, request: Request, username: str) -> Response:
        """Deactivate an officer: sessions and tokens end at once, and what is open is listed and handed over."""
        officer = get_officer(request.user)
        found = access.access_officer(officer, username)
        body = read_body(request, Leaving)
        successor = None if body.hand_over_to is None else access.access_officer(officer, body.hand_over_to)
        work, handed_over = deactivate_officer(
            officer=found, by=officer, hand_over_to=successor, reason=body.reason, at=timezone.now()
        )
        shown: dict[str, Any] = document_of_officer(access.access_officer(officer, username)) | {"open_work": work}
        if handed_over is None:
            return Response(shown | {"handed_over": None, "not_cleared": []})
        return Response(shown | {"handed_over": handed_over.work, "not_cleared": handed_over.not_cleared})


class OfficerSessionsEndView(APIView):
    """The end of an officer's sessions."""

    @extend_schema(operation_id="endOfficerSessions", request=None, responses=EndedSessions)
    def post(self, request: Request, username: str) -> Response:
        """Sign an officer out everywhere, as when a tablet was lost; tokens stay."""
        officer = get_officer(request.user)
        found = access.access_officer(officer, username)
        ended = end_sessions(sessions=access.sessions_for(found), by=officer, at=timezone.now())
        return Response({"ended": ended})
