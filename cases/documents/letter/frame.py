"""What every document of ours bears: letterhead, reference, subject, level and draft mark around its blocks."""

from dataclasses import dataclass

from cases.documents.countries import country_name
from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.blocks import Block, Paragraphs
from cases.documents.letter.house_style import logo, own_letterhead, own_signature, page_lines
from cases.documents.printable import printable
from cases.documents.wording import Wording, to_say
from cases.tracing.content import ReferralContent

# Signs of a reference that a third of the page's width holds in the small letters of its foot.
_RUNNING_REFERENCE = 30


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the first paragraph: reference lines, whom it is for, and what it is about."""

    meta: tuple[tuple[str, str], ...]
    addressee: tuple[str, ...]
    subject: str


def framed(content: ReferralContent, letter: Paragraphs, heading: Heading, *, draft: bool) -> Block:
    """Return the document as the templates take it: plain texts only, none of them markup."""
    wording = letter.wording
    return {
        "language": wording.language,
        "region": wording.region,
        "right_to_left": wording.is_right_to_left,
        "draft": wording.say("DRAFT") if draft else None,
        "draft_note": wording.say("DRAFT: not issued, not to be sent") if draft else None,
        "title": heading.subject,
        "letterhead": _letterhead(content, wording),
        "running_reference": _running(phrases.known(wording, content.reference)),
        "meta": [list(line) for line in heading.meta],
        "addressee": list(heading.addressee),
        "subject_label": wording.say("Subject"),
        "subject": heading.subject,
        "redaction": label(wording, "redaction", content.redaction),
        "page_of": wording.translated("Page {page} of {pages}"),
        "blocks": letter.blocks,
        "logo": logo(content, wording),
        **page_lines(content, wording),
    }


def _running(reference: str) -> str:
    """Return the reference as head and foot of each page bear it: one line, whatever its length."""
    return reference if len(reference) <= _RUNNING_REFERENCE else reference[: _RUNNING_REFERENCE - 1] + "…"


def _letterhead(content: ReferralContent, wording: Wording) -> dict[str, str | None]:
    body = content.issuing_body
    if own := own_letterhead(content, wording):
        return {"name": own[0], "country": None, "office": "\n".join(own[1:]) or None}
    return {
        "name": phrases.known(wording, body.name),
        "country": country_name(wording, body.country),
        "office": printable(body.contact.office) if body.contact.office else None,
    }


def reference_lines(content: ReferralContent, wording: Wording) -> tuple[tuple[str, str], ...]:
    """Return reference, day and level, as they stand beside the addressee."""
    return (
        (wording.say("Reference"), phrases.known(wording, content.reference)),
        (wording.say("Date"), wording.day(content.dated) if content.dated else phrases.not_known(wording)),
        (wording.say("Distribution"), label(wording, "redaction", content.redaction) or ""),
    )


def signature(content: ReferralContent, wording: Wording) -> list[str]:
    """Return the lines under which somebody signs."""
    contact = content.issuing_body.contact
    lines = [*own_signature(content, wording), printable(content.issuing_body.name or "")]
    lines += [printable(text) for text in (contact.name, contact.office) if text]
    for sentence, value in (
        (to_say("Telephone: {value}"), contact.telephone),
        (to_say("E-mail: {value}"), contact.email),
        (to_say("Channel: {value}"), contact.channel),
    ):
        if value:
            lines.append(wording.say(sentence, value=printable(value)))
    return [line for line in lines if line]
