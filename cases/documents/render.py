"""One trace referral as a document: PDF for the addressee, DOCX to work on, JSON for machines, from one content."""

from datetime import date
from types import MappingProxyType

from pydantic import TypeAdapter

from cases.documents.errors import FormatNotOffered
from cases.documents.letter.blocks import Block
from cases.documents.letter.compose import compose
from cases.documents.letter.exhibits import Pictures
from cases.documents.map_inset import draw
from cases.documents.reference_land import reference_land
from cases.documents.typesetting import typeset
from cases.documents.word import word_document
from cases.documents.wording import Wording
from cases.tracing.completeness import missing_elements
from cases.tracing.content import ReferralContent

FORMATS = ("pdf", "docx", "json")
_CONTENT = TypeAdapter(ReferralContent)
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
    letter, dated = _composed(content, pictures, draft=draft), content.dated or _UNDATED
    return typeset("letter.typ", data=letter, dated=dated) if format == "pdf" else word_document(letter, dated=dated)


def _composed(content: ReferralContent, pictures: Pictures, *, draft: bool) -> Block:
    wording, observation = Wording(content.language), content.observation
    inset = draw(observation.place, observation.route, reference_land(), wording)
    missing = missing_elements(content) if draft else ()
    return compose(content, inset, pictures, missing, draft=draft)


def content_json(content: ReferralContent) -> str:
    """Return the one JSON text of a referral's content."""
    return _CONTENT.dump_json(content).decode()


def content_from_json(text: str) -> ReferralContent:
    """Return the content that ``content_json`` wrote: a letter that went out is printed again from it."""
    return _CONTENT.validate_json(text)
