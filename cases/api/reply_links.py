"""Links by which addressees answer: made and revoked by officers, used by whoever holds one."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from pydantic import BaseModel, Field
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.caller import address_of
from cases.api.fields import Body, StatedLine
from cases.api.json_body import read_body
from cases.choices import ReplyReason, ReplyState, Viewed
from cases.documents import content_json, render_referral
from cases.errors import ReplyLinkInvalid
from cases.queries.officers import get_officer
from cases.queries.reply_links import document_of_link, link_rows
from cases.services.answer_by_link import answer_by_link
from cases.services.make_reply_link import MOST_DAYS, VALID_DAYS, make_reply_link
from cases.services.open_reply_link import KnownLink, known_link, open_reply_link
from cases.services.revoke_reply_link import revoke_reply_link
from cases.tracing.reply_submission import ReplyStatement


class LinkRequest(Body):
    """For whom a link is made, and for how many days."""

    recipient: StatedLine
    days: int = Field(VALID_DAYS, ge=1, le=MOST_DAYS)


class LinkDocument(BaseModel):
    """A link as its agency sees it; its secret is nowhere."""

    id: int
    recipient: str
    made_at: datetime
    made_by: str
    expires_at: datetime
    revoked_at: datetime | None
    revoked_by: str | None


class NewLink(LinkDocument):
    """A link just made: `secret` and `url` are shown this once and kept nowhere."""

    secret: str
    url: str


class LinkList(BaseModel):
    """The links made to a referral, the latest first."""

    next: None
    previous: None
    results: list[LinkDocument]


class AddressedReferral(BaseModel):
    """What the holder of a link may read: the letter as released, and how it may be answered."""

    letter: dict[str, Any]
    states: list[ReplyState]
    reasons: list[ReplyReason]
    expires_at: datetime


class ReplyTaken(BaseModel):
    """That the reply was taken."""

    state: ReplyState
    received_at: datetime


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Whoever shows the secret of a link: no officer, and nothing but that link."""

    link: KnownLink
    is_authenticated: bool = True


class ReplyLinkAuthentication(BaseAuthentication):
    """`Authorization: Bearer SECRET` of a link to one referral."""

    def authenticate(self, request: Request) -> tuple[LinkHolder, None] | None:
        """Return the holder of the link; whatever is wrong with a secret, the answer is the same."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            link = known_link(secret=secret.strip(), address=address_of(request) or "", at=timezone.now())
        except ReplyLinkInvalid:
            raise AuthenticationFailed from None
        return LinkHolder(link), None

    def authenticate_header(self, _request: Request) -> str:
        """Return the challenge of a 401."""
        return 'Bearer realm="cordon-reply"'


class ReferralLinksView(APIView):
    """The links to a referral."""

    @extend_schema(operation_id="listReplyLinks", responses=LinkList)
    def get(self, request: Request, reference: str) -> Response:
        """List the links that were made to a referral of one's own agency."""
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)
        rows = link_rows(access.reply_links_for(officer).filter(referral=referral))
        return Response({"next": None, "previous": None, "results": [document_of_link(row) for row in rows]})

    # Without an Idempotency-Key: the answer would have to be kept, and with it the secret.
    @extend_schema(operation_id="makeReplyLink", request=LinkRequest, responses={201: NewLink})
    def post(self, request: Request, reference: str) -> Response:
        """Make a link by which the addressee reads the letter and answers; it opens nothing else."""
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)
        body = read_body(request, LinkRequest)
        link, secret = make_reply_link(
            officer=officer, referral=referral, recipient=body.recipient, days=body.days, made_at=timezone.now()
        )
        shown = document_of_link(link) | {"secret": secret, "url": f"{settings.SITE_URL}/reply/{secret}/"}
        return Response(shown, status=201)


class ReplyLinkRevokeView(APIView):
    """Taking back a link."""

    @extend_schema(operation_id="revokeReplyLink", request=None, responses=LinkDocument)
    def post(self, request: Request, link_id: int) -> Response:
        """End a link at once."""
        officer = get_officer(request.user)
        link = access.access_reply_link(officer, link_id)
        return Response(document_of_link(revoke_reply_link(officer=officer, link=link, revoked_at=timezone.now())))


class _ByLinkView(APIView):
    """A view for whoever holds a link; uses are counted by the link itself."""

    authentication_classes = [ReplyLinkAuthentication]
    permission_classes = [IsAuthenticated]
    throttle_classes = []


class AddressedReferralView(_ByLinkView):
    """The letter that a link opens."""

    @extend_schema(operation_id="readAddressedReferral", responses=AddressedReferral)
    def get(self, request: Request) -> Response:
        """Read what the letter says, with the secret of a link as bearer token."""
        opened = open_reply_link(link=_link(request), opened_at=timezone.now(), what=Viewed.REFERRAL)
        return Response(
            {
                "letter": json.loads(content_json(opened.content)),
                "states": list(ReplyState),
                "reasons": list(ReplyReason),
                "expires_at": opened.expires_at,
            }
        )


class AddressedLetterView(_ByLinkView):
    """The letter that a link opens, as it was sent."""

    @extend_schema(
        operation_id="readAddressedLetter",
        responses={(200, "application/pdf"): OpenApiResponse({"type": "string", "format": "binary"}, "The letter.")},
    )
    def get(self, request: Request) -> HttpResponse:
        """Read the letter as it was sent, with the secret of a link as bearer token."""
        opened = open_reply_link(link=_link(request), opened_at=timezone.now(), what=Viewed.DOCUMENT)
        return HttpResponse(
            render_referral(opened.content, format="pdf", draft=False, pictures=opened.pictures),
            content_type="application/pdf",
        )


class AddressedRepliesView(_ByLinkView):
    """Answering by a link."""

    @extend_schema(operation_id="answerByLink", request=ReplyStatement, responses={201: ReplyTaken})
    def post(self, request: Request) -> Response:
        """Answer the letter, with the secret of a link as bearer token."""
        body = read_body(request, ReplyStatement)
        try:
            kept = answer_by_link(link=_link(request), reply=body.model_dump(mode="json"), received_at=timezone.now())
        except ReplyLinkInvalid:
            # It ended between the call's coming in and now.
            raise AuthenticationFailed from None
        return Response({"state": kept.state, "received_at": kept.received_at}, status=201)


def _link(request: Request) -> KnownLink:
    holder: LinkHolder = request.user  # type: ignore[assignment]  # by the authentication of these views
    return holder.link
