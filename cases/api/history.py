"""Histories, as incidents, referrals and cases show them."""

from datetime import datetime
from typing import Any, Final

from drf_spectacular.utils import OpenApiParameter
from pydantic import BaseModel
from rest_framework.request import Request

from cases.api.errors import InvalidRequest
from cases.intake.problems import Problem

_YES_OR_NO: Final = {"true": True, "false": False}
VIEWS: Final = OpenApiParameter(
    "views",
    {"type": "string", "enum": list(_YES_OR_NO), "default": "false"},
    OpenApiParameter.QUERY,
    description="Whether also to list who has read it: to the record's own agency everybody, to others their own.",
)


class ActedOn(BaseModel):
    """What an act was on: the record itself, or what hangs from it."""

    type: str
    reference: str


class PlaceInChain(BaseModel):
    """Where an act stands in the chain of all acts; `cordon verify` walks it."""

    position: int
    digest: str


class HistoryEntry(BaseModel):
    """One act; no officer where the system itself acted, no link for the few seconds until there is one."""

    at: datetime
    officer: str | None
    through: str | None
    on_behalf_of: str | None
    action: str
    object: ActedOn
    reason: str | None
    change: dict[str, Any]
    link: PlaceInChain | None


class History(BaseModel):
    """Every act on a record, oldest first."""

    results: list[HistoryEntry]


def wants_views(request: Request) -> bool:
    """Return whether views are asked for; raises InvalidRequest."""
    text = request.query_params.get("views", "false")
    if text not in _YES_OR_NO:
        problem = Problem("/views", "not_a_choice", {"value": text[:20], "allowed": ", ".join(_YES_OR_NO)})
        raise InvalidRequest([problem])
    return _YES_OR_NO[text]
