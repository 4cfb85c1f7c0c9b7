"""What stands in a case: notes, timeline, links, parties and letters."""

from datetime import date, datetime
from typing import Annotated, Any, Final

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.errors import InvalidRequest
from cases.api.fields import Body, Reason
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of, page_of_sorted
from cases.api.problems import in_words
from cases.choices import DatePrecision, ReferralState
from cases.intake.problems import Problem, quote
from cases.queries import case_links, case_timeline
from cases.queries.case_parties import document_of_letter, letters_of, parties_of
from cases.queries.case_work import cases_within, document_of_note, incidents_within, note_rows, read_by
from cases.queries.officers import get_officer
from cases.services.answer_once import Answer
from cases.services.write_note import write_note
from cases.tracing.case_links import LinkedBy
from cases.tracing.case_timeline import SENTENCES, Entry, place_of

KNOWN_NOTE: Final = r"^NOTE-[0-9]{4}-[0-9]{6,12}$"
BEYOND: Final = OpenApiParameter(
    "beyond",
    {"type": "string", "enum": ["true", "false"]},
    OpenApiParameter.QUERY,
    description="`true` gives the links that lead to incidents outside the case; else those between its own.",
)
# What filled the sentence: numbers, and codes of kinds and States.
Params = dict[str, str | int]


class NoteDocument(BaseModel):
    """One note; its text is withheld from whoever may not read who persons are."""

    reference: str
    case: str
    text: str | None
    text_withheld: bool
    corrects: str | None
    corrected_by: list[str]
    written_at: datetime
    written_by: str


class NotePage(BaseModel):
    """One page of notes, latest first."""

    next: str | None
    previous: str | None
    results: list[NoteDocument]


class NewNote(Body):
    """What is noted; what corrects an earlier note names it."""

    text: Reason
    corrects: Annotated[str, Field(pattern=KNOWN_NOTE)] | None = None


class Dated(BaseModel):
    """As stated, how exactly, and the days on one of which it was."""

    text: str
    precision: DatePrecision
    first_day: date
    last_day: date


class TimelineSubject(BaseModel):
    """To what an entry belongs."""

    type: str
    reference: str


class TimelineEntry(BaseModel):
    """One thing that happened; `when` is null where no date is known, and such entries come last."""

    code: str
    when: Dated | None
    subject: TimelineSubject
    incident: str | None
    params: Params
    text: str


class TimelinePage(BaseModel):
    """One page of the timeline, by the earliest moment that each entry can mean."""

    next: str | None
    previous: str | None
    results: list[TimelineEntry]


class CaseLink(BaseModel):
    """What two incidents share: the value as each states it, and the item that bears it where it is a mark."""

    by: LinkedBy
    incidents: list[str]
    values: list[str]
    items: list[int | None]
    distance: int | None
    params: Params
    text: str


class CaseLinkPage(BaseModel):
    """One page of links."""

    next: str | None
    previous: str | None
    results: list[CaseLink]


class SharedIdentifier(BaseModel):
    """A number that says that several statements are of one party."""

    kind: str
    country: str | None
    number: str


class StatedParty(BaseModel):
    """A party as one incident states it."""

    incident: str
    position: int
    role: str | None
    kind: str | None
    country: str | None
    status: str | None
    name: str | None
    name_original: str | None
    aliases: list[str]
    names_withheld: bool


class CaseParty(BaseModel):
    """Statements of one party; without a shared identifier, a single one."""

    merged_by: list[SharedIdentifier]
    stated: list[StatedParty]


class CasePartyPage(BaseModel):
    """One page of parties, by the incident that states them first."""

    next: str | None
    previous: str | None
    results: list[CaseParty]


class LetterReply(BaseModel):
    """One reply, in short."""

    state: str
    received_at: datetime


class CaseLetter(BaseModel):
    """A referral on one of the case's incidents, and how it stands."""

    reference: str
    letter_number: str | None
    incident: str
    further_incidents: list[str]
    kind: str
    country: str
    state: ReferralState
    items: int
    opened_at: datetime
    issued_at: datetime | None
    reply_requested_by: date | None
    replies: list[LetterReply]


class CaseLetterPage(BaseModel):
    """One page of referrals, latest first."""

    next: str | None
    previous: str | None
    results: list[CaseLetter]


