"""A list of designated parties as one edition has it: every field, nothing interpreted that the list leaves open."""

from dataclasses import dataclass
from datetime import date, datetime

# The names of the lists in results: the consolidated list, and the vessels designated by the 1718 Committee.
CONSOLIDATED = "un-sc"
VESSELS_1718 = "un-1718-vessels"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedName:
    """One name of a party; ``quality`` is primary, good, low or original (script)."""

    text: str
    quality: str
    as_listed: str | None = None  # the list's own word: "Good", "Low", "a.k.a.", "f.k.a."
    note: str | None = None
    born: str | None = None  # a date of birth used with this name, as written
    city_of_birth: str | None = None
    country_of_birth: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthDays:
    """The days, both included, on one of which a person was born; None where only words are given."""

    first: date | None = None
    last: date | None = None
    certainty: str = "exact"  # exact, approximate, between
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address or a place of birth; ``country`` is the alpha-3 code of ``country_name`` where it has one."""

    street: str | None = None
    city: str | None = None
    province: str | None = None
    zip_code: str | None = None
    country_name: str | None = None
    country: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """A passport, identity card or register number, as the list gives it."""

    kind: str  # passport, national_id, company_register, imo_company, imo_ship, other
    number: str | None = None
    kind_as_listed: str | None = None
    issuing_country: str | None = None  # alpha-3 where the name has one, else as written
    country_of_issue: str | None = None
    city_of_issue: str | None = None
    issued: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedParty:
    """One entry: a person, an organization or a vessel, with everything that the list says of it."""

    reference_number: str
    kind: str  # person, organization, vessel
    list_type: str  # "Al-Qaida", "Taliban", "DPRK" …
    names: tuple[ListedName, ...]  # the primary first
    listed_on: date | None = None
    last_updated: tuple[date, ...] = ()
    data_id: str | None = None
    version: str | None = None
    titles: tuple[str, ...] = ()
    designations: tuple[str, ...] = ()  # offices and functions
    nationalities: tuple[str, ...] = ()  # alpha-3 where the name has one, else as written
    gender: str | None = None
    births: tuple[BirthDays, ...] = ()
    birth_places: tuple[Place, ...] = ()
    documents: tuple[ListedDocument, ...] = ()
    addresses: tuple[Place, ...] = ()
    comments: str | None = None
    submitted_by: str | None = None
    submitted_on: str | None = None
    sort_key: str | None = None
    # What the listing entails, where the list says it apart: asset_freeze, travel_ban, port_entry_ban, de_flag.
    consequences: tuple[str, ...] = ()
    flag: str | None = None  # of a vessel, alpha-3 where known
    # Elements that this program does not know, name and text, so that none is dropped in silence.
    others: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Return the primary name."""
        return self.names[0].text


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEdition:
    """One edition of one list, its entries ordered by reference number."""

    name: str
    generated_on: date
    generated_at: datetime | None
    dated_by: str  # stated, file_name, newest_entry
    digest: str  # of the file's own bytes
    parties: tuple[ListedParty, ...]
