"""An officer's own account: sessions, tokens, PIN and mail."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import access
from cases.api.problems import in_words
from cases.errors import DomainError, PinWrong
from cases.queries.keys import TOKEN_KINDS, document_of_session, document_of_token, scopes_of
from cases.queries.officers import MAIL_CADENCES, get_officer, needs_second_factor
from cases.services.end_sessions import end_sessions
from cases.services.issue_api_token import issue_api_token, token_kind
from cases.services.lock_session import lock_session
from cases.services.revoke_api_token import revoke_api_token
from cases.services.set_mail_cadence import mail_cadence, set_mail_cadence
from cases.services.set_pin import set_pin
from cases.services.unlock_session import unlock_session

# What a page holds: who needs more asks the API.
SHOWN = 20
NOT_THE_SAME = "The two entries are not the same."
TOKEN_DAYS = (1, 30, 90, 365)


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show the account."""
    return render(request, "console/account.html", _account(request))


@login_required
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's sessions; ending the one in use signs out."""
    officer = get_officer(request.user)
    session = access.access_session(officer, session_id)
    rows = access.sessions_for(officer).filter(pk=session.pk)
    end_sessions(sessions=rows, by=officer, at=timezone.now())  # noqa: TID251 - an edge
    return redirect("console:account")


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    officer = get_officer(request.user)
    others = access.sessions_for(officer).exclude(pk=_current(request).pk)
    end_sessions(sessions=others, by=officer, at=timezone.now())  # noqa: TID251 - an edge
    return redirect("console:account")


@login_required
@require_POST
def issue_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show its secret, this once."""
    officer, now = get_officer(request.user), timezone.now()  # noqa: TID251 - an edge
    sent = request.POST
    days = sent.get("days", "")
    known = set(scopes_of(officer))
    kind = sent.get("kind", "")
    token, secret = issue_api_token(
        officer=officer,
        name=sent.get("name", "").replace("\x00", "").strip()[:100] or "token",
        kind=token_kind(kind if kind in TOKEN_KINDS else TOKEN_KINDS[0]),
        scopes=[scope for scope in sent.getlist("scopes") if scope in known],
        issued_at=now,
        expires_at=now + timedelta(days=int(days) if days in {str(each) for each in TOKEN_DAYS} else TOKEN_DAYS[0]),
    )
    return render(request, "console/token.html", {"token": document_of_token(token), "secret": secret}, status=201)


@login_required
@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """End one of one's tokens."""
    officer = get_officer(request.user)
    token = access.access_token(officer, token_id)
    revoke_api_token(token=token, by=officer, at=timezone.now())  # noqa: TID251 - an edge
    return redirect("console:account")


@sensitive_post_parameters("pin", "again")
@login_required
@require_POST
def choose_pin(request: HttpRequest) -> HttpResponse:
    """Set the PIN, or take it away; the page says what is wrong with one."""
    sent = request.POST
    pin, trouble = sent.get("pin", ""), None
    if pin != sent.get("again", ""):
        trouble = in_words(NOT_THE_SAME, {})
    else:
        try:
            set_pin(officer=get_officer(request.user), pin=pin, at=timezone.now())  # noqa: TID251 - an edge
        except DomainError as error:
            trouble = in_words(error.sentence, error.params)
    if trouble is None:
        return redirect("console:account")
    return render(request, "console/account.html", _account(request) | {"pin_trouble": trouble}, status=422)


@login_required
@require_POST
def choose_mail(request: HttpRequest) -> HttpResponse:
    """Set how often one is written to."""
    cadence = request.POST.get("cadence", "")
    if cadence in MAIL_CADENCES:
        officer = get_officer(request.user)
        set_mail_cadence(officer=officer, cadence=mail_cadence(cadence), at=timezone.now())  # noqa: TID251 - an edge
    return redirect("console:account")


@login_required
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the session at once: the tablet goes to a colleague."""
    officer = get_officer(request.user)
    lock_session(session=_current(request), officer=officer, at=timezone.now())  # noqa: TID251 - an edge
    return redirect("console:unlock")


@sensitive_post_parameters("pin")
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the PIN; after three wrong ones the session has ended."""
    onward = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        onward = ""
    session, trouble = _current(request), None
    if session.locked_at is None:
        return redirect(onward or "console:incidents")
    if request.method == "POST":
        officer, pin = get_officer(request.user), request.POST.get("pin", "")
        try:
            if unlock_session(session=session, officer=officer, pin=pin, at=timezone.now()):  # noqa: TID251 - an edge
                return redirect(onward or "console:incidents")
            logout(request)
            return redirect("account_login")
        except PinWrong as error:
            trouble = in_words(error.sentence, error.params)
    context = {"next": onward, "trouble": trouble}
    return render(request, "console/unlock.html", context, status=403 if trouble else 200)


def _current(request: HttpRequest) -> Any:
    return request.officer_session  # type: ignore[attr-defined]  # put there by the session guard


def _account(request: HttpRequest) -> dict[str, object]:
    officer = get_officer(request.user)
    current = _current(request).pk
    sessions = access.sessions_for(officer).filter(ended_at__isnull=True).order_by("-last_seen_at", "-pk")[:SHOWN]
    tokens = access.tokens_for(officer).order_by("-created_at", "-pk")[:SHOWN]
    return {
        "officer": officer,
        "sessions": [document_of_session(each) | {"is_current": each.pk == current} for each in sessions],
        "tokens": [document_of_token(each) for each in tokens],
        "scopes": scopes_of(officer),
        "kinds": TOKEN_KINDS,
        "days": TOKEN_DAYS,
        "cadences": MAIL_CADENCES,
        "needs_second_factor": needs_second_factor(officer),
    }
