"""What a referral still lacks before it may be issued (ITI 17 and the element table of each kind of letter).

Here too are the words for what reports lack, and the checks that both share.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cases.choices import IllicitGround, ItemCategory, MarkingState, ReferralKind, ReferralPriority
from cases.intake.countries import is_unknown
from cases.tracing.content import Contact, Plain, ReferralContent, ReferralItem
from cases.tracing.kinds import CATEGORIES_WITH_CALIBRE, KINDS, kind_of_line
from cases.tracing.legal_bases import citation
from cases.tracing.template_packs import PLACEHOLDERS, placeholders_in

# Languages that letters can be written in: the six official ones of the United Nations.
LETTER_LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")

# Services and goods that bear no marks and have no make: a letter may name them, but not ask for their serial numbers.
UNMARKED_CATEGORIES = frozenset(
    {
        ItemCategory.TRAINING, ItemCategory.TECHNICAL_ASSISTANCE, ItemCategory.BROKERING, ItemCategory.FINANCING,
        ItemCategory.TRANSPORT_SERVICE, ItemCategory.MERCENARY, ItemCategory.NARCOTICS, ItemCategory.MINERALS,
        ItemCategory.CASH, ItemCategory.OTHER_GOODS,
    }
)  # fmt: skip
# States of marking that are themselves the statement that no mark can be given.
_NO_MARK_TO_GIVE = frozenset({MarkingState.NEVER_MARKED, MarkingState.OBLITERATED})

# Element → the sentence that tells what to do; other languages translate these.
REMEDIES: dict[str, str] = {
    "reference": "Give the referral a reference.",
    "date": "Date the referral.",
    "priority": "Justify why the referral is urgent, or make it routine.",
    "language": "Choose a language that letters are written in: {languages}.",
    "requesting_authority": "Name the requesting authority.",
    "issuer": "A body of this kind ({issuer}) does not send this kind of referral; choose another kind.",
    "point_of_contact": "Give the requester's point of contact: name or office, and {channel}.",
    "requested_state": "Name the State that is asked.",
    "addressee_contact": "Give the point of contact of the requested State: name or office.",
    "why_this_state": "Say why this State is asked: manufacture, import mark, or last known lawful holder.",
    "mandate": "Cite the resolution and paragraph of the mandate.",
    "scope": (
        "No line is a small arm or a light weapon, which alone the International Tracing Instrument covers; "
        "send a bilateral request or a licence enquiry instead."
    ),
    "jurisdiction": (
        "The arms were found in {country}; under the International Tracing Instrument the State asks where they were "
        "found. Have that State ask, or send a bilateral request."
    ),
    "items": "Add at least one item line.",
    "illicit_nature": "Say on which ground the arms are considered illicit.",
    "legal_justification": "Give the legal justification: law and article, or regime, resolution and paragraph.",
    "circumstances": "Give the date of the finding and where it was made, as far as known.",
    "type": "Line {line}: say what type of item it is.",
    "calibre": "Line {line}: give the calibre.",
    "markings": "Line {line}: transcribe at least one marking, or state that there is none.",
    "markings_at_all": "Transcribe at least one marking on one of the lines, or state that there is none.",
    "papers": "Name the licence or certificate asked about: its kind, and its number or issuer.",
    "intended_use": "State the intended use of the information.",
    "confidentiality": "Give the confidentiality undertaking, or state that it cannot be given.",
    "reply_requested_by": "Set the day by which a reply is requested.",
    "grounds": "Say on which authority or grounds the inspection was made.",
    "result": "Say what was found: list the goods, or record an inspection that found nothing.",
    "cooperation": "Say whether the master and the flag State cooperated: in full, in part, or not at all.",
    "seizure": "Line {line}: say how much was seized.",
    "disposal": "Line {line}: say what became of it, or that it is still held.",
    "disposal_at_all": "Record what became of the items; no line is disposed of yet.",
    "disposal_day": "Line {line}: give the day of its disposal.",
    "origin": "Say where the goods came from, as stated or as far as known.",
    "intended_destination": "Say where the goods were going, as stated or as far as known.",
    "basis": "Say how the facts are known: observed, from documents, by a statement, an assessment or an allegation.",
    "party_address": "Give the address of the party that is written to.",
    "respond_by": "Set the day by which the party is asked to reply.",
    "reply_contact": "Give the point of contact to which the party may reply: name or office, and telephone or e-mail.",
    "template_language": (
        "The template pack has no texts in the language of the letter, only in: {languages}. Add them to the pack, or "
        "choose one of these languages."
    ),
    "template_placeholder": (
        "The template pack prints {placeholder}, and nothing stands for it; record it, or import a pack without it."
    ),
}

# Element → the paragraph that asks for it; None where only good practice or our own rule does.
_PARAGRAPHS: dict[str, str | None] = {
    "requesting_authority": "iti.25",
    "issuer": None,
    "point_of_contact": "iti.25",
    "requested_state": "iti.31a",
    "addressee_contact": "iti.31a",
    "scope": "iti.4",
    "jurisdiction": "iti.16",
    "illicit_nature": "iti.6",
    "legal_justification": "iti.17a",
    "circumstances": "iti.17a",
    "type": "iti.17b",
    "calibre": "iti.17b",
    "markings": "iti.17b",
    "intended_use": "iti.17c",
    "confidentiality": "iti.15",
}

# What is owed of each incident that a letter tells of, where it tells of several.
_OF_INCIDENT = frozenset(
    {
        *("jurisdiction", "illicit_nature", "legal_justification", "circumstances"),
        *("items", "markings", "type", "calibre", "papers"),
    }
)

Params = dict[str, Plain]
Gap = tuple[str, str, Params]  # sentence key, JSON pointer, params of the sentence
Check = Callable[[ReferralContent], Iterator[Gap]]


@dataclass(frozen=True, slots=True)
class MissingElement:
    """One element a document lacks: which, where to put it, the paragraph that asks for it, and what to do."""

    element: str
    pointer: str  # JSON pointer under /referral or /report (the document's own fields) or /incident (the record's)
    paragraph: str | None
    remedy: str
    sentence: str  # key of REMEDIES, for other languages
    params: tuple[tuple[str, Plain], ...] = ()
    # Of a letter over several incidents, the one that lacks it: its place in the letter, and how the letter names it.
    part: int | None = None
    incident: str | None = None


def missing_elements(content: ReferralContent) -> tuple[MissingElement, ...]:
    """Return every element the referral lacks before it may be issued, in the order of the table."""
    wanted = KINDS[ReferralKind(content.kind)].elements
    return tuple(
        missing for element, check in _CHECKS if element in wanted for missing in _lacking(content, element, check)
    )


def _lacking(content: ReferralContent, element: str, check: Check) -> Iterator[MissingElement]:
    """Yield what a check finds; of a letter over several incidents each of them owes what is asked of an incident."""
    parts = content.by_incident()
    if len(parts) == 1 or element not in _OF_INCIDENT:
        yield from (_missing(content, element, gap) for gap in check(content))
        return
    for at, part in enumerate(parts):
        for gap in check(part):
            yield replace(_missing(part, element, gap), part=at, incident=part.observation.incident)


def _missing(content: ReferralContent, element: str, gap: Gap) -> MissingElement:
    # Only a request under the Instrument owes the Instrument's elements; other letters owe them by good practice.
    key = _PARAGRAPHS.get(element) if content.kind == ReferralKind.ITI_REQUEST else None
    return missing_element(element, gap, citation(key) if key else None)


def missing_element(element: str, gap: Gap, paragraph: str | None) -> MissingElement:
    """Return what is missing, with the sentence that says what to do."""
    sentence, pointer, params = gap
    return MissingElement(
        element=element,
        pointer=pointer,
        paragraph=paragraph,
        remedy=REMEDIES[sentence].format_map(params),
        sentence=sentence,
        params=tuple(params.items()),
    )


def _required(element: str, pointer: str, value: Callable[[ReferralContent], object]) -> tuple[str, Check]:
    def check(content: ReferralContent) -> Iterator[Gap]:
        if not value(content):
            yield element, pointer, {}

    return element, check


def _priority(content: ReferralContent) -> Iterator[Gap]:
    if content.priority == ReferralPriority.URGENT and not content.priority_justification:
        yield "priority", "/referral/priority_justification", {}


def _language(content: ReferralContent) -> Iterator[Gap]:
    if content.language not in LETTER_LANGUAGES:
        yield "language", "/referral/language", {"languages": ", ".join(LETTER_LANGUAGES)}


def _issuer(content: ReferralContent) -> Iterator[Gap]:
    if content.issuing_body.kind not in KINDS[ReferralKind(content.kind)].issuers:
        yield "issuer", "/referral/kind", {"issuer": content.issuing_body.kind}


def _point_of_contact(content: ReferralContent) -> Iterator[Gap]:
    if not may_be_reached(content.issuing_body.contact):
        yield "point_of_contact", "/referral/issuing_body/contact", {"channel": "telephone / e-mail"}


def may_be_reached(contact: Contact) -> bool:
    """Return whether somebody is named and a telephone or e-mail given."""
    return _is_named(contact) and bool(contact.telephone or contact.email)


def _is_named(contact: Contact) -> bool:
    return bool(contact.name or contact.office)


def _scope(content: ReferralContent) -> Iterator[Gap]:
    if content.items and not any(kind_of_line(content.kind, item.category) == content.kind for item in content.items):
        yield "scope", "/referral/kind", {}


def _jurisdiction(content: ReferralContent) -> Iterator[Gap]:
    # On the high seas, and where the place is not known, the State that seized asks.
    found, asking = content.observation.place.country, content.issuing_body.country
    if not (is_unknown(found) or is_unknown(asking)) and found != asking:
        yield "jurisdiction", "/referral/kind", {"country": found}


def _illicit_nature(content: ReferralContent) -> Iterator[Gap]:
    known = {ground.value for ground in IllicitGround}
    if not known.intersection(content.illicit_grounds):
        yield "illicit_nature", "/incident/illicit_grounds", {}


def lacking_circumstances(content: ReferralContent) -> Iterator[Gap]:
    """Yield the day and the place where they are not known at all."""
    observation = content.observation
    place = observation.place
    if observation.occurred.first_day is None:
        yield "circumstances", "/incident/occurred_on", {}
    if not (place.name or place.country or place.longitude is not None or observation.circumstances):
        yield "circumstances", "/incident/place", {}


def _marked_lines(content: ReferralContent) -> Iterator[ReferralItem]:
    for item in content.items:
        if item.category not in UNMARKED_CATEGORIES:
            yield item


def lacking_types(content: ReferralContent) -> Iterator[Gap]:
    """Yield each line of goods that does not say what they are."""
    for item in _marked_lines(content):
        if not (item.description or item.model or item.subtype):
            yield "type", f"/incident/items/{item.index}/description", {"line": item.number}


def _calibre(content: ReferralContent) -> Iterator[Gap]:
    for item in content.items:
        if item.category in CATEGORIES_WITH_CALIBRE and not item.calibre:
            yield "calibre", f"/incident/items/{item.index}/calibre", {"line": item.number}


def states_its_markings(item: ReferralItem) -> bool:
    """Return whether a line gives at least one marking, or says that there is none to give."""
    return any(mark.text for mark in item.marks) or item.marking_state in _NO_MARK_TO_GIVE


def _markings(content: ReferralContent) -> Iterator[Gap]:
    lines = list(_marked_lines(content))
    if "mandate" in KINDS[ReferralKind(content.kind)].elements:
        # Panels ask about whole consignments: some lines were seen only in photographs or reports.
        if lines and not any(states_its_markings(item) for item in lines):
            yield "markings_at_all", "/incident/items", {}
        return
    for item in lines:
        if not states_its_markings(item):
            yield "markings", f"/incident/items/{item.index}/marks", {"line": item.number}


def lacking_for_pack(content: ReferralContent) -> Iterator[Gap]:
    """Yield what the template pack prints and nothing stands for."""
    pack = content.template_pack
    if pack is None:
        return
    if pack.languages and content.language not in pack.languages:
        yield "template_language", "/template_pack/languages", {"languages": ", ".join(pack.languages)}
    for name in placeholders_in(pack.texts()):
        if not PLACEHOLDERS[name].value(content):
            yield "template_placeholder", PLACEHOLDERS[name].pointer, {"placeholder": f"{{{name}}}"}


# In the order of the element table; each kind asks for those that its rules name.
_CHECKS: tuple[tuple[str, Check], ...] = (
    _required("reference", "/referral/reference", lambda c: c.reference),
    _required("date", "/referral/dated", lambda c: c.dated),
    ("priority", _priority),
    ("language", _language),
    _required("requesting_authority", "/referral/issuing_body/name", lambda c: c.issuing_body.name),
    ("issuer", _issuer),
    ("point_of_contact", _point_of_contact),
    _required("requested_state", "/referral/addressee/country", lambda c: c.addressee.country),
    _required("addressee_contact", "/referral/addressee/contact", lambda c: _is_named(c.addressee.contact)),
    _required("why_this_state", "/referral/addressee/reasons", lambda c: c.addressee.reasons),
    _required("mandate", "/referral/mandate", lambda c: c.mandate.resolution and c.mandate.paragraph),
    ("scope", _scope),
    ("jurisdiction", _jurisdiction),
    ("illicit_nature", _illicit_nature),
    _required("legal_justification", "/incident/legal_justification", lambda c: c.legal_justification),
    ("circumstances", lacking_circumstances),
    _required("items", "/incident/items", lambda c: c.items),
    ("markings", _markings),
    ("type", lacking_types),
    ("calibre", _calibre),
    _required("papers", "/incident/documents", lambda c: any(p.kind and (p.number or p.issuer) for p in c.papers)),
    _required("intended_use", "/referral/intended_use", lambda c: c.intended_use),
    _required("confidentiality", "/referral/confidentiality", lambda c: c.confidentiality),
    _required("reply_requested_by", "/referral/reply_requested_by", lambda c: c.reply_requested_by),
    ("template_pack", lacking_for_pack),
)
