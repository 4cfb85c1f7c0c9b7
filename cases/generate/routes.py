"""Where the goods came from and went, who was to have them, and what others say of it."""

from cases.generate.days import dated
from cases.generate.draws import Draw, Fields, spread
from cases.generate.listed import LISTED
from cases.generate.names import misspelt, organization, person
from cases.generate.situation import Situation
from cases.generate.theatres import ANYBODY, Corridor

_BASES = spread((("documents", 5), ("statement", 4), ("assessment", 4), ("observed", 2), ("allegation", 1)))
_SPEAKERS = ("crew", "master", "documents", "seizing_state", "other_state", "panel", "press")
_BRANCHES = ("security_forces", "armed_forces", "police", "civil", "intelligence")
_AUTHORISED = spread((("unknown", 5), ("yes", 3), ("no", 2)))
_ORGANISED = frozenset({"non_governmental_force", "designated_party", "criminal_group"})
_STATE = frozenset({"government", "regional_authority"})
# A recipient's name taken from the made-up list.
ON_THE_LIST = 0.08
# Measures name parts of these States: where goods were unloaded decides.
_REGIONS = {
    "SDN": ("North Darfur", "South Darfur", "West Darfur", "Red Sea"),
    "COD": ("North Kivu", "South Kivu", "Ituri", "Kinshasa"),
}
# Found at rest, goods have no route that anybody could state.
ROUTED = {"sea": 0.75, "border": 0.75, "port": 0.85, "airport": 0.9, "town": 0.3, "field": 0.2, "deal": 0.95}


def route(draw: Draw, situation: Situation) -> dict[str, object] | None:
    """Return the route as far as it is known; None where nothing is."""
    if not draw.chance(ROUTED[situation.scene.name]):
        return None
    if situation.corridor is not None:
        record = _tied(draw, situation, situation.corridor)
    else:
        record = _unrelated(draw, situation)
    record.update(ROUTE.filled(draw, situation))
    _travel(draw, situation, record)
    return record or None


def recipient(draw: Draw, situation: Situation) -> dict[str, object] | None:
    """Return who was to receive the goods; None where nothing is known of it."""
    corridor = situation.corridor
    if not draw.chance(0.6 if corridor is not None else 0.2):
        return None
    kind = draw.one(corridor.recipients if corridor is not None else ANYBODY)
    record: dict[str, object] = {"kind": kind}
    chance = draw.random()
    if chance < 0.7:
        is_told = corridor is not None and chance < 0.63
        record["country"] = corridor.destination if corridor and is_told else draw.one(situation.theatre.trade)
    if (name := _name(draw, kind, corridor)) is not None:
        record["name"] = name
    if kind in _STATE and draw.random() < 0.5:
        record["branch"] = draw.one(_BRANCHES)
    record.update(RECIPIENT.filled(draw, situation))
    return record


def _tied(draw: Draw, situation: Situation, corridor: Corridor) -> dict[str, object]:
    record: dict[str, object] = {}
    if draw.random() < 0.75:
        record["origin"] = draw.one(corridor.origins)
    if corridor.transits and draw.random() < 0.25:
        record["transit"] = [draw.one(corridor.transits)]
    if draw.random() < 0.8:
        record["destination"] = corridor.destination
    if draw.random() < 0.08:
        record["claims"] = [_claim(draw, situation, corridor)]
    return record


def _unrelated(draw: Draw, situation: Situation) -> dict[str, object]:
    record: dict[str, object] = {}
    trade = situation.theatre.trade
    origin = draw.between(0, len(trade) - 1)
    if draw.random() < 0.6:
        record["origin"] = trade[origin]
    if draw.random() < 0.6:
        record["destination"] = trade[origin - draw.between(1, len(trade) - 1)]
    return record


def _claim(draw: Draw, situation: Situation, corridor: Corridor) -> dict[str, object]:
    """Return what somebody says of one end of the route, now and then the truth that the papers hide."""
    what, told = (
        ("destination", corridor.destination) if draw.random() < 0.7 else ("origin", draw.one(corridor.origins))
    )
    country = told if draw.random() < 0.5 else draw.one(situation.theatre.trade)
    return {"what": what, "country": country, "by": draw.one(_SPEAKERS)}


def _travel(draw: Draw, situation: Situation, record: dict[str, object]) -> None:
    """Say when the goods left and, rarely, when they came in; both no later than the stop."""
    if draw.random() >= 0.18:
        return
    days = draw.between(1, 40)
    record["departed_on"] = dated(draw, situation.day - days)
    if draw.random() < 0.15:
        record["arrived_on"] = dated(draw, situation.day - draw.between(0, 1))


def _stops(draw: Draw, situation: Situation) -> list[dict[str, object]]:
    corridor = situation.corridor
    loaded = draw.one(corridor.origins) if corridor is not None else draw.one(situation.theatre.trade)
    stops: list[dict[str, object]] = [{"what": "loaded", "country": loaded}]
    if draw.random() < 0.4:
        called = draw.one(situation.theatre.ports or situation.theatre.towns)
        stops.append({"what": "called", "country": called.country, "place": called.name})
    if corridor is not None and draw.random() < 0.15:
        stops.append(_unloaded(draw, corridor))
    return stops


def _unloaded(draw: Draw, corridor: Corridor) -> dict[str, object]:
    stop: dict[str, object] = {"what": "unloaded", "country": corridor.destination}
    if corridor.destination in _REGIONS:
        stop["place"] = draw.one(_REGIONS[corridor.destination])
    return stop


def _name(draw: Draw, kind: str, corridor: Corridor | None) -> str | None:
    chance = draw.random()
    if kind in _ORGANISED and chance < ON_THE_LIST:
        return misspelt(draw, draw.one(LISTED["organization"]))
    if kind in _ORGANISED and corridor is not None and corridor.groups:
        return misspelt(draw, draw.one(corridor.groups)) if chance < 0.7 else None
    if kind in _STATE or kind == "unknown":
        return None
    return organization(draw) if chance < 0.35 else None


def _master(draw: Draw, situation: Situation) -> str | None:
    corridor = situation.corridor
    if corridor is not None and corridor.groups:
        return draw.one(corridor.groups)
    return person(draw)


ROUTE: Fields[Situation] = Fields(
    (0.5, "basis", lambda draw, _: draw.one(_BASES)),
    (0.14, "stops", _stops),
)
RECIPIENT: Fields[Situation] = Fields(
    (0.2, "authorised_by_government", lambda draw, _: draw.one(_AUTHORISED)),
    (0.04, "acts_for", _master),
    (0.4, "basis", lambda draw, _: draw.one(_BASES)),
)
