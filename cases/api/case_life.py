"""Closing a case, opening it again, and merging it into another."""

from typing import Annotated

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.cases import CaseDocument, shown_case
from cases.api.fields import Body, Reason
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.queries.officers import get_officer
from cases.services.answer_once import Answer
from cases.services.close_case import close_case, reopen_case
from cases.services.merge_case import merge_case


class Why(Body):
    """Why."""

    reason: Reason


class Merger(Body):
    """The case that goes on, and why."""

    into: Annotated[str, Field(pattern=r"^CASE-[0-9]{4}-[0-9]{6,12}$")]
    reason: Reason


class CaseCloseView(APIView):
    """Closing a case."""

    @extend_schema(operation_id="closeCase", parameters=[IDEMPOTENCY_KEY], request=Why, responses=CaseDocument)
    def post(self, request: Request, reference: str) -> Response:
        """Close a case in which nothing is left to be done; it hides nothing, and takes no more tasks and incidents."""
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        body = read_body(request, Why)

        def act() -> Answer:
            close_case(officer=officer, case=case, reason=body.reason, closed_at=timezone.now())
            return Answer(200, shown_case(officer, case))

        return respond_once(request, request.data, act)


class CaseReopenView(APIView):
    """Opening a case again."""

    @extend_schema(operation_id="reopenCase", parameters=[IDEMPOTENCY_KEY], request=Why, responses=CaseDocument)
    def post(self, request: Request, reference: str) -> Response:
        """Open a closed case again; one that was merged stays merged."""
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        body = read_body(request, Why)

        def act() -> Answer:
            reopen_case(officer=officer, case=case, reason=body.reason, reopened_at=timezone.now())
            return Answer(200, shown_case(officer, case))

        return respond_once(request, request.data, act)


class CaseMergeView(APIView):
    """Merging a case into another."""

    @extend_schema(operation_id="mergeCase", parameters=[IDEMPOTENCY_KEY], request=Merger, responses=CaseDocument)
    def post(self, request: Request, reference: str) -> Response:
        """Let another case go on in this one's place: it takes the incidents, and shows the tasks and notes.

        Nothing is deleted or moved, and no grant shows more than before. It cannot be taken back.
        """
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        body = read_body(request, Merger)
        access.require_own(officer, access.EDIT, case)
        into = access.access_case(officer, body.into)

        def act() -> Answer:
            merge_case(officer=officer, case=case, into=into, reason=body.reason, merged_at=timezone.now())
            return Answer(200, shown_case(officer, case))

        return respond_once(request, request.data, act)
