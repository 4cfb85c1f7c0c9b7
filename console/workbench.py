"""The workbench of one referral: what it lacks, the letter as it would be printed, its steps, and what came back."""

import base64
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from PIL import Image

from cases import access
from cases.api.problems import missing_entry
from cases.api.referral_documents import shown_referral
from cases.api.referrals import AmendReferralRequest, changes_of
from cases.api.reply_links import LinkRequest
from cases.api.supply_chain import said_chain
from cases.choices import (
    ActorKind,
    Confidence,
    DispatchChannel,
    IllicitGround,
    MarkKind,
    RedactionLevel,
    ReferralKind,
    ReferralPriority,
    ReplyReason,
    ReplyState,
    SupplyStepKind,
    Viewed,
)
from cases.dispatch.channels import is_offered
from cases.documents import referral_pages
from cases.errors import DomainError, InvalidSubmission, NotAllowed, NotFound
from cases.intake.problems import Problem
from cases.intake.pydantic_errors import validated
from cases.queries.dispatches import dispatch_rows, document_of_dispatch
from cases.queries.incident_document import document_of_incident
from cases.queries.letter_exhibits import pictures_of
from cases.queries.officers import get_officer
from cases.queries.referral_content import missing_in, referral_content
from cases.queries.referral_warnings import has_written
from cases.queries.reply_links import document_of_link, link_rows
from cases.queries.supply_chain import document_of_chain, supply_chain_of
from cases.services.amend_incident import amend_incident
from cases.services.amend_referral import amend_referral
from cases.services.approve_referral import approve_referral
from cases.services.check_referral import check_referral
from cases.services.clarify_reply import clarify_reply
from cases.services.issue_referral import issue_referral
from cases.services.make_reply_link import VALID_DAYS, make_reply_link
from cases.services.open_next_request import open_next_request
from cases.services.record_reply import record_reply
from cases.services.record_view import record_view
from cases.services.revoke_reply_link import revoke_reply_link
from cases.services.send_referral import Sending, send_referral
from cases.services.supersede_referral import supersede_referral
from cases.services.withdraw_referral import withdraw_referral
from cases.tracing.referral_steps import STEPS, WRITTEN, stands_as_issued
from cases.tracing.reply_states import TRANSITIONS, clarified
from console.forms import number_of, refusal_of, text_in, texts_in

# Sharp enough for small print, and a third of a PNG.
_PAGE_QUALITY: Final = 60
_CONTACT: Final = ("name", "office", "telephone", "email", "channel", "address")
_TEXTS: Final = (
    *("kind", "language", "why_addressee", "priority", "priority_justification", "legal_justification"),
    *("intended_use", "confidentiality", "onward_use", "reply_requested_by", "redaction"),
)
_STEP_FIELDS: Final = (
    *("kind", "actor", "actor_kind", "country", "from_country", "to_country", "place", "on", "manner", "document"),
    "confidence",
)
# Where a missing part of the letter is filled in; what is not here is the record's, or the agency's.
_FIELDS: Final[Mapping[str, str]] = {
    "/referral/kind": "kind",
    "/referral/language": "language-field",
    "/referral/priority_justification": "priority_justification",
    "/referral/addressee/contact": "contact_office",
    "/referral/addressee/reasons": "why_addressee",
    "/incident/legal_justification": "legal_justification",
    "/referral/intended_use": "intended_use",
    "/referral/confidentiality": "confidentiality",
    "/referral/reply_requested_by": "reply_requested_by",
    "/template_pack/languages": "language-field",
}
_OF_LETTERS: Final = ("/referral/", "/incident/", "/template_pack/")
# The form has one step of a supply chain; a longer reply comes by the API.
_STEPS: Final[Mapping[str, str]] = {"/steps/0": "steps"} | {f"/steps/0/{name}": f"step_{name}" for name in _STEP_FIELDS}
# The way of a letter, as its state line shows it.
_WAY: Final = ("draft", "checked", "approved", "issued", "sent", "answered")
_OF_RECORD: Final = ("illicit_grounds", "occurred_on", "place")
_OF_ITEM: Final = ("description", "calibre", "marks")

