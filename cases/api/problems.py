"""What went wrong, in the reader's language: the part of a problem document that does not depend on HTTP."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import get_language, gettext

from cases.documents.wording import Wording
from cases.errors import DomainError, InvalidSubmission, MissingPart, NamedProblem, ReferralIncomplete
from cases.intake import problems as intake
from cases.tracing.completeness import LETTER_LANGUAGES, REMEDIES, MissingElement

# What only a request can get wrong; the words for a record's problems belong to intake.
SENTENCES: Final[Mapping[str, str]] = {
    **intake.SENTENCES,
    "not_a_cursor": "This is not a cursor of this list; follow the links in `next` and `previous`.",
    "not_a_box": "Give west,south,east,north in decimal degrees, e.g. 42,12,54,18; south is at most north.",
    "not_a_position": "Give longitude,latitude in decimal degrees, e.g. 52.3,15.2.",
    "not_a_distance": "Give a distance in metres, more than 0 and at most {limit}.",
    "distance_needed": "Give distance_m together with near.",
    "not_a_leg": "Give a leg as KIND:FROM:TO with the codes of two States; kinds are {allowed}.",
    "not_an_area": "Give a GeoJSON Polygon or MultiPolygon with at most {limit} positions, its rings closed.",
    "not_a_key": "An Idempotency-Key has 1 to {limit} visible ASCII characters.",
    "not_an_offset": "Say in Upload-Offset at which byte this chunk begins, in digits.",
    "length_needed": "Say in Content-Length how many bytes this chunk has, in digits.",
    "not_a_sha256": "Give the SHA-256 of the file as 64 hexadecimal digits.",
    "no_file": "Give the file in the part named “file”.",
    "size_differs": "The file has {received} bytes, announced were {stated}.",
    "no_such_item": "The incident has no item with this id.",
    "no_such_case": "The incident is in no case of this reference.",
    "no_issuer_to_ask": "No State that can be asked is recorded as the issuer of this paper.",
    "no_such_reply": "No reply of that number came back on a referral of this incident.",
    "not_a_push_address": "Give an https address with a host, without password, fragment or spaces.",
    "address_not_taken": "By {channel} no address is given: the letter or the installation says whither.",
    "too_vague": "Give at least {least} characters that were read; with *, three of them beside one another.",
    "mark_needed": "Give the mark as text, or the first and last of several as from and to.",
    "not_a_span": "Give two marks that are the same but for the number at their end.",
    "unknown_parameter": "“{name}” is not a parameter of this list; check its spelling.",
}


def in_words(template: str, params: Mapping[str, Any]) -> str:
    """Return a sentence of the catalogue in the active language, its blanks filled."""
    return gettext(template).format_map(params)


def error_details(error: DomainError) -> dict[str, Any]:
    """Return code and sentence of a domain error, and the places that it names."""
    details: dict[str, Any] = {"code": error.code, "detail": in_words(error.sentence, error.params)}
    if isinstance(error, InvalidSubmission):
        details["errors"] = problem_entries(error.problems, level="error")
    if isinstance(error, ReferralIncomplete):
        details["errors"] = [missing_entry(part) for part in error.missing]
    return details


def problem_entries(problems: Iterable[NamedProblem], *, level: str) -> list[dict[str, str]]:
    """Return the problems of that level as `errors` or `warnings` list them, in the order found."""
    return [_problem_entry(problem) for problem in problems if problem.level == level]


def _problem_entry(problem: NamedProblem) -> dict[str, str]:
    template = SENTENCES.get(problem.code)
    detail = in_words(template, problem.params) if template else gettext(problem.detail)
    return {"pointer": problem.pointer, "code": problem.code, "detail": detail}


def missing_entry(part: MissingPart) -> dict[str, str | None]:
    """Return one missing element, with what to do about it in the active language."""
    detail = _remedy(part) if isinstance(part, MissingElement) else part.remedy
    return {"pointer": part.pointer, "code": part.element, "detail": detail, "paragraph": part.paragraph}


def _remedy(part: MissingElement) -> str:
    """Return what to do in the active language, where letters are written in it: their catalogue has the words."""
    language = (get_language() or "en").partition("-")[0]
    wording = Wording(language if language in LETTER_LANGUAGES else "en")
    remedy = wording.translated(REMEDIES[part.sentence]).format_map(dict(part.params))
    return f"{part.incident}: {remedy}" if part.incident else remedy
