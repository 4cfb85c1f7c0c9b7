"""The iARMS form of a trace: what INTERPOL's system asks of each arm, and what of it is missing."""

import hashlib
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.openapi import CONFLICT
from cases.api.query import choice_of
from cases.api.statistics import FORMAT, XLSX
from cases.choices import RedactionLevel, ReferralKind
from cases.errors import NotAnIarmsTrace
from cases.queries.officers import get_officer
from cases.queries.referral_content import referral_content
from cases.services.record_view import Viewed, record_view
from cases.statistics.workbook import workbook_of
from cases.tracing.iarms import ArmStatus, iarms_form, sheets_of

LEVEL: Final = RedactionLevel.TO_INTERPOL_WCO


class OtherMarkShown(BaseModel):
    """A marking beside the serial number."""

    kind: str
    text: str
    position: str | None
    state: str | None


class ArmShown(BaseModel):
    """One line of the form: an arm, or arms alike."""

    line: int
    status: ArmStatus
    type: str
    subtype: str | None
    quantity: float | None
    unit: str | None
    serial_numbers: list[str]
    marking_state: str | None
    make: str | None
    model: str | None
    calibre: str | None
    country_of_manufacture: str | None
    year_of_manufacture: str | None
    import_country: str | None
    import_year: str | None
    other_markings: list[OtherMarkShown]


class MissingShown(BaseModel):
    """What the form lacks; `line` is null where it is the request's. Of what is not needed a trace only gains by it."""

    element: str
    line: int | None
    is_needed: bool


class IarmsFormShown(BaseModel):
    """The form; `event` is the recovery, or the loss."""

    reference: str | None
    dated: str | None
    priority: str
    requesting_body: str | None
    requesting_country: str | None
    requesting_office: str | None
    requested_country: str | None
    event_from: str | None
    event_until: str | None
    event_country: str | None
    event_place: str | None
    event_latitude: float | None
    event_longitude: float | None
    event_accuracy_m: float | None
    illicit_grounds: list[str]
    context: list[str]
    redaction: str
    withheld: list[str]
    arms: list[ArmShown]
    lines_left_out: list[int]
    missing: list[MissingShown]


class IarmsFormView(APIView):
    """The form of a referral that is a trace between bureaus."""

    @extend_schema(
        operation_id="readIarmsForm",
        parameters=[FORMAT],
        responses={
            (200, "application/json"): IarmsFormShown,
            (200, XLSX): OpenApiResponse({"type": "string", "format": "binary"}, "The same form as a workbook."),
            **CONFLICT,
        },
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        """Read the form, made at the level for INTERPOL whatever that of the letter; once issued, of what was issued.

        Another kind of referral has none (409). It says what a record of each arm lacks.
        """
        officer, wanted = get_officer(request.user), choice_of(request, "format", ("json", "xlsx"), "json")
        referral = access.access_referral(officer, reference)
        if referral.kind != ReferralKind.IARMS_TRACE:
            raise NotAnIarmsTrace(reference=referral.reference)
        access.require_level_of_letter(officer, LEVEL, referral)
        form = iarms_form(referral_content(referral, level=LEVEL))
        book = workbook_of(sheets_of(form))
        shown = {"format": f"iarms.{wanted}", "sha256": hashlib.sha256(book).hexdigest(), "redaction": LEVEL}
        record_view(
            officer=officer, subject=referral, viewed_at=timezone.now(), what=Viewed.DOCUMENT, details={"after": shown}
        )
        if wanted == "json":
            return Response(form.document())
        kept_by = {"Content-Disposition": f'attachment; filename="{referral.reference}-iarms.xlsx"'}
        return HttpResponse(book, content_type=XLSX, headers=kept_by)