Step = Callable[[QueryDict, Any, Any, datetime], str | None]


@login_required
@never_cache
@require_GET
def referral(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one referral: while it is written, with what it lacks; once it is out, with what came back."""
    officer = get_officer(request.user)
    return _page(request, officer, access.access_referral(officer, reference))


@login_required
@require_POST
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the letter, and what it lacks, as they would be with what the form says; nothing is kept."""
    officer = get_officer(request.user)
    found = access.access_referral(officer, reference)
    access.require_own(officer, access.REFER, found)
    refused = None
    if found.state in WRITTEN:
        try:
            for name, value in _changes(request.POST, found).items():
                setattr(found, name, value)
        except InvalidSubmission as error:
            refused = refusal_of(error)
    context = _letter(officer, found, request.POST.get("page", "1")) | {"not_read": refused}
    context |= {"referral": {"reference": reference}, "is_preview": True, "may_preview": True}
    return render(request, "console/referrals/letter.html", context)


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Take one step; what does not hold is said on the page, with the field and the remedy."""
    officer, now = get_officer(request.user), timezone.now()  # noqa: TID251 - an edge
    found = access.access_referral(officer, reference)
    try:
        address = _ACTS[step](request.POST, officer, found, now)
    except DomainError as error:
        refused = _refusal(error) | {"step": step}
        return _page(request, officer, access.access_referral(officer, reference), refused=refused)
    return redirect(address or reverse("console:referral", args=[reference]))


@login_required
@never_cache
@require_POST
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Make a link by which the addressee answers, and show it this once."""
    officer, now = get_officer(request.user), timezone.now()  # noqa: TID251 - an edge
    found = access.access_referral(officer, reference)
    access.require_own(officer, access.REFER, found)
    try:
        body = validated(LinkRequest, {"days": VALID_DAYS} | texts_in(request.POST, ("recipient", "days")))
        made, secret = make_reply_link(
            officer=officer, referral=found, recipient=body.recipient, days=body.days, made_at=now
        )
    except DomainError as error:
        return _page(request, officer, found, refused=refusal_of(error) | {"step": "link"})
    shown = {"url": f"{settings.SITE_URL}/reply/{secret}/", "recipient": made.recipient}
    return _page(request, officer, found, made_link=shown, status=201)


def _refusal(error: DomainError) -> dict[str, Any]:
    """Return a refusal with the fields of this page: a letter's parts stand elsewhere than their pointers say."""
    refused = refusal_of(error)
    errors = [_located(each) if each["pointer"].startswith(_OF_LETTERS) else each for each in refused["errors"]]
    return refused | {"errors": [each | {"field": _STEPS.get(each["pointer"], each["field"])} for each in errors]}


# --- the page ---------------------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest, officer: Any, found: Any, *, refused: Any = None, made_link: Any = None, status: int = 0
) -> HttpResponse:
    now = timezone.now()  # noqa: TID251 - an edge
    record_view(officer=officer, subject=found, viewed_at=now, what=Viewed.REFERRAL)
    document = shown_referral(found)
    letter = _letter(officer, found, request.GET.get("page", "1"))
    if letter["picture"]:
        shown = {"after": {"format": "webp", "redaction": found.level, "recipient": found.addressee_country}}
        record_view(officer=officer, subject=found, viewed_at=now, what=Viewed.DOCUMENT, details=shown)
    is_own = found.agency_id == officer.agency_id
    is_written = found.state in WRITTEN
    may = {right.value: is_own and right in officer.rights for right in (access.REFER, access.ISSUE, access.OVERRIDE)}
    may["edit"] = found.incident.agency_id == officer.agency_id and access.EDIT in officer.rights
    context: dict[str, Any] = letter | {
        "referral": document,
        "may": may,
        "is_written": is_written,
        "way": _way(document),
        "wants_other": is_own and access.APPROVE_OWN not in officer.rights and has_written(officer, found),
        "stops": [each for each in document["warnings"] if each["needs_supervisor"]],
        "steps_open": {step.value for step in STEPS.get(found.state, ())},
        "refused": refused,
        "made_link": made_link,
        "entered": _entered(request, document),
        "choices": _CHOICES,
        "languages": [(code.partition("-")[0], name) for code, name in settings.LANGUAGES],
    }
    if is_written:
        context["record_gaps"] = _record_gaps(found, letter["missing"])
        context["item_count"] = len(document["items"])
    else:
        context |= _followed(request, officer, found, now)
    return render(request, "console/referrals/one.html", context, status=status or (422 if refused else 200))