class CaseNotesView(APIView):
    """The notes of a case."""

    @extend_schema(operation_id="listNotes", parameters=PAGING_PARAMETERS, responses=NotePage)
    def get(self, request: Request, reference: str) -> Response:
        """List the notes of a case and of those merged into it, latest first."""
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        notes = access.notes_for(officer).filter(case__in=cases_within(case, access.cases_for(officer)))
        page = page_of(request, note_rows(notes), moment="written_at", key="pk", read_key=int)
        is_read = read_by(officer, access.nominal_cases_for(officer))
        return Response(page.document([document_of_note(row, is_read=is_read(row)) for row in page.rows]))

    @extend_schema(
        operation_id="writeNote", parameters=[IDEMPOTENCY_KEY], request=NewNote, responses={201: NoteDocument}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Write a note in a case of one's own, or in one to which one's agency was asked to contribute."""
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        access.require_on_case(officer, access.RECORD, case)
        body = read_body(request, NewNote)
        corrects = None if body.corrects is None else access.access_note(officer, case, body.corrects)

        def act() -> Answer:
            note = write_note(officer=officer, case=case, text=body.text, corrects=corrects, written_at=timezone.now())
            return Answer(201, document_of_note(note, is_read=True), {})

        return respond_once(request, request.data, act)


class CaseTimelineView(APIView):
    """What happened in a case, in order."""

    @extend_schema(operation_id="readTimeline", parameters=PAGING_PARAMETERS, responses=TimelinePage)
    def get(self, request: Request, reference: str) -> Response:
        """List everything in the case that has a date, as far as one may see it, by the earliest it can have been.

        A partial date keeps its precision: that a year stands before a day of it says nothing of which was first.
        """
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        page = page_of_sorted(request, case_timeline.timeline_of(reach_of(officer, case)), place=place_of)
        return Response(page.document([told_entry(entry) for entry in page.rows]))


class CaseLinksView(APIView):
    """What the incidents of a case share."""

    @extend_schema(operation_id="listLinks", parameters=[BEYOND, *PAGING_PARAMETERS], responses=CaseLinkPage)
    def get(self, request: Request, reference: str) -> Response:
        """List what incidents share, with the values: marks, near numbers, papers, parties, conveyances, routes.

        Only where one may see both incidents and what they share; of anything else there is no hint.
        """
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        beyond = request.query_params.get("beyond", "false")
        if beyond not in {"true", "false"}:
            params = {"value": quote(beyond), "allowed": "true, false"}
            raise InvalidRequest([Problem("/beyond", "not_a_choice", params)])
        incidents = incidents_of(officer, case)
        known = case_links.Reach(
            access.incidents_for(officer), access.nominal_incidents_for(officer), access.marks_for(officer)
        )
        links = (case_links.links_out if beyond == "true" else case_links.links_in)(incidents, known)
        page = page_of_sorted(request, list(enumerate(links)), place=lambda row: [row[0]])
        return Response(page.document([told_link(case_links.document_of_link(link)) for _, link in page.rows]))


class CasePartiesView(APIView):
    """Who stands in the incidents of a case."""

    @extend_schema(operation_id="listCaseParties", parameters=PAGING_PARAMETERS, responses=CasePartyPage)
    def get(self, request: Request, reference: str) -> Response:
        """List the parties of all incidents of a case: one where an identifier is equal, else as each states it."""
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        parties = parties_of(incidents_of(officer, case), access.nominal_incidents_for(officer))
        page = page_of_sorted(request, list(enumerate(parties)), place=lambda row: [row[0]])
        return Response(page.document([party for _, party in page.rows]))


class CaseReferralsView(APIView):
    """The letters on the incidents of a case."""

    @extend_schema(operation_id="listCaseReferrals", parameters=PAGING_PARAMETERS, responses=CaseLetterPage)
    def get(self, request: Request, reference: str) -> Response:
        """List the referrals on all incidents of a case with how each stands, latest first."""
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        rows = letters_of(access.referrals_for(officer), incidents_of(officer, case))
        page = page_of(request, rows, moment="opened_at")
        return Response(page.document([document_of_letter(row) for row in page.rows]))


def incidents_of(officer: Any, case: Any) -> Any:
    """Return the incidents of a case, and of those merged into it, that the officer may know of."""
    return incidents_within(case, cases=access.cases_for(officer), incidents=access.incidents_for(officer))


def reach_of(officer: Any, case: Any) -> case_timeline.Reach:
    """Return what of a case the officer may see on its timeline."""
    cases = cases_within(case, access.cases_for(officer))
    incidents = incidents_within(case, cases=access.cases_for(officer), incidents=access.incidents_for(officer))
    referrals = access.referrals_for(officer).telling_of(incidents)
    return case_timeline.Reach(
        cases=cases,
        incidents=incidents,
        findings=access.findings_for(officer).filter(incident__in=incidents),
        evidence=access.evidence_for(officer).filter(incident__in=incidents),
        referrals=referrals,
        dispatches=access.dispatches_for(officer).filter(referral__in=referrals),
        obligations=access.obligations_for(officer).filter(incident__in=incidents),
        diversions=access.points_of_diversion_for(officer),
        tasks=access.tasks_for(officer).filter(case__in=cases),
        notes=access.notes_for(officer).filter(case__in=cases),
    )


def told_entry(entry: Entry) -> dict[str, Any]:
    """Return one entry of the timeline in the reader's language."""
    when, params = entry.when, dict(entry.params)
    dated = None if when is None else {name: getattr(when, name) for name in Dated.model_fields}
    return {
        "code": entry.code,
        "when": dated,
        "subject": dict(zip(("type", "reference"), entry.subject, strict=True)),
        "incident": entry.incident,
        "params": params,
        "text": in_words(SENTENCES[entry.code], params),
    }


def told_link(document: dict[str, Any]) -> dict[str, Any]:
    """Return a link with its reason in the reader's language."""
    shown = {name: value for name, value in document.items() if name != "template"}
    return shown | {"text": in_words(document["template"], document["params"])}
