"""What was observed, fact by fact with its basis, and the map of the place."""

from collections.abc import Iterator, Sequence

from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.blocks import Paragraphs
from cases.documents.letter.incidents import incident_titled
from cases.documents.map_inset import MapInset
from cases.documents.printable import printable
from cases.documents.wording import Wording, to_say
from cases.tracing.content import ConveyanceSeen, Observation, PartyStated, Place, ReferralContent, RouteStated

Row = tuple[str, str, str]


def add_observation(observation: Observation, inset: MapInset | None, wording: Wording, letter: Paragraphs) -> None:
    """Add the facts of the incident, and the map where the position is known."""
    letter.heading(wording.say("What was observed"))
    _add_facts(observation, inset, wording, letter)


def add_observations(
    content: ReferralContent, insets: Sequence[MapInset | None], wording: Wording, letter: Paragraphs
) -> None:
    """Add the facts of each incident with its map, where there are several each under its own heading."""
    if len(insets) == 1:
        add_observation(content.observation, insets[0], wording, letter)
        return
    letter.heading(wording.say("What was observed"))
    letter.numbered(
        wording.say(
            "This request concerns several incidents, each told of under its own heading; the items are numbered "
            "through all of them."
        )
    )
    for at, (part, inset) in enumerate(zip(content.by_incident(), insets, strict=True)):
        letter.subheading(incident_titled(content, at, wording))
        _add_facts(part.observation, inset, wording, letter)


def _add_facts(observation: Observation, inset: MapInset | None, wording: Wording, letter: Paragraphs) -> None:
    letter.numbered(wording.say("The facts of the incident are recorded as follows."))
    letter.facts(
        [wording.say("Fact"), wording.say("As recorded"), wording.say("Basis")],
        [*_event(observation, wording), *_movement(observation, wording), *_manner(observation, wording)],
    )
    if inset is not None:
        letter.map(inset.svg, _alternative(observation, wording), _caption(observation, wording))


def _basis(wording: Wording, basis: str | None) -> str:
    return label(wording, "basis", basis) or phrases.not_known(wording)


def _event(observation: Observation, wording: Wording) -> Iterator[Row]:
    basis = _basis(wording, observation.basis)
    kind = label(wording, "incident", observation.kind) or ""
    number = f" ({printable(observation.incident)})" if observation.incident else ""
    yield wording.say("Event"), f"{kind}{number}", basis
    when = phrases.occurred(wording, observation.occurred)
    if observation.occurred.time_zone:
        when += f" ({printable(observation.occurred.time_zone)})"
    yield wording.say("Date"), when, basis
    agencies = [_agency(observation, index, wording) for index in range(len(observation.agencies))]
    yield wording.say("Observed by"), "\n".join(agencies) or phrases.not_known(wording), basis
    yield wording.say("Place"), _place(observation.place, wording), basis
    source = label(wording, "location_source", observation.place.source) or phrases.not_known(wording)
    yield wording.say("Position"), _position(observation.place, wording), source


def _agency(observation: Observation, index: int, wording: Wording) -> str:
    agency = observation.agencies[index]
    notes = [note for note in (label(wording, "agency_role", agency.role),) if note]
    notes = [phrases.country(wording, agency.country), *notes] if agency.country not in {None, "XXX"} else notes
    return printable(agency.name) + (f" ({wording.in_a_row(notes)})" if notes else "")


def _place(place: Place, wording: Wording) -> str:
    parts = [phrases.known(wording, place.name)]
    if place.at_sea is not None:
        parts.append(wording.say("at sea") if place.at_sea else wording.say("on land"))
    if place.country is not None:
        parts.append(wording.say("in {country}", country=phrases.country(wording, place.country)))
    elif place.nearest_country is not None:
        parts.append(wording.say("nearest State: {country}", country=phrases.country(wording, place.nearest_country)))
    if place.at_sea and place.coast_distance_m is not None:
        parts.append(
            wording.say("{distance} from the coast", distance=phrases.distance(wording, place.coast_distance_m))
        )
    if not place.at_sea and place.border_distance_m is not None:
        parts.append(
            wording.say(
                "{distance} from the nearest land border", distance=phrases.distance(wording, place.border_distance_m)
            )
        )
    return wording.strung(parts)


def _position(place: Place, wording: Wording) -> str:
    if place.longitude is None or place.latitude is None:
        return phrases.not_known(wording)
    at = phrases.position(wording, place.latitude, place.longitude)
    if place.accuracy_m is None:
        return wording.say("{position}; accuracy not known", position=at)
    return wording.say(
        "{position}; accuracy within {distance}", position=at, distance=phrases.distance(wording, place.accuracy_m)
    )


