"""Points of contact: as they are shown, and which of them a letter goes to."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet

from cases.choices import ContactKind, ContactState, ReferralKind
from cases.models import AuditEntry, PointOfContact
from cases.registers.contact_rows import ContactStated
from cases.tracing.contact_state import DESKS, ContactFacts, choose_contact, state_of

# What a letter prints of a contact.
IN_LETTERS: Final = ("name", "office", "telephone", "email", "channel", "address")
_SEARCHED: Final = ("key", "body", "name", "office", "email", "address")


class ContactFound(NamedTuple):
    """The desk to write to, None where there is none, and how far it can be relied on."""

    contact: PointOfContact | None
    state: ContactState
    confirmed_on: date | None = None

    def for_letter(self) -> dict[str, Any]:
        """Return what a letter's addressee takes over, with the entry and its version; empty where there is none."""
        return {} if self.contact is None else taken_over(self.contact)


def taken_over(contact: PointOfContact) -> dict[str, Any]:
    """Return what a letter's addressee takes over of a desk."""
    said = {name: value for name in IN_LETTERS if (value := getattr(contact, name))}
    return {**said, "entry": contact.key, "version": contact.version}


def contact_for(country: str, kind_of_referral: ReferralKind, on: date) -> ContactFound:
    """Return the State's desk for letters of that kind on that day."""
    return contacts_for([country], kind_of_referral, on)[country]


def contacts_for(countries: Iterable[str], kind_of_referral: ReferralKind, on: date) -> Mapping[str, ContactFound]:
    """Return the same for each of the States, read together."""
    wanted = list(countries)
    by_country: dict[str, list[PointOfContact]] = {country: [] for country in wanted}
    for row in PointOfContact.objects.filter(country__in=wanted, kind__in=DESKS[kind_of_referral]).order_by("key"):
        by_country[row.country].append(row)
    return {country: _chosen(rows, kind_of_referral, on) for country, rows in by_country.items()}


def _chosen(rows: list[PointOfContact], kind: ReferralKind, on: date) -> ContactFound:
    chosen = choose_contact(map(_facts, rows), kind, on, stale_months=settings.CONTACT_STALE_MONTHS)
    row = next((row for row in rows if row.key == chosen.key), None)
    return ContactFound(row, chosen.state, None if row is None else row.confirmed_on)


def _facts(row: PointOfContact) -> ContactFacts:
    return ContactFacts(
        key=row.key,
        kind=ContactKind(row.kind),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        confirmed_on=row.confirmed_on,
    )


def find_contact(key: str) -> PointOfContact | None:
    """Return the desk of that key, or None."""
    return PointOfContact.objects.filter(key=key).first()


def contact_rows(
    desks: QuerySet[PointOfContact], *, country: str | None, kind: str | None, q: str | None
) -> QuerySet[PointOfContact]:
    """Return the desks narrowed by State, kind and words, with what is shown of each read along."""
    rows = desks.select_related("changed_by__agency")
    if country is not None:
        rows = rows.filter(country=country)
    if kind is not None:
        rows = rows.filter(kind=kind)
    for word in (q or "").split():
        said = Q()
        for name in _SEARCHED:
            said |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(said)
    return rows


def state_on(contact: PointOfContact, on: date) -> ContactState:
    """Return how far a desk can be relied on that day."""
    return state_of(_facts(contact), on, settings.CONTACT_STALE_MONTHS)


def stated_of(contact: PointOfContact) -> ContactStated:
    """Return what is stated of a desk, as it would be stated again."""
    columns = {name: getattr(contact, name) or None for name in ContactStated.model_fields if name != "languages"}
    return ContactStated.model_validate({**columns, "languages": tuple(contact.languages)})


def document_of_contact(contact: PointOfContact) -> dict[str, Any]:
    """Return a desk as answered, but for how it stands today."""
    agency = None if contact.changed_by is None else contact.changed_by.agency
    return {
        "id": contact.pk,
        **stated_of(contact).model_dump(mode="json"),
        "version": contact.version,
        "recorded_at": contact.recorded_at,
        "changed_at": contact.changed_at,
        # Its officers are told to nobody else.
        "changed_by": None if agency is None else agency.name,
    }


def acts_on_contact(contact: PointOfContact) -> QuerySet[AuditEntry]:
    """Return every act on a desk: its versions."""
    return AuditEntry.objects.filter(object_type="pointofcontact", object_reference=str(contact.pk))
