"""The shape of a regime file. Strict: a wrong type, an unknown key or a contradiction between dates is refused."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from cases.choices import ItemCategory, RecipientKind
from cases.regimes import vocabulary as words
from cases.screening.window import COUNCIL_TIME_ZONE

RECIPIENT_KINDS = frozenset(kind.value for kind in RecipientKind)
EXEMPT_GOODS = frozenset({*(category.value for category in ItemCategory), "non_lethal"})


def _one_of(known: frozenset[str], what: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"{value!r} is not {what}; known are {', '.join(sorted(known))}")
        return value

    return AfterValidator(check)


Text = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
RegimeId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z0-9]+)*$", max_length=60)]
MeasureId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9-]+/\d+-[A-Za-z0-9().,-]+(@\d{4}-\d\d-\d\d)?$", max_length=100)
]
Resolution = Annotated[str, StringConstraints(pattern=r"^S/RES/\d{1,4} \((19|20)\d\d\)$")]
Paragraph = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Region = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}:[a-z0-9]+(-[a-z0-9]+)*$")]
Recipient = Annotated[str, _one_of(RECIPIENT_KINDS, "a kind of recipient")]
ExemptGoods = Annotated[str, _one_of(EXEMPT_GOODS, "an item category")]


def _instant(value: object) -> datetime:
    """Read a moment of UTC, as texts give them: 2025-09-28T00:00Z."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", value):
        raise ValueError(f"{value!r} is not an instant; write it as 2025-09-28T00:00Z")
    return datetime.fromisoformat(value)


Instant = Annotated[datetime, BeforeValidator(_instant)]


def _number(resolution: str) -> int:
    return int(re.sub(r"\D.*", "", resolution.removeprefix("S/RES/")))


class _Entry(BaseModel):
    """A strict, frozen piece of a regime file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Cited(_Entry):
    """A statement resting on a paragraph; the flag is required so that nobody forgets to say whether it was read."""

    resolution: Resolution
    paragraph: Paragraph | None
    paragraph_verified: bool

    @model_validator(mode="after")
    def _no_paragraph_is_never_verified(self) -> Self:
        if self.paragraph is None and self.paragraph_verified:
            raise ValueError("paragraph_verified must be false where paragraph is null")
        return self


class _Dated(_Entry):
    """A half-open span of days: from the first up to, not including, ``until``; null until is open."""

    from_: date = Field(alias="from")
    until: date | None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until is not None and self.until <= self.from_:
            raise ValueError(f"until ({self.until}) must be later than from ({self.from_})")
        return self


class MeasurePeriod(_Dated):
    """The days on which a measure is in force; ``from_at`` where the text gives an instant instead of a day."""

    from_at: Instant | None = None

    @model_validator(mode="after")
    def _whole_days_follow_the_instant(self) -> Self:
        if self.from_at is None:
            return self
        # In New York, where Council days are counted (R18).
        began = self.from_at.astimezone(COUNCIL_TIME_ZONE)
        first = began.date() if began.time() == time.min else began.date() + timedelta(days=1)
        if self.from_ != first:
            raise ValueError(f"from must be {first}, the first whole New York day from {self.from_at.isoformat()}")
        return self


class TargetEntry(_Entry):
    """Whom or what the regime is aimed at."""

    kinds: list[words.TargetKind]
    countries: list[Country]
    regions: list[Region]


class MeasureTarget(_Entry):
    """The target of one phase where it differs from the regime's."""

    countries: list[Country]
    regions: list[Region]


class GroupEntry(_Dated):
    """An armed group the Council named, or that counts under the regime."""

    name: Text
    aliases: list[Text]
    how: Text | None
    verified: bool


class InspectionAreaEntry(_Cited, _Dated):
    """An area at sea that the regime's own inspection authority names."""

    area: words.InspectionArea


class ImposedBy(_Cited):
    """The root of a measure."""

    adopted: date
    verified: bool
    source: Text
    note: Text | None = None


class EndedBy(_Cited):
    """What ended a phase, or put another in its place."""

    adopted: date
    note: Text | None = None


