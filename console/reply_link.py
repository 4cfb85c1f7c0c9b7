"""The page by which the addressee of a referral reads its letter and answers, without an account."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, wraps
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi, get_supported_language_variant, gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.api.caller import address_of
from cases.api.problems import error_details
from cases.choices import ActorKind, Confidence, ReplyReason, ReplyState, SupplyStepKind, Viewed
from cases.documents import ReferralContent, render_referral
from cases.documents.countries import country_name, name_in
from cases.documents.labels import label
from cases.documents.wording import Wording
from cases.errors import DomainError, InvalidSubmission, ReplyLinkInvalid, ReplyOutOfOrder, TooManyAttempts
from cases.intake.countries import CURRENT_COUNTRIES
from cases.services.answer_by_link import answer_by_link
from cases.services.open_reply_link import Addressed, known_link, open_reply_link
from cases.tracing.completeness import LETTER_LANGUAGES
from console.reply_words import TEXTS, WORDS

# A supply chain is mostly short; the API takes longer ones.
STEPS_SHOWN: Final = 3
_STEP_FIELDS: Final = (
    *("kind", "actor", "actor_kind", "from_country", "to_country", "country", "place", "on", "manner"),
    *("document", "confidence"),
)
_FIELDS: Final = ("state", "reason", "their_reference", "text", "forwarded_to")
_STATES: Final = frozenset({"forwarded_to", "from_country", "to_country", "country"})
# Each by its own name: who looks for a language reads that one.
_LANGUAGES: Final = {code.partition("-")[0]: name for code, name in settings.LANGUAGES}
_CHOICES: Final[dict[str, type[StrEnum]]] = {
    "state": ReplyState,
    "reason": ReplyReason,
    "kind": SupplyStepKind,
    "actor_kind": ActorKind,
    "confidence": Confidence,
}


Page = Callable[[HttpRequest, str], HttpResponse]
# A link that opens nothing is gone for good; who has tried too often may come again.
_CLOSED: Final = {ReplyLinkInvalid: HTTPStatus.GONE, TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS}


class ToCorrect(NamedTuple):
    """What does not hold, and the name that the form gives the field; empty for the reply as a whole."""

    name: str
    detail: str


def _or_say_why_not(page: Page) -> Page:
    """Return the page; where its link does not open, one that says so in the same six languages.

    Around all else: two links that open nothing are answered alike to the last header, whenever they are tried.
    """

    @wraps(page)
    def opened(request: HttpRequest, secret: str) -> HttpResponse:
        try:
            return page(request, secret)
        except (ReplyLinkInvalid, TooManyAttempts) as error:
            return _closed(request, error)

    return opened


def _closed(request: HttpRequest, error: ReplyLinkInvalid | TooManyAttempts) -> HttpResponse:
    # Nothing tells of the letter here, its language neither: the reader's own stands in.
    language = _language(request, (get_language() or "").partition("-")[0])
    with override(get_supported_language_variant(language)):
        context = _frame(language) | {"detail": error_details(error)["detail"]}
        answer = render(request, "console/reply_closed.html", context, status=_CLOSED[type(error)])
    if isinstance(error, TooManyAttempts):
        answer["Retry-After"] = str(error.retry_after_s)
    return answer


@_or_say_why_not
@never_cache
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the letter's facts and a form, in the letter's language or the one asked for; take the reply sent by it."""
    now = timezone.now()  # noqa: TID251 - an edge
    link = known_link(secret=secret, address=address_of(request) or "", at=now)
    opened = open_reply_link(link=link, opened_at=now, what=Viewed.REFERRAL)
    problems: list[ToCorrect] = []
    language = _language(request, opened.content.language)
    with override(get_supported_language_variant(language)):
        if request.method == "POST":
            steps = _steps_stated(request)
            try:
                answer_by_link(link=link, reply=_stated(request, steps), received_at=now)
            except (InvalidSubmission, ReplyOutOfOrder) as error:
                problems = list(_problems(error, list(steps)))
            else:
                # Reloading what a form was answered with would send it again.
                page = reverse("console:reply", args=[secret])
                return HttpResponseRedirect(f"{page}?language={language}&sent=1")
        context = _context(request, opened, Wording(language)) | {"problems": problems, "secret": secret}
        return render(request, "console/reply.html", context, status=422 if problems else 200)


