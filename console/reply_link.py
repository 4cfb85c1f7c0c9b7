"""The page by which the addressee of a referral reads its letter and answers, without an account."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi, gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.api.caller import address_of
from cases.api.problems import error_details
from cases.choices import ActorKind, Confidence, ReplyReason, ReplyState, SupplyStepKind
from cases.documents import ReferralContent, render_referral
from cases.documents.countries import country_name
from cases.documents.labels import label
from cases.documents.wording import Wording
from cases.errors import DomainError, InvalidSubmission, ReplyOutOfOrder
from cases.services.answer_by_link import answer_by_link
from cases.services.open_reply_link import Addressed, known_link, open_reply_link
from cases.services.record_view import Viewed
from console.reply_words import TEXTS, WORDS

# A supply chain is mostly short; the API takes longer ones.
STEPS_SHOWN: Final = 3
_STEP_FIELDS: Final = (
    *("kind", "actor", "actor_kind", "from_country", "to_country", "country", "place", "on", "manner"),
    *("document", "confidence"),
)
_CHOICES: Final[dict[str, type[StrEnum]]] = {
    "state": ReplyState,
    "reason": ReplyReason,
    "kind": SupplyStepKind,
    "actor_kind": ActorKind,
    "confidence": Confidence,
}


@never_cache
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the letter's facts and a form, in the letter's language; take the reply that is sent by it."""
    now = timezone.now()  # noqa: TID251 - an edge
    link = known_link(secret=secret, address=address_of(request) or "", at=now)
    opened = open_reply_link(link=link, opened_at=now, what=Viewed.REFERRAL)
    problems: list[str] = []
    with override(_page_language(opened.content.language)):
        if request.method == "POST":
            try:
                answer_by_link(link=link, reply=_stated(request), received_at=now)
            except (InvalidSubmission, ReplyOutOfOrder) as error:
                problems = list(_problems(error))
            else:
                # Reloading what a form was answered with would send it again.
                return HttpResponseRedirect(f"{reverse('console:reply', args=[secret])}?sent=1")
        context = _context(request, opened) | {"problems": problems, "secret": secret}
        return render(request, "console/reply.html", context, status=422 if problems else 200)


@never_cache
@require_GET
def letter(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the letter as it was sent."""
    now = timezone.now()  # noqa: TID251 - an edge
    link = known_link(secret=secret, address=address_of(request) or "", at=now)
    opened = open_reply_link(link=link, opened_at=now, what=Viewed.DOCUMENT)
    pdf = render_referral(opened.content, format="pdf", draft=False, pictures=opened.pictures)
    return HttpResponse(pdf, content_type="application/pdf")


def _stated(request: HttpRequest) -> dict[str, Any]:
    """Return what the form says, as the API takes it; a step with nothing in it is none."""
    stated: dict[str, Any] = {
        name: request.POST.get(name) or None for name in ("state", "reason", "their_reference", "text")
    }
    rows = [
        {field: value for field in _STEP_FIELDS if (value := request.POST.get(f"{field}-{number}", "").strip())}
        for number in range(STEPS_SHOWN)
    ]
    return stated | {"steps": [row for row in rows if row]}


def _problems(error: DomainError) -> Iterator[str]:
    """Yield what is to be corrected, by the names that the form uses."""
    details = error_details(error)
    for entry in details.get("errors", ()):
        name = entry["pointer"].rpartition("/")[2]
        yield f"{gettext(TEXTS.get(name, TEXTS['step']))}: {entry['detail']}"
    if "errors" not in details:
        yield details["detail"]


def _context(request: HttpRequest, opened: Addressed) -> dict[str, Any]:
    content, wording = opened.content, Wording(opened.content.language)
    return {
        "language": content.language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "texts": {name: gettext(text) for name, text in TEXTS.items()},
        "facts": [(gettext(TEXTS[name]), value) for name, value in _facts(content, wording) if value],
        "items": [_item(item, wording) for item in content.items],
        "choices": {name: _options(words) for name, words in _CHOICES.items()},
        "steps": [_step_fields(request, number) for number in range(STEPS_SHOWN)],
        "expires": wording.day(opened.expires_at.date()),
        "sent": "sent" in request.GET,
        "entered": request.POST,
    }


def _step_fields(request: HttpRequest, number: int) -> list[dict[str, Any]]:
    """Return the fields of one step with what was entered in them."""
    return [
        {
            "name": f"{name}-{number}",
            "word": gettext(TEXTS[name]),
            "options": _options(_CHOICES[name]) if name in _CHOICES else None,
            "entered": request.POST.get(f"{name}-{number}", ""),
        }
        for name in _STEP_FIELDS
    ]


def _facts(content: ReferralContent, wording: Wording) -> Iterator[tuple[str, str | None]]:
    body, observation = content.issuing_body, content.observation
    yield "reference", content.reference
    yield "dated", None if content.dated is None else wording.day(content.dated)
    yield "from", _joined(body.name, body.contact.office, country_name(wording, body.country))
    yield (
        "subject",
        _joined(label(wording, "kind_of_referral", content.kind), label(wording, "incident", observation.kind)),
    )
    yield "by", None if content.reply_requested_by is None else wording.day(content.reply_requested_by)
    yield "level", label(wording, "redaction", content.redaction)


def _item(item: Any, wording: Wording) -> dict[str, Any]:
    told = (label(wording, "category", item.category), item.make, item.model, item.calibre, item.description)
    marks = [_joined(label(wording, "mark", mark.kind), mark.text) for mark in item.marks]
    return {"number": item.number, "told": _joined(*told), "marks": [mark for mark in marks if mark]}


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _options(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, gettext(WORDS[word])) for word in words]


def _page_language(language: str) -> str:
    """Return the interface's own code of a letter's language."""
    return next((code for code, _ in settings.LANGUAGES if code.partition("-")[0] == language), "en")
