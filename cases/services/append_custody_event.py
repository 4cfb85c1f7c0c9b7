"""The one way into a chain of custody; called inside another service's transaction."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases import access
from cases.canonical import canonical_json
from cases.chain import BEGINNING, linked
from cases.choices import CustodyKind
from cases.custody_rules import Event, Holder, check, disposition_of, state_after, stated
from cases.errors import InvalidSubmission
from cases.intake.partial_date import PartialDate
from cases.intake.problems import Problem
from cases.models import (
    CustodyEvent,
    CustodyNominal,
    Exhibit,
    Holding,
    Incident,
    Officer,
    SeizedItem,
)
from cases.queries.custody import Subject, events_of, holder_of, officer_holder, subject_key, weighed
from cases.queries.custody_holders import NamedHolder
from cases.row_scope import everything
from cases.services.derive_disposition import derive_disposition
from cases.services.write_audit_entry import write_audit_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyDetails:
    """What is said of an event; what is not known is empty."""

    kind: CustodyKind
    at: PartialDate | None = None
    holder: NamedHolder | None = None
    place: str = ""
    seal: str = ""
    code: str = ""
    certificate: str = ""
    note: str = ""
    # Name and role of each.
    witnesses: tuple[Mapping[str, str | None], ...] = ()
    expires_at: datetime | None = None
    answers: CustodyEvent | None = None
    corrects: int | None = None
    into: Exhibit | None = None


def append_custody_event(
    *, officer: Officer, subject: Subject, details: CustodyDetails, recorded_at: datetime
) -> CustodyEvent:
    """Add the next event to the chain of an item or exhibit, under the locks of its incident and of itself.

    The disposition that the contract shows follows from the chain, never the other way round. Raises what
    `custody_rules.check` refuses with.
    """
    if details.answers is None:
        access.require_custody(officer, subject)
    else:
        # Whoever is offered something answers, whatever else may be known of where it comes from.
        access.require(officer, access.RECORD)
    # Whoever holds a thing adds to its chain, whether or not the agency may know of where it comes from.
    with everything():
        return _append(officer, subject, details, recorded_at)


def _append(officer: Officer, subject: Subject, details: CustodyDetails, recorded_at: datetime) -> CustodyEvent:
    # The incident first, as everywhere: of two who come at once the second is judged by what the first did.
    incident = Incident.objects.select_for_update().get(pk=subject.incident_id)
    model: type[SeizedItem] | type[Exhibit] = type(subject)
    subject = model._default_manager.select_for_update().get(pk=subject.pk)  # noqa: SLF001 - Django's published API
    rows = list(events_of(subject))
    events = weighed(rows)
    row = _row(officer, incident, subject, details, recorded_at, number=len(rows) + 1)
    event = _weighed(row, details, officer)
    if details.at is not None and details.at.first_day > (recorded_at + timedelta(days=1)).date():
        raise InvalidSubmission([Problem("/at", "in_the_future", {"value": details.at.text})])
    check(state_after(events), event)
    _link(row, subject, details, previous=rows[-1].digest if rows else BEGINNING)
    _sum_up(subject, row, [*events, event])
    if isinstance(subject, SeizedItem):
        derive_disposition(incident=incident, item=subject, events=[*rows, row], derived_at=recorded_at)
    change = {"after": {"subject": subject_name(subject), "number": row.number, "kind": row.kind, "digest": row.digest}}
    write_audit_entry(action=f"custody.{row.kind}", subject=row, at=recorded_at, by=officer, change=change)
    return row


def subject_name(subject: Subject) -> str:
    """Return the name of an item or exhibit in digests and bundles."""
    return f"exhibit:{subject.code}" if isinstance(subject, Exhibit) else f"item:{subject.item_uuid}"


def _row(
    officer: Officer, incident: Incident, subject: Subject, details: CustodyDetails, at: datetime, *, number: int
) -> CustodyEvent:
    when, holder = details.at, details.holder
    return CustodyEvent(
        incident=incident,
        **subject_key(subject),
        number=number,
        kind=details.kind.value,
        at="" if when is None else when.text,
        at_precision="" if when is None else when.precision.value,
        at_first_day=None if when is None else when.first_day,
        at_last_day=None if when is None else when.last_day,
        at_instant=None if when is None else when.instant,
        recorded_at=at,
        by=officer,
        by_agency=officer.agency,
        holder_kind="" if holder is None else holder.kind.value,
        holder_officer=None if holder is None else holder.officer,
        holder_agency=None if holder is None else holder.agency,
        holder_store=None if holder is None else holder.store,
        place=details.place,
        seal=details.seal,
        code=details.code,
        certificate=details.certificate,
        witness_count=len(details.witnesses),
        expires_at=details.expires_at,
        answers=details.answers,
        corrects=details.corrects,
        into=details.into,
    )


def _weighed(row: CustodyEvent, details: CustodyDetails, officer: Officer) -> Event:
    return Event(
        number=row.number,
        kind=details.kind,
        recorded_at=row.recorded_at,
        by=officer_holder(officer),
        at=stated(row.at_first_day, row.at_last_day, row.at_instant),
        holder=holder_of(row),
        seal=row.seal,
        code=row.code,
        place=row.place,
        certificate=row.certificate,
        note=details.note,
        witnesses=row.witness_count,
        expires_at=row.expires_at,
        answers=None if row.answers is None else row.answers.number,
        corrects=row.corrects,
    )


def _link(row: CustodyEvent, subject: Subject, details: CustodyDetails, *, previous: str) -> None:
    """Save the row, its digest over everything that it says; of names their salted digest."""
    person = details.holder.person if details.holder is not None else ""
    names = {"holder": person or None, "note": details.note or None, "witnesses": [dict(w) for w in details.witnesses]}
    nominal = CustodyNominal(salt=secrets.token_hex(32), text=canonical_json(names))
    row.text = canonical_json(_said(row, subject) | {"names": linked(nominal.salt, nominal.text)})
    row.previous = previous
    row.digest = linked(previous, row.text)
    row.save(force_insert=True)
    nominal.event = row
    nominal.save(force_insert=True)


def _said(row: CustodyEvent, subject: Subject) -> dict[str, object]:
    """Return the event in plain values: what its digest covers, readable without the database."""
    officer, agency, store = row.holder_officer, row.holder_agency, row.holder_store
    return {
        "event": str(row.event_id),
        "subject": subject_name(subject),
        "number": row.number,
        "kind": row.kind,
        "at": row.at,
        "at_precision": row.at_precision,
        "recorded_at": row.recorded_at.isoformat(),
        "by": {"officer": row.by.username, "agency": row.by_agency.name},
        "holder": None
        if not row.holder_kind
        else {
            "kind": row.holder_kind,
            "officer": None if officer is None else officer.username,
            "agency": None if agency is None else agency.name,
            "store": None if store is None else {"id": str(store.store_id), "name": store.name},
        },
        "place": row.place,
        "seal": row.seal,
        "code": row.code,
        "certificate": row.certificate,
        "witness_count": row.witness_count,
        "expires_at": None if row.expires_at is None else row.expires_at.isoformat(),
        "answers": None if row.answers is None else str(row.answers.event_id),
        "corrects": row.corrects,
        "into": None if row.into is None else row.into.code,
    }


def _sum_up(subject: Subject, row: CustodyEvent, events: Sequence[Event]) -> None:
    """Write where the thing is now, as the inventory lists it."""
    state = state_after(events)
    holder, says = state.holder, disposition_of(events, home=str(row.incident.agency_id))
    # The package goes its own way from here; the item is where it is.
    packed_in = Exhibit.objects.filter(code=state.packed_in).first() if state.packed_in else None
    values = {
        "incident_id": subject.incident_id,
        "holder_kind": "" if holder is None else holder.kind.value,
        "holder_officer_id": _key(holder, "officer"),
        "holder_agency_id": _key(holder, "agency"),
        "holder_store_id": _key(holder, "store"),
        "place": state.place,
        "packed_in": packed_in,
        "since": row.recorded_at if state.since is None else state.since.recorded_at,
        "last_event": row,
        "status": "" if says is None else says[0].value,
    }
    Holding.objects.update_or_create(**subject_key(subject), defaults=values)


def _key(holder: Holder | None, name: str) -> int | None:
    text = "" if holder is None else getattr(holder, name)
    return int(text) if text else None
