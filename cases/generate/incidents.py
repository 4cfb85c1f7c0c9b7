"""Whole incidents in the shape in which they are sent: final records, every one of them valid."""

from collections.abc import Iterator

from cases.generate.conveyances import boarding, consignment, conveyance
from cases.generate.days import INSTANT, LOCAL, stopped
from cases.generate.draws import Draw, Fields, spread
from cases.generate.items import SEEN_WITHOUT_GOODS, items
from cases.generate.papers import authorisations, documents
from cases.generate.parties import parties
from cases.generate.routes import recipient, route
from cases.generate.serials import Serials
from cases.generate.situation import Situation, situation

_BASES = spread((("observed", 8), ("documents", 5), ("statement", 2), ("assessment", 2), ("allegation", 1)))
# Metres: a satellite fix, a map, a place name, "off the coast".
_FIXES = spread(((5, 3), (10, 5), (25, 4), (50, 3), (100, 2)))
_COARSE = spread(((500, 4), (1_000, 4), (2_000, 3), (5_000, 4), (15_000, 2), (50_000, 1)))
_AT_SEA = spread(((50, 4), (200, 3), (1_000, 3), (5_000, 2), (20_000, 2), (50_000, 1), (150_000, 1)))
_COARSE_SOURCES = spread((("map", 4), ("place_name", 5), ("document", 1), ("statement", 1)))
_AGENCIES = {
    "customs": "Customs office", "police": "Police district", "border_guard": "Border post", "gendarmerie": "Brigade",
    "coast_guard": "Coast guard station", "navy": "Task unit", "military": "Garrison", "panel": "Panel",
    "national_focal_point": "Focal point", "licensing_authority": "Licensing office", "un_mission": "Mission sector",
    "regional_organisation": "Regional operation",
}  # fmt: skip
# Who patrols far from home.
_NAVIES = ("USA", "FRA", "GBR", "ITA", "IND", "AUS", "ESP", "PAK", "DEU", "JPN", "GRC", "SAU")
_ROLES = ("lead", "lead", "lead", "support", "custody")
_DETECTIONS = spread((("patrol", 5), ("intelligence", 4), ("risk_profile", 3), ("x_ray", 3), ("search", 3), ("dog", 1)))
_HIDING = (
    "under sacks of rice", "in a false floor", "behind the panels of a cabin", "inside a fuel tank",
    "among scrap metal",
    "below a cargo of fish", "in welded drums", "between bales of clothing",
)  # fmt: skip
_TRAFFIC = spread(
    ((("organised_crime",), 5), (("armed_conflict",), 3), (("terrorism",), 2), (("drug_trafficking",), 2))
)
_WAR = spread(
    (
        (("armed_conflict",), 7), (("terrorism",), 3), (("armed_conflict", "terrorism"), 2),
        (("minerals_trafficking",), 1), (("attack_on_peacekeepers",), 1),
    )
)  # fmt: skip
_CRIME = spread(
    (
        (("gang_violence",), 4), (("organised_crime",), 4), (("drug_trafficking",), 3), (("terrorism",), 2),
        (("gender_based_violence",), 1), (("wildlife_crime",), 1), (("human_trafficking",), 1),
    )
)  # fmt: skip
_CONTEXTS = {
    "sea": (*_TRAFFIC, ("piracy",)), "border": (*_TRAFFIC, *_WAR), "port": _TRAFFIC, "airport": _TRAFFIC,
    "town": _CRIME, "field": _WAR, "deal": _TRAFFIC,
}  # fmt: skip
_GROUNDS = spread(((("iti_6a",), 4), (("iti_6b",), 3), (("iti_6d",), 1), (("iti_6e",), 3), (("iti_6a", "iti_6e"), 1)))
_STORIES = (
    "Stopped on information received; nobody aboard could name the owner of the goods.",
    "Found during a routine control. The driver left the vehicle before it was searched.",
    "The crew threw part of the load overboard before the boarding.",
    "Handed over by residents who had found the goods in an abandoned house.",
    "Recorded from a public source; no authority has confirmed the account.",
    "The goods lay behind a second cargo that had been declared correctly.",
    "Discovered after a clash in the area; the count may not be complete.",
)


