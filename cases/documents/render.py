"""A referral or a report as a document: PDF for the addressee, DOCX to work on, JSON for machines, from one content."""

from datetime import date
from types import MappingProxyType

from pydantic import TypeAdapter

from cases.documents.errors import FormatNotOffered
from cases.documents.letter.blocks import Block
from cases.documents.letter.compose import compose
from cases.documents.letter.exhibits import Pictures
from cases.documents.map_inset import MapInset, draw
from cases.documents.reference_land import reference_land
from cases.documents.report.compose import compose_report
from cases.documents.typesetting import typeset, typeset_pages
from cases.documents.word import word_document
from cases.documents.wording import Wording
from cases.tracing.completeness import missing_elements
from cases.tracing.content import ReferralContent
from cases.tracing.report import ReportContent
from cases.tracing.template_packs import leaves_out

FORMATS = ("pdf", "docx", "json")
_CONTENT = TypeAdapter(ReferralContent)
_REPORT = TypeAdapter(ReportContent)
# PDF/A wants a day; a draft without one gets the first day that a PDF can bear.
_UNDATED = date(1970, 1, 1)
_NONE: Pictures = MappingProxyType({})


def render_referral(content: ReferralContent, *, format: str, draft: bool, pictures: Pictures = _NONE) -> bytes:
    """Return the referral as a document; the same bytes for the same content. Raises FormatNotOffered.

    `pictures` are the copies of its photographs by digest; what is not among them is named, not printed.
    """
    if format == "json":
        return content_json(content).encode()
    if format not in FORMATS:
        raise FormatNotOffered(format=format, offered=", ".join(FORMATS))
    return _made(_letter(content, draft=draft, pictures=pictures), format=format, dated=content.dated)


def referral_pages(content: ReferralContent, *, draft: bool, pictures: Pictures = _NONE) -> list[bytes]:
    """Return each page of the referral as `render_referral` sets it, as a PNG for screens."""
    return typeset_pages("letter.typ", data=_letter(content, draft=draft, pictures=pictures))


def _letter(content: ReferralContent, *, draft: bool, pictures: Pictures) -> Block:
    missing = missing_elements(content) if draft else ()
    insets = [_inset(part) for part in content.by_incident()]
    return compose(content, insets, pictures, missing, draft=draft)


def render_report(report: ReportContent, *, format: str, draft: bool, pictures: Pictures = _NONE) -> bytes:
    """Return the report as a document in the language of its record, as `render_referral` does a referral."""
    if format == "json":
        # A report is on one incident.
        return _REPORT.dump_json(report, exclude={"record": {"further"}})
    if format not in FORMATS:
        raise FormatNotOffered(format=format, offered=", ".join(FORMATS))
    letter = compose_report(report, _inset(report.record), pictures, draft=draft)
    return _made(letter, format=format, dated=report.record.dated)


def _inset(content: ReferralContent) -> MapInset | None:
    if leaves_out(content, "map"):
        return None
    observation = content.observation
    return draw(observation.place, observation.route, reference_land(), Wording(content.language))


def _made(letter: Block, *, format: str, dated: date | None) -> bytes:
    dated = dated or _UNDATED
    return typeset("letter.typ", data=letter, dated=dated) if format == "pdf" else word_document(letter, dated=dated)


def content_json(content: ReferralContent) -> str:
    """Return the one JSON text of a referral's content."""
    # A letter of one incident says what it said before there were others.
    return _CONTENT.dump_json(content, exclude=None if content.further else {"further"}).decode()


def content_from_json(text: str) -> ReferralContent:
    """Return the content that ``content_json`` wrote: a letter that went out is printed again from it."""
    return _CONTENT.validate_json(text)
