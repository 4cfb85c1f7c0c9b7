"""A submission into rows: every field of the contract in its column; called inside another service's transaction."""

import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Q
from pydantic import BaseModel

from cases.errors import ItemHasDiversion, ItemHasEvidence, ItemInCustody, ItemInReferral
from cases.intake.incident import DraftSubmission, Item, Paper
from cases.models import (
    AmmunitionDetail,
    Authorisation,
    Boarding,
    Consignment,
    Conveyance,
    CustodyEvent,
    Disposition,
    Evidence,
    FoldedMark,
    Incident,
    Marking,
    PaperDocument,
    Party,
    PointOfDiversion,
    Recipient,
    ReferralItem,
    Route,
    SeizedItem,
)
from cases.row_scope import everything
from cases.services.fold_marks import fold_marks

COMPANIONS: Mapping[str, type[models.Model]] = {
    "boarding": Boarding,
    "conveyance": Conveyance,
    "route": Route,
    "consignment": Consignment,
    "recipient": Recipient,
}


def write_incident_rows(*, incident: Incident, submission: DraftSubmission) -> None:
    """Write everything below the incident afresh; items that stay keep their rows, as referrals name them."""
    is_new = not incident.items.exists() and incident.version == 1
    if not is_new:
        _clear(incident)
    for name, model in COMPANIONS.items():
        part = getattr(submission, name)
        if part is not None:
            rows_of(model).create(incident=incident, **columns(model, part))
    Authorisation.objects.bulk_create(
        Authorisation(incident=incident, position=at, **columns(Authorisation, part))
        for at, part in enumerate(submission.authorisations)
    )
    _write_parties(incident, submission)
    _write_items(incident, submission.items, kept=[] if is_new else sorted(incident.items.all(), key=_position))


def incident_columns(submission: DraftSubmission) -> dict[str, Any]:
    """Return the columns of the incident itself, save those that the system sets."""
    values = columns(Incident, submission, without={"agency", "client_id", "reference", "state"})
    location, occurred = submission.location, submission.occurred_on
    zone = submission.time_zone
    first, last = (None, None) if occurred is None else occurred.days_in(zone)
    return {
        **values,
        "client_id": submission.client_id,
        "agency_reference": submission.reference or "",
        "longitude": None if location is None else location.longitude,
        "latitude": None if location is None else location.latitude,
        "acting_agency": _json(submission.agency),
        "occurred_precision": "" if occurred is None else occurred.precision.value,
        "occurred_first_day": first,
        "occurred_last_day": last,
        "occurred_at": None if occurred is None else occurred.instant_in(zone),
    }


