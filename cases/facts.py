"""From an incident as sent to the facts that the engine weighs: nothing assumed, precision carried through."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.intake.incident import DraftSubmission, Item, Party, Recipient, Route
from cases.intake.partial_date import PartialDate
from cases.screening.facts import (
    AuthorisationFacts,
    Claim,
    ConveyanceFacts,
    Days,
    EndUseCertificateFacts,
    IncidentFacts,
    ItemFacts,
    NearFacts,
    PartyFacts,
    PlaceFacts,
    RecipientFacts,
    RouteFacts,
    ZoneFacts,
)
from geo.locate import Geography, Location, Position

# Resolutions of the Council take effect on New York days (R18).
COUNCIL_TIME_ZONE = ZoneInfo("America/New_York")
LOADED = frozenset({"loaded", "packed", "sealed", "departed"})
UNLOADED = frozenset({"unloaded", "discharged", "delivered", "arrived"})


def facts_from(submission: DraftSubmission, *, reference: str, geography: Geography) -> IncidentFacts:
    """Return the facts of an incident, with its place resolved on the day."""
    occurred, day_is_exact = council_days(submission.occurred_on, submission.time_zone)
    return IncidentFacts(
        reference=reference,
        kind=submission.kind or "",
        stopped=_days(submission.occurred_on),
        occurred=occurred,
        day_is_exact=day_is_exact,
        basis=submission.basis,
        place=place_facts(submission, geography, on=occurred.last),
        route=_route(submission.route, submission.place),
        recipient=_recipient(submission.recipient),
        conveyance=_conveyance(submission),
        parties=tuple(_party(index, party) for index, party in enumerate(submission.parties)),
        items=tuple(_item(index, item) for index, item in enumerate(submission.items)),
        authorisations=tuple(
            AuthorisationFacts(
                kind=paper.kind or "",
                regime=paper.regime,
                reference=paper.reference,
                on=_days(paper.on),
                basis=paper.basis,
            )
            for paper in submission.authorisations
        ),
        end_use_certificates=tuple(
            EndUseCertificateFacts(
                authenticity=paper.authenticity or "unverified", country=paper.country, end_user=paper.end_user
            )
            for paper in submission.documents
            if paper.kind == "end_user_certificate"
        ),
        context=submission.context,
        agency_kind=submission.agency.kind if submission.agency else None,
    )


def council_days(when: PartialDate | None, time_zone: str | None) -> tuple[Days, bool]:
    """Return the New York days that a date may mean, and whether they are exactly those.

    Without instant or time zone the day is taken as stated, and the engine treats its neighbours with care (R18).
    """
    if when is None:
        return Days(None, None), False
    instant = when.instant_in(time_zone)
    if instant is not None:
        return Days.on(instant.astimezone(COUNCIL_TIME_ZONE).date()), True
    if time_zone is None:
        return Days(when.first_day, when.last_day), False
    zone = ZoneInfo(time_zone)
    first = datetime.combine(when.first_day, time.min, zone).astimezone(COUNCIL_TIME_ZONE)
    last = datetime.combine(when.last_day + timedelta(days=1), time.min, zone) - timedelta(seconds=1)
    return Days(first.date(), last.astimezone(COUNCIL_TIME_ZONE).date()), True


def place_facts(submission: DraftSubmission, geography: Geography, *, on: date | None) -> PlaceFacts | None:
    """Resolve the stated position; None where there is none."""
    if submission.location is None:
        return None
    position = Position(submission.location.longitude, submission.location.latitude)
    located = geography.locate(position, accuracy_m=submission.location_accuracy_m, on=on)
    return _place(located, at_sea=submission.at_sea, accuracy_m=submission.location_accuracy_m)


def _place(located: Location, *, at_sea: bool | None, accuracy_m: float | None) -> PlaceFacts:
    return PlaceFacts(
        country=located.country,
        country_certainty=located.country_certainty,
        region=located.region,
        nearest_country=located.nearest_country,
        border_distance_m=located.border_distance_m,
        coast_distance_m=located.coast_distance_m,
        near=tuple(NearFacts(country=near.country, distance_m=near.distance_m) for near in located.near),
        zones=tuple(
            ZoneFacts(id=zone.id, kind=zone.kind, country=zone.country, certainty=zone.certainty)
            for zone in located.zones
        ),
        at_sea=at_sea,
        accuracy_m=accuracy_m,
    )


def _days(when: PartialDate | None) -> Days:
    return Days(when.first_day, when.last_day) if when is not None else Days(None, None)


def _year(year: int | None) -> Days:
    return Days(date(year, 1, 1), date(year, 12, 31)) if year is not None else Days(None, None)


def _route(route: Route | None, found_at: str | None) -> RouteFacts:
    here = (found_at,) if found_at else ()
    if route is None:
        return RouteFacts(place_names=here)
    loaded = [stop for stop in route.stops if stop.what in LOADED]
    return RouteFacts(
        origin=route.origin,
        transit=route.transit,
        destination=route.destination,
        loaded_in=tuple(stop.country for stop in loaded if stop.country),
        unloaded_in=tuple(stop.country for stop in route.stops if stop.what in UNLOADED and stop.country),
        departed=_days(route.departed_on),
        arrived=_days(route.arrived_on),
        basis=route.basis,
        claims=tuple(
            Claim(
                what=claim.what or "",
                country=claim.country,
                recipient_kind=claim.recipient_kind,
                name=claim.name,
                by=claim.by or "",
            )
            for claim in route.claims
        ),
        place_names=(*(stop.place for stop in route.stops if stop.what in UNLOADED and stop.place), *here),
        loaded_places=tuple(stop.place for stop in loaded if stop.place),
    )


def _recipient(recipient: Recipient | None) -> RecipientFacts:
    if recipient is None:
        return RecipientFacts()
    return RecipientFacts(
        kind=recipient.kind or "unknown",
        name=recipient.name,
        country=recipient.country,
        branch=recipient.branch,
        authorised_by_government=recipient.authorised_by_government or "unknown",
        acts_for=recipient.acts_for,
        basis=recipient.basis,
    )


def _conveyance(submission: DraftSubmission) -> ConveyanceFacts:
    conveyance = submission.conveyance
    if conveyance is None:
        return ConveyanceFacts()
    return ConveyanceFacts(
        mode=conveyance.mode,
        name=conveyance.name,
        flag=conveyance.flag,
        stateless=conveyance.stateless,
        imo=conveyance.imo,
        mmsi=conveyance.mmsi,
        registration=conveyance.registration,
    )


def _party(index: int, party: Party) -> PartyFacts:
    numbers = (party.registration_number, *(paper.number for paper in party.documents))
    return PartyFacts(
        index=index,
        role=party.role or "",
        kind=party.kind,
        name=party.name,
        name_original=party.name_original,
        aliases=party.aliases,
        country=party.country,
        nationality=party.nationality,
        residence=party.residence,
        born=_days(party.born_on),
        identifiers=tuple(number for number in numbers if number),
    )


def _item(index: int, item: Item) -> ItemFacts:
    lot_year = item.ammunition.year if item.ammunition is not None else None
    return ItemFacts(
        index=index,
        category=item.category or "",
        subtype=item.subtype,
        description=item.description or "",
        quantity=float(item.quantity) if item.quantity is not None else None,
        unit=item.unit,
        hs_code=item.hs_code,
        calibre=item.calibre,
        lethality=item.lethality,
        country_of_manufacture=item.country_of_manufacture,
        made=_year(item.year_of_manufacture or lot_year),
        import_marked=_year(item.import_mark.year if item.import_mark is not None else None),
    )
