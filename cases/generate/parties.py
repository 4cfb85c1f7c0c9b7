"""The people and companies around a consignment; some spell like a name on the made-up list."""

from cases.generate.days import dated
from cases.generate.draws import Draw, Fields, spread
from cases.generate.listed import LISTED
from cases.generate.names import misspelt, organization, original_script, person, vessel
from cases.generate.places import TIME_ZONES
from cases.generate.serials import numbered
from cases.generate.situation import Situation
from cases.generate.theatres import GROUPS

# Shares of the parties whose name is that of a listed party or of a group, in somebody else's spelling.
ON_THE_LIST, A_GROUP = 0.01, 0.02
_TRADE_ROLES = spread(
    (
        ("consignor", 4), ("consignee", 5), ("notify_party", 2), ("exporter", 2), ("importer", 1), ("carrier", 2),
        ("freight_forwarder", 2), ("broker", 2), ("owner", 2), ("charterer", 1), ("financier", 1), ("bank", 1),
        ("end_user", 2), ("ship_manager", 1), ("insurer", 1), ("manufacturer", 1),
    )
)  # fmt: skip
_CREW_ROLES = spread((("master", 3), ("crew", 6), ("driver", 5), ("passenger", 2), ("possessor", 6)))
_PERSONS = frozenset({"master", "crew", "driver", "passenger", "possessor"})
_COUNTS = {
    "sea": (0, 0, 1, 1, 2, 3), "border": (0, 1, 1, 2), "port": (1, 2, 2, 3, 4), "airport": (1, 2, 2, 3),
    "town": (0, 1, 1, 1, 2), "field": (0, 0, 0, 1), "deal": (1, 2, 3, 4),
}  # fmt: skip
_SEXES = spread((("male", 8), ("female", 1), ("unknown", 2)))
_STATUSES = spread((("unknown", 3), ("arrested", 5), ("charged", 3), ("at_large", 2), ("convicted", 1), ("witness", 1)))
_COUNTRIES = tuple(sorted(TIME_ZONES))
_STREETS = ("Harbour Road", "Market Street", "Airport Road", "Free Zone, Unit", "Old Town, House")


def parties(draw: Draw, situation: Situation) -> list[dict[str, object]]:
    """Return the parties known."""
    return [_party(draw, situation) for _ in range(draw.one(_COUNTS[situation.scene.name]))]


def _party(draw: Draw, situation: Situation) -> dict[str, object]:
    aboard = situation.scene.name in {"sea", "border", "town", "field"} and draw.random() < 0.75
    role = draw.one(_CREW_ROLES if aboard else _TRADE_ROLES)
    kind = "person" if role in _PERSONS or draw.random() < 0.25 else "organization"
    if role == "owner" and draw.random() < 0.1:
        kind = "vessel"
    name = _name(draw, kind)
    record: dict[str, object] = {"role": role, "kind": kind, "name": name}
    record.update(PARTY.filled(draw, situation))
    if kind == "person":
        record.update(PERSON.filled(draw, situation))
    elif kind == "organization":
        record.update(COMPANY.filled(draw, situation))
    if draw.random() < 0.05:
        record["name_original"] = original_script(draw, name)
    if draw.random() < 0.04:
        record["aliases"] = [misspelt(draw, name)]
    return record


def _name(draw: Draw, kind: str) -> str:
    chance = draw.random()
    if chance < ON_THE_LIST:
        return misspelt(draw, draw.one(LISTED[kind]))
    if chance < ON_THE_LIST + A_GROUP and kind == "organization":
        return misspelt(draw, draw.one(GROUPS))
    return person(draw) if kind == "person" else vessel(draw) if kind == "vessel" else organization(draw)


def _nearby(draw: Draw, situation: Situation) -> str:
    chance, corridor = draw.random(), situation.corridor
    if corridor is not None and chance < 0.4:
        return corridor.destination
    return draw.one(situation.theatre.trade) if chance < 0.8 else draw.one(_COUNTRIES)


def _born(draw: Draw, situation: Situation) -> str:
    year = situation.year - draw.between(18, 64)
    if draw.random() < 0.5:
        return str(year)
    return f"{year}-{draw.between(1, 12):02}-{draw.between(1, 28):02}"


def _papers(draw: Draw, situation: Situation) -> list[dict[str, object]]:
    kind = "passport" if draw.random() < 0.6 else "identity_card"
    paper: dict[str, object] = {"kind": kind, "number": numbered(draw, "A9999999", 0)}
    if draw.random() < 0.4:
        paper["issued_on"] = dated(draw, situation.day - draw.between(30, 3000))
    return [paper]


def _address(draw: Draw, situation: Situation) -> str:
    place = draw.one(situation.theatre.towns or situation.theatre.ports)
    return f"{draw.one(_STREETS)} {draw.between(1, 240)}, {place.name}"


PARTY: Fields[Situation] = Fields(
    (0.55, "country", _nearby), (0.12, "address", _address), (0.2, "status", lambda draw, _: draw.one(_STATUSES))
)
PERSON: Fields[Situation] = Fields(
    (0.3, "born_on", _born),
    (0.3, "sex", lambda draw, _: draw.one(_SEXES)),
    (0.3, "nationality", lambda draw, situation: [_nearby(draw, situation)]),
    (0.12, "residence", _nearby),
    (0.08, "documents", _papers),
)
COMPANY: Fields[Situation] = Fields((0.1, "registration_number", lambda draw, _: numbered(draw, "AA-9999999", 0)))
