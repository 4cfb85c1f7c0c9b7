"""The redaction level of what is let out, and for whom it is, as requests state them."""

from typing import Final

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from cases.api.errors import InvalidRequest
from cases.choices import RedactionLevel
from cases.intake.problems import Problem

LONGEST_RECIPIENT: Final = 200
REDACTION: Final = OpenApiParameter(
    "redaction",
    {"type": "string", "enum": [level.value for level in RedactionLevel]},
    description="For whom it is made: what that reader may not see is left out of it, and it says so.",
)
RECIPIENT: Final = OpenApiParameter(
    "recipient",
    {"type": "string", "maxLength": LONGEST_RECIPIENT},
    description="To whom it goes; wanted for any level but full, and kept in the audit trail.",
)


def wanted_level(request: Request, default: RedactionLevel) -> RedactionLevel:
    """Return the level asked for; raises InvalidRequest."""
    text = request.query_params.get("redaction", default.value)
    if text not in set(RedactionLevel):
        allowed = ", ".join(RedactionLevel)
        raise InvalidRequest([Problem("/redaction", "not_a_choice", {"value": text[:20], "allowed": allowed})])
    return RedactionLevel(text)


def stated_recipient(request: Request, level: RedactionLevel) -> str:
    """Return for whom a copy is; raises InvalidRequest where a released copy is for nobody."""
    recipient = request.query_params.get("recipient", "").strip()[:LONGEST_RECIPIENT]
    if not recipient and level != RedactionLevel.FULL:
        raise InvalidRequest([Problem("/recipient", "missing")])
    return recipient
