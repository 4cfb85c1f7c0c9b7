"""Reading a record: a final one whole or with every problem named, a draft as far as it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

import orjson
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cases.intake.incident import DraftSubmission, IncidentSubmission
from cases.intake.problems import Level, Location, Param, Problem, pointer_to, quote
from cases.intake.pruning import Places, keepable, without
from cases.intake.pydantic_errors import code_and_params
from cases.intake.rules import Issue, issues_in, missing_from

UnknownFields: TypeAlias = Literal["error", "warning"]

# Larger than any record seen with its marks; photographs travel by themselves.
LARGEST_RECORD_BYTES = 5_000_000
# Enough to correct from; a list of ten thousand wrong codes says nothing more.
MOST_PROBLEMS = 200
# Listing half a million errors one by one costs seconds and a gigabyte; past this only their fields are named.
MOST_ERRORS = 2_000
# Fields, then what holds between them, then what those left dangling; never reached in practice.
MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """A final record read: the submission, or the errors that refuse it; warnings in both cases."""

    submission: IncidentSubmission | None
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that refuse the record."""
        return tuple(problem for problem in self.problems if problem.level == "error")


@dataclass(frozen=True, slots=True)
class DraftReading:
    """A draft read: what holds, what does not, and the document as it came (made storable)."""

    submission: DraftSubmission
    problems: tuple[Problem, ...]
    document: Any


def read_incident(
    document: object, *, received_at: datetime | None = None, unknown_fields: UnknownFields = "error"
) -> Reading:
    """Read a final record; with `received_at` given, refuse dates that lie in its future."""
    try:
        submission = IncidentSubmission.model_validate(document)
    except ValidationError:
        return _explain(document, received_at, unknown_fields)
    issues = [*issues_in(submission, received_at), *missing_from(submission)]
    if any(issue.level == "error" for issue in issues):
        return _explain(document, received_at, unknown_fields)
    return Reading(submission, _problems(issues))


def read_incident_line(
    line: bytes, *, received_at: datetime | None = None, unknown_fields: UnknownFields = "error"
) -> Reading:
    """Read a final record from one line of NDJSON."""
    if len(line) > LARGEST_RECORD_BYTES:
        params: dict[str, Param] = {"size": len(line), "limit": LARGEST_RECORD_BYTES}
        return Reading(None, (Problem("", "too_large", params),))
    try:
        document = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        return Reading(None, (Problem("", "not_json", {"reason": str(quote(str(error)))}),))
    return read_incident(document, received_at=received_at, unknown_fields=unknown_fields)


def read_draft(document: object, *, received_at: datetime | None = None) -> DraftReading:
    """Read a record as far as it holds; whatever does not is left out and named, never refused."""
    kept, issues = keepable(document)
    draft, found = _salvage(kept, received_at, "warning")
    return DraftReading(draft, _problems([*issues, *found]), kept)


def _explain(document: object, received_at: datetime | None, unknown_fields: UnknownFields) -> Reading:
    kept, _ = keepable(document)
    draft, issues = _salvage(kept, received_at, unknown_fields)
    problems = _problems(issues)
    if any(issue.level == "error" for issue in issues):
        return Reading(None, problems)
    return Reading(IncidentSubmission.model_validate(draft.model_dump()), problems)


def _salvage(
    document: object, received_at: datetime | None, unknown_fields: UnknownFields
) -> tuple[DraftSubmission, list[Issue]]:
    """Leave out what does not hold until the rest does; return it with the issues, at their places as sent."""
    if not isinstance(document, dict):
        return DraftSubmission(), [Issue((), "not_an_object", {})]
    removed: set[Location] = set()
    issues: list[Issue] = []
    for _ in range(MOST_ROUNDS):
        draft, found = _weigh(without(document, removed), received_at, unknown_fields)
        as_sent = Places(removed)
        found = [issue._replace(location=as_sent.before(issue.location)) for issue in found]
        failing = [issue for issue in found if draft is None or issue.level == "error"]
        if draft is not None and not failing:
            return draft, [*issues, *found, *_still_missing(draft, removed)]
        # What an object lacks because it was just left out has been named already.
        issues += [issue for issue in failing if issue.location not in removed]
        removed |= {_cut(issue) for issue in failing}
    return DraftSubmission(), issues


def _weigh(
    document: dict[str, Any], received_at: datetime | None, unknown_fields: UnknownFields
) -> tuple[DraftSubmission | None, list[Issue]]:
    try:
        draft = DraftSubmission.model_validate(document)
    except ValidationError as error:
        if error.error_count() <= MOST_ERRORS:
            return None, list(_issues_of(error, unknown_fields))
    else:
        return draft, list(issues_in(draft, received_at))
    return None, list(_by_field(document, unknown_fields))


def _by_field(document: dict[str, Any], unknown_fields: UnknownFields) -> Iterator[Issue]:
    """Yield the issues field by field, one for a whole field that has more than can be listed."""
    for name, value in document.items():
        try:
            DraftSubmission.model_validate({name: value})
        except ValidationError as error:
            if error.error_count() > MOST_PROBLEMS:
                yield Issue((name,), "too_many_errors", {"count": error.error_count()})
            else:
                yield from _issues_of(error, unknown_fields)


def _issues_of(error: ValidationError, unknown_fields: UnknownFields) -> Iterator[Issue]:
    return (_issue_of(detail, unknown_fields) for detail in error.errors(include_url=False))


def _cut(issue: Issue) -> Location:
    """What to leave out: the value itself, or the object that lacks a required one."""
    return issue.location[:-1] if issue.code == "missing" else issue.location


def _still_missing(draft: DraftSubmission, removed: set[Location]) -> Iterator[Issue]:
    """Yield what a final record needs, unless it was given and could not be read: that is named already."""
    named = {place[0] for place in removed if len(place) < 3 or place[-1] == "category"}
    return (issue for issue in missing_from(draft) if issue.location[0] not in named)


def _issue_of(detail: ErrorDetails, unknown_fields: UnknownFields) -> Issue:
    code, params = code_and_params(detail)
    level: Level = unknown_fields if code == "unknown_field" else "error"
    return Issue(detail["loc"], code, params, level)


def _problems(issues: list[Issue]) -> tuple[Problem, ...]:
    listed = [Problem(pointer_to(at), code, params, level) for at, code, params, level in issues[:MOST_PROBLEMS]]
    if len(issues) > MOST_PROBLEMS:
        listed.append(Problem("", "too_many_problems", {"count": len(issues) - MOST_PROBLEMS}))
    return tuple(listed)
