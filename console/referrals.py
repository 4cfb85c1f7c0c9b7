"""Referrals: the list of all that are written, out and answered, and the page on which a new one begins."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from rest_framework.request import Request

from cases import access
from cases.api.paging import page_of
from cases.api.problems import in_words
from cases.api.referrals import OpenReferralRequest
from cases.choices import ReferralKind, Viewed
from cases.errors import DomainError, InvalidSubmission, NotFound
from cases.intake.problems import Problem
from cases.intake.pydantic_errors import validated
from cases.queries.incident_document import seen_of_incident
from cases.queries.officers import get_officer
from cases.queries.referral_work import OVERDUE, counts_of_work, row_of_work, sought_work, work_rows
from cases.queries.reply_ledger import ledger_of
from cases.queries.whom_to_ask import proposals_for
from cases.services.draft_by_state import draft_by_state
from cases.services.open_referral import ReferralRequest, open_referral
from cases.services.record_view import record_view
from console.forms import number_of, refusal_of, text_in

# Whom to ask is looked up for each item; who has more asks in several letters.
ITEMS_LOOKED_UP: Final = 12
SHOWN: Final = {
    "": _("All"),
    "written": _("Being written"),
    "out": _("Sent, no answer"),
    OVERDUE: _("Overdue"),
    "replied": _("Answered"),
    "ended": _("Ended"),
}
_SURENESS: Final = ("high", "medium", "low")


@login_required
@require_GET
def referrals(request: HttpRequest) -> HttpResponse:
    """List the referrals that the officer may know of, latest first, with what keeps each waiting."""
    officer, today = get_officer(request.user), timezone.now().date()  # noqa: TID251 - an edge
    known = access.referrals_for(officer)
    sought = {name: text_in(request.GET, name) or "" for name in ("show", "country", "mine")}
    sought["country"] = sought["country"].upper()
    rows = work_rows(
        sought_work(known, officer=officer, today=today, sought=sought), dispatches=access.dispatches_for(officer)
    )
    page = page_of(Request(request), rows, moment="opened_at")
    counts = counts_of_work(known, today=today)
    context = {
        "page": page,
        "referrals": [row_of_work(row, today=today) for row in page.rows],
        "tabs": [(name, title, counts[name or "all"]) for name, title in SHOWN.items()],
        "sought": sought,
        "ledger": ledger_of(access.own_records_for(officer)["referrals"]),
        "may_refer": access.REFER in officer.rights,
    }
    return render(request, "console/referrals/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_referral(request: HttpRequest) -> HttpResponse:
    """Choose items of an incident, whom to ask, kind and language; a draft begins with that."""
    officer, now = get_officer(request.user), timezone.now()  # noqa: TID251 - an edge
    access.require(officer, access.REFER)
    context: dict[str, Any] = {"reference": text_in(request.GET, "incident") or "", "entered": request.POST}
    if not context["reference"]:
        return render(request, "console/referrals/new.html", context)
    try:
        incident = access.access_incident(officer, context["reference"])
    except NotFound as error:
        return render(request, "console/referrals/new.html", context | {"unknown": error}, status=404)
    access.require_on(officer, access.REFER, incident)
    status = 200
    if request.method == "POST":
        try:
            return _opened(request, officer, incident, now)
        except DomainError as error:
            context["refused"], status = refusal_of(error), 422
    proposals = _proposals(officer, incident, now)
    # Nothing was chosen yet: the surest is.
    first = proposals[0]["country"] if proposals else "other"
    context |= {
        "incident": seen_of_incident(incident, access.sight_of(officer, incident)),
        "chosen": request.POST.get("addressee", first),
        "items_chosen": request.POST.getlist("items"),
        "proposals": proposals,
        "more_items": max(incident.items.count() - ITEMS_LOOKED_UP, 0),
        "kinds": list(ReferralKind),
        "languages": settings.LANGUAGES,
    }
    return render(request, "console/referrals/new.html", context, status=status)


def _opened(request: HttpRequest, officer: Any, incident: Any, now: datetime) -> HttpResponse:
    sent = request.POST
    if "by_state" in sent:
        kind = text_in(sent, "kind")
        draft_by_state(
            officer=officer,
            incident=incident,
            language=_language(sent.get("language", "")),
            kind=ReferralKind(kind) if kind in set(ReferralKind) else None,
            details={},
            opened_at=now,
        )
        return redirect("console:referrals")
    country = sent.get("addressee", "")
    named = {
        "addressee": {"country": text_in(sent, "country") if country == "other" else country},
        "language": _language(sent.get("language", "")),
        "kind": text_in(sent, "kind"),
        "items": [at for item in sent.getlist("items") if (at := number_of(item)) is not None],
    }
    if not named["items"]:
        raise InvalidSubmission([Problem("/items", "missing")])
    body = validated(OpenReferralRequest, named)
    wanted = ReferralRequest(
        addressee_country=body.addressee.country, language=body.language, kind=body.kind, item_indexes=body.items
    )
    opened = open_referral(officer=officer, incident=incident, request=wanted, opened_at=now)
    return redirect("console:referral", opened.reference)


def _language(asked: str) -> str:
    """Return the code by which letters know the language of a page."""
    return asked.partition("-")[0]


def _proposals(officer: Any, incident: Any, now: datetime) -> list[dict[str, Any]]:
    """Return each State that something points to, the surest first, with the items that point there."""
    by_state: dict[str, dict[str, Any]] = {}
    entries = access.register_entries_for(officer)
    for item in incident.items.order_by("position")[:ITEMS_LOOKED_UP]:
        record_view(officer=officer, subject=item, viewed_at=now, what=Viewed.WHOM_TO_ASK)
        for proposal in proposals_for(item, agency=officer.agency, entries=entries, on=now.date(), say=in_words):
            merged = by_state.setdefault(proposal["country"], proposal | {"why": {}, "cautions": {}, "items": []})
            merged["items"].append(item.position)
            merged["why"] |= _by_text(proposal["why"])
            merged["cautions"] |= _by_text(proposal["cautions"])
            merged["confidence"] = min(merged["confidence"], proposal["confidence"], key=_SURENESS.index)
    return sorted(by_state.values(), key=lambda each: (_SURENESS.index(each["confidence"]), each["country"]))


def _by_text(said: Iterable[dict[str, str]]) -> dict[str, None]:
    return {each["text"]: None for each in said}
