"""Everything a report or notice on an incident says beside the facts of its record, as plain frozen values."""

from dataclasses import dataclass
from datetime import date

from cases.tracing.completeness import MissingElement
from cases.tracing.content import PartyStated, ReferralContent


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyShown:
    """What a text obliges, empowers or asks somebody to do, with the clock that the text itself gives, if any."""

    kind: str
    what: str
    resolution: str
    paragraph: str | None
    paragraph_verified: bool
    force: str
    on: str
    to: str | None = None
    clock_from: str | None = None
    days: int | None = None
    working_days: bool = False
    promptly: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """What became of the items of a line."""

    line: int
    status: str  # DispositionStatus
    on: str | None = None
    place: str | None = None
    certificate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """One report, notice or summary, whole."""

    kind: str  # ReportKind
    # What is told of the incident, as a referral tells it: observation, items, measures, annexes, what is withheld.
    record: ReferralContent
    duties: tuple[DutyShown, ...] = ()
    cooperation: str | None = None  # BoardingCooperation
    consent: str | None = None  # FlagStateConsent
    disposals: tuple[Disposal, ...] = ()
    # Who is offered to reply: named to itself, whatever is withheld of others.
    party: PartyStated | None = None
    # Set by the officer; none is ever supplied.
    respond_by: date | None = None
    # What the record lacks, whatever the redaction level withholds.
    missing: tuple[MissingElement, ...] = ()