class RecipientEntry(_Entry):
    """Whom a measure binds as recipient."""

    scope: words.RecipientScope
    binds_private: bool
    verified: bool
    note: Text | None = None


class AmendmentEntry(_Cited):
    """A later resolution that changed, renewed or restated a measure, and the day from which it counts."""

    as_: words.AmendmentEffect = Field(alias="as")
    on: date
    on_verified: bool


class ExemptionEntry(_Cited, _Dated):
    """A stated exception; a null ``until`` lasts as long as the measure."""

    what: Text
    procedure: words.Procedure
    recipients: list[Recipient]
    goods: list[ExemptGoods]
    verified: bool
    source: Text
    note: Text | None = None

    @model_validator(mode="after")
    def _standing_is_for_somebody_or_something(self) -> Self:
        if self.procedure == "standing" and not (self.recipients or self.goods):
            raise ValueError(
                "a standing exemption names recipients or goods; without either it would exempt everything"
            )
        return self


class Clock(_Entry):
    """When something is due. ``days`` only where the text gives a number."""

    from_: words.ClockStart = Field(alias="from")
    days: Annotated[int, Field(gt=0, le=366)] | None
    working_days: bool
    promptly: bool


class DutyEntry(_Cited, _Dated):
    """What somebody must, may or is asked to do on a finding or an inspection."""

    kind: words.DutyKind
    what: Text
    force: words.DutyForce
    on: words.DutyHolder
    to: words.Addressee | None
    clock: Clock | None
    where: words.DutyPlace | None = None  # null: as the kind says
    verified: bool
    source: Text
    note: Text | None = None


class MeasureEntry(_Entry):
    """One restriction in one phase."""

    id: MeasureId
    imposed_by: ImposedBy
    in_force: MeasurePeriod
    ended_by: EndedBy | None
    status: words.MeasureStatus
    direction: words.Direction
    goods: Annotated[list[words.GoodsClass], Field(min_length=1)]
    services: list[words.Service]
    recipient: RecipientEntry
    target: MeasureTarget | None = None
    movement_inside: bool = False
    reaches_nationals_and_flag: bool = False
    trade_embargo: bool = False
    readings: list[Text] = []
    amended_by: list[AmendmentEntry]
    exemptions: list[ExemptionEntry]
    verified: bool
    source: Text
    note: Text | None = None

    @model_validator(mode="after")
    def _amendments_follow_one_another(self) -> Self:
        order = [(amendment.on, _number(amendment.resolution)) for amendment in self.amended_by]
        if order != sorted(order):
            raise ValueError("amended_by must be in the order of its days, and of its resolutions on one day")
        days = [day for day, _ in order]
        if any(day < self.imposed_by.adopted for day in days):
            raise ValueError(f"amended_by names a day before the text it amends ({self.imposed_by.adopted})")
        until = self.in_force.until
        if until is not None and any(day >= until for day in days):
            raise ValueError(
                f"amended_by names a day on or after the end of the phase ({until}); that belongs in ended_by"
            )
        return self

    @model_validator(mode="after")
    def _exemptions_lie_within(self) -> Self:
        for exemption in self.exemptions:
            first, until = self.in_force.from_, self.in_force.until
            if exemption.from_ < first or (until and exemption.until and exemption.until > until):
                raise ValueError(f"the exemption {exemption.what!r} must lie within the phase ({first} to {until})")
        return self

    @model_validator(mode="after")
    def _contested_gives_both_readings(self) -> Self:
        if (self.status == "contested") != (len(self.readings) >= 2):
            raise ValueError("a contested measure, and no other, gives two readings, the Secretariat's first")
        return self


class Committee(_Entry):
    """The sanctions committee of the regime."""

    name: Text | None
    established_by: Resolution | None
    paragraph: Paragraph | None
    paragraph_verified: bool
    established_on: date | None
    status: Text
    contact: Text | None = None
    verified: bool
    source: Text
    note: Text | None = None


