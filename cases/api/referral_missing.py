"""What a letter or report still lacks, before it is made."""

from typing import Any

from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.problems import missing_entry
from cases.queries.officers import get_officer
from cases.queries.referral_content import missing_in


class MissingPart(BaseModel):
    """One field without a value: where it would stand, the paragraph that asks for it, and what to do."""

    pointer: str
    code: str
    detail: str
    paragraph: str | None


class MissingDocument(BaseModel):
    """Everything that the document lacks; nothing of a letter once it is issued."""

    results: list[MissingPart]


class ReferralMissingView(APIView):
    """The fields that a referral lacks."""

    @extend_schema(operation_id="listMissingOfReferral", responses=MissingDocument)
    def get(self, request: Request, reference: str) -> Response:
        """List what the letter lacks before it may be issued: by its kind, and by the agency's template pack."""
        referral = access.access_referral(get_officer(request.user), reference)
        missing: list[dict[str, Any]] = [missing_entry(part) for part in missing_in(referral)]
        return Response({"results": missing})
