"""What a referral tells of its incident: the observation, the item lines and the papers, as letters take them."""

from collections.abc import Iterable, Iterator
from typing import Any

from cases.choices import RecipientKind
from cases.models import Incident
from cases.tracing.content import (
    AgencyPresent,
    ConveyanceSeen,
    Mark,
    Observation,
    Occurrence,
    PaperShown,
    PartyStated,
    Place,
    RecipientStated,
    ReferralItem,
    RouteClaim,
    RouteStated,
)

Document = dict[str, Any]


def observation_of(incident: Incident, record: Document, result: Document) -> Observation:
    """Return what was observed, with the place as geography resolved it at the last screening."""
    boarding = record["boarding"] or {}
    return Observation(
        incident=incident.agency_reference or incident.reference,
        kind=record["kind"] or "report",
        basis=record["basis"],
        occurred=Occurrence(
            first_day=incident.occurred_first_day,
            last_day=incident.occurred_last_day,
            precision=incident.occurred_precision or None,
            as_typed=incident.occurred_on or None,
            time_zone=record["time_zone"],
        ),
        place=_place(record, result.get("place") or {}),
        agencies=tuple(_agencies(incident, record)),
        conveyance=_conveyance(record["conveyance"]),
        route=_route(record["route"] or {}),
        recipient=_recipient(record["recipient"] or {}),
        parties=tuple(party_of(party) for party in record["parties"]),
        detection=record["detection"],
        concealment=record["concealment"],
        boarding_authority=boarding.get("authority"),
        boarding_grounds=boarding.get("grounds"),
        circumstances=record["circumstances"],
        context=tuple(record["context"] or ()),
    )


def _place(record: Document, located: Document) -> Place:
    longitude, latitude = record["location"]["coordinates"] if record["location"] else (None, None)
    return Place(
        name=record["place"],
        longitude=longitude,
        latitude=latitude,
        accuracy_m=record["location_accuracy_m"],
        source=record["location_source"],
        at_sea=record["at_sea"],
        country=located.get("country"),
        nearest_country=located.get("nearest_country"),
        coast_distance_m=located.get("coast_distance_m"),
        border_distance_m=located.get("border_distance_m"),
    )


def _agencies(incident: Incident, record: Document) -> Iterator[AgencyPresent]:
    acting = [agency for agency in (record["agency"], *(record["agencies"] or ())) if agency and agency.get("name")]
    if not acting:
        yield AgencyPresent(name=incident.agency.name, country=incident.agency.country)
    for agency in acting:
        yield AgencyPresent(name=agency["name"], country=agency.get("country"), role=agency.get("role"))


def _conveyance(conveyance: Document | None) -> ConveyanceSeen | None:
    if conveyance is None:
        return None
    names = ("mode", "description", "name", "flag", "stateless", "imo", "mmsi", "registration", "operator", "owner")
    return ConveyanceSeen(voyage=conveyance["flight_or_voyage"], **{name: conveyance[name] for name in names})


def _route(route: Document) -> RouteStated:
    claims = (
        RouteClaim(
            what=claim["what"],
            country=claim.get("country"),
            by=claim.get("by") or "other_state",
            name=claim.get("name"),
            recipient_kind=claim.get("recipient_kind"),
        )
        for claim in route.get("claims") or ()
        if claim.get("what")
    )
    return RouteStated(
        origin=route.get("origin"),
        transit=tuple(route.get("transit") or ()),
        destination=route.get("destination"),
        departed=route.get("departed_on"),
        arrived=route.get("arrived_on"),
        basis=route.get("basis"),
        claims=tuple(claims),
    )


def _recipient(recipient: Document) -> RecipientStated:
    return RecipientStated(
        kind=recipient.get("kind") or RecipientKind.UNKNOWN,
        name=recipient.get("name"),
        country=recipient.get("country"),
        basis=recipient.get("basis"),
    )


def party_of(party: Document) -> PartyStated:
    """Return a party to the consignment."""
    names = ("role", "kind", "country", "name", "name_original", "born_on", "registration_number", "address")
    return PartyStated(
        aliases=tuple(party["aliases"]),
        nationality=tuple(party["nationality"]),
        papers=tuple(paper_of(paper) for paper in party["documents"]),
        **{name: party[name] for name in names},
    )


def items_on(lines: Iterable[tuple[int, int]], record: Document) -> Iterator[ReferralItem]:
    """Yield the items on the lines, each a number in the letter and a position in the record, by number."""
    for number, index in sorted(lines):
        item = record["items"][index]
        imported, ammunition = item["import_mark"] or {}, item["ammunition"] or {}
        names = ("subtype", "description", "quantity", "unit", "quantity_basis", "quantity_text", "make", "model")
        yield ReferralItem(
            number=number,
            index=index,
            category=item["category"] or "arms_unspecified",
            calibre=item["calibre"],
            country_of_manufacture=item["country_of_manufacture"],
            year_of_manufacture=_text(item["year_of_manufacture"] or ammunition.get("year")),
            import_country=imported.get("country"),
            import_year=_text(imported.get("year")),
            marking_state=item["marking_state"],
            marks=tuple(_marks(item, ammunition)),
            lot=ammunition.get("lot"),
            custody=(item["disposition"] or {}).get("status"),
            **{name: item[name] for name in names},
        )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _marks(item: Document, ammunition: Document) -> Iterator[Mark]:
    transcribed = {mark["text"] for mark in item["marks"]}
    if item["serial_number"] and item["serial_number"] not in transcribed:
        yield Mark(kind="serial", text=item["serial_number"], state=item["marking_state"])
    for mark in item["marks"]:
        names = ("text", "position", "state", "restored_by", "method", "certainty", "photo")
        yield Mark(kind=mark["kind"] or "other", **{name: mark[name] for name in names})
    for stamp in ammunition.get("headstamp") or ():
        clock = stamp.get("clock")
        yield Mark(kind="headstamp", text=stamp.get("text"), position=f"{clock} h" if clock is not None else None)
    for text in ammunition.get("packaging_marks") or ():
        yield Mark(kind="packaging", text=text)


def paper_of(paper: Document) -> PaperShown:
    """Return a document of the consignment."""
    names = ("number", "issued_on", "issuer", "country", "end_user", "authenticity")
    return PaperShown(kind=paper["kind"] or "other", **{name: paper[name] for name in names})
