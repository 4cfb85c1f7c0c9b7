"""The pages: each reads through the same doors and queries as the API."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from rest_framework.request import Request

from cases import access
from cases.api.paging import page_of
from cases.api.papers_check import said
from cases.errors import SignInLinkInvalid
from cases.queries.custody import chains_of_incident
from cases.queries.dispatches import dispatch_rows, document_of_dispatch
from cases.queries.evidence_rows import document_of_evidence, listed_evidence
from cases.queries.incident_document import names_in_incident, seen_of_incident
from cases.queries.incident_rows import incident_rows, row_of_incident
from cases.queries.officers import get_officer
from cases.queries.papers_check import document_of_check, papers_check_of
from cases.queries.referral_rows import document_of_referral, referral_rows
from cases.queries.rescreenings import change_rows, changes_of_incident, document_of_change
from cases.queries.screening_result import seen_result_for_incident
from cases.queries.sign_in_links import find_sign_in_link
from cases.services.record_view import Viewed, record_view
from cases.services.redeem_sign_in_link import redeem_sign_in_link

# Officers come in by a link, so Django needs to be told how it knows them.
BACKEND = "django.contrib.auth.backends.ModelBackend"

# A page with more pictures than this is one nobody looks through; the API lists them all.
EVIDENCE_SHOWN = 60


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what Cordon is and where to begin."""
    return render(request, "console/home.html")


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a button, and sign in on its press: a mail scanner that follows the link does not use it up.

    A link stands in for the password, never for the second factor. Who was invited goes on to choose a password.
    """
    now = timezone.now()  # noqa: TID251 - an edge
    if request.method == "POST":
        officer = redeem_sign_in_link(secret=secret, redeemed_at=now)
        logout(request)
        record_authentication(request, officer, method="link")
        chooses = not officer.is_demo and not officer.has_usable_password()
        onward = reverse("account_set_password" if chooses else "console:incidents")
        answer: HttpResponse = perform_login(request, Login(user=officer, redirect_url=onward))
        return answer
    link = find_sign_in_link(secret, now)
    if link is None:
        raise SignInLinkInvalid
    return render(request, "console/sign_in.html", {"officer": link.officer})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("console:home")


@login_required
@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """List the incidents that the officer may know of, latest record first."""
    page = page_of(Request(request), incident_rows(access.incidents_for(get_officer(request.user))))
    rows = [row_of_incident(incident) for incident in page.rows]
    return render(request, "console/incidents.html", {"page": page, "incidents": rows})


@login_required
@require_GET
def incident(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one incident: its facts, what screening says of it and why, and its referrals."""
    officer = get_officer(request.user)
    found = access.access_incident(officer, reference)
    sight = access.sight_of(officer, found)
    record_view(officer=officer, subject=found, viewed_at=timezone.now(), what=Viewed.INCIDENT)  # noqa: TID251 - an edge
    referrals = referral_rows(access.referrals_for(officer).telling_of([found])).order_by("-opened_at")
    dispatches = access.dispatches_for(officer).filter(referral__in=[referral.pk for referral in referrals])
    sendings = list(dispatch_rows(dispatches).order_by("-pk"))
    evidence = listed_evidence(access.evidence_for(officer), found).order_by("-uploaded_at", "-pk")[:EVIDENCE_SHOWN]
    sees = access.sees_content_of_evidence(officer, found)
    context = {
        "incident": seen_of_incident(found, sight),
        "result": seen_result_for_incident(found, sight),
        "changes": changes_of_incident(found, with_nominal=sight.with_nominal),
        "evidence": [document_of_evidence(row, sees_content=sees) for row in evidence],
        "chains": chains_of_incident(
            found,
            now=timezone.now(),  # noqa: TID251 - an edge
            may_see_names=sight.with_nominal,
        ),
        "referrals": [
            document_of_referral(referral)
            | {"dispatches": [document_of_dispatch(each) for each in sendings if each.referral_id == referral.pk]}
            for referral in referrals
        ],
        "papers": sight.of(
            said(document_of_check(found, papers_check_of(found, known=access.incidents_for(officer)))),
            names_in_incident(found),
        ),
    }
    return render(request, "console/incident.html", context)


@login_required
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """Show what re-screening changed on the agency's incidents, latest first."""
    officer = get_officer(request.user)
    rows = change_rows(access.changes_for(officer))
    page = page_of(Request(request), rows, moment="changed_at", key="pk", read_key=int)
    is_nominal = access.SEE_NOMINAL in officer.rights
    shown = [document_of_change(change, with_nominal=is_nominal) for change in page.rows]
    return render(request, "console/changes.html", {"page": page, "changes": shown})