@_or_say_why_not
@never_cache
@require_GET
def letter(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the letter as it was sent."""
    now = timezone.now()  # noqa: TID251 - an edge
    link = known_link(secret=secret, address=address_of(request) or "", at=now)
    opened = open_reply_link(link=link, opened_at=now, what=Viewed.DOCUMENT)
    pdf = render_referral(opened.content, format="pdf", draft=False, pictures=opened.pictures)
    return HttpResponse(pdf, content_type="application/pdf")


def _language(request: HttpRequest, else_in: str) -> str:
    """Return the language that the address names, else that one, else English."""
    asked = (request.GET.get("language", ""), else_in)
    return next((language for language in asked if language in LETTER_LANGUAGES), "en")


def _stated(request: HttpRequest, steps: Mapping[int, dict[str, str]]) -> dict[str, Any]:
    """Return what the form says, as the API takes it."""
    stated: dict[str, Any] = {name: request.POST.get(name, "").strip() or None for name in _FIELDS}
    return stated | {"steps": list(steps.values())}


def _steps_stated(request: HttpRequest) -> dict[int, dict[str, str]]:
    """Return what was entered of each step, by its number on the form; one with nothing in it is none."""
    rows = {
        number: {field: value for field in _STEP_FIELDS if (value := request.POST.get(f"{field}-{number}", "").strip())}
        for number in range(1, STEPS_SHOWN + 1)
    }
    return {number: row for number, row in rows.items() if row}


def _problems(error: DomainError, steps: Sequence[int]) -> Iterator[ToCorrect]:
    """Yield what is to be corrected, by the names that the form uses; `steps` are the numbers of those entered."""
    details = error_details(error)
    for entry in details.get("errors", ()):
        whole, *within = entry["pointer"].removeprefix("/").split("/")
        names = [gettext(TEXTS["step"]).format(number=steps[int(within[0])])] if within else []
        names += [gettext(TEXTS[name]) for name in (within[1:] or [whole]) if name in TEXTS and name != "steps"]
        yield ToCorrect(" · ".join(names), entry["detail"])
    if "errors" not in details:
        yield ToCorrect("", details["detail"])


def _context(request: HttpRequest, opened: Addressed, wording: Wording) -> dict[str, Any]:
    content = opened.content
    return _frame(wording.language) | {
        "facts": [(gettext(TEXTS[name]), value) for name, value in _facts(content, wording) if value],
        "items": [_item(item, wording) for item in content.items],
        "choices": {name: _options(words) for name, words in _CHOICES.items()},
        "steps": [_step(request, number) for number in range(1, STEPS_SHOWN + 1)],
        "states": _states(wording.language),
        "until": gettext(TEXTS["until"]).format(day=wording.day(opened.expires_at.date())),
        "sent": "sent" in request.GET,
        "entered": request.POST,
    }


def _frame(language: str) -> dict[str, Any]:
    """Return what every page by a link has, in the active language."""
    return {
        "language": language,
        "languages": _LANGUAGES.items(),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "texts": {name: gettext(text) for name, text in TEXTS.items()},
    }


@cache
def _states(language: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of each State, by which browsers complete what is typed."""
    return tuple(sorted((code, name_in(language, code)) for code in CURRENT_COUNTRIES))


def _step(request: HttpRequest, number: int) -> dict[str, Any]:
    """Return one step: its title, its fields with what was entered in them, and whether it is shown unasked."""
    fields = [
        {
            "name": f"{name}-{number}",
            "word": gettext(TEXTS[name]),
            "options": _options(_CHOICES[name]) if name in _CHOICES else None,
            "is_state": name in _STATES,
            "entered": request.POST.get(f"{name}-{number}", ""),
        }
        for name in _STEP_FIELDS
    ]
    is_open = number == 1 or any(field["entered"] for field in fields)
    return {"title": gettext(TEXTS["step"]).format(number=number), "fields": fields, "is_open": is_open}


def _facts(content: ReferralContent, wording: Wording) -> Iterator[tuple[str, str | None]]:
    body = content.issuing_body
    events = (label(wording, "incident", part.observation.kind) for part in content.by_incident())
    yield "reference", content.reference
    yield "dated", None if content.dated is None else wording.day(content.dated)
    yield "from", _joined(wording, body.name, body.contact.office, country_name(wording, body.country))
    about = (label(wording, "kind_of_referral", content.kind), *dict.fromkeys(events))
    yield "subject", _joined(wording, *about)
    yield "by", None if content.reply_requested_by is None else wording.day(content.reply_requested_by)
    yield "level", label(wording, "redaction", content.redaction)


def _item(item: Any, wording: Wording) -> dict[str, Any]:
    told = (label(wording, "category", item.category), item.make, item.model, item.calibre, item.description)
    marks = [(label(wording, "mark", mark.kind), mark.text) for mark in item.marks if mark.text]
    return {"number": item.number, "told": _joined(wording, *told), "marks": marks}


def _joined(wording: Wording, *parts: str | None) -> str:
    return wording.in_a_row(part for part in parts if part)


def _options(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, gettext(WORDS[word])) for word in words]
