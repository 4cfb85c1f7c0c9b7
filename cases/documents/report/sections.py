"""The sections that reports have and letters have not: duties with their clocks, inspection, disposal, reply."""

from collections.abc import Iterator

from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.blocks import Paragraphs
from cases.documents.printable import printable
from cases.documents.wording import Wording
from cases.tracing.report import DutyShown, ReportContent


def add_duties(report: ReportContent, wording: Wording, letter: Paragraphs) -> None:
    """Add what the texts ask for, each with the clock that its own paragraph gives and no other."""
    letter.heading(wording.say("What the texts provide"))
    if not report.duties:
        letter.numbered(
            wording.say("The measures screened provide for no such report on this incident; none gives it a clock.")
        )
        return
    letter.table(
        [wording.say("Paragraph"), wording.say("Force"), wording.say("What it says"), wording.say("Clock")],
        [0.24, 0.16, 0.34, 0.26],
        [_duty_row(duty, wording) for duty in report.duties],
    )
    if any(duty.paragraph and not duty.paragraph_verified for duty in report.duties):
        letter.note(wording.say("† Paragraph number not yet read in the text of the resolution."))


def _duty_row(duty: DutyShown, wording: Wording) -> list[str]:
    cited = phrases.paragraph_of(wording, duty.resolution, duty.paragraph, verified=duty.paragraph_verified)
    owed_by = label(wording, "duty_on", duty.on) or ""
    return [
        phrases.sentence_case(cited),
        f"{label(wording, 'force', duty.force)}\n{owed_by}",
        label(wording, "duty", duty.kind) or "",
        "\n".join(_clock(duty, wording)),
    ]


def _clock(duty: DutyShown, wording: Wording) -> Iterator[str]:
    start = label(wording, "clock_from", duty.clock_from) or phrases.not_known(wording)
    if duty.days is not None and duty.working_days:
        yield wording.say("working days: {days}; from: {start}", days=duty.days, start=start)
    elif duty.days is not None:
        yield wording.say("days: {days}; from: {start}", days=duty.days, start=start)
    elif duty.promptly:
        yield wording.say("promptly; the text gives no number of days")
    else:
        yield wording.say("the text gives no clock")
    if duty.due_on is not None:
        yield wording.say("due: {day}", day=wording.day(duty.due_on))
    elif duty.days is not None:
        yield wording.say("due day not known")


def add_inspection(report: ReportContent, wording: Wording, letter: Paragraphs) -> None:
    """Add grounds, result and cooperation, as an initial report has to tell them."""
    observation, record = report.record.observation, report.record
    letter.heading(wording.say("Grounds of the inspection"))
    ground = label(wording, "boarding", observation.boarding_authority)
    grounds = [text for text in (ground, printable(observation.boarding_grounds or "")) if text]
    letter.numbered(wording.strung(grounds) if grounds else phrases.not_known(wording))
    letter.heading(wording.say("Result of the inspection"))
    if record.items:
        lines = phrases.items_named(wording, [item.number for item in record.items])
        letter.numbered(wording.say("Found, as listed below: {items}.", items=lines))
    else:
        letter.numbered(wording.say("No goods were found."))
    letter.heading(wording.say("Cooperation"))
    letter.facts(
        [wording.say("Fact"), wording.say("As recorded"), wording.say("Basis")],
        [
            (
                wording.say("Cooperation of the master and the flag State"),
                label(wording, "cooperation", report.cooperation) or phrases.not_known(wording),
                label(wording, "basis", observation.basis) or phrases.not_known(wording),
            ),
            (
                wording.say("Consent of the flag State"),
                label(wording, "consent", report.consent) or phrases.not_known(wording),
                label(wording, "basis", observation.basis) or phrases.not_known(wording),
            ),
        ],
    )


def add_disposals(report: ReportContent, wording: Wording, letter: Paragraphs) -> None:
    """Add what became of each item; what is not recorded is said to be not known."""
    letter.heading(wording.say("Disposal"))
    letter.table(
        [wording.say("Item"), wording.say("What became of it"), wording.say("Date"), wording.say("Place"),
         wording.say("Certificate")],
        [0.1, 0.28, 0.24, 0.2, 0.18],
        [
            (
                str(disposal.line),
                label(wording, "custody", disposal.status) or "",
                phrases.day_as_written(wording, disposal.on) if disposal.on else phrases.not_known(wording),
                phrases.known(wording, disposal.place),
                printable(disposal.certificate) if disposal.certificate else "–",
            )
            for disposal in report.disposals
        ],
    )  # fmt: skip


def add_offer_to_reply(report: ReportContent, wording: Wording, letter: Paragraphs) -> None:
    """Add why the party is written to, and by when and how it may reply."""
    party = report.party
    role = label(wording, "role", party.role if party else None) or wording.say("party")
    letter.heading(wording.say("Opportunity to reply"))
    letter.numbered(
        wording.say(
            "{body} writes to give an opportunity to reply to what is stated below, before it is used in any report. "
            "Role recorded: {role}.",
            body=phrases.known(wording, report.record.issuing_body.name),
            role=role,
        )
    )
    letter.numbered(
        wording.say("A reply is requested by {day}.", day=wording.day(report.respond_by))
        if report.respond_by is not None
        else wording.say("No date is set for the reply yet.")
    )
    letter.numbered(
        wording.say(
            "Any comment, correction or document sent in reply is kept with the file and shown together with what is "
            "stated here. Silence is recorded as silence, not as agreement."
        )
    )
