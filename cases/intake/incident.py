"""An incident as sent: every field of the contract, in its order, unknown unless given."""

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StrictBool, model_validator

from cases.choices import (
    AgencyKind,
    Basis,
    BoardingAuthority,
    ClaimSource,
    ClaimSubject,
    ConveyanceMode,
    IncidentKind,
    ItemCategory,
    MarkingState,
    PaperStamp,
    PartyRole,
    RecipientKind,
    RecordState,
    Unit,
)
from cases.intake.fields import (
    AccuracyM,
    ClockHour,
    ContainerNumber,
    Coordinates,
    CountryCode,
    HsCode,
    ImoNumber,
    Line,
    Lines,
    Many,
    Mmsi,
    Quantity,
    State,
    Story,
    TimeZone,
    UnitWord,
    Unlocode,
    Verbatim,
    Verbatims,
    WeightKg,
    When,
    Word,
    Words,
    YearMade,
    YesNoUnknown,
)

_UNIT_WORDS = frozenset(Unit)


class Submitted(BaseModel):
    """Part of a record as sent; immutable, and it knows no field that the contract does not."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Location(Submitted):
    """A GeoJSON point, WGS 84."""

    type: Literal["Point"]
    coordinates: Coordinates

    @property
    def longitude(self) -> float:
        """Degrees east."""
        return self.coordinates[0]

    @property
    def latitude(self) -> float:
        """Degrees north."""
        return self.coordinates[1]


class Agency(Submitted):
    """An authority that took part."""

    name: Line = None
    kind: AgencyKind | None = None
    country: CountryCode | None = None
    role: Word = None


class Boarding(Submitted):
    """On what ground the conveyance was stopped, and how far those aboard cooperated."""

    authority: BoardingAuthority | None = None
    resolution: Line = None
    paragraph: Line = None
    grounds: Story = None
    flag_state_consent: Word = None
    cooperation: Word = None


class Conveyance(Submitted):
    """What carried the goods."""

    mode: ConveyanceMode | None = None
    description: Story = None
    name: Line = None
    stateless: StrictBool | None = None
    flag: CountryCode | None = None
    imo: ImoNumber | None = None
    mmsi: Mmsi | None = None
    registration: Line = None
    operator: Line = None
    owner: Line = None
    flight_or_voyage: Line = None
    containers: Many[ContainerNumber] = ()
    seals: Verbatims = ()


class Stop(Submitted):
    """One stop on the route."""

    what: Word = None
    country: CountryCode | None = None
    place: Line = None
    unlocode: Unlocode | None = None
    on: When | None = None


class Claim(Submitted):
    """What somebody says of origin, destination or recipient, against or beside the route as recorded."""

    what: ClaimSubject | None = None
    country: CountryCode | None = None
    recipient_kind: RecipientKind | None = None
    name: Line = None
    by: ClaimSource | None = None


class Route(Submitted):
    """Where the goods came from and went."""

    origin: CountryCode | None = None
    transit: Many[CountryCode] = ()
    destination: CountryCode | None = None
    departed_on: When | None = None
    arrived_on: When | None = None
    basis: Basis | None = None
    stops: Many[Stop] = ()
    claims: Many[Claim] = ()


class Consignment(Submitted):
    """What the customs papers said of the goods, and what the scales said."""

    customs_procedure: Line = None
    declared_description: Story = None
    declared_hs: HsCode | None = None
    declared_weight_kg: WeightKg | None = None
    found_weight_kg: WeightKg | None = None


class Paper(Submitted):
    """A document of the consignment, or of a party."""

    kind: Word = None
    number: Line = None
    issued_on: When | None = None
    valid_until: When | None = None
    issuer: Line = None
    country: CountryCode | None = None
    end_user: Line = None
    # What it says that it is for.
    goods: Story = None
    quantity: Quantity | None = None
    unit: UnitWord = None
    authenticity: Word = None
    stamp: PaperStamp | None = None
    evidence: Line = None


class Authorisation(Submitted):
    """An approval or notice that the facts claim for an exemption."""

    kind: Word = None
    regime: Line = None
    reference: Line = None
    on: When | None = None
    basis: Basis | None = None


class Recipient(Submitted):
    """Who was to receive the goods."""

    kind: RecipientKind | None = None
    name: Line = None
    country: CountryCode | None = None
    branch: Word = None
    authorised_by_government: YesNoUnknown | None = None
    acts_for: Line = None
    basis: Basis | None = None


class Party(Submitted):
    """A person, organization or vessel with a part in the consignment."""

    role: PartyRole | None = None
    kind: Word = None
    name: Line = None
    name_original: Line = None
    aliases: Lines = ()
    country: CountryCode | None = None
    born_on: When | None = None
    sex: Word = None
    nationality: Many[CountryCode] = ()
    residence: CountryCode | None = None
    documents: Many[Paper] = ()
    registration_number: Line = None
    address: Story = None
    status: Word = None


class ImportMark(Submitted):
    """The mark that an importing State put on an arm."""

    country: CountryCode | None = None
    year: YearMade | None = None


class Mark(Submitted):
    """One marking, transcribed as it stands."""

    kind: Word = None
    text: Verbatim = None
    position: Line = None
    state: MarkingState | None = None
    restored_by: Line = None
    method: Word = None
    certainty: Word = None
    photo: Line = None


class HeadstampMark(Submitted):
    """One element of a headstamp, at its hour of the clock."""

    text: Verbatim = None
    clock: ClockHour | None = None


class Ammunition(Submitted):
    """What ammunition shows beside its marks."""

    headstamp: Many[HeadstampMark] = ()
    lot: Verbatim = None
    year: YearMade | None = None
    packaging_marks: Verbatims = ()
    net_explosive_kg: WeightKg | None = None
    hazard_division: Line = None


class Disposition(Submitted):
    """Where a seized item is, or how it ended."""

    status: Word = None
    on: When | None = None
    place: Line = None
    certificate: Line = None


class Item(Submitted):
    """A seized item: one identifiable object, or one lot."""

    id: UUID | None = None
    category: ItemCategory | None = None
    subtype: Word = None
    description: Story = None
    quantity: Quantity | None = None
    unit: UnitWord = None
    quantity_basis: Word = None
    quantity_text: Line = None
    make: Line = None
    model: Line = None
    calibre: Line = None
    manufacture: Word = None
    lethality: Word = None
    country_of_manufacture: CountryCode | None = None
    year_of_manufacture: YearMade | None = None
    import_mark: ImportMark | None = None
    hs_code: HsCode | None = None
    serial_number: Verbatim = None
    marking_state: MarkingState | None = None
    marks: Many[Mark] = ()
    ammunition: Ammunition | None = None
    disposition: Disposition | None = None

    @model_validator(mode="before")
    @classmethod
    def keep_what_was_typed(cls, values: Any) -> Any:
        """Keep a unit that will be put under another word in `quantity_text`, unless that is given."""
        if not isinstance(values, dict):
            return values
        unit = values.get("unit")
        if not isinstance(unit, str) or unit in _UNIT_WORDS or not unit.strip() or values.get("quantity_text"):
            return values
        quantity = values.get("quantity")
        counted = isinstance(quantity, int | float) and abs(quantity) < 10**15
        return {**values, "quantity_text": f"{quantity} {unit}" if counted else unit}


class DraftSubmission(Submitted):
    """A record as far as it holds; any field may be missing."""

    client_id: UUID | None = None
    reference: Line = None
    state: State = RecordState.FINAL
    kind: IncidentKind | None = None
    basis: Basis | None = None
    occurred_on: When | None = None
    time_zone: TimeZone | None = None
    location: Location | None = None
    location_accuracy_m: AccuracyM | None = None
    location_source: Word = None
    # The position as somebody wrote it: degrees, UTM or MGRS; what was made of it stands in `location`.
    location_text: Line = None
    place: Line = None
    at_sea: StrictBool | None = None
    agency: Agency | None = None
    agencies: Many[Agency] = ()
    operation: Line = None
    detection: Word = None
    concealment: Story = None
    boarding: Boarding | None = None
    conveyance: Conveyance | None = None
    route: Route | None = None
    consignment: Consignment | None = None
    documents: Many[Paper] = ()
    authorisations: Many[Authorisation] = ()
    recipient: Recipient | None = None
    parties: Many[Party] = ()
    context: Words = ()
    illicit_grounds: Words = ()
    legal_justification: Story = None
    circumstances: Story = None
    items: Many[Item] = ()


class IncidentSubmission(DraftSubmission):
    """A record that holds as a whole: its kind and date are known, and its items as its kind asks."""

    kind: IncidentKind
    occurred_on: When


def document_of(submission: DraftSubmission) -> dict[str, Any]:
    """Return the record in the contract's JSON shape: normalised, every key, null for unknown."""
    return submission.model_dump(mode="json")