def incidents(count: int, *, seed: int) -> Iterator[dict[str, object]]:
    """Yield so many incidents; the same seed gives the same ones, and fewer of them are the first of more."""
    draw, serials = Draw(seed), Serials()
    for number in range(1, count + 1):
        yield _incident(draw, situation(draw, serials), f"GEN-{seed}-{number:07}")


def _incident(draw: Draw, stop: Situation, reference: str) -> dict[str, object]:
    record: dict[str, object] = {
        "client_id": draw.uuid(),
        "reference": reference,
        "state": "final",
        "kind": stop.kind,
        "occurred_on": stopped(draw, stop.day, stop.precision),
    }
    record.update(_place(draw, stop))
    record.update(INCIDENT.filled(draw, stop))
    goods = items(draw, stop)
    if not goods and stop.kind not in SEEN_WITHOUT_GOODS:
        raise AssertionError("only an inspection or a denial is without goods")
    record["items"] = goods
    return record


def _place(draw: Draw, stop: Situation) -> dict[str, object]:
    """Return where it was, as far as anybody wrote it down."""
    record: dict[str, object] = {}
    if stop.precision in {INSTANT, LOCAL} or draw.random() < 0.35:
        _put_time_zone(draw, stop, record)
    if stop.lane is not None:
        record["at_sea"] = True
    if draw.random() < 0.7:
        record["place"] = stop.place_name
    if draw.random() < 0.87:
        record["location"] = {"type": "Point", "coordinates": [round(stop.longitude, 4), round(stop.latitude, 4)]}
        _put_accuracy(draw, stop, record)
    return record


def _put_time_zone(draw: Draw, stop: Situation, record: dict[str, object]) -> None:
    zone = stop.time_zone
    if zone is not None and draw.random() < 0.8:
        record["time_zone"] = zone


def _put_accuracy(draw: Draw, stop: Situation, record: dict[str, object]) -> None:
    """Give the position a source and an accuracy that fit each other; a fifth of the positions have neither."""
    chance = draw.random()
    if chance < 0.2:
        return
    if stop.lane is not None:
        record["location_accuracy_m"] = draw.one(_AT_SEA)
        record["location_source"] = "ais" if chance < 0.4 else "radar" if chance < 0.6 else "gps"
    elif chance < 0.6:
        record["location_accuracy_m"], record["location_source"] = draw.one(_FIXES), "gps"
    else:
        record["location_accuracy_m"], record["location_source"] = draw.one(_COARSE), draw.one(_COARSE_SOURCES)


def _agency(draw: Draw, stop: Situation) -> dict[str, object]:
    kind = draw.one(stop.scene.agencies)
    record: dict[str, object] = {"name": f"{_AGENCIES[kind]} {draw.between(1, 60)}", "kind": kind}
    if draw.random() < 0.8:
        record["country"] = stop.place.country if stop.place is not None else draw.one(_NAVIES)
    if draw.random() < 0.4:
        record["role"] = draw.one(_ROLES)
    return record


def _others(draw: Draw, stop: Situation) -> list[dict[str, object]]:
    return [_agency(draw, stop)]


INCIDENT: Fields[Situation] = Fields(
    (0.75, "basis", lambda draw, _: draw.one(_BASES)),
    (0.8, "agency", _agency),
    (0.05, "agencies", _others),
    (0.04, "operation", lambda draw, _: f"Operation {draw.between(1, 400):03}"),
    (0.35, "detection", lambda draw, _: draw.one(_DETECTIONS)),
    (0.15, "concealment", lambda draw, _: f"Hidden {draw.one(_HIDING)}."),
    (0.7, "boarding", boarding),
    (0.85, "conveyance", conveyance),
    (1.0, "route", route),
    (0.4, "consignment", consignment),
    (1.0, "documents", lambda draw, stop: documents(draw, stop) or None),
    (1.0, "authorisations", lambda draw, stop: authorisations(draw, stop) or None),
    (1.0, "recipient", recipient),
    (1.0, "parties", lambda draw, stop: parties(draw, stop) or None),
    (0.22, "context", lambda draw, stop: list(draw.one(_CONTEXTS[stop.scene.name]))),
    (0.12, "illicit_grounds", lambda draw, _: list(draw.one(_GROUNDS))),
    (0.3, "circumstances", lambda draw, _: draw.one(_STORIES)),
)
