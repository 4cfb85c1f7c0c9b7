"""What a report on an incident lacks: by its kind, and by what the paragraphs that oblige to it say it has to tell."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cases.choices import BoardingCooperation, DispositionStatus, IncidentKind, ReportKind
from cases.intake.countries import is_unknown
from cases.tracing.completeness import (
    Gap,
    MissingElement,
    lacking_circumstances,
    lacking_for_pack,
    lacking_types,
    may_be_reached,
    missing_element,
    states_its_markings,
)
from cases.tracing.obligations import OBLIGES
from cases.tracing.report import ReportContent

_FIRST: Final = ("grounds", "result", "cooperation")
_SECOND: Final = ("inspection", "seizure", "disposal", "description", "origin", "intended_destination")
# What a document of each kind tells, whether or not a text obliges to it.
_TOLD: Final[Mapping[ReportKind, tuple[str, ...]]] = {
    ReportKind.COMMITTEE_INITIAL: ("inspection", *_FIRST),
    ReportKind.COMMITTEE_SECOND: _SECOND,
    ReportKind.DISPOSAL_NOTICE: ("description", "disposal_made"),
    ReportKind.OPPORTUNITY_TO_REPLY: ("inspection", "party_address", "respond_by", "reply_contact"),
    ReportKind.CASE_SUMMARY: ("inspection", "description", "disposal"),
    ReportKind.PANEL_ANNEX: ("inspection", "basis", "description", "markings", "origin", "intended_destination"),
}
# Resolution, paragraph and kind of duty → what the paragraph says that the report has to tell. The others only say
# that there is to be a report.
_ASKED: Final[Mapping[tuple[str, str, str], tuple[str, ...]]] = {
    ("S/RES/1874 (2009)", "15", "report"): ("inspection", "seizure", "disposal"),
    ("S/RES/1907 (2009)", "9", "report"): ("description", "inspection", "disposal"),
    ("S/RES/1929 (2010)", "17", "report"): _FIRST,
    ("S/RES/2216 (2015)", "17", "report"): _FIRST,
    ("S/RES/2216 (2015)", "17", "further_report"): _SECOND,
    ("S/RES/2428 (2018)", "10", "report"): _FIRST,
    ("S/RES/2428 (2018)", "10", "further_report"): _SECOND,
    ("S/RES/2733 (2024)", "3", "report_disposal"): ("description", "disposal_made"),
    ("S/RES/2745 (2024)", "3", "report_disposal"): ("description", "disposal_made"),
    ("S/RES/2781 (2025)", "9", "report_disposal"): ("disposal_made",),
    ("S/RES/2821 (2026)", "9", "report_disposal"): ("disposal_made",),
}
# Where an item is, or is meant to go: not how it ended.
_NOT_ENDED: Final = frozenset(
    {
        *(DispositionStatus.UNKNOWN, DispositionStatus.HELD, DispositionStatus.STORED),
        DispositionStatus.DESTRUCTION_ORDERED,
    }
)


def missing_of_report(report: ReportContent) -> tuple[MissingElement, ...]:
    """Return every element that the report lacks, with the paragraph that asks for it where one does.

    The report is given whole: what a redaction level withholds is not missing.
    """
    asked = _asked_by(report)
    kind = ReportKind(report.kind)
    # Summaries and annexes go to no committee: paragraphs are told in them, not answered.
    wanted = _TOLD[kind] if kind in {ReportKind.CASE_SUMMARY, ReportKind.PANEL_ANNEX} else (*_TOLD[kind], *asked)
    return tuple(
        missing_element(element, gap, asked.get(element))
        for element in (*dict.fromkeys(wanted), "template_pack")
        for gap in _CHECKS[element](report)
    )


def _asked_by(report: ReportContent) -> dict[str, str]:
    """Return each element that a binding paragraph asks for, with the first paragraph that does."""
    asked: dict[str, str] = {}
    for duty in report.duties:
        elements = _ASKED.get((duty.resolution, duty.paragraph or "", duty.kind), ())
        for element in elements if duty.force == OBLIGES else ():
            asked.setdefault(element, f"{duty.resolution}, {duty.paragraph}")
    return asked


def _grounds(report: ReportContent) -> Iterator[Gap]:
    observation = report.record.observation
    if not (observation.boarding_authority or observation.boarding_grounds):
        yield "grounds", "/incident/boarding/grounds", {}


def _result(report: ReportContent) -> Iterator[Gap]:
    if not report.record.items and report.record.observation.kind != IncidentKind.INSPECTION:
        yield "result", "/incident/items", {}


def _cooperation(report: ReportContent) -> Iterator[Gap]:
    if report.cooperation in {None, BoardingCooperation.UNKNOWN}:
        yield "cooperation", "/incident/boarding/cooperation", {}


def _seizure(report: ReportContent) -> Iterator[Gap]:
    for item in report.record.items:
        if item.quantity is None and not item.quantity_text:
            yield "seizure", f"/incident/items/{item.index}/quantity", {"line": item.number}


def _disposal(report: ReportContent) -> Iterator[Gap]:
    for position, disposal in enumerate(report.disposals):
        if disposal.status == DispositionStatus.UNKNOWN:
            yield "disposal", f"/incident/items/{position}/disposition/status", {"line": disposal.line}


def _disposal_made(report: ReportContent) -> Iterator[Gap]:
    ended = [(at, disposal) for at, disposal in enumerate(report.disposals) if disposal.status not in _NOT_ENDED]
    if not ended:
        yield "disposal_at_all", "/incident/items", {}
    for position, disposal in ended:
        if disposal.on is None:
            yield "disposal_day", f"/incident/items/{position}/disposition/on", {"line": disposal.line}


def _markings(report: ReportContent) -> Iterator[Gap]:
    # Panels tell of whole consignments: some lines were seen only in photographs or reports.
    if report.record.items and not any(map(states_its_markings, report.record.items)):
        yield "markings_at_all", "/incident/items", {}


def _origin(report: ReportContent) -> Iterator[Gap]:
    if not _is_stated(report, "origin", report.record.observation.route.origin):
        yield "origin", "/incident/route/origin", {}


def _destination(report: ReportContent) -> Iterator[Gap]:
    if not _is_stated(report, "destination", report.record.observation.route.destination):
        yield "intended_destination", "/incident/route/destination", {}


def _is_stated(report: ReportContent, what: str, country: str | None) -> bool:
    claims = report.record.observation.route.claims
    return not is_unknown(country) or any(claim.what == what and not is_unknown(claim.country) for claim in claims)


def _basis(report: ReportContent) -> Iterator[Gap]:
    if report.record.observation.basis is None:
        yield "basis", "/incident/basis", {}


def _party_address(report: ReportContent) -> Iterator[Gap]:
    if report.party is not None and not report.party.address:
        yield "party_address", "/incident/parties", {}


def _respond_by(report: ReportContent) -> Iterator[Gap]:
    if report.respond_by is None:
        yield "respond_by", "/report/respond_by", {}


def _reply_contact(report: ReportContent) -> Iterator[Gap]:
    if not may_be_reached(report.record.issuing_body.contact):
        yield "reply_contact", "/report/issuing_body/contact", {}


_CHECKS: Final[Mapping[str, Callable[[ReportContent], Iterator[Gap]]]] = {
    "inspection": lambda report: lacking_circumstances(report.record),
    "grounds": _grounds,
    "result": _result,
    "cooperation": _cooperation,
    "seizure": _seizure,
    "disposal": _disposal,
    "disposal_made": _disposal_made,
    "description": lambda report: lacking_types(report.record),
    "markings": _markings,
    "origin": _origin,
    "intended_destination": _destination,
    "basis": _basis,
    "party_address": _party_address,
    "respond_by": _respond_by,
    "reply_contact": _reply_contact,
    "template_pack": lambda report: lacking_for_pack(report.record),
}
