"""The opening of a referral: mandate or legal basis, why this State, and the standard of evidence."""

from collections.abc import Iterator

from cases.choices import ReferralKind
from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.blocks import Paragraphs
from cases.documents.letter.incidents import Told, of_incident
from cases.documents.of_country import of_country
from cases.documents.wording import Wording, to_say
from cases.tracing.content import Addressee, AddresseeReason, ReferralContent
from cases.tracing.kinds import KINDS, cites_the_iti, kind_of_line
from cases.tracing.legal_bases import BASES_BEYOND_THE_ITI, LEGAL_BASES


def has_mandate(content: ReferralContent) -> bool:
    """Return whether the letter goes out under a mandate of the Council rather than from State to State."""
    return "mandate" in KINDS[ReferralKind(content.kind)].elements


def to_addressee(content: ReferralContent, wording: Wording) -> str:
    """Return whom the letter is for, with the preposition: languages contract it with the article."""
    state = content.addressee.country
    if state is None:
        return wording.say("to the addressed State")
    if has_mandate(content):
        return wording.say(
            "to the Permanent Mission {of_state} to the United Nations", of_state=of_country(wording, state)
        )
    return wording.say("to the competent authorities {of_state}", of_state=of_country(wording, state))


def add_basis(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    """Add on what the request rests and why this State is asked."""
    letter.heading(wording.say("Basis of this request"))
    if has_mandate(content):
        _add_mandate(content, wording, letter)
    else:
        _add_legal_basis(content, wording, letter)
    _add_other_bases(content, wording, letter)
    _add_reasons(content.addressee, wording, letter)


def _add_mandate(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    mandate = content.mandate
    letter.numbered(
        wording.say(
            "{body} presents its compliments {to_addressee} and has the honour to write under its mandate, set out in "
            "{basis}.",
            body=phrases.known(wording, content.issuing_body.name),
            to_addressee=to_addressee(content, wording),
            basis=phrases.paragraph_of(
                wording, mandate.resolution, mandate.paragraph, verified=mandate.paragraph_verified
            )
            if mandate.resolution
            else wording.say("a resolution that this draft does not name yet"),
        )
    )
    if mandate.cooperation_resolution:
        call = phrases.paragraph_of(
            wording,
            mandate.cooperation_resolution,
            mandate.cooperation_paragraph,
            verified=mandate.cooperation_verified,
        )
        letter.numbered(
            wording.say("In {basis} the Security Council urges all States to cooperate with that mandate.", basis=call)
        )
    else:
        letter.numbered(
            wording.say("It recalls the Security Council's call on all States to cooperate with that mandate.")
        )


_OPENINGS: dict[str, str] = {
    ReferralKind.ITI_REQUEST: (
        "{body} addresses this tracing request {to_addressee} under the International Instrument to Enable States to "
        "Identify and Trace, in a Timely and Reliable Manner, Illicit Small Arms and Light Weapons (A/60/88, annex; "
        "ITI below), paragraphs 14, 16 and 17."
    ),
    ReferralKind.IARMS_TRACE: (
        "{body} addresses this tracing request {to_addressee} from bureau to bureau, through INTERPOL's Illicit Arms "
        "Records and tracing Management System (iARMS)."
    ),
    ReferralKind.BILATERAL: "{body} addresses this request for information {to_addressee} on a bilateral basis.",
    ReferralKind.LICENCE_ENQUIRY: (
        "{body} addresses this enquiry {to_addressee}: whether the documents described below were issued there, and "
        "for what."
    ),
}


def _add_legal_basis(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    letter.numbered(
        wording.say(
            _OPENINGS[content.kind],
            body=phrases.known(wording, content.issuing_body.name),
            to_addressee=to_addressee(content, wording),
        )
    )
    for at, part in _told_apart(content, lambda part: (part.items, part.observation.place.at_sea)):
        _add_finding(content, at, part, wording, letter)
    for at, part in _told_apart(content, lambda part: part.illicit_grounds):
        if part.illicit_grounds:
            as_what = wording.say("They are considered illicit as (ITI 6):")
            letter.numbered(of_incident(content, at, as_what, wording))
            letter.points(_ground(ground, wording) for ground in part.illicit_grounds)
    for at, part in _told_apart(content, lambda part: part.legal_justification):
        if part.legal_justification or cites_the_iti(content.kind):
            letter.numbered(of_incident(content, at, _justification(part, wording), wording))


def _told_apart(content: ReferralContent, told: Told) -> Iterator[tuple[int | None, ReferralContent]]:
    """Yield what a letter tells of each incident with its place; once, and of all, where it is the same of each."""
    parts = content.by_incident()
    if len({told(part) for part in parts}) == 1:
        yield None, parts[0]
    else:
        yield from enumerate(parts)


def _add_finding(
    content: ReferralContent, at: int | None, part: ReferralContent, wording: Wording, letter: Paragraphs
) -> None:
    covered = [item.number for item in part.items if kind_of_line(content.kind, item.category) == content.kind]
    if cites_the_iti(content.kind) and covered:
        found = (
            to_say(
                "The arms of {items} were seized at sea by the requesting State and are considered illicit (ITI 16)."
            )
            if part.observation.place.at_sea
            else to_say(
                "The arms of {items} were found in the jurisdiction of the requesting State and are considered illicit "
                "(ITI 16)."
            )
        )
        said = wording.say(found, items=phrases.items_named(wording, covered))
        letter.numbered(of_incident(content, at, said, wording))


def _justification(part: ReferralContent, wording: Wording) -> str:
    return wording.say(
        to_say("Legal justification (ITI 17(a)): {text}")
        if cites_the_iti(part.kind)
        else to_say("Legal justification: {text}"),
        text=phrases.known(wording, part.legal_justification),
    )


def _ground(ground: str, wording: Wording) -> str:
    return f"{label(wording, 'illicit', ground)} (ITI 6({ground.removeprefix('iti_6')}))"


def _add_other_bases(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    """Add what carries the lines that the International Tracing Instrument does not cover."""
    beyond = [item.number for item in content.items if kind_of_line(content.kind, item.category) != content.kind]
    if not beyond and content.kind != ReferralKind.BILATERAL:
        return
    bases = wording.strung(wording.say(LEGAL_BASES[key].citation) for key in BASES_BEYOND_THE_ITI)
    if beyond:
        letter.numbered(
            wording.say(
                "Outside the ITI, which covers small arms and light weapons alone (ITI 4): {items}. The request on "
                "these is bilateral and, where both States are parties, rests on: {bases}.",
                items=phrases.items_named(wording, beyond),
                bases=bases,
            )
        )
    else:
        letter.numbered(wording.say("Where both States are parties, the request also rests on: {bases}.", bases=bases))


_REASONS: dict[str, str] = {
    "manufacture": (
        "it is recorded as the country of manufacture of {items}; the country recorded may be that of a stock rather "
        "than of the maker"
    ),
    "import_mark": "it is named by an import mark on {items}",
    "last_holder": "it is recorded as the State of the last known lawful holder of {items}",
    "origin": "it is stated as the country from which the goods came",
    "transit": "it is stated as a country of transit",
    "destination": "it is stated as the country of destination",
    "flag": "it is stated as the flag State of the conveyance",
    "paper": "it is named as the State that issued a document found",
}


def _add_reasons(addressee: Addressee, wording: Wording, letter: Paragraphs) -> None:
    reasons = [_reason(reason, wording) for reason in addressee.reasons]
    if not reasons:
        return
    letter.numbered(
        wording.say("This State is asked for the reasons below, which say nothing of any responsibility on its part:")
    )
    letter.points(reasons)


def _reason(reason: AddresseeReason, wording: Wording) -> str:
    if reason.text is not None or reason.code not in _REASONS:
        return phrases.known(wording, reason.text)
    return wording.say(_REASONS[reason.code], items=phrases.items_named(wording, reason.lines))


def add_evidence(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    """Add the standard of evidence, before any statement of fact."""
    add_standard_of_evidence(wording, letter, of_the_council=has_mandate(content))


def add_standard_of_evidence(wording: Wording, letter: Paragraphs, *, of_the_council: bool) -> None:
    """Add how statements are told apart by what they rest on; the Council's monitoring bodies have a standard."""
    letter.heading(wording.say("Standard of evidence"))
    letter.numbered(
        wording.say(
            "Each statement of fact below carries the basis on which it rests. What is not known is said to be not "
            "known."
        )
    )
    if of_the_council:
        letter.numbered(
            wording.say(
                "The standard applied is that recommended to the Security Council's monitoring bodies (S/2006/997, "
                "paragraphs 21–28): authenticated documents and first-hand, on-site observation come first, then "
                "several independent sources; a single source is named as such. Any rebuttal is kept with the file and "
                "shown with it."
            )
        )
    letter.numbered(
        wording.say(
            "Nothing in this letter is a finding that any State, person or entity has acted contrary to any measure."
        )
    )