class Experts(_Entry):
    """The panel, group or team of experts of the regime."""

    name: Text | None
    established_by: Resolution | None
    paragraph: Paragraph | None
    paragraph_verified: bool
    status: Text
    verified: bool
    source: Text
    note: Text | None = None


class Renewal(_Entry):
    """A renewal, as seen."""

    resolution: Resolution
    adopted: date
    effect: Text
    verified: bool
    source: Text


class RegimeFile(_Entry):
    """One regime file."""

    id: RegimeId
    name: Text
    status: words.RegimeStatus
    as_of: date
    as_of_precision: words.DatePrecision = "day"
    as_of_source: Text
    status_note: Text | None
    refresh_after: date | None
    target: TargetEntry
    groups: list[GroupEntry]
    inspection_areas: list[InspectionAreaEntry]
    measures: Annotated[list[MeasureEntry], Field(min_length=1)]
    duties: list[DutyEntry]
    committee: Committee
    experts: Experts
    renewals: list[Renewal]
    sources: list[Text]

    @model_validator(mode="after")
    def _measures_bear_the_regimes_name(self) -> Self:
        for measure in self.measures:
            number = _number(measure.imposed_by.resolution)
            if not measure.id.startswith(f"{self.id}/{number}-"):
                raise ValueError(f"measure {measure.id!r} must begin with {self.id}/{number}-")
        ids = [measure.id for measure in self.measures]
        for measure_id in sorted({measure_id for measure_id in ids if ids.count(measure_id) > 1}):
            raise ValueError(f"two measures have the id {measure_id!r}; the later phase takes @<first day>")
        return self

    @model_validator(mode="after")
    def _phases_of_one_basis_do_not_overlap(self) -> Self:
        last: dict[tuple[str, str | None], MeasureEntry] = {}
        for measure in sorted(self.measures, key=lambda each: each.in_force.from_):
            basis = (measure.imposed_by.resolution, measure.imposed_by.paragraph)
            before = last.get(basis)
            if before and (before.in_force.until is None or before.in_force.until > measure.in_force.from_):
                raise ValueError(f"{before.id} and {measure.id} overlap: end the earlier phase where the later begins")
            last[basis] = measure
        return self


class EmbargoCallEntry(_Cited):
    """A call or request of the Council that binds nobody."""

    target: Text
    countries: list[Country]
    on: date
    until: date | None = None  # the day on which it was spent, or a ban took its place; our reading
    note: Text
    verified: bool
    source: Text


class CallsFile(_Entry):
    """The voluntary embargo calls."""

    voluntary_embargo_calls: list[EmbargoCallEntry]


class GeneralDuty(_Entry):
    """What a thematic resolution asks of every State, whatever the regime."""

    resolution: Resolution
    adopted: date
    paragraph: Paragraph | None
    paragraph_verified: bool
    what: Text
    verified: bool
    source: Text


class HeadingEntry(_Entry):
    """The goods classes that a Harmonised System heading may hold."""

    heading: Annotated[str, StringConstraints(pattern=r"^\d{4}(\.\d\d)?$")]
    what: Text
    goods: list[words.GoodsClass]
    certain: bool  # False: the heading holds civil goods too
    verified: bool
    note: Text | None = None


class MunitionsEntry(_Entry):
    """The goods classes of one category of the common munitions list."""

    category: Annotated[str, StringConstraints(pattern=r"^ML\d{1,2}$")]
    what: Text
    goods: list[words.GoodsClass]
    verified: bool


class RegisterEntry(_Entry):
    """One category of the UN Register of Conventional Arms, in our own words."""

    number: Literal["I", "II", "III", "IV", "V", "VI", "VII", "7+1"]
    code: Text
    what: Text
    verified: bool


class ReferencesFile(_Entry):
    """What regimes share: thematic duties, customs headings, munitions list and Register categories."""

    general_duties: list[GeneralDuty]
    without_arms_embargo: list[Text]
    hs_codes: list[HeadingEntry]
    munitions_list: list[MunitionsEntry]
    register_of_conventional_arms: list[RegisterEntry]
