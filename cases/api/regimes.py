"""Regimes: what the rulebook in use says, its sources, and what of it was verified."""

from typing import Any

from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, ConfigDict
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.queries.regimes import get_regime, regime_rows, rulebook_version


class RulebookVersionShown(BaseModel):
    """The rulebook in use."""

    version: str
    digest: str


class RegimeRow(BaseModel):
    """A regime in the list."""

    model_config = ConfigDict(extra="allow")

    id: str
    name: str
    status: str
    as_of: str
    refresh_after: str | None


class RegimePage(BaseModel):
    """All regimes, by id; they fit on one page."""

    next: None
    previous: None
    rulebook: RulebookVersionShown
    results: list[RegimeRow]


class RegimeDocument(RegimeRow):
    """A regime whole; each `verified` says whether the statement was read in its source."""

    rulebook: RulebookVersionShown
    measures: list[dict[str, Any]]
    duties: list[dict[str, Any]]
    sources: list[str]


class RegimeListView(APIView):
    """All regimes."""

    @extend_schema(operation_id="listRegimes", responses=RegimePage)
    def get(self, _request: Request) -> Response:
        """List the regimes of the rulebook in use."""
        page = {"next": None, "previous": None, "rulebook": rulebook_version(), "results": regime_rows()}
        return Response(page)


class RegimeView(APIView):
    """One regime."""

    @extend_schema(operation_id="readRegime", responses=RegimeDocument)
    def get(self, _request: Request, code: str) -> Response:
        """Read a regime: measures by phase, exemptions, duties, committee, experts and sources."""
        return Response(get_regime(code))
