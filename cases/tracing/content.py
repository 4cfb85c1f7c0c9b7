"""Everything a trace referral says, as plain frozen values; None is unknown and is printed as not known."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

Plain = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A point of contact (ITI 25, 31(a)): the person or desk that sends and answers."""

    name: str | None = None
    office: str | None = None
    telephone: str | None = None
    email: str | None = None
    channel: str | None = None  # the agreed channel: diplomatic note, I-24/7, secure mail …
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuingBody:
    """The authority, panel or mission that asks."""

    name: str | None
    kind: str  # AgencyKind
    country: str | None = None
    contact: Contact = Contact()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddresseeReason:
    """Why this State is asked: manufacture, import_mark, last_holder, origin, transit, flag … with the item lines."""

    code: str
    lines: tuple[int, ...] = ()
    text: str | None = None  # an officer's own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """The State asked, the desk in it, and why it."""

    country: str | None
    contact: Contact = Contact()
    reasons: tuple[AddresseeReason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """The resolution and paragraph under which a panel or mission asks, and its call on States to cooperate."""

    resolution: str | None = None
    paragraph: str | None = None
    paragraph_verified: bool = False
    cooperation_resolution: str | None = None
    cooperation_paragraph: str | None = None
    cooperation_verified: bool = False
    committee: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """When it happened: the first and last possible day, and how exactly that is known."""

    first_day: date | None = None
    last_day: date | None = None
    precision: str | None = None  # DatePrecision
    as_typed: str | None = None
    time_zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it happened. Degrees WGS 84; an accuracy of None is unknown, not exact."""

    name: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    accuracy_m: float | None = None
    source: str | None = None  # LocationSource
    at_sea: bool | None = None
    country: str | None = None
    nearest_country: str | None = None
    coast_distance_m: float | None = None
    border_distance_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveyanceSeen:
    """What carried the goods."""

    mode: str | None = None
    description: str | None = None
    name: str | None = None
    flag: str | None = None
    stateless: bool | None = None
    imo: str | None = None
    mmsi: str | None = None
    registration: str | None = None
    operator: str | None = None
    owner: str | None = None
    voyage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteClaim:
    """What somebody says of origin, destination or recipient beside what the record states."""

    what: str
    country: str | None
    by: str
    name: str | None = None
    recipient_kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStated:
    """Where the goods came from and were going, as stated, and on what the statement rests."""

    origin: str | None = None
    transit: tuple[str, ...] = ()
    destination: str | None = None
    departed: str | None = None
    arrived: str | None = None
    basis: str | None = None
    claims: tuple[RouteClaim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientStated:
    """Who was to receive the goods, as stated."""

    kind: str = "unknown"
    name: str | None = None
    country: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperShown:
    """A licence, certificate or other paper that the referral asks about, or that a party bears."""

    kind: str
    number: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    country: str | None = None
    end_user: str | None = None
    authenticity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyStated:
    """A party to the consignment: its role always, who it is only where the redaction level shows it."""

    role: str | None = None
    kind: str | None = None
    country: str | None = None
    name: str | None = None
    name_original: str | None = None
    aliases: tuple[str, ...] = ()
    born_on: str | None = None
    nationality: tuple[str, ...] = ()
    registration_number: str | None = None
    address: str | None = None
    papers: tuple[PaperShown, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPresent:
    """An agency that took part in the incident."""

    name: str
    country: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What was observed: who, when, where, what carried it, whence, whither and for whom."""

    incident: str | None
    kind: str
    basis: str | None = None
    occurred: Occurrence = Occurrence()
    place: Place = Place()
    agencies: tuple[AgencyPresent, ...] = ()
    conveyance: ConveyanceSeen | None = None
    route: RouteStated = RouteStated()
    recipient: RecipientStated = RecipientStated()
    parties: tuple[PartyStated, ...] = ()
    holder: str | None = None  # by function
    detection: str | None = None
    concealment: str | None = None
    boarding_authority: str | None = None
    boarding_grounds: str | None = None
    circumstances: str | None = None
    context: tuple[str, ...] = ()  # terrorism, amnesty …


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One marking as transcribed, sign by sign."""

    kind: str
    text: str | None
    position: str | None = None
    state: str | None = None  # MarkingState
    restored_by: str | None = None
    method: str | None = None
    certainty: str | None = None
    photo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralItem:
    """One line of the item table: an item, or a lot of like items."""

    number: int  # the line's number in the letter, from 1
    index: int  # its place in the incident, from 0
    category: str
    subtype: str | None = None
    description: str | None = None
    quantity: float | None = None
    unit: str | None = None
    quantity_basis: str | None = None
    quantity_text: str | None = None
    make: str | None = None
    model: str | None = None
    calibre: str | None = None
    country_of_manufacture: str | None = None
    year_of_manufacture: str | None = None
    import_country: str | None = None
    import_year: str | None = None
    marking_state: str | None = None
    marks: tuple[Mark, ...] = ()
    lot: str | None = None
    custody: str | None = None  # DispositionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoShown:
    """A photograph in an annex: the digest of the file as received, and of the copy drawn anew that is printed."""

    kind: str  # EvidenceKind
    lines: tuple[int, ...] = ()  # numbers of the letter's item lines; empty: the incident as a whole
    sha256: str | None = None
    copy_sha256: str | None = None
    width_px: int | None = None
    height_px: int | None = None
    taken_at: str | None = None  # as the file states


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyStep:
    """One event of an item's chain of custody; whoever holds is named by agency, never by person."""

    line: int
    number: int
    kind: str  # CustodyKind
    on: str | None = None
    holder: str | None = None
    seal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One condition of a measure weighed against the facts, as screening stored it."""

    condition: str
    satisfied: str  # yes, no, unknown
    fact: str | None
    rule: str
    params: tuple[tuple[str, Plain], ...]
    text: str  # the English rendering of the stored result


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A later resolution that changed, renewed or re-applied a measure."""

    resolution: str
    paragraph: str | None
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEngaged:
    """A measure the facts appear to engage, or may engage; never a finding of breach."""

    regime: str
    regime_name: str
    measure: str
    resolution: str
    paragraph: str | None
    paragraph_verified: bool
    outcome: str  # indicated, possible, exemption_claimed
    status: str  # binding, contested
    # Of a contested measure: whether the issuing body relies on it, as the Secretariat reads it (R11).
    is_relied_on: bool = True
    tie: str | None = None
    lines: tuple[int, ...] = ()  # numbers of the letter's item lines; empty: the incident as a whole
    amended_by: tuple[Amendment, ...] = ()
    rationale: tuple[Reason, ...] = ()
    unknowns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureConsidered:
    """A measure that something ties to the incident and that is not engaged, with the reason."""

    regime_name: str
    measure: str
    rule: str
    params: tuple[tuple[str, Plain], ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataVersion:
    """A version of rulebook, list or geography that the screening rests on, with its digest."""

    name: str  # rulebook, zones, facts, or the name of a list
    version: str | None
    digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Something left out of this document: what, and why; never the value."""

    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedLetter:
    """The letter in whose place this one goes: its number and day, and whether it was withdrawn before."""

    reference: str
    dated: date
    is_withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PackUsed:
    """What the version of a template pack adds to the letter, placeholders left in: the letter keeps all of it."""

    name: str
    version: int
    sha256: str
    languages: tuple[str, ...] = ()  # in which the pack has texts; none at all: it needs none
    letterhead: tuple[str, ...] = ()
    classification: str | None = None
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    footer: str | None = None
    logo: str | None = None  # a JPEG that we have drawn, in base64
    left_out: tuple[str, ...] = ()  # optional sections
    annexes: tuple[str, ...] = ()  # which come first, in that order

    def texts(self) -> tuple[str, ...]:
        """Return every text that may hold placeholders."""
        lines = (*self.letterhead, *self.opening, *self.closing, *self.signature)
        return (*lines, *(text for text in (self.classification, self.footer) if text))


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentTold:
    """What a letter over several incidents tells of a further one; fields are named as in the letter itself."""

    observation: Observation
    lines: tuple[int, ...]  # numbers of the letter's item lines that were met there
    illicit_grounds: tuple[str, ...] = ()
    legal_justification: str | None = None
    papers: tuple[PaperShown, ...] = ()
    measures: tuple[MeasureEngaged, ...] = ()
    considered: tuple[MeasureConsidered, ...] = ()
    photos: tuple[PhotoShown, ...] = ()
    custody: tuple[CustodyStep, ...] = ()
    versions: tuple[DataVersion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralContent:
    """One trace referral, whole; what is told of an incident is told of the leading one, but all lines are items."""

    reference: str | None
    dated: date | None
    status: str  # draft, issued
    kind: str  # ReferralKind
    language: str
    issuing_body: IssuingBody
    addressee: Addressee
    observation: Observation
    items: tuple[ReferralItem, ...]
    priority: str = "routine"
    priority_justification: str | None = None
    mandate: Mandate = Mandate()
    illicit_grounds: tuple[str, ...] = ()  # IllicitGround
    legal_justification: str | None = None
    papers: tuple[PaperShown, ...] = ()
    measures: tuple[MeasureEngaged, ...] = ()
    considered: tuple[MeasureConsidered, ...] = ()
    own_questions: tuple[str, ...] = ()  # an officer's own, after those chosen by kind and item
    reply_requested_by: date | None = None
    intended_use: str | None = None
    confidentiality: str | None = None  # given, cannot_be_given
    onward_use: str | None = None  # bodies to which consent to pass the answer on is asked
    photos: tuple[PhotoShown, ...] = ()
    custody: tuple[CustodyStep, ...] = ()
    redaction: str = "to_state"
    withheld: tuple[Withheld, ...] = ()
    versions: tuple[DataVersion, ...] = ()
    replaces: ReplacedLetter | None = None
    template_pack: PackUsed | None = None
    further: tuple[IncidentTold, ...] = ()

    @property
    def all_photos(self) -> tuple[PhotoShown, ...]:
        """Return the photographs of all its incidents."""
        return (*self.photos, *(photo for told in self.further for photo in told.photos))

    def by_incident(self) -> "tuple[ReferralContent, ...]":
        """Return the letter as it tells of each incident alone, the leading one first; itself where there is one."""
        return tuple(self._parts()) if self.further else (self,)

    def _parts(self) -> "Iterator[ReferralContent]":
        elsewhere = {number for told in self.further for number in told.lines}
        items = tuple(item for item in self.items if item.number not in elsewhere)
        yield replace(self, items=items, further=())
        for told in self.further:
            own = {field.name: getattr(told, field.name) for field in fields(told) if field.name != "lines"}
            items = tuple(item for item in self.items if item.number in told.lines)
            yield replace(self, items=items, further=(), **own)
