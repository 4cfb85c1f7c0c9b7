"""The measures that the facts appear to engage, with resolution and paragraph; never as a finding."""

from collections.abc import Iterator

from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.blocks import Paragraphs
from cases.documents.letter.incidents import under_each
from cases.documents.printable import printable
from cases.documents.wording import Wording
from cases.screening.findings import Outcome
from cases.tracing.content import MeasureEngaged, ReferralContent


def add_measures(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    """Add the measures that the facts appear to engage; never as a finding."""
    letter.heading(wording.say("Measures concerned"))
    for part in under_each(content, wording, letter):
        _add_measures(part, wording, letter)


def _add_measures(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    if not content.measures:
        letter.numbered(
            wording.say("This request cites no measure of the Security Council.")
            if content.versions
            # Not screened yet is not the same as nothing found.
            else wording.say("The facts have not been screened against the measures of the Security Council yet.")
        )
        return
    letter.numbered(
        wording.say(
            "On the facts stated, and subject to what is not known, the items appear to fall, or may fall, within the "
            "scope of the measures below. The reasons stand in the annex on screening."
        )
    )
    letter.table(
        [wording.say("Measure"), wording.say("Items"), wording.say("Assessment on the facts stated")],
        [0.34, 0.11, 0.55],
        [_measure_row(measure, wording) for measure in content.measures],
    )
    if any(not measure.paragraph_verified and measure.paragraph for measure in content.measures):
        letter.note(wording.say("† Paragraph number not yet read in the text of the resolution."))


def _measure_row(measure: MeasureEngaged, wording: Wording) -> list[str]:
    cited = phrases.paragraph_of(wording, measure.resolution, measure.paragraph, verified=measure.paragraph_verified)
    lines = phrases.line_numbers(wording, measure.lines) if measure.lines else wording.say("all")
    named = f"{phrases.sentence_case(cited)}\n{phrases.regime(wording, measure.regime_name)}"
    return [named, lines, " ".join(_assessment(measure, cited, wording))]


_ASSESSMENTS: dict[str, str] = {
    Outcome.INDICATED: "The items appear to fall within the scope of {basis}.",
    Outcome.POSSIBLE: "The items may fall within the scope of {basis}.",
    Outcome.EXEMPTION_CLAIMED: (
        "The items would appear to fall within the scope of {basis}; an exemption is claimed, or its conditions appear "
        "met."
    ),
}

# What a finding may leave unknown, as a noun phrase.
UNKNOWNS: dict[str, str] = {
    "transfer_date": "the date of the supply, sale or shipment",
    "goods": "what exactly the goods are",
    "route.destination": "the destination",
    "route.origin": "the origin",
    "supplier": "the supplier",
    "earlier_place": "where the goods were before",
    "destination_region": "the part of the country for which the goods were bound",
    "recipient.kind": "who was to receive the goods",
    "recipient.name": "who exactly the recipient is",
    "recipient.listed": "whether the recipient was listed on the day",
    "recipient.authorised_by_government": "whether the Government had authorised the recipient",
    "recipient.branch": "which branch of the Government was to receive the goods",
    "place": "the exact place",
    "disputed_area": "to which State the area belongs",
    "basis": "an independent confirmation of the allegation",
    "authorisation": "the reference and date of the authorisation",
}


def _assessment(measure: MeasureEngaged, cited: str, wording: Wording) -> Iterator[str]:
    if measure.is_relied_on:
        yield wording.say(_ASSESSMENTS[measure.outcome], basis=cited)
    if measure.status == "contested":
        yield wording.say("States do not agree whether the measure is in force; the readings stand in the annex.")
    if not measure.is_relied_on:
        yield wording.say("This authority does not rely on it; it is named so that nothing is left out.")
        return
    if measure.unknowns:
        unknowns = [wording.say(UNKNOWNS[name]) if name in UNKNOWNS else printable(name) for name in measure.unknowns]
        yield wording.say("Not known: {unknowns}.", unknowns=wording.joined(unknowns))
    if measure.amended_by:
        latest = amendments(measure, wording)[-_AMENDMENTS_IN_TABLE:]
        yield wording.say("Later resolutions, most recent last: {list}.", list=wording.strung(latest))


# A measure renewed every year has dozens; the table names the latest, the annex all.
_AMENDMENTS_IN_TABLE = 3


def amendments(measure: MeasureEngaged, wording: Wording) -> list[str]:
    """Return the later resolutions that changed or renewed the measure, in their order."""
    return list(_amendments(measure, wording))


def _amendments(measure: MeasureEngaged, wording: Wording) -> Iterator[str]:
    for amendment in measure.amended_by:
        number = phrases.resolution_number(wording, amendment.resolution)
        effect = label(wording, "effect", amendment.effect)
        if amendment.paragraph is None:
            yield f"{effect} {wording.set_apart(number)}"
        else:
            paragraph = printable(amendment.paragraph)
            yield f"{effect} {wording.say('{number}, paragraph {paragraph}', number=number, paragraph=paragraph)}"
