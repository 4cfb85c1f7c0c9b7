"""One incident with all that hangs from it: read, answered, decided on, shown to others."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from cases import access
from cases.api.problems import problem_entries
from cases.choices import ReviewDecision, Viewed
from cases.documents.map_inset import draw
from cases.documents.reference_land import reference_land
from cases.errors import InvalidSubmission, NotFound, StaleVersion
from cases.queries.agencies import get_agency
from cases.queries.incident_document import record_of_incident, seen_of_incident
from cases.queries.officers import get_officer
from cases.queries.referral_facts import observation_of
from cases.queries.screening_result import result_for_incident, screening_status
from cases.services.amend_incident import amend_incident
from cases.services.record_view import record_view
from cases.services.review_finding import review_finding
from cases.services.share_record import share_record
from console.incident_forms import DECISIONS, EVIDENCE_KINDS, LEVELS, ReviewForm, ShareForm
from console.incident_page import WAITING, Row, page_of_incident, right_to_amend
from console.incident_questions import FORMS, AnswerForm, AskedOf
from console.reader_words import wording_of_reader


@login_required
@require_GET
def incident(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one incident: its facts, what screening says of it and why, and all that hangs from it."""
    officer = get_officer(request.user)
    return _page(request, access.access_incident(officer, reference), officer)


@login_required
@require_GET
def screening_progress(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how far the screening is: a line that asks for itself again until it is done."""
    found = access.access_incident(get_officer(request.user), reference)
    status = screening_status(found)
    context = {"reference": reference, "status": status, "waits": status in WAITING, "is_asking": True}
    return render(request, "console/incident/progress.html", context)


@login_required
@require_GET
def incident_map(request: HttpRequest, reference: str) -> HttpResponse:
    """Draw the place, its accuracy, the land around it and the stated route."""
    officer, wording = get_officer(request.user), wording_of_reader()
    found = access.access_incident(officer, reference)
    seen = seen_of_incident(found, access.sight_of(officer, found))
    observation = observation_of(found, seen, result_for_incident(found))
    inset = draw(observation.place, observation.route, reference_land(), wording)
    if inset is None:
        raise NotFound(thing="map")
    # A picture has a style of its own, which the policy of the page does not reach.
    policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return HttpResponse(inset.svg, content_type="image/svg+xml", headers={"Content-Security-Policy": policy})


@login_required
@require_POST
def answer_question(request: HttpRequest, reference: str, question: str) -> HttpResponse:
    """Put an answer into the record, which is screened again; what changed meanwhile is shown beside it."""
    officer = get_officer(request.user)
    found = access.access_incident(officer, reference)
    access.require_on(officer, right_to_amend(found, officer), found)
    if question not in FORMS:
        raise NotFound(thing="question")
    form = _form(found, officer, question, data=request.POST)
    if not form.is_valid():
        return _page(request, found, officer, answering=form, status=422)
    try:
        amend_incident(
            officer=officer,
            incident=found,
            changes=form.changes(),
            expected_version=form.cleaned_data["version"],
            amended_at=timezone.now(),  # noqa: TID251 - an edge
        )
    except StaleVersion:
        return _conflict(request, found, officer, form)
    except InvalidSubmission as error:
        for entry in problem_entries(error.problems, level="error"):
            form.add_error(None, entry["detail"])
        return _page(request, found, officer, answering=form, status=422)
    return _back(reference, "screening")


@login_required
@require_POST
def review(request: HttpRequest, reference: str, finding_id: str) -> HttpResponse:
    """Confirm or reject a finding, or say that more is needed; with the reason."""
    officer = get_officer(request.user)
    found = access.access_incident(officer, reference)
    finding = access.access_finding(officer, UUID(finding_id))
    if finding.incident_id != found.pk:
        raise NotFound(thing="finding")
    access.require_on(officer, access.REVIEW, found)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        problem = gettext("Say what you decide on the finding, and give a reason.")
        return _page(request, found, officer, problem=problem, status=422)
    review_finding(
        officer=officer,
        finding=finding,
        decision=ReviewDecision(form.cleaned_data["decision"]),
        reason=form.cleaned_data["reason"],
        reviewed_at=timezone.now(),  # noqa: TID251 - an edge
    )
    return _back(reference, f"finding-{finding_id}")


@login_required
@require_POST
def share(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the incident to another agency, on terms and for a reason."""
    officer = get_officer(request.user)
    found = access.access_incident(officer, reference)
    access.require_own(officer, access.ISSUE, found)
    form = ShareForm(request.POST)
    if not form.is_valid():
        problem = gettext("Choose an agency, what it may do and, if any, the last day; and give a reason.")
        return _page(request, found, officer, problem=problem, status=422)
    share_record(
        officer=officer,
        record=found,
        grantee=get_agency(form.cleaned_data["agency"]),
        terms=form.terms(),
        shared_at=timezone.now(),  # noqa: TID251 - an edge
    )
    return _back(reference, "sharing")


def _page(
    request: HttpRequest,
    found: Row,
    officer: Row,
    *,
    answering: AnswerForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()  # noqa: TID251 - an edge
    record_view(officer=officer, subject=found, viewed_at=now, what=Viewed.INCIDENT)
    page = page_of_incident(found, officer, wording=wording_of_reader(), now=now, answering=answering)
    context = {**page, "problem": problem, "decisions": DECISIONS, "levels": LEVELS, "kinds": EVIDENCE_KINDS}
    return render(request, "console/incident/page.html", context, status=status)


def _form(found: Row, officer: Row, question: str, *, data: object = None) -> AnswerForm:
    seen = seen_of_incident(found, access.sight_of(officer, found))
    asked_of = AskedOf(record_of_incident(found), seen, found.version, wording_of_reader())
    return FORMS[question](question=question, asked_of=asked_of, data=data)


def _conflict(request: HttpRequest, found: Row, officer: Row, form: AnswerForm) -> HttpResponse:
    """Show what stood there, what stands there now and the answer, side by side; nothing was written."""
    fresh = access.access_incident(officer, found.reference)
    current = _form(fresh, officer, form.question)
    latest = fresh.audit_entries.filter(action="incident.amended").select_related("officer").order_by("-pk").first()
    context = {
        "reference": fresh.reference,
        "question": form.question,
        "sides": list(form.compared(current)),
        "resent": list(form.resent(current)),
        "changed_at": fresh.changed_at,
        "changed_by": latest.officer if latest is not None else None,
    }
    return render(request, "console/incident/conflict.html", context, status=412)


def _back(reference: str, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('console:incident', args=[reference])}#{anchor}")
