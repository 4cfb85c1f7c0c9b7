"""A report, notice or summary composed: which sections each kind has, in which order, and to whom it goes."""

from collections.abc import Callable, Mapping
from typing import Final

from cases.choices import ReportKind
from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.annexes import add_annexes
from cases.documents.letter.blocks import Block, Paragraphs
from cases.documents.letter.exhibits import Pictures
from cases.documents.letter.frame import Heading, framed, reference_lines, signature
from cases.documents.letter.house_style import add_closing, add_opening
from cases.documents.letter.incidents import event_named
from cases.documents.letter.items import add_items, papers_table
from cases.documents.letter.measures import add_measures
from cases.documents.letter.observed import add_observation
from cases.documents.letter.opening import add_standard_of_evidence
from cases.documents.map_inset import MapInset
from cases.documents.printable import printable
from cases.documents.report.sections import add_disposals, add_duties, add_inspection, add_offer_to_reply
from cases.documents.wording import Wording
from cases.tracing.report import ReportContent
from cases.tracing.template_packs import leaves_out

Section = Callable[[ReportContent, Wording, Paragraphs], None]


def compose_report(report: ReportContent, inset: MapInset | None, pictures: Pictures, *, draft: bool) -> Block:
    """Return the report as the templates take it."""
    wording = Wording(report.record.language)
    letter = Paragraphs(wording)
    add_opening(report.record, wording, letter)
    for section in _SECTIONS[ReportKind(report.kind)]:
        if section is _observation:
            add_observation(report.record.observation, inset, wording, letter)
        else:
            section(report, wording, letter)
    add_closing(report.record, wording, letter)
    letter.blocks.append({"block": "signature", "lines": signature(report.record, wording)})
    add_annexes(report.record, pictures, report.missing if draft else (), wording, letter)
    kind = label(wording, "kind_of_report", report.kind) or ""
    event = event_named(report.record.observation, wording)
    heading = Heading(
        meta=reference_lines(report.record, wording),
        addressee=tuple(_addressee(report, wording)),
        subject=wording.say("{what}: {value}", what=kind, value=event),
    )
    return framed(report.record, letter, heading, draft=draft)


def _addressee(report: ReportContent, wording: Wording) -> list[str]:
    if report.kind == ReportKind.OPPORTUNITY_TO_REPLY and report.party is not None:
        party = report.party
        lines = [printable(text) for text in (party.name, party.name_original, party.address) if text]
        return [*lines, *([phrases.country(wording, party.country)] if party.country else [])]
    receivers = sorted({duty.to for duty in report.duties if duty.to})
    return [label(wording, "duty_to", receiver) or "" for receiver in receivers] or [wording.say("For the file")]


def _observation(_report: ReportContent, _wording: Wording, _letter: Paragraphs) -> None:
    """Stand where the observation and its map come: they alone need the drawing."""


def _standard(report: ReportContent, wording: Wording, letter: Paragraphs) -> None:
    add_standard_of_evidence(wording, letter, of_the_council=report.kind == ReportKind.PANEL_ANNEX)


def _items(report: ReportContent, wording: Wording, letter: Paragraphs) -> None:
    add_items(report.record, wording, letter)


def _papers(report: ReportContent, wording: Wording, letter: Paragraphs) -> None:
    if not leaves_out(report.record, "papers"):
        papers_table(report.record, wording, letter)


def _measures(report: ReportContent, wording: Wording, letter: Paragraphs) -> None:
    add_measures(report.record, wording, letter)


def _rebuttals(_report: ReportContent, wording: Wording, letter: Paragraphs) -> None:
    letter.heading(wording.say("Replies of the parties named"))
    letter.numbered(wording.say("None is recorded with this incident; any that comes is kept and shown with it."))


_FACTS: Final[tuple[Section, ...]] = (_observation, _items, _papers, _measures)
_SECTIONS: Final[Mapping[ReportKind, tuple[Section, ...]]] = {
    ReportKind.OPPORTUNITY_TO_REPLY: (add_offer_to_reply, _standard, *_FACTS),
    ReportKind.COMMITTEE_INITIAL: (add_duties, _standard, add_inspection, *_FACTS),
    ReportKind.COMMITTEE_SECOND: (add_duties, _standard, add_inspection, *_FACTS, add_disposals),
    ReportKind.DISPOSAL_NOTICE: (add_duties, add_disposals, _observation, _items),
    ReportKind.CASE_SUMMARY: (*_FACTS, add_duties, add_disposals),
    ReportKind.PANEL_ANNEX: (_standard, *_FACTS, add_duties, _rebuttals),
}
