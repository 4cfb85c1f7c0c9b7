"""What is known of one incident, as the engine takes it: frozen values, None where unknown, nothing assumed."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

# An agency may set another; 50 km is the default within which the place alone may tie (R7).
REACH_M = 50_000


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open span of days: from ``first`` up to, not including, ``until``. None is open."""

    first: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        """Return whether the day lies in the period."""
        return (self.first is None or self.first <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Days:
    """The days, both included, on one of which something happened; None is an open end: unknown, not unlimited."""

    first: date | None
    last: date | None

    @classmethod
    def on(cls, day: date) -> "Days":
        """Return the span of exactly one day."""
        return cls(day, day)

    def widened(self, days: int) -> "Days":
        """Return the span with that many days more at each known end."""
        more = timedelta(days=days)
        return Days(self.first and self.first - more, self.last and self.last + more)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """One line of seized goods."""

    index: int
    category: str
    subtype: str | None = None
    description: str = ""
    quantity: int | float | None = None  # as sent: 3 is not written back as 3.0
    unit: str | None = None
    hs_code: str | None = None
    make: str | None = None
    model: str | None = None
    calibre: str | None = None
    lethality: str | None = None
    country_of_manufacture: str | None = None
    made: Days = Days(None, None)  # year of manufacture or of the lot
    import_marked: Days = Days(None, None)
    disposition: str | None = None  # held, destroyed … as recorded
    disposed: Days = Days(None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody says of origin, destination or recipient, beside or against what the record states (R13)."""

    what: str
    country: str | None
    recipient_kind: str | None
    name: str | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteFacts:
    """Where the goods came from and were going, as stated."""

    origin: str | None = None
    transit: tuple[str, ...] = ()
    destination: str | None = None
    loaded_in: tuple[str, ...] = ()  # countries of the stops at which goods were loaded or packed
    unloaded_in: tuple[str, ...] = ()
    departed: Days = Days(None, None)
    arrived: Days = Days(None, None)
    basis: str | None = None
    claims: tuple[Claim, ...] = ()
    place_names: tuple[str, ...] = ()  # where goods were unloaded or found, as written; may name a region
    loaded_places: tuple[str, ...] = ()  # where goods were loaded, as written


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientFacts:
    """Who was to receive the goods, as stated."""

    kind: str = "unknown"
    name: str | None = None
    country: str | None = None
    branch: str | None = None
    authorised_by_government: str = "unknown"  # yes, no, unknown
    acts_for: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """One person or organisation and the role it has in the consignment."""

    index: int
    role: str
    kind: str | None = None
    name: str | None = None
    name_original: str | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None
    nationality: tuple[str, ...] = ()
    residence: str | None = None
    born: Days = Days(None, None)
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveyanceFacts:
    """What carried the goods."""

    mode: str | None = None
    name: str | None = None
    flag: str | None = None
    stateless: bool | None = None
    imo: str | None = None
    mmsi: str | None = None
    registration: str | None = None
    operator: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationFacts:
    """A notice, approval or licence that the facts claim, with the day it was given."""

    kind: str
    regime: str | None
    reference: str | None
    on: Days
    basis: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndUseCertificateFacts:
    """An end-user certificate among the papers, and whether it proved genuine."""

    authenticity: str
    country: str | None
    end_user: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFacts:
    """An authority that took part in the stop or find."""

    kind: str | None = None
    name: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardingFacts:
    """On what ground a conveyance was stopped, and how its flag State and master met it."""

    authority: str | None = None
    resolution: str | None = None  # as written: "2292 (2016)"
    consent: str | None = None  # of the flag State: given, refused, pending, not_needed, not_sought
    cooperation: str | None = None  # full, partial, none


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSeenFacts:
    """A mark of one of the items that another incident of the same agency bears too."""

    item: int  # index of the item
    text: str
    reference: str  # of the other incident


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFacts:
    """A zone the place lies in, or may lie in given its accuracy."""

    id: str
    kind: str
    country: str | None
    certainty: str  # inside, outside, indeterminate


@dataclass(frozen=True, slots=True, kw_only=True)
class NearFacts:
    """A State whose land lies near the place; 0 m when the place is inside it."""

    country: str
    distance_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFacts:
    """One reading of whose land a disputed area is; no country stands for a self-declared authority without a code."""

    country: str | None
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """Where the incident happened, as geography resolved it on the day."""

    country: str | None = None
    country_certainty: str | None = None
    region: str | None = None
    nearest_country: str | None = None
    border_distance_m: int | None = None
    coast_distance_m: int | None = None
    near: tuple[NearFacts, ...] = ()
    zones: tuple[ZoneFacts, ...] = ()
    at_sea: bool | None = None
    accuracy_m: int | float | None = None
    views: tuple[ViewFacts, ...] = ()  # where the place lies in a disputed area: every reading of whose land it is
    reach_m: int = REACH_M  # how far from a border the agency lets the place alone tie (R7)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFacts:
    """Everything the engine may weigh about one incident."""

    reference: str
    kind: str
    stopped: Days = Days(None, None)  # the days on which the stop or find took place, as the post counts them
    occurred: Days  # New York days where the time zone or the instant is known (R18), else as stated
    day_is_exact: bool  # False: the neighbouring days may be the New York day of the stop
    stopped_at: datetime | None = None  # the instant of the stop in UTC, where the time and its zone are on record
    basis: str | None = None
    place: PlaceFacts | None = None
    route: RouteFacts = field(default_factory=RouteFacts)
    recipient: RecipientFacts = field(default_factory=RecipientFacts)
    conveyance: ConveyanceFacts = field(default_factory=ConveyanceFacts)
    parties: tuple[PartyFacts, ...] = ()
    items: tuple[ItemFacts, ...] = ()
    authorisations: tuple[AuthorisationFacts, ...] = ()
    end_use_certificates: tuple[EndUseCertificateFacts, ...] = ()
    context: tuple[str, ...] = ()
    agency_kind: str | None = None
    agencies: tuple[AgencyFacts, ...] = ()  # the lead first
    detection: str | None = None
    boarding: BoardingFacts | None = None
    forged_papers: tuple[str, ...] = ()  # numbers of papers of any kind that proved forged
    marks_seen_elsewhere: tuple[MarkSeenFacts, ...] = ()
