"""Lists of designated parties: which editions are loaded, and what the last import changed."""

from typing import Any

from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.queries.designations import list_rows


class EditionShown(BaseModel):
    """One edition: its day and what that rests on, the digest of its file, and how many entries it has by kind."""

    generated_on: str
    dated_by: str
    digest: str
    loaded_at: str
    counts: dict[str, int]


class ImportShown(EditionShown):
    """The edition imported last, with the entries added, removed and changed against the one before it in time."""

    changes: dict[str, list[dict[str, Any]]]


class ListRow(BaseModel):
    """A list, its newest edition, and the edition imported last, which may be an older one."""

    name: str
    newest: EditionShown
    editions: int
    oldest_generated_on: str
    last_import: ImportShown


class ListPage(BaseModel):
    """All lists, by name; they fit on one page."""

    next: None
    previous: None
    results: list[ListRow]


class DesignationListsView(APIView):
    """The lists of designated parties."""

    @extend_schema(operation_id="listDesignationLists", responses=ListPage)
    def get(self, _request: Request) -> Response:
        """List the lists of designated parties with their editions."""
        return Response({"next": None, "previous": None, "results": list_rows()})
