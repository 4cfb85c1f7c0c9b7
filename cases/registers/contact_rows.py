"""Points of contact as stated, by an officer or a row of a file."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from cases.choices import ContactKind
from cases.intake.fields import CountryCode, Line, Story
from cases.intake.problems import Problem
from cases.registers.fields import LONGEST_KEY, Day, Email, Key, Languages, Stated
from cases.registers.serials import register_key
from cases.tables.columns import Columns

# Offices of States; the others are offices of a body.
OF_A_STATE: Final = frozenset(
    {ContactKind.NATIONAL_POINT_OF_CONTACT, ContactKind.PERMANENT_MISSION, ContactKind.NATIONAL_CENTRAL_BUREAU}
)
COLUMNS: Final = Columns(
    {
        "kind": ("type of contact", "type"),
        "key": ("id", "number"),
        "country": ("state", "iso3", "pays"),
        "body": ("organisation", "organization", "committee", "region"),
        "name": ("contact name", "person", "nom"),
        "office": ("agency", "department", "title", "ministry", "service"),
        "telephone": ("phone", "tel", "téléphone"),
        "email": ("e-mail", "mail", "courriel"),
        "channel": ("means",),
        "address": ("postal address", "adresse"),
        "languages": ("language", "langues"),
        "valid_from": ("from",),
        "valid_until": ("until", "to"),
        "confirmed_on": ("last confirmed on", "last confirmed", "updated"),
        "source": ("from where", "reference"),
    },
    required=("kind", "source"),
)


class ContactStated(BaseModel):
    """A desk that is written to: of a State where its kind is one of a State's, else of a body."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ContactKind
    key: Key | None = None
    country: CountryCode | None = None
    body: Line = None
    name: Line = None
    office: Line = None
    telephone: Line = None
    email: Email | None = None
    channel: Line = None
    address: Story = None
    languages: Languages = Field((), max_length=20)
    valid_from: Day | None = None
    # The day after the last.
    valid_until: Day | None = None
    confirmed_on: Day | None = None
    # Where it was found: a note verbale, a list with its date, a call.
    source: Stated

    @property
    def contact_key(self) -> str:
        """Return by which key it is told apart: its own, else kind, State or body, and desk."""
        desk = register_key(self.office or self.name or "")
        return self.key or "/".join((self.kind, self.country or register_key(self.body or ""), desk))[:LONGEST_KEY]


def contact_problems(contact: ContactStated, today: date) -> Iterator[Problem]:
    """Yield what is wrong with a contact as a whole."""
    if contact.kind in OF_A_STATE and contact.country is None:
        yield Problem("/country", "missing")
    if contact.kind not in OF_A_STATE and contact.body is None:
        yield Problem("/body", "missing")
    if contact.name is None and contact.office is None:
        yield Problem("/office", "name_or_office")
    if contact.confirmed_on is not None and contact.confirmed_on > today:
        yield Problem("/confirmed_on", "lies_ahead", {"value": contact.confirmed_on.isoformat()})
    first, until = contact.valid_from, contact.valid_until
    if first is not None and until is not None and until <= first:
        yield Problem("/valid_until", "ends_before_it_begins", {"first": str(first), "last": str(until)})
