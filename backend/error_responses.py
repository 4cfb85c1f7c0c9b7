"""Every error as an answer: one table from exception to status, problem documents (RFC 9457) in the reader's words."""

import logging
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from rest_framework.exceptions import APIException

from cases import errors as domain
from cases.api import errors as request_errors
from cases.api.json_body import json_bytes
from cases.api.openapi import PROBLEM_JSON
from cases.api.problems import error_details, in_words
from cases.documents import errors as documents
from cases.lists import errors as lists
from cases.regimes import errors as regimes

logger = logging.getLogger(__name__)

# A restart of the database takes a few seconds; a crowd that comes back at once would prolong it.
RETRY_AFTER_S: Final = 5

# The most particular class wins; a domain error that is not named here is one that no request should meet.
STATUSES: Final[Mapping[type[BaseException], HTTPStatus]] = {
    request_errors.NotJson: HTTPStatus.BAD_REQUEST,
    request_errors.BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    request_errors.NotAChunk: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    request_errors.PreconditionMissing: HTTPStatus.PRECONDITION_REQUIRED,
    request_errors.PreconditionUnreadable: HTTPStatus.PRECONDITION_FAILED,
    documents.FormatNotOffered: HTTPStatus.NOT_ACCEPTABLE,
    documents.LanguageNotOffered: HTTPStatus.UNPROCESSABLE_ENTITY,
    # Faults of the installation, not of the request: they are logged, and their inside is not told.
    documents.FontsMissing: HTTPStatus.INTERNAL_SERVER_ERROR,
    documents.WordingMissing: HTTPStatus.INTERNAL_SERVER_ERROR,
    documents.TemplateRefused: HTTPStatus.INTERNAL_SERVER_ERROR,
    documents.DocumentNotMade: HTTPStatus.INTERNAL_SERVER_ERROR,
    regimes.RegimeFilesInvalid: HTTPStatus.INTERNAL_SERVER_ERROR,
    domain.BundleKeyUnusable: HTTPStatus.INTERNAL_SERVER_ERROR,
    lists.ListRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.NotFound: HTTPStatus.NOT_FOUND,
    domain.NotAllowed: HTTPStatus.FORBIDDEN,
    domain.InvalidSubmission: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.ReferralIncomplete: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.StaleVersion: HTTPStatus.PRECONDITION_FAILED,
    domain.SignInLinkInvalid: HTTPStatus.GONE,
    domain.ReplyLinkInvalid: HTTPStatus.GONE,
    domain.TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    domain.SessionLocked: HTTPStatus.LOCKED,
    domain.SecondFactorNeeded: HTTPStatus.FORBIDDEN,
    domain.SessionNeeded: HTTPStatus.FORBIDDEN,
    domain.PinWrong: HTTPStatus.FORBIDDEN,
    domain.PinTooSimple: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.ScopeBeyondRights: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.RulebookMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    domain.EvidenceTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    domain.EvidenceTooMany: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.EvidenceStoreFull: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.ChunkTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    domain.ChunkTooSmall: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.ChunkTooLong: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.EvidenceHashDiffers: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.EvidenceStoreUnreachable: HTTPStatus.SERVICE_UNAVAILABLE,
    domain.ReleaseNeedsSupervisor: HTTPStatus.FORBIDDEN,
    domain.CopyNotMade: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.DomainError: HTTPStatus.CONFLICT,
    Http404: HTTPStatus.NOT_FOUND,
    PermissionDenied: HTTPStatus.FORBIDDEN,
    RequestDataTooBig: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    SuspiciousOperation: HTTPStatus.BAD_REQUEST,
    UnreadablePostError: HTTPStatus.BAD_REQUEST,
    IntegrityError: HTTPStatus.CONFLICT,
    OperationalError: HTTPStatus.SERVICE_UNAVAILABLE,
    InterfaceError: HTTPStatus.SERVICE_UNAVAILABLE,
}

