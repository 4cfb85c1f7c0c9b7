"""Sessions: where an officer is signed in."""

from datetime import datetime

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.queries.keys import document_of_session
from cases.queries.officers import get_officer
from cases.services.end_sessions import end_sessions


class SessionDocument(BaseModel):
    """A session: from where, by what, how long."""

    id: int
    started_at: datetime
    last_seen_at: datetime
    address: str | None
    device: str
    methods: list[str]
    locked: bool
    ended_at: datetime | None


class SessionPage(BaseModel):
    """One page of sessions, latest first."""

    next: str | None
    previous: str | None
    results: list[SessionDocument]


class Ended(BaseModel):
    """How many sessions were ended."""

    ended: int


class SessionListView(APIView):
    """The officer's own sessions."""

    @extend_schema(operation_id="listSessions", parameters=PAGING_PARAMETERS, responses=SessionPage)
    def get(self, request: Request) -> Response:
        """List one's own sessions, latest first, ended ones too."""
        rows = access.sessions_for(get_officer(request.user))
        page = page_of(request, rows, moment="started_at", key="pk", read_key=int)
        return Response(page.document([document_of_session(session) for session in page.rows]))


class SessionEndView(APIView):
    """The end of a session."""

    @extend_schema(operation_id="endSession", request=None, responses=Ended)
    def post(self, request: Request, session_id: int) -> Response:
        """End one's own session at once; a second time changes nothing."""
        officer = get_officer(request.user)
        session = access.access_session(officer, session_id)
        rows = access.sessions_for(officer).filter(pk=session.pk)
        return Response({"ended": end_sessions(sessions=rows, by=officer, at=timezone.now())})
