"""Chains of custody as rows, as the rules weigh them, and as they are shown."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cases.choices import CustodyKind, HolderKind
from cases.custody_rules import Event, Gap, Holder, gaps, state_after, stated
from cases.models import CustodyEvent, CustodyNominal, Exhibit, Holding, Incident, Officer, SeizedItem, Store

Subject: TypeAlias = SeizedItem | Exhibit
Document: TypeAlias = dict[str, Any]

_SEEN = ("by", "by_agency", "holder_officer__agency", "holder_agency", "holder_store__agency", "answers", "into")


def events_of(subject: Subject) -> QuerySet[CustodyEvent]:
    """Return the chain of an item or exhibit, first event first, with all that is shown of each."""
    return seen(subject.custody.all()).order_by("number")


def seen(events: QuerySet[CustodyEvent]) -> QuerySet[CustodyEvent]:
    """Return the events with all that is shown of each."""
    return events.select_related(*_SEEN, "nominal")


def weighed(rows: Iterable[CustodyEvent]) -> list[Event]:
    """Return the events as the rules weigh them."""
    return [_weighed(row) for row in rows]


def officer_holder(officer: Officer) -> Holder:
    """Return an officer as a holder."""
    return Holder(
        HolderKind.OFFICER, agency=str(officer.agency_id or ""), officer=str(officer.pk), name=officer.username
    )


def holder_of(row: CustodyEvent | Holding) -> Holder | None:
    """Return the holder that a row names, None where it names none."""
    if not row.holder_kind:
        return None
    officer, agency, store = row.holder_officer, row.holder_agency, row.holder_store
    names = [store.name if store else "", officer.username if officer else "", agency.name if agency else ""]
    return Holder(
        HolderKind(row.holder_kind),
        agency=str(row.holder_agency_id or ""),
        officer=str(row.holder_officer_id or ""),
        store=str(row.holder_store_id or ""),
        name=", ".join(name for name in names if name),
    )


def _weighed(row: CustodyEvent) -> Event:
    return Event(
        number=row.number,
        kind=CustodyKind(row.kind),
        recorded_at=row.recorded_at,
        by=Holder(HolderKind.OFFICER, agency=str(row.by_agency_id), officer=str(row.by_id), name=row.by.username),
        at=stated(row.at_first_day, row.at_last_day, row.at_instant),
        holder=holder_of(row),
        seal=row.seal,
        code=row.code,
        place=row.place,
        certificate=row.certificate,
        note="",
        witnesses=row.witness_count,
        expires_at=row.expires_at,
        answers=None if row.answers is None else row.answers.number,
        corrects=row.corrects,
    )


def chain_document(subject: Subject, *, incident: str | None, may_see_names: bool, now: datetime) -> Document:
    """Return a chain as it is shown: its events, what it does not explain, and where the thing is.

    `incident` is the reference where the reader may know of it.
    """
    rows = list(events_of(subject))
    events = weighed(rows)
    state = state_after(events)
    offered = state.open_handover(now)
    holding = holding_rows(Holding.objects.filter(**subject_key(subject))).first()
    return {
        "incident": incident,
        **subject_document(subject),
        "holding": None if holding is None else document_of_holding(holding, incident=incident),
        "seals": sorted(state.seals),
        "open_handover": None if offered is None else str(rows[offered.number - 1].event_id),
        "events": [document_of_event(row, may_see_names=may_see_names) for row in rows],
        "gaps": [document_of_gap(gap) for gap in gaps(events, now=now)],
    }


def document_of_gap(gap: Gap) -> Document:
    """Return a gap as it is shown."""
    return {"code": gap.code, "number": gap.number, "params": dict(gap.params), "text": gap.text}


def subject_document(subject: Subject) -> Document:
    """Return what an item or exhibit is, in one line of facts."""
    if isinstance(subject, Exhibit):
        package = {"code": subject.code, "kind": subject.kind, "description": subject.description or None}
        return {"item": None, "exhibit": package}
    about: Document = {"position": subject.position, "category": subject.category or None}
    about |= {"description": subject.description or None, "serial_number": subject.serial_number or None}
    about |= {"quantity": subject.quantity, "unit": subject.unit or None}
    return {"item": {"id": str(subject.item_uuid), **about}, "exhibit": None}


def document_of_event(row: CustodyEvent, *, may_see_names: bool) -> Document:
    """Return one event as it is shown; names are left out where they may not be seen, or were erased."""
    names = _names_of(row) if may_see_names else None
    holder = document_of_holder(row)
    if holder is not None and row.holder_kind == HolderKind.PERSON:
        holder |= {"person": None if names is None else names["holder"]}
    return {
        "id": str(row.event_id),
        "number": row.number,
        "kind": row.kind,
        "at": row.at or None,
        "recorded_at": row.recorded_at.isoformat(),
        "by": {"officer": row.by.username, "agency": row.by_agency.name},
        "holder": holder,
        "place": row.place or None,
        "seal": row.seal or None,
        "code": row.code or None,
        "certificate": row.certificate or None,
        "witness_count": row.witness_count,
        "witnesses": None if names is None else names["witnesses"],
        "note": None if names is None else names["note"],
        "names_withheld": names is None,
        "expires_at": None if row.expires_at is None else row.expires_at.isoformat(),
        "answers": None if row.answers is None else str(row.answers.event_id),
        "corrects": row.corrects,
        "exhibit": None if row.into is None else row.into.code,
        "digest": row.digest,
    }


def _names_of(row: CustodyEvent) -> Document | None:
    nominal: CustodyNominal | None = getattr(row, "nominal", None)
    return None if nominal is None else json.loads(nominal.text)


def document_of_holder(row: CustodyEvent | Holding) -> Document | None:
    """Return who a row says holds a thing."""
    if not row.holder_kind:
        return None
    store = row.holder_store
    kept = None if store is None else document_of_store(store)
    return {
        "kind": row.holder_kind,
        "officer": None if row.holder_officer is None else row.holder_officer.username,
        "agency": None if row.holder_agency is None else row.holder_agency.name,
        "store": kept,
    }


def subject_key(subject: Subject) -> dict[str, Any]:
    """Return the column that names a subject, with the subject."""
    return {"exhibit" if isinstance(subject, Exhibit) else "item": subject}


def holding_rows(holdings: QuerySet[Holding]) -> QuerySet[Holding]:
    """Return holdings with all that is shown of each; of what is packed, also where its package is."""
    of_holder = ("holder_officer", "holder_agency", "holder_store")
    packed = ("packed_in", "packed_in__holding", *(f"packed_in__holding__{name}" for name in of_holder))
    return holdings.select_related("item", "exhibit", "last_event", *of_holder, *packed)


def document_of_holding(holding: Holding, *, incident: str | None) -> Document:
    """Return where a thing is, since when and who has it; a packed item is where its package is."""
    package = holding.packed_in
    outer: Holding | None = None if package is None else getattr(package, "holding", None)
    shown = outer or holding
    subject = holding.exhibit or holding.item
    assert subject is not None  # noqa: S101  # nosec B101
    return {
        "id": str(holding.holding_id),
        "incident": incident,
        **subject_document(subject),
        "status": holding.status or None,
        "holder": document_of_holder(shown),
        "place": shown.place or None,
        "packed_in": None if package is None else package.code,
        "since": max(holding.since, shown.since).isoformat(),
        "events": holding.last_event.number,
    }


def sought_holdings(
    holdings: QuerySet[Holding], *, officer: Officer, holder: str = "", store: UUID | None = None, status: str = ""
) -> QuerySet[Holding]:
    """Return those held by that officer (`me`: who asks; `agency`: the agency), in that store, of that status."""
    if holder == "me":
        holdings = holdings.filter(holder_officer=officer)
    elif holder == "agency":
        holdings = holdings.filter(holder_agency_id=officer.agency_id)
    elif holder:
        holdings = holdings.filter(holder_officer__username=holder)
    if store is not None:
        holdings = holdings.filter(holder_store__store_id=store)
    return holdings.filter(status=status) if status else holdings


def labelled_holdings(holdings: QuerySet[Holding], label: str) -> QuerySet[Holding]:
    """Return the one whose label was scanned."""
    labels = CustodyEvent.objects.filter(item=OuterRef("item"), kind=CustodyKind.LABELLED, code=label)
    return holdings.filter(Q(exhibit__code=label) | Exists(labels))


def holding_counts(holdings: QuerySet[Holding]) -> Document:
    """Return how many of these there are of each status."""
    rows = holdings.order_by().values_list("status").annotate(Count("pk"))
    return {status or "unknown": count for status, count in sorted(rows)}


def store_rows(stores: QuerySet[Store]) -> list[Document]:
    """Return the stores by name."""
    return [document_of_store(store) for store in stores.order_by("name", "pk")]


def document_of_store(store: Store) -> Document:
    """Return a store as it is shown."""
    return {"id": str(store.store_id), "name": store.name, "place": store.place or None}


def handover_rows(handovers: QuerySet[CustodyEvent], *, now: datetime) -> QuerySet[CustodyEvent]:
    """Return those handovers that can still be answered."""
    open_ones = handovers.filter(kind=CustodyKind.HANDED_OVER, answer__isnull=True, expires_at__gt=now)
    # One that something else was recorded after is closed too: lost on the way.
    followed = CustodyEvent.objects.exclude(kind=CustodyKind.CORRECTED)
    item_moved = followed.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    exhibit_moved = followed.filter(exhibit=OuterRef("exhibit"), number__gt=OuterRef("number"))
    return seen(open_ones.exclude(Exists(item_moved)).exclude(Exists(exhibit_moved))).select_related("item", "exhibit")


def document_of_handover(row: CustodyEvent, *, incident: str | None) -> Document:
    """Return an open handover as whoever may answer it sees it: the thing, who gives it, and its seal."""
    subject = row.exhibit or row.item
    assert subject is not None  # noqa: S101  # nosec B101
    return {
        "id": str(row.event_id),
        "incident": incident,
        **subject_document(subject),
        "from": {"officer": row.by.username, "agency": row.by_agency.name},
        "to": document_of_holder(row),
        "at": row.at or None,
        "recorded_at": row.recorded_at.isoformat(),
        "expires_at": None if row.expires_at is None else row.expires_at.isoformat(),
        "place": row.place or None,
        "seal": row.seal or None,
    }


def exhibit_rows(exhibits: QuerySet[Exhibit]) -> QuerySet[Exhibit]:
    """Return exhibits with all that is shown of each."""
    return exhibits.select_related("recorded_by").prefetch_related("items")


def document_of_exhibit(exhibit: Exhibit, *, incident: str | None) -> Document:
    """Return an exhibit as it is shown."""
    return {
        "code": exhibit.code,
        "incident": incident,
        "kind": exhibit.kind,
        "description": exhibit.description or None,
        "evidence": exhibit.evidence_id or None,
        "items": sorted(str(item.item_uuid) for item in exhibit.items.all()),
        "recorded_at": exhibit.recorded_at.isoformat(),
        "recorded_by": exhibit.recorded_by.username,
    }


def chains_of_incident(incident: Incident, *, now: datetime, may_see_names: bool) -> list[Document]:
    """Return the chains of an incident's items and exhibits, of those that have one, each with its gaps."""
    rows = seen(incident.custody_events.all()).select_related("item", "exhibit")
    by_subject: dict[tuple[int, int], list[CustodyEvent]] = {}
    for row in rows.order_by("number"):
        # Items in their order, then exhibits in that of their making.
        key = (1, row.exhibit_id) if row.exhibit_id else (0, 0 if row.item is None else row.item.position)
        by_subject.setdefault(key, []).append(row)
    return [_chain(by_subject[key], now, may_see_names=may_see_names) for key in sorted(by_subject)]


def _chain(rows: Sequence[CustodyEvent], now: datetime, *, may_see_names: bool) -> Document:
    subject = rows[0].exhibit or rows[0].item
    return {
        **({} if subject is None else subject_document(subject)),
        "events": [document_of_event(row, may_see_names=may_see_names) for row in rows],
        "gaps": [document_of_gap(gap) for gap in gaps(weighed(rows), now=now)],
    }


def find_label(subject: Subject) -> str | None:
    """Return the code of the label that the system gave: an exhibit's own, an item's last."""
    if isinstance(subject, Exhibit):
        return subject.code
    ours = subject.custody.filter(kind=CustodyKind.LABELLED, code__regex=r"^IT(-[0-9A-Z]{4}){3}$")
    return ours.order_by("-number").values_list("code", flat=True).first()
