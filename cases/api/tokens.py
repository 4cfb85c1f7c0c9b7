"""Tokens: keys to the API, made by a person for a person, a device or another system."""

from datetime import datetime, timedelta
from typing import Annotated, Final, Literal

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.fields import Body, Reason
from cases.api.json_body import read_body
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.queries.keys import document_of_token
from cases.queries.officers import get_officer
from cases.services.issue_api_token import issue_api_token, token_kind
from cases.services.revoke_api_token import revoke_api_token

LONGEST_DAYS: Final = 366

Kind = Literal["person", "device", "system"]
Scope = Literal[
    "read", "calendar", "record", "edit", "review", "override", "refer", "issue", "approve_own", "export",
    "see_nominal", "administer", "maintain",
]  # fmt: skip


class TokenDocument(BaseModel):
    """A token, without its secret; `scopes` null is all that the officer may do."""

    id: int
    name: str
    kind: Kind
    scopes: list[Scope] | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_on: str | None


class NewTokenDocument(TokenDocument):
    """A new token with its secret, shown this once."""

    secret: str


class TokenPage(BaseModel):
    """One page of tokens, latest first."""

    next: str | None
    previous: str | None
    results: list[TokenDocument]


class NewToken(Body):
    """What a token is made for."""

    name: Annotated[Reason, Field(max_length=100)]
    kind: Kind = "person"
    scopes: tuple[Scope, ...] | None = None
    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)] = 90


class TokenListView(APIView):
    """The officer's own tokens."""

    @extend_schema(operation_id="listTokens", parameters=PAGING_PARAMETERS, responses=TokenPage)
    def get(self, request: Request) -> Response:
        """List one's own tokens, latest first, with the day of last use."""
        rows = access.tokens_for(get_officer(request.user))
        page = page_of(request, rows, moment="created_at", key="pk", read_key=int)
        return Response(page.document([document_of_token(token) for token in page.rows]))

    @extend_schema(operation_id="issueToken", request=NewToken, responses={201: NewTokenDocument})
    def post(self, request: Request) -> Response:
        """Make a token; its secret is in this answer and nowhere else. Only a person who is signed in may."""
        body, now = read_body(request, NewToken), timezone.now()
        token, secret = issue_api_token(
            officer=get_officer(request.user),
            name=body.name,
            kind=token_kind(body.kind),
            scopes=body.scopes,
            issued_at=now,
            expires_at=now + timedelta(days=body.days),
        )
        return Response(document_of_token(token) | {"secret": secret}, status=201)


class TokenRevokeView(APIView):
    """The end of a token."""

    @extend_schema(operation_id="revokeToken", request=None, responses=TokenDocument)
    def post(self, request: Request, token_id: int) -> Response:
        """End one's own token at once, also the one that asks; a second time changes nothing."""
        officer = get_officer(request.user)
        token = access.access_token(officer, token_id)
        return Response(document_of_token(revoke_api_token(token=token, by=officer, at=timezone.now())))
