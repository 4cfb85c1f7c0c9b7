"""Referrals as they are answered."""

from datetime import datetime
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from cases.api.problems import in_words
from cases.api.referral_registries import warnings_shown
from cases.api.replies import ReminderDocument, ReplyDocument
from cases.choices import RedactionLevel, ReferralKind, ReferralState
from cases.queries.referral_rows import document_of_referral
from cases.queries.referral_warnings import warnings_of
from cases.queries.register_hits import lookups_for_referral
from cases.tracing.referral_steps import WRITTEN
from cases.tracing.warnings import ReferralWarning

Language: TypeAlias = Literal["ar", "zh", "en", "fr", "ru", "es"]


class AddresseeShown(BaseModel):
    """The State asked."""

    country: str
    contact: dict[str, Any] | None


class ActShown(BaseModel):
    """Who did it, and when."""

    at: datetime
    by: str


class WithdrawalShown(ActShown):
    """Who took the letter back, when and why."""

    reason: str


class OverrideShown(BaseModel):
    """Why it is traced all the same, and the supervisor who says so."""

    warnings: list[str]
    reason: str
    by: str


class WarningShown(BaseModel):
    """One thing to weigh before the letter goes out; of some a supervisor must say why it goes out all the same."""

    code: str
    detail: str
    lines: list[int]
    needs_supervisor: bool


class LineShown(BaseModel):
    """A line of the letter: the incident at which the item was met, and its position there, from 0."""

    number: int
    incident: str
    item: int


class ReferralDocument(BaseModel):
    """A referral: whom it asks, about which items, how far it is and what came back."""

    model_config = ConfigDict(extra="allow")

    reference: str
    letter_number: str | None
    # The leading one; a letter over several incidents of a case tells of the others as well.
    incident: str
    further_incidents: list[str]
    kind: ReferralKind
    state: ReferralState
    language: Language
    redaction: RedactionLevel
    addressee: AddresseeShown
    # Positions in the leading incident; `lines` has every line.
    items: list[int]
    lines: list[LineShown]
    opened_at: datetime
    checked: ActShown | None
    approved: ActShown | None
    override: OverrideShown | None
    issued_at: datetime | None
    # Of what was issued, as it is kept.
    sha256: str | None
    supersedes: str | None
    superseded_by: str | None
    withdrawn: WithdrawalShown | None
    replies: list[ReplyDocument]
    reminders: list[ReminderDocument]


class LookupOfLine(BaseModel):
    """The last look-up of a line in own registers; null where there was none."""

    line: int
    incident: str
    item: int
    lookup: dict[str, Any] | None


class WrittenReferral(ReferralDocument):
    """A referral by itself, with what is to be weighed while it is being written, and what own records hold."""

    own_records: list[LookupOfLine]
    warnings: list[WarningShown]


class ReferralPage(BaseModel):
    """One page of referrals, latest first."""

    next: str | None
    previous: str | None
    results: list[ReferralDocument]


def shown_referral(referral: Any) -> dict[str, Any]:
    """Return one referral with its warnings in the reader's language, and what own records hold on its lines."""
    warnings = [_entry(warning) for warning in warnings_of(referral)]
    if referral.state in WRITTEN:
        warnings += warnings_shown(referral)
    return document_of_referral(referral) | {"own_records": lookups_for_referral(referral), "warnings": warnings}


def _entry(warning: ReferralWarning) -> dict[str, Any]:
    detail = in_words(warning.sentence, dict(warning.params))
    named = {"code": warning.code, "detail": detail, "lines": list(warning.lines)}
    return named | {"needs_supervisor": warning.stops}
