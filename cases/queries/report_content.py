"""Everything a report, notice or summary on an incident says, read from its rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

from cases.choices import RedactionLevel, ReportKind
from cases.errors import NotFound
from cases.models import Agency, Incident
from cases.queries.incident_document import record_of_incident
from cases.queries.referral_content import duties_of, told_of
from cases.queries.referral_facts import party_of
from cases.queries.template_packs import find_pack_used
from cases.redaction_levels import released_record, values_withheld
from cases.tracing.content import PartyStated
from cases.tracing.redaction import content_at
from cases.tracing.report import Disposal, DutyShown, ReportContent
from cases.tracing.report_completeness import missing_of_report

Document = dict[str, Any]

_OF_INSPECTION: Final = frozenset({"report"})
_OF_FINDS: Final = frozenset({"further_report"})
_OF_DISPOSAL: Final = frozenset({"report_disposal"})
_DUTIES: Final = {
    ReportKind.COMMITTEE_INITIAL: _OF_INSPECTION,
    ReportKind.COMMITTEE_SECOND: _OF_FINDS,
    ReportKind.DISPOSAL_NOTICE: _OF_DISPOSAL,
    ReportKind.CASE_SUMMARY: _OF_INSPECTION | _OF_FINDS | _OF_DISPOSAL,
    ReportKind.PANEL_ANNEX: _OF_INSPECTION | _OF_FINDS | _OF_DISPOSAL,
    ReportKind.OPPORTUNITY_TO_REPLY: frozenset[str](),
}


class ReportRequest(NamedTuple):
    """Which document is wanted, in which language, for whom; days as the officer gives them."""

    kind: ReportKind
    language: str
    level: RedactionLevel
    dated: date
    party: int | None = None  # its position in the record
    respond_by: date | None = None


def report_content(incident: Incident, agency: Agency, request: ReportRequest) -> ReportContent:
    """Return what the document says, at its redaction level; raises NotFound for a party that the record has not."""
    record = record_of_incident(incident)
    lines = [(position + 1, position) for position in range(len(record["items"]))]
    told = replace(
        told_of(incident, agency, record, lines),
        reference=incident.reference,
        dated=request.dated,
        language=request.language,
        template_pack=find_pack_used(agency, kind=request.kind, language=request.language),
    )
    boarding = record["boarding"] or {}
    whole = ReportContent(
        kind=request.kind,
        record=told,
        duties=tuple(_duties(incident, _DUTIES[request.kind])),
        cooperation=boarding.get("cooperation"),
        consent=boarding.get("flag_state_consent"),
        disposals=tuple(_disposals(record)),
        party=_party(record, request),
        respond_by=request.respond_by,
    )
    return replace(
        whole,
        record=content_at(told, request.level, values_withheld(record, request.level)),
        disposals=tuple(_disposals(released_record(record, request.level).document)),
        missing=missing_of_report(whole),
    )


def _duties(incident: Incident, kinds: frozenset[str]) -> Iterator[DutyShown]:
    """Yield each duty once, however many findings carry it."""
    names = ("kind", "what", "force", "on", "to", "clock_from", "days", "working_days", "promptly")
    told = []
    for duty in duties_of(incident):
        basis = duty["legal_basis"]
        shown = DutyShown(
            resolution=basis["resolution"],
            paragraph=basis["paragraph"],
            paragraph_verified=basis["paragraph_verified"],
            due_on=date.fromisoformat(duty["due_on"]) if duty["due_on"] else None,
            **{name: duty[name] for name in names},
        )
        if duty["kind"] in kinds and shown not in told:
            told.append(shown)
            yield shown


def _disposals(record: Document) -> Iterator[Disposal]:
    for number, item in enumerate(record["items"], start=1):
        became = item["disposition"] or {}
        yield Disposal(
            line=number,
            status=became.get("status") or "unknown",
            on=became.get("on"),
            place=became.get("place"),
            certificate=became.get("certificate"),
        )


def _party(record: Document, request: ReportRequest) -> PartyStated | None:
    if request.kind != ReportKind.OPPORTUNITY_TO_REPLY:
        return None
    if request.party is None or request.party >= len(record["parties"]):
        raise NotFound(thing="party")
    # To itself it is named, with what it may be reached by; its papers and birth are nobody's affair here.
    return replace(party_of(record["parties"][request.party]), papers=(), born_on=None, nationality=())