def _entered(request: HttpRequest, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the form holds: what was sent and refused, else what is kept."""
    if request.method == "POST" and "letter" in request.POST:
        return request.POST
    contact = document["addressee"]["contact"] or {}
    kept = {name: document.get(name) or "" for name in _TEXTS}
    kept |= {f"contact_{name}": contact.get(name) or "" for name in _CONTACT}
    kept["reply_requested_by"] = document["reply_requested_by"] and document["reply_requested_by"].isoformat()
    kept["own_questions"] = "\n".join(document["own_questions"])
    return kept


def _way(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of a letter with when and by whom each was taken; of what has ended, those that were."""
    state = document["state"]
    acts: dict[str, Any] = {
        "draft": {"at": document["opened_at"], "by": None},
        "checked": document["checked"],
        "approved": document["approved"],
        "issued": document["issued_at"] and {"at": document["issued_at"], "by": None},
    }
    reached = _WAY.index(state) if state in _WAY else _WAY.index("sent" if state == "no_response" else "answered")
    if document["withdrawn"] or document["superseded_by"]:
        reached = _WAY.index("issued" if document["issued_at"] else "draft")
    return [
        {"name": name, "act": acts.get(name), "is_done": at <= reached, "is_here": at == reached}
        for at, name in enumerate(_WAY)
    ]


def _letter(officer: Any, found: Any, page: str) -> dict[str, Any]:
    """Return one page of the letter as a picture, and what the letter lacks; no page to who may not let it out."""
    missing = [_located(missing_entry(part)) for part in missing_in(found)]
    context: dict[str, Any] = {"missing": missing, "picture": None, "is_written": found.state in WRITTEN}
    context["language"] = found.language
    try:
        access.require_level_of_letter(officer, found.level, found)
    except NotAllowed:
        return context
    content = referral_content(found)
    pictures = pictures_of(access.pictured_in_letter(officer, found), content.all_photos)
    pages = referral_pages(content, draft=found.issued_at is None, pictures=pictures)
    number = min(number_of(page) or 1, len(pages))
    pack = content.template_pack
    return context | {
        "picture": _picture(pages[number - 1]),
        "page": number,
        "pages": range(1, len(pages) + 1),
        "pack": pack,
    }


def _picture(png: bytes) -> str:
    small = BytesIO()
    with Image.open(BytesIO(png)) as page:
        page.convert("RGB").save(small, "WEBP", quality=_PAGE_QUALITY, method=2)
    return f"data:image/webp;base64,{base64.b64encode(small.getvalue()).decode()}"


def _located(entry: dict[str, Any]) -> dict[str, Any]:
    """Return a missing part with the field of the page that fills it, where there is one."""
    pointer = entry["pointer"]
    if pointer in _FIELDS:
        return entry | {"field": _FIELDS[pointer]}
    whole, *within = pointer.removeprefix("/incident/").split("/")
    if whole in _OF_RECORD:
        return entry | {"field": whole}
    is_of_item = len(within) == 2 and within[0].isdecimal() and within[1] in _OF_ITEM
    return entry | {"field": f"{within[1]}-{within[0]}" if whole == "items" and is_of_item else None}


def _record_gaps(found: Any, missing: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the missing parts that the record holds, each with the field by which it is filled in."""
    lines = {line.item.position: line.number for line in found.lines.select_related("item")}
    gaps = []
    for entry in missing:
        name, _, position = (entry["field"] or "").partition("-")
        if name in _OF_RECORD or name in _OF_ITEM:
            gaps.append(dict(entry) | {"what": name, "line": lines.get(int(position)) if position else None})
    return gaps


def _followed(request: HttpRequest, officer: Any, found: Any, now: datetime) -> dict[str, Any]:
    """Return what became of a letter that is out: its sendings, links, and what replies tell of one of its items."""
    sendings = dispatch_rows(access.dispatches_for(officer).filter(referral=found)).order_by("-pk")
    context: dict[str, Any] = {
        "dispatches": [document_of_dispatch(each) for each in sendings],
        "channels": [channel for channel in DispatchChannel if is_offered(channel)],
        "may_be_sent": stands_as_issued(found.state),
        "may_answer": found.state in TRANSITIONS,
        "may_clarify": clarified(found.state) is not None,
        "links": [_link(row, now) for row in link_rows(access.reply_links_for(officer).filter(referral=found))],
        "days": VALID_DAYS,
    }
    items = [line.item for line in found.lines.select_related("item__incident").order_by("number")]
    if not items:
        return context
    asked = request.GET.get("item", "")
    item = next((each for each in items if str(each.position) == asked), items[0])
    record_view(officer=officer, subject=item, viewed_at=now, what=Viewed.CHAIN)
    chain = supply_chain_of(item, known=access.referrals_for(officer), reader=officer)
    sight = access.sight_of(officer, found.incident)
    document = document_of_chain(chain, item, access.points_of_diversion_for(officer), sight)
    return context | {"items": items, "item": item, "chain": said_chain(document)}


def _link(row: Any, now: datetime) -> dict[str, Any]:
    document = document_of_link(row)
    return document | {"is_open": document["revoked_at"] is None and document["expires_at"] > now}


# --- the steps --------------------------------------------------------------------------------------------------------


def _changes(sent: QueryDict, found: Any) -> dict[str, Any]:
    """Return what the form changes in the draft; raises InvalidSubmission."""
    stated: dict[str, Any] = texts_in(sent, _TEXTS)
    stated["own_questions"] = [line.strip() for line in sent.get("own_questions", "").splitlines() if line.strip()]
    contact = {name: text_in(sent, f"contact_{name}") for name in _CONTACT}
    if contact != {name: found.addressee_contact.get(name) or None for name in _CONTACT}:
        stated["addressee_contact"] = contact
    changes = changes_of(validated(AmendReferralRequest, stated))
    return {name: value for name, value in changes.items() if getattr(found, name) != value}


def _amend(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    access.require_own(officer, access.REFER, found)
    if changes := _changes(sent, found):
        found = amend_referral(officer=officer, referral=found, changes=changes, amended_at=now)
    if "check" in sent:
        _check(sent, officer, found, now)


def _complete(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    """Fill in what the record lacks, as if the incident had been changed by itself."""
    access.require_own(officer, access.REFER, found)
    incident = access.access_incident(officer, found.incident.reference)
    record = document_of_incident(incident)
    changes: dict[str, Any] = {name: text for name in ("occurred_on", "place") if (text := text_in(sent, name))}
    if grounds := sent.getlist("illicit_grounds"):
        changes["illicit_grounds"] = grounds
    items = list(record["items"])
    for at in range(len(items)):
        stated: dict[str, Any] = {
            name: text for name in ("description", "calibre") if (text := text_in(sent, f"{name}-{at}"))
        }
        if mark := text_in(sent, f"marks-{at}"):
            stated["marks"] = [*items[at]["marks"], {"kind": sent.get(f"mark_kind-{at}", ""), "text": mark}]
        elif state := text_in(sent, f"marking_state-{at}"):
            stated["marking_state"] = state
        if stated:
            items[at] = items[at] | stated
            changes["items"] = items
    if changes:
        amend_incident(
            officer=officer, incident=incident, changes=changes, expected_version=record["version"], amended_at=now
        )


def _check(_sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    check_referral(officer=officer, referral=found, checked_at=now)


def _approve(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    reason = text_in(sent, "override_reason") or ""
    approve_referral(officer=officer, referral=found, approved_at=now, override_reason=reason)


def _issue(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    reason = text_in(sent, "override_reason") or ""
    issue_referral(officer=officer, referral=found, issued_at=now, override_reason=reason)


def _send(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    channel = sent.get("channel", "")
    if channel not in set(DispatchChannel):
        raise InvalidSubmission([Problem("/channel", "missing")])
    sending = Sending(channel=DispatchChannel(channel), address=text_in(sent, "address") or "")
    send_referral(officer=officer, referral=found, sending=sending, sent_at=now)


def _withdraw(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    withdraw_referral(officer=officer, referral=found, reason=_stated(sent, "reason"), withdrawn_at=now)


def _supersede(_sent: QueryDict, officer: Any, found: Any, now: datetime) -> str:
    draft = supersede_referral(officer=officer, referral=found, superseded_at=now)
    return reverse("console:referral", args=[draft.reference])


def _reply(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    step = {name: text for name in _STEP_FIELDS if (text := text_in(sent, f"step_{name}"))}
    stated: dict[str, Any] = texts_in(sent, ("state", "reason", "their_reference", "text", "forwarded_to"))
    stated |= {"steps": [step] if step else []}
    record_reply(officer=officer, referral=found, reply=stated, received_at=now)


def _clarify(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    clarify_reply(officer=officer, referral=found, text=_stated(sent, "text"), documents=(), clarified_at=now)


def _revoke(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    number = number_of(sent.get("link", ""))
    row = None if number is None else access.access_reply_link(officer, number)
    if row is None or row.referral_id != found.pk:
        raise NotFound(thing="link")
    revoke_reply_link(officer=officer, link=row, revoked_at=now)


def _ask_next(sent: QueryDict, officer: Any, found: Any, now: datetime) -> str:
    item = access.access_item(officer, found.incident.reference, str(number_of(sent.get("item", "")) or 0))
    opened = open_next_request(
        officer=officer, item=item, country=sent.get("country", ""), language=None, opened_at=now
    )
    return reverse("console:referral", args=[opened.reference])


def _stated(sent: QueryDict, name: str) -> str:
    if (text := text_in(sent, name)) is None:
        raise InvalidSubmission([Problem(f"/{name}", "missing")])
    return text


_ACTS: Final[Mapping[str, Step]] = {
    "amend": _amend,
    "complete": _complete,
    "check": _check,
    "approve": _approve,
    "issue": _issue,
    "send": _send,
    "withdraw": _withdraw,
    "supersede": _supersede,
    "reply": _reply,
    "clarify": _clarify,
    "revoke": _revoke,
    "next": _ask_next,
}
ACTS: Final = tuple(_ACTS)
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": tuple(ReferralKind),
    "priority": tuple(ReferralPriority),
    "confidentiality": ("given", "cannot_be_given"),
    "redaction": (RedactionLevel.FULL, RedactionLevel.TO_STATE, RedactionLevel.TO_INTERPOL_WCO),
    "illicit_grounds": tuple(IllicitGround),
    "mark_kind": tuple(MarkKind),
    "reply_state": tuple(ReplyState),
    "reason": tuple(ReplyReason),
    "step_kind": tuple(SupplyStepKind),
    "actor_kind": tuple(ActorKind),
    "confidence": tuple(Confidence),
}