# Sentences for what the framework raises, by status; ours come with the error.
SENTENCES: Final[Mapping[int, tuple[str, str]]] = {
    400: ("bad_request", "The request cannot be read."),
    401: ("not_authenticated", "Sign in, or send a valid token as Authorization: Bearer TOKEN."),
    403: ("not_allowed", "Your role does not allow this."),
    404: ("not_found", "There is nothing here that you may see."),
    405: ("method_not_allowed", "This address does not take that method."),
    406: ("not_acceptable", "There is no form of this that your Accept header admits."),
    409: ("conflict", "This conflicts with what another request has just written; look again."),
    413: ("too_large", "The request is larger than what is read; send less at a time."),
    415: ("unsupported_media_type", "Send JSON, with Content-Type: application/json."),
    429: ("too_many_requests", "Too many requests; try again later."),
    500: ("server_error", "Something failed on our side and has been logged; nothing was written."),
    503: ("unavailable", "The database does not answer; nothing was written. Try again in a few seconds."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error as HTTP says it."""

    status: HTTPStatus
    document: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


def answer_exception(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """Answer for an exception in an API view; what nobody foresaw is logged and told without its inside."""
    view, request = context["view"], context["request"]
    headers = {"WWW-Authenticate": view.get_authenticate_header(request)} if _status_of(error) == 401 else {}
    return problem_response(request, error, headers)


def problem_response(
    request: HttpRequest, error: BaseException, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return the problem document for an exception."""
    refusal = refusal_of(request.path, error)
    if refusal.status is HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("unforeseen failure at %s %s", request.method, request.path, exc_info=error)
    answer = HttpResponse(json_bytes(refusal.document), content_type=PROBLEM_JSON, status=refusal.status)
    for name, value in {**refusal.headers, **(headers or {})}.items():
        answer[name] = value
    return answer


def refusal_of(path: str, error: BaseException) -> Refusal:
    """Return status, document and headers for an exception raised at that path."""
    status = _status_of(error)
    document = {"type": "about:blank", "title": status.phrase, "status": status.value, **_details(error, status)}
    return Refusal(status, {**document, "instance": path}, _headers_of(error, status))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that leads nowhere."""
    return error_page(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for what this person may not do."""
    return error_page(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for a request that is not HTTP as it should be."""
    return error_page(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an exception that nobody caught, raised outside a view as well."""
    return error_page(request, sys.exc_info()[1] or RuntimeError())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer for a form that did not come from our own page."""
    return error_page(request, PermissionDenied(reason))


def error_page(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Return a problem document below /api/, a page elsewhere."""
    if request.path.startswith("/api/"):
        return problem_response(request, error)
    refusal = refusal_of(request.path, error)
    if refusal.status is HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("unforeseen failure at %s %s", request.method, request.path, exc_info=error)
    page = render(request, "console/error.html", {"problem": refusal.document}, status=refusal.status)
    for name, value in refusal.headers.items():
        page[name] = value
    return page


def _status_of(error: BaseException) -> HTTPStatus:
    if isinstance(error, APIException):
        return HTTPStatus(error.status_code)
    kinds = (kind for kind in type(error).__mro__ if kind in STATUSES)
    return STATUSES[kind] if (kind := next(kinds, None)) else HTTPStatus.INTERNAL_SERVER_ERROR


def _details(error: BaseException, status: HTTPStatus) -> dict[str, Any]:
    if isinstance(error, domain.DomainError) and status is not HTTPStatus.INTERNAL_SERVER_ERROR:
        return error_details(error)
    code, sentence = SENTENCES.get(status, SENTENCES[HTTPStatus.BAD_REQUEST])
    return {"code": code, "detail": in_words(sentence, {})}


def _headers_of(error: BaseException, status: HTTPStatus) -> dict[str, str]:
    if isinstance(error, domain.WrongOffset):
        return {"Upload-Offset": str(error.offset)}
    wait = getattr(error, "wait", None) or getattr(error, "retry_after_s", None)
    if wait is not None or status is HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": str(int(wait or RETRY_AFTER_S))}
    return {}
