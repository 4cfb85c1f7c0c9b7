"""A referral composed as a letter: letterhead, body and annexes in the reader's language."""

from collections.abc import Sequence

from cases.documents.countries import country_name
from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.annexes import add_annexes
from cases.documents.letter.asking import add_questions, add_reply
from cases.documents.letter.blocks import Block, Paragraphs
from cases.documents.letter.exhibits import Pictures
from cases.documents.letter.frame import Heading, framed, reference_lines, signature
from cases.documents.letter.house_style import add_closing, add_opening
from cases.documents.letter.incidents import events_named
from cases.documents.letter.items import add_items, papers_table
from cases.documents.letter.measures import add_measures
from cases.documents.letter.observed import add_observations
from cases.documents.letter.opening import add_basis, add_evidence, has_mandate
from cases.documents.map_inset import MapInset
from cases.documents.of_country import of_country
from cases.documents.printable import printable
from cases.documents.wording import Wording
from cases.tracing.completeness import MissingElement
from cases.tracing.content import Contact, ReferralContent
from cases.tracing.template_packs import leaves_out

# Signs of a reference that a third of the page's width holds in the small letters of its foot.
_RUNNING_REFERENCE = 30


def compose(
    content: ReferralContent,
    insets: Sequence[MapInset | None],
    pictures: Pictures,
    missing: Sequence[MissingElement],
    *,
    draft: bool,
) -> Block:
    """Return the letter as the template takes it: plain texts only, none of them markup; `insets` by incident."""
    wording = Wording(content.language)
    letter = Paragraphs(wording)
    add_opening(content, wording, letter)
    add_basis(content, wording, letter)
    add_evidence(content, wording, letter)
    add_observations(content, insets, wording, letter)
    add_items(content, wording, letter)
    if not leaves_out(content, "papers"):
        papers_table(content, wording, letter)
    add_measures(content, wording, letter)
    add_questions(content, wording, letter)
    add_reply(content, wording, letter)
    add_closing(content, wording, letter)
    letter.blocks.append({"block": "signature", "lines": signature(content, wording)})
    add_annexes(content, pictures, missing, wording, letter)
    return framed(
        content,
        letter,
        Heading(
            meta=_meta(content, wording),
            addressee=tuple(_addressee(content, wording)),
            subject=wording.say(
                "{what}: {value}",
                what=label(wording, "kind_of_referral", content.kind),
                value=events_named(content, wording),
            ),
        ),
        draft=draft,
    )


def _meta(content: ReferralContent, wording: Wording) -> tuple[tuple[str, str], ...]:
    priority = label(wording, "priority", content.priority) or ""
    if content.priority_justification:
        why = printable(content.priority_justification)
        priority = wording.say("{what}: {value}", what=priority, value=why)
    *first, last = reference_lines(content, wording)
    return (*first, (wording.say("Priority"), priority), last)


def _addressee(content: ReferralContent, wording: Wording) -> list[str]:
    contact = content.addressee.contact
    # A contact kept as free text holds several lines as they stand on an envelope.
    lines = [part for text in _stated(contact) for part in printable(text).split("\n") if part.strip()]
    state = content.addressee.country
    if not lines and state is not None:
        lines = [_desk(content, wording, state)]
    if state is not None:
        lines.append(country_name(wording, state) or state)
    return lines or [phrases.not_known(wording)]


def _desk(content: ReferralContent, wording: Wording, state: str) -> str:
    if has_mandate(content):
        mission = wording.say("Permanent Mission {of_state} to the United Nations", of_state=of_country(wording, state))
        return mission
    return wording.say("National point of contact for tracing (not named yet)")


def _stated(contact: Contact) -> list[str]:
    parts = (contact.name, contact.office, contact.address, contact.telephone, contact.email, contact.channel)
    return [part for part in parts if part]