def columns(model: type[models.Model], part: BaseModel, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """Return the fields of a part that are columns of the model; unknown text is empty."""
    texts = _columns(model, type(part))
    document = part.model_dump(mode="json", include=texts.keys() - {"id", *without})
    return {name: "" if value is None and texts[name] else value for name, value in document.items()}


def rows_of(model: type[models.Model]) -> models.Manager[Any]:
    """Return the manager of a model known only as a value."""
    return model._default_manager  # noqa: SLF001 - Django's published API


@lru_cache(maxsize=64)
def _columns(model: type[models.Model], shape: type[BaseModel]) -> Mapping[str, bool]:
    """Return the columns that the shape names, and whether each holds text, of which none is empty text."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's published API
    return {
        field.name: isinstance(field, models.CharField | models.TextField)
        for field in fields
        if field.name in shape.model_fields
    }


def _json(part: BaseModel | None) -> Any:
    return None if part is None else part.model_dump(mode="json")


def _position(item: SeizedItem) -> int:
    return item.position


def _clear(incident: Incident) -> None:
    direct: tuple[type[models.Model], ...] = (*COMPANIONS.values(), Authorisation, PaperDocument, Party)
    for model in direct:
        rows_of(model).filter(incident=incident).delete()
    of_items: tuple[type[models.Model], ...] = (Marking, FoldedMark, AmmunitionDetail, Disposition)
    for model in of_items:
        rows_of(model).filter(item__incident=incident).delete()


def _write_parties(incident: Incident, submission: DraftSubmission) -> None:
    parties = Party.objects.bulk_create(
        Party(incident=incident, position=at, **columns(Party, part)) for at, part in enumerate(submission.parties)
    )
    papers: list[tuple[Party | None, int, Paper]] = [(None, at, paper) for at, paper in enumerate(submission.documents)]
    for party, part in zip(parties, submission.parties, strict=True):
        papers += [(party, at, paper) for at, paper in enumerate(part.documents)]
    PaperDocument.objects.bulk_create(
        PaperDocument(incident=incident, party=party, position=at, **columns(PaperDocument, paper))
        for party, at, paper in papers
    )


def _write_items(incident: Incident, items: tuple[Item, ...], *, kept: list[SeizedItem]) -> None:
    ids = item_ids(items, kept)
    by_uuid = {row.item_uuid: row for row in kept}
    _remove([row for row in kept if row.item_uuid not in ids])
    rows = []
    for at, (item_uuid, part) in enumerate(zip(ids, items, strict=True)):
        row = by_uuid.get(item_uuid) or SeizedItem(incident=incident, item_uuid=item_uuid)
        row.position = at
        for name, value in columns(SeizedItem, part).items():
            setattr(row, name, value)
        rows.append(row)
    SeizedItem.objects.bulk_create([row for row in rows if row.pk is None])
    for row in rows:
        if row.item_uuid in by_uuid:
            row.save()
    _write_details(rows, items)
    fold_marks(incident=incident, pairs=zip(rows, items, strict=True))


def item_ids(items: tuple[Item, ...], kept: list[SeizedItem]) -> list[uuid.UUID]:
    """Return each item's id: its own, else that of the item now at its place, else a new one."""
    given = {item.id for item in items if item.id is not None}
    ids = []
    for at, item in enumerate(items):
        here = kept[at].item_uuid if at < len(kept) else None
        ids.append(item.id or (here if here is not None and here not in given else uuid.uuid4()))
    return ids


def _remove(rows: list[SeizedItem]) -> None:
    with everything():
        # Another agency's referral holds an item as well as one's own.
        _refuse_held(rows)
    SeizedItem.objects.filter(Q(pk__in=[row.pk for row in rows])).delete()


def _refuse_held(rows: list[SeizedItem]) -> None:
    named = ReferralItem.objects.filter(item__in=rows).select_related("item", "referral").order_by("pk").first()
    if named is not None:
        raise ItemInReferral(item=named.item.position + 1, referral=named.referral.reference)
    attached = Evidence.objects.filter(item__in=rows).select_related("item").order_by("pk").first()
    if attached is not None and attached.item is not None:
        raise ItemHasEvidence(item=attached.item.position + 1, evidence=attached.reference)
    held = CustodyEvent.objects.filter(item__in=rows).select_related("item").order_by("pk").first()
    if held is not None and held.item is not None:
        raise ItemInCustody(item=held.item.position + 1)
    diverted = PointOfDiversion.objects.filter(item__in=rows).select_related("item").order_by("pk").first()
    if diverted is not None:
        raise ItemHasDiversion(item=diverted.item.position + 1)


def _write_details(rows: list[SeizedItem], items: tuple[Item, ...]) -> None:
    pairs = list(zip(rows, items, strict=True))
    Marking.objects.bulk_create(
        Marking(item=row, number=number, **columns(Marking, mark))
        for row, item in pairs
        for number, mark in enumerate(item.marks)
    )
    AmmunitionDetail.objects.bulk_create(
        AmmunitionDetail(item=row, **columns(AmmunitionDetail, item.ammunition))
        for row, item in pairs
        if item.ammunition is not None
    )
    Disposition.objects.bulk_create(
        Disposition(item=row, **columns(Disposition, item.disposition))
        for row, item in pairs
        if item.disposition is not None
    )
