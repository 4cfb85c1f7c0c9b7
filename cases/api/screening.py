"""Screening results, and what officers decide on findings."""

from typing import Any

from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, ConfigDict
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.choices import RunStatus
from cases.queries.officers import get_officer
from cases.queries.screening_result import result_for_incident


class ScreeningAnswer(BaseModel):
    """A result in the shape of the contract, and how far the newest run is; before the first result only that."""

    model_config = ConfigDict(extra="allow")

    reference: str
    status: RunStatus
    findings: list[dict[str, Any]] = []
    # Decided by a person, and not found any more: each asks to be looked at again.
    no_longer_found: list[dict[str, Any]] = []
    designations: list[dict[str, Any]] = []
    considered: list[dict[str, Any]] = []
    untied: list[str] = []
    flags: list[dict[str, Any]] = []


class ScreeningView(APIView):
    """What screening says of an incident."""

    @extend_schema(operation_id="readScreening", responses=ScreeningAnswer)
    def get(self, request: Request, reference: str) -> Response:
        """Read the newest result: findings, what was considered, and why; and how far the newest run is."""
        return Response(result_for_incident(access.access_incident(get_officer(request.user), reference)))
