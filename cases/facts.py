"""From an incident as sent to the facts that the engine weighs: nothing assumed, precision carried through."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from cases.intake.incident import Agency, Boarding, DraftSubmission, Item, Party, Recipient, Route
from cases.intake.partial_date import PartialDate, zone_called
from cases.screening.facts import (
    REACH_M,
    AgencyFacts,
    AuthorisationFacts,
    BoardingFacts,
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
    ViewFacts,
    ZoneFacts,
)
from cases.screening.window import COUNCIL_TIME_ZONE
from geo.locate import Geography, Location

# Longitude and latitude in degrees, WGS 84.
Coordinates = tuple[float, float]

LOADED = frozenset({"loaded", "packed", "sealed", "departed"})
UNLOADED = frozenset({"unloaded", "discharged", "delivered", "arrived"})


def facts_from(
    submission: DraftSubmission, *, reference: str, geography: Geography, reach_m: int = REACH_M
) -> IncidentFacts:
    """Return the facts of an incident, with its place resolved on the day.

    ``reach_m`` is how far from a border the agency lets the place alone tie (R7).
    """
    return facts_of_many([(reference, submission)], geography=geography, reach_m=[reach_m])[0]


def facts_of_many(
    incidents: Sequence[tuple[str, DraftSubmission]], *, geography: Geography, reach_m: Sequence[int] | None = None
) -> list[IncidentFacts]:
    """Return the facts of incidents, given with their references; places are resolved together, which is faster.

    ``reach_m`` is, for each, how far from a border its agency lets the place alone tie (R7).
    """
    submissions = [submission for _, submission in incidents]
    whens = [council_days(each.occurred_on, each.time_zone) for each in submissions]
    places = place_facts(
        submissions,
        geography,
        on=[days.last for days, _ in whens],
        reach_m=[REACH_M] * len(incidents) if reach_m is None else reach_m,
    )
    return [
        _facts(reference, submission, when, place)
        for (reference, submission), when, place in zip(incidents, whens, places, strict=True)
    ]


def _facts(
    reference: str, submission: DraftSubmission, when: tuple[Days, bool], place: PlaceFacts | None
) -> IncidentFacts:
    occurred, day_is_exact = when
    return IncidentFacts(
        reference=reference,
        kind=submission.kind or "",
        stopped=_days(submission.occurred_on),
        occurred=occurred,
        day_is_exact=day_is_exact,
        stopped_at=submission.occurred_on.instant_in(submission.time_zone) if submission.occurred_on else None,
        basis=submission.basis,
        place=place,
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
        agencies=_agencies(submission.agency, submission.agencies),
        detection=submission.detection,
        boarding=_boarding(submission.boarding),
        forged_papers=tuple(
            paper.number for paper in submission.documents if paper.authenticity == "forged" and paper.number
        ),
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
    zone = zone_called(time_zone)
    first = datetime.combine(when.first_day, time.min, zone).astimezone(COUNCIL_TIME_ZONE)
    last = datetime.combine(when.last_day + timedelta(days=1), time.min, zone) - timedelta(seconds=1)
    return Days(first.date(), last.astimezone(COUNCIL_TIME_ZONE).date()), True


def place_facts(
    submissions: Sequence[DraftSubmission],
    geography: Geography,
    *,
    on: Sequence[date | None],
    reach_m: Sequence[int],
) -> list[PlaceFacts | None]:
    """Resolve the stated positions, each on its day and within its agency's reach; None where there is none."""
    places: list[PlaceFacts | None] = [None] * len(submissions)
    stated = [
        _Stated(at, sent.location.coordinates, on[at], sent.at_sea, sent.location_accuracy_m, reach_m[at])
        for at, sent in enumerate(submissions)
        if sent.location is not None
    ]
    for at, place in _resolved(stated, geography):
        places[at] = place
    return places


def placed_anew(known: Sequence[tuple[IncidentFacts, Coordinates]], geography: Geography) -> list[IncidentFacts]:
    """Return facts with their places resolved by other zones, each from its position; all else stays as weighed."""
    placed = [facts for facts, _ in known]
    weighed = [
        _Stated(at, position, facts.occurred.last, facts.place.at_sea, facts.place.accuracy_m, facts.place.reach_m)
        for at, (facts, position) in enumerate(known)
        if facts.place is not None
    ]
    for at, place in _resolved(weighed, geography):
        placed[at] = replace(placed[at], place=place)
    return placed


class _Stated(NamedTuple):
    """A position with what decides how it is resolved."""

    at: int
    position: Coordinates
    on: date | None
    at_sea: bool | None
    accuracy_m: float | None
    reach_m: int


def _resolved(stated: Sequence[_Stated], geography: Geography) -> Iterator[tuple[int, PlaceFacts]]:
    """Yield each place: those of one reach together, as what lies near must not depend on who else was asked about."""
    for reach_m in sorted({each.reach_m for each in stated}):
        these = [each for each in stated if each.reach_m == reach_m]
        located = geography.locate_many(
            [longitude for _, (longitude, _), *_ in these],
            [latitude for _, (_, latitude), *_ in these],
            accuracy_m=[each.accuracy_m for each in these],
            on=[each.on for each in these],
            reach_m=max(reach_m, REACH_M),
        )
        for each, location in zip(these, located, strict=True):
            yield each.at, _place(location, at_sea=each.at_sea, accuracy_m=each.accuracy_m, reach_m=reach_m)


def _place(located: Location, *, at_sea: bool | None, accuracy_m: float | None, reach_m: int) -> PlaceFacts:
    return PlaceFacts(
        country=located.country,
        country_certainty=located.country_certainty,
        region=located.region,
        nearest_country=located.nearest_country,
        border_distance_m=located.border_distance_m,
        coast_distance_m=located.coast_distance_m,
        near=tuple([NearFacts(country=near.country, distance_m=near.distance_m) for near in located.near]),
        zones=tuple(
            [
                ZoneFacts(id=zone.id, kind=zone.kind, country=zone.country, certainty=zone.certainty)
                for zone in located.zones
            ]
        ),
        at_sea=at_sea,
        accuracy_m=accuracy_m,
        views=tuple([ViewFacts(country=view.country, basis=view.basis) for view in located.views]),
        reach_m=reach_m,
    )


def _agencies(lead: Agency | None, others: tuple[Agency, ...]) -> tuple[AgencyFacts, ...]:
    present = (lead, *others) if lead is not None else others
    return tuple(AgencyFacts(kind=agency.kind, name=agency.name, country=agency.country) for agency in present)


def _boarding(boarding: Boarding | None) -> BoardingFacts | None:
    if boarding is None:
        return None
    return BoardingFacts(
        authority=boarding.authority,
        resolution=boarding.resolution,
        consent=boarding.flag_state_consent,
        cooperation=boarding.cooperation,
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
        operator=conveyance.operator,
        owner=conveyance.owner,
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
        make=item.make,
        model=item.model,
        calibre=item.calibre,
        lethality=item.lethality,
        country_of_manufacture=item.country_of_manufacture,
        made=_year(item.year_of_manufacture or lot_year),
        import_marked=_year(item.import_mark.year if item.import_mark is not None else None),
        disposition=item.disposition.status if item.disposition is not None else None,
        disposed=_days(item.disposition.on) if item.disposition is not None else Days(None, None),
    )
