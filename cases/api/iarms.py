"""The iARMS form of a trace: what INTERPOL's system asks of each arm, and what of it is missing."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from pydantic import RootModel
from rest_framework.request import Request
from rest_framework.views import APIView

from cases import access
from cases.api.file_name import named_file
from cases.api.openapi import CONFLICT
from cases.api.query import choice_of
from cases.api.statistics import FORMAT, XLSX
from cases.canonical import canonical_json
from cases.choices import RedactionLevel, ReferralKind, Viewed
from cases.errors import NotAnIarmsTrace
from cases.queries.officers import get_officer
from cases.queries.referral_content import referral_content
from cases.services.record_view import record_view
from cases.statistics.workbook import workbook_of
from cases.tracing.iarms import IarmsForm, iarms_form, sheets_of

LEVEL: Final = RedactionLevel.TO_INTERPOL_WCO


class IarmsFormShown(RootModel[IarmsForm]):
    """The form as it is answered: field by field what it is made of."""


def _as_json(form: IarmsForm) -> bytes:
    return canonical_json(form).encode()


def _as_workbook(form: IarmsForm) -> bytes:
    return workbook_of(sheets_of(form))


# By the name of a format: its media type, and what writes it.
_FORMATS: Final[Mapping[str, tuple[str, Callable[[IarmsForm], bytes]]]] = {
    "json": ("application/json", _as_json),
    "xlsx": (XLSX, _as_workbook),
}


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
        officer, wanted = get_officer(request.user), choice_of(request, "format", tuple(_FORMATS), "json")
        referral = access.access_referral(officer, reference)
        if referral.kind != ReferralKind.IARMS_TRACE:
            raise NotAnIarmsTrace(reference=referral.reference)
        access.require_level_of_letter(officer, LEVEL, referral)
        media_type, write = _FORMATS[wanted]
        written = write(iarms_form(referral_content(referral, level=LEVEL)))
        shown = {"format": f"iarms.{wanted}", "sha256": hashlib.sha256(written).hexdigest(), "redaction": LEVEL}
        record_view(
            officer=officer, subject=referral, viewed_at=timezone.now(), what=Viewed.DOCUMENT, details={"after": shown}
        )
        kept_by = named_file(f"{referral.reference}-iarms.{wanted}")
        return HttpResponse(written, content_type=media_type, headers=kept_by)