def _movement(observation: Observation, wording: Wording) -> Iterator[Row]:
    basis = _basis(wording, observation.basis)
    if observation.conveyance is not None:
        yield wording.say("Conveyance"), wording.strung(_conveyance(observation.conveyance, wording)), basis
    route = observation.route
    yield wording.say("Route as stated"), _route(route, wording), _basis(wording, route.basis)
    for claim in route.claims:
        named = [phrases.country(wording, claim.country)] if claim.country else []
        named += [printable(claim.name)] if claim.name else []
        what = wording.say("{what}: {value}", what=label(wording, "claim", claim.what), value=wording.in_a_row(named))
        yield wording.say("Stated otherwise"), what, wording.say("by {who}", who=label(wording, "claimant", claim.by))
    yield (
        wording.say("Recipient as stated"),
        _recipient(observation, wording),
        _basis(wording, observation.recipient.basis),
    )
    for party in observation.parties:
        # Without a name its role says nothing that the annex on what is withheld does not.
        if party.name:
            role = label(wording, "role", party.role) or wording.say("party")
            yield phrases.sentence_case(role), wording.strung(_party(party, wording)), basis


def _party(party: PartyStated, wording: Wording) -> Iterator[str]:
    yield wording.in_a_row(printable(name) for name in (party.name, party.name_original, *party.aliases) if name)
    yield from ([phrases.country(wording, party.country)] if party.country else [])
    if party.born_on:
        yield wording.say("born: {day}", day=phrases.day_as_written(wording, party.born_on))
    if party.nationality:
        states = wording.joined(phrases.country(wording, code) for code in party.nationality)
        yield wording.say("nationality: {countries}", countries=states)
    for sentence, value in (
        (to_say("registration: {value}"), party.registration_number),
        (to_say("address: {value}"), party.address),
    ):
        if value:
            yield wording.say(sentence, value=printable(value))
    for paper in party.papers:
        yield phrases.paper_named(wording, paper, label(wording, "paper", paper.kind) or "")


def _route(route: RouteStated, wording: Wording) -> str:
    if not (route.origin or route.transit or route.destination):
        return phrases.not_known(wording)
    parts = [wording.say("from {country}", country=phrases.country(wording, route.origin))]
    if route.transit:
        through = wording.joined(phrases.country(wording, code) for code in route.transit)
        parts.append(wording.say("through {countries}", countries=through))
    parts.append(wording.say("to {country}", country=phrases.country(wording, route.destination)))
    parts += [wording.say("left: {day}", day=phrases.day_as_written(wording, route.departed))] if route.departed else []
    parts += (
        [wording.say("arrived: {day}", day=phrases.day_as_written(wording, route.arrived))] if route.arrived else []
    )
    return wording.strung(parts)


def _conveyance(conveyance: ConveyanceSeen, wording: Wording) -> Iterator[str]:
    named = [text for text in (conveyance.description, conveyance.name) if text]
    yield printable(" ".join(named)) if named else wording.say("name not known")
    if conveyance.mode is not None:
        yield label(wording, "mode", conveyance.mode) or ""
    if conveyance.stateless:
        yield wording.say("stateless")
    elif conveyance.flag is not None or conveyance.mode in {"sea", "inland_water"}:
        yield wording.say("flag: {country}", country=phrases.country(wording, conveyance.flag))
    if conveyance.mode == "sea":
        yield wording.say("IMO number: {number}", number=phrases.known(wording, conveyance.imo))
    for sentence, value in (
        (to_say("MMSI: {value}"), conveyance.mmsi),
        (to_say("registration: {value}"), conveyance.registration),
        (to_say("flight or voyage: {value}"), conveyance.voyage),
        (to_say("operator: {value}"), conveyance.operator),
        (to_say("owner: {value}"), conveyance.owner),
    ):
        if value:
            yield wording.say(sentence, value=printable(value))


def _recipient(observation: Observation, wording: Wording) -> str:
    recipient = observation.recipient
    if recipient.kind == "unknown" and not recipient.name:
        return phrases.not_known(wording)
    notes = [label(wording, "recipient", recipient.kind) or ""] if recipient.kind != "unknown" else []
    notes += [phrases.country(wording, recipient.country)] if recipient.country else []
    return phrases.known(wording, recipient.name) + (f" ({wording.in_a_row(notes)})" if notes else "")


def _manner(observation: Observation, wording: Wording) -> Iterator[Row]:
    basis = _basis(wording, observation.basis)
    ground = label(wording, "boarding", observation.boarding_authority)
    if ground is not None:
        grounds = [printable(observation.boarding_grounds)] if observation.boarding_grounds else []
        yield wording.say("Legal ground of the boarding"), wording.strung([ground, *grounds]), basis
    for title, value in (
        (to_say("Holder"), observation.holder),
        (to_say("Detected by"), observation.detection),
        (to_say("Concealment"), observation.concealment),
    ):
        if value:
            yield wording.say(title), printable(value), basis
    yield wording.say("Circumstances"), phrases.known(wording, observation.circumstances), basis


def _alternative(observation: Observation, wording: Wording) -> str:
    return wording.say("Map of the place: {position}", position=_position(observation.place, wording))


def _caption(observation: Observation, wording: Wording) -> str:
    parts = [wording.say("Place of the incident: {position}.", position=_position(observation.place, wording))]
    if observation.route.origin or observation.route.destination:
        parts.append(wording.say("Arrows show the direction of the stated route, not the course taken."))
    parts.append(
        wording.say(
            "The boundaries and names shown, taken from public-domain data, imply no opinion on the status of any "
            "territory or on the course of any boundary."
        )
    )
    return " ".join(parts)
