"""An incident as the contract shows it: the document rebuilt from its rows, without loss."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.db import models
from pydantic import BaseModel

from cases.intake import incident as intake
from cases.models import Incident, PaperDocument, Party, SeizedItem
from cases.redaction import Sight, nominal_names

# Every row that a document is built from, in few queries whatever the number of incidents.
ROWS = (
    *("boarding", "conveyance", "route", "consignment", "recipient"),
    *("papers", "parties__papers", "authorisations"),
    *("items__marks", "items__ammunition", "items__disposition"),
)

Document = dict[str, Any]


def document_of_incident(incident: Incident) -> Document:
    """Return the record in the shape of the contract, with what the system adds; reads rows unless prefetched."""
    return {
        **record_of_incident(incident),
        "reference": incident.reference,
        "agency_reference": incident.agency_reference or None,
        "state": incident.state,
        "version": incident.version,
        "recorded_at": incident.recorded_at.isoformat(),
        "changed_at": incident.changed_at.isoformat(),
        "void_reason": incident.void_reason or None,
    }


def record_of_incident(incident: Incident) -> Document:
    """Return the record as its agency would send it, normalised; `reference` is the agency's own."""
    document = plain(incident, intake.DraftSubmission, without=_NESTED)
    document["client_id"] = None if incident.client_id is None else str(incident.client_id)
    document["reference"] = incident.agency_reference or None
    document["location"] = _location(incident)
    document["agency"] = incident.acting_agency
    for name, shape in _SINGLE.items():
        row = one_of(incident, name)
        document[name] = None if row is None else plain(row, shape)
    document["documents"] = _papers(paper for paper in incident.papers.all() if paper.party_id is None)
    document["authorisations"] = [plain(row, intake.Authorisation) for row in ordered(incident.authorisations.all())]
    document["parties"] = [_party(party) for party in ordered(incident.parties.all())]
    document["items"] = [_item(item) for item in ordered(incident.items.all())]
    return {name: document[name] for name in intake.DraftSubmission.model_fields}


def digest_of_record(incident: Incident) -> str:
    """Return the SHA-256 of the record at this version, as the audit trail keeps it, in JSON with sorted names."""
    text = orjson.dumps(record_of_incident(incident), option=orjson.OPT_SORT_KEYS)
    return f"sha256:{hashlib.sha256(text).hexdigest()}"


def seen_of_incident(incident: Incident, sight: Sight) -> Document:
    """Return the record as a reader with that sight may see it."""
    document = document_of_incident(incident)
    return sight.of(document, nominal_names(document))


def names_in_incident(incident: Incident) -> frozenset[str]:
    """Return the nominal data of third parties that stands in the record."""
    return nominal_names(record_of_incident(incident))


def submission_of_incident(incident: Incident) -> intake.DraftSubmission:
    """Return the record as intake read it, for the engine."""
    return intake.DraftSubmission.model_validate(record_of_incident(incident))


def plain(row: models.Model, shape: type[BaseModel], *, without: Iterable[str] = ()) -> Document:
    """Return the row's columns that the shape names; empty text is unknown, a whole number has no point."""
    return {name: _plain(getattr(row, name)) for name in shape.model_fields if name not in without}


def one_of(row: models.Model, name: str) -> models.Model | None:
    """Return the row's one companion of that name, or None where it has none."""
    return getattr(row, name, None)


def ordered(rows: Iterable[Any]) -> Sequence[Any]:
    """Return rows by their position; sorted here, as prefetched rows are not read again."""
    return sorted(rows, key=lambda row: row.position)


_SINGLE: dict[str, type[BaseModel]] = {
    "boarding": intake.Boarding,
    "conveyance": intake.Conveyance,
    "route": intake.Route,
    "consignment": intake.Consignment,
    "recipient": intake.Recipient,
}
_NESTED = frozenset(
    {*_SINGLE, "client_id", "reference", "location", "agency", "documents", "authorisations", "parties", "items"}
)


def _plain(value: Any) -> Any:
    if value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _location(incident: Incident) -> Document | None:
    if incident.longitude is None:
        return None
    return {"type": "Point", "coordinates": [incident.longitude, incident.latitude]}


def _papers(papers: Iterable[PaperDocument]) -> list[Document]:
    return [plain(paper, intake.Paper) for paper in ordered(papers)]


def _party(party: Party) -> Document:
    document = plain(party, intake.Party, without={"documents"}) | {"documents": _papers(party.papers.all())}
    return {name: document[name] for name in intake.Party.model_fields}


def _item(item: SeizedItem) -> Document:
    document = plain(item, intake.Item, without={"id", "marks", "ammunition", "disposition"})
    ammunition, disposition = one_of(item, "ammunition"), one_of(item, "disposition")
    document["id"] = str(item.item_uuid)
    marks = sorted(item.marks.all(), key=lambda mark: mark.number)
    document["marks"] = [plain(mark, intake.Mark) for mark in marks]
    document["ammunition"] = None if ammunition is None else plain(ammunition, intake.Ammunition)
    document["disposition"] = None if disposition is None else plain(disposition, intake.Disposition)
    return {name: document[name] for name in intake.Item.model_fields}
