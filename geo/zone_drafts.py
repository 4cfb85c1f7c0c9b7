"""From features to zones: each checked, named and coded; what cannot be taken over is said with its remedy."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pycountry
import shapely
from anyascii import anyascii

from geo.areas import DISPUTED_AREAS, SEA_AREAS
from geo.errors import ZoneFileInvalid
from geo.identity import SINCE_EVER
from geo.memberships import ZoneKind
from geo.region_names import region_id
from geo.sources import polygonal
from geo.zone_features import Feature

# What may be imported, and the kind it has in results: ports and airports are custom zones with codes of their own.
KINDS: dict[str, ZoneKind] = {
    "territory": "territory",
    "region": "region",
    "territorial_sea": "territorial_sea",
    "contiguous_zone": "contiguous_zone",
    "exclusive_economic_zone": "exclusive_economic_zone",
    "border_belt": "border_belt",
    "custom": "custom",
    "port": "custom",
    "airport": "custom",
}
TITLES = {
    "territory": "Territory",
    "territorial_sea": "Territorial sea",
    "contiguous_zone": "Contiguous zone",
    "exclusive_economic_zone": "Exclusive economic zone",
}
# A State has one of each, whatever the number of its pieces in the file.
ONE_A_COUNTRY = frozenset(TITLES)
NEEDS_COUNTRY = ONE_A_COUNTRY | {"region"}
# Fields by which common files (Marine Regions, Natural Earth, geoBoundaries, GADM) name these things.
COUNTRY_FIELDS = (
    "iso_a3", "iso_a3_eh", "iso3", "iso_3", "iso_ter1", "iso_sov1", "adm0_a3", "country_code", "country", "shapegroup",
    "gid_0",
)  # fmt: skip
NAME_FIELDS = ("name", "name_en", "geoname", "shapename", "name_1", "title")
ID_FIELDS = ("id", "zone_id", "code", "unlocode", "iata", "shapeid", "mrgid")
MOST_PROBLEMS = 20
LONGEST = {"code": 160, "name": 200, "source": 200, "licence": 100}
# What counts as the edge of the world, where rounding put a point beyond it.
BEYOND_DEGREES = 1e-7
KNOWN_CUSTOM = frozenset({area.id for area in SEA_AREAS} | {f"disputed:{area.id}" for area in DISPUTED_AREAS})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """What the operator says of a file: the kind of its zones, where they come from, and when they hold."""

    kind: str
    source: str
    licence: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    country: str | None = None
    id_field: str | None = None
    country_field: str | None = None
    name_field: str | None = None
    accuracy_m: float = 0.0
    repair: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDraft:
    """A zone ready to be kept; `note` records what was done to the outline."""

    code: str
    kind: ZoneKind
    country: str
    name: str
    geometry: shapely.Geometry
    checksum: str
    note: str


@dataclass(slots=True)
class _Problems:
    """Everything wrong with a file, so that it is mended once and not line by line."""

    found: list[str] = field(default_factory=list)

    def add(self, feature: Feature, problem: str) -> None:
        self.found.append(f"Feature {feature.number}{_called(feature)}: {problem}")

    def check(self) -> None:
        if self.found:
            more = len(self.found) - MOST_PROBLEMS
            raise ZoneFileInvalid(*self.found[:MOST_PROBLEMS], *([f"… and {more} more."] if more > 0 else []))


@dataclass(frozen=True, slots=True)
class _Named:
    feature: Feature
    code: str
    country: str
    name: str
    geometry: shapely.Geometry
    repaired: bool


def drafts_of(
    features: Sequence[Feature], order: ImportOrder, *, units: Iterable[str], stem: str, reprojected: str | None
) -> list[ImportDraft]:
    """Return the zones of a file, by code; raise ZoneFileInvalid with every problem found.

    `units` are the present-day units that a country may be; `stem`, the file's name, names a single nameless zone.
    """
    _check_order(order)
    fields, problems = _fields(features, order), _Problems()
    known, named = frozenset(units), []
    for feature in features:
        entry = _named(feature, order, fields, known, stem if len(features) == 1 else None, problems)
        if entry is not None:
            named.append(entry)
    _check_duplicates(named, problems, joins=order.kind in ONE_A_COUNTRY)
    problems.check()
    by_code: dict[str, list[_Named]] = {}
    for entry in named:
        by_code.setdefault(entry.code, []).append(entry)
    return [_draft(by_code[code], order, reprojected) for code in sorted(by_code)]


def _check_order(order: ImportOrder) -> None:
    if order.kind not in KINDS:
        raise ZoneFileInvalid(f"{order.kind!r} is no kind of zone; choose one of: {', '.join(KINDS)}.")
    if not order.source.strip():
        raise ZoneFileInvalid("Say where the file comes from: --source.")
    for what in ("source", "licence"):
        if len(getattr(order, what)) > LONGEST[what]:
            raise ZoneFileInvalid(f"--{what} has more than {LONGEST[what]} characters.")
    if order.valid_from and order.valid_until and order.valid_from >= order.valid_until:
        raise ZoneFileInvalid("--valid-until is the day after the last and must lie after --valid-from.")
    if not 0 <= order.accuracy_m <= 100_000:
        raise ZoneFileInvalid("--accuracy-m is a number of metres between 0 and 100000.")


def _fields(features: Sequence[Feature], order: ImportOrder) -> dict[str, str | None]:
    """Return which property of the file says what: as asked, else as common files name it."""
    present = {name for feature in features for name in feature.properties}
    asked = {"country": order.country_field, "name": order.name_field, "id": order.id_field}
    for what, name in asked.items():
        if name is not None and name not in present:
            raise ZoneFileInvalid(
                f"--{what}-field: the file has no field {name!r}; it has: {', '.join(sorted(present)) or 'none'}."
            )
    usual = {"country": COUNTRY_FIELDS, "name": NAME_FIELDS, "id": ID_FIELDS}
    lower = {name.lower(): name for name in sorted(present)}
    return {
        what: name or next((lower[candidate] for candidate in usual[what] if candidate in lower), None)
        for what, name in asked.items()
    }


def _named(
    feature: Feature,
    order: ImportOrder,
    fields: Mapping[str, str | None],
    units: frozenset[str],
    stem: str | None,
    problems: _Problems,
) -> _Named | None:
    """Return the feature with its code and checked outline, or None after saying what is wrong."""
    before = len(problems.found)
    country = _country(feature, order, fields["country"], units, problems)
    name, key = _text(feature, fields["name"]), _text(feature, fields["id"])
    label = key or name or stem or ""
    if order.kind not in ONE_A_COUNTRY and not label:
        problems.add(feature, "it has neither a name nor an id: say which field holds one (--name-field, --id-field).")
    geometry, repaired = _outline(feature, problems, repair=order.repair)
    if len(problems.found) > before or geometry is None:
        return None
    code = _code(order.kind, country, label, key)
    title = TITLES.get(order.kind)
    name = f"{title} ({country})" if title else name or label
    if code.endswith(":") or len(code) > LONGEST["code"] or len(name) > LONGEST["name"]:
        problems.add(feature, f"its name or id {label!r} makes no usable code, or is too long: give another field.")
        return None
    return _Named(feature, code, country, name, geometry, repaired)


def _country(
    feature: Feature, order: ImportOrder, field_name: str | None, units: frozenset[str], problems: _Problems
) -> str:
    stated = order.country or _text(feature, field_name)
    if not stated:
        if order.kind in NEEDS_COUNTRY:
            problems.add(
                feature, "it names no country: say which field holds one (--country-field), or give --country."
            )
        return ""
    code = stated.upper()
    if code in units:
        return code
    problems.add(feature, f"its country {stated!r} is not an ISO 3166-1 alpha-3 code in use{_meant(stated, units)}.")
    return ""


def _meant(stated: str, units: frozenset[str]) -> str:
    try:
        found = pycountry.countries.lookup(stated)
    except LookupError:
        return ""
    return f"; did you mean {found.alpha_3}?" if found.alpha_3 in units else ""


def _text(feature: Feature, field_name: str | None) -> str:
    value: Any = feature.properties.get(field_name) if field_name else None
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return re.sub(r"[\x00-\x1f\x7f]", "", str(value)).strip()


def _called(feature: Feature) -> str:
    """Return what tells a reader which feature is meant, from what the file says."""
    lower = {name.lower(): name for name in feature.properties}
    for candidate in (*NAME_FIELDS, *ID_FIELDS):
        text = _text(feature, lower.get(candidate))
        if text:
            return f" ({text[:80]})"
    return ""


def _code(kind: str, country: str, label: str, key: str) -> str:
    if kind in ONE_A_COUNTRY:
        return f"{kind}:{country}"
    if kind == "region":
        return key if re.fullmatch(rf"{country}:[a-z0-9-]+", key) else region_id(country, label)
    if kind == "border_belt":
        return key if re.fullmatch(r"belt:[A-Za-z0-9:-]+", key) else f"belt:{_slug(label)}"
    if kind == "custom":
        return label if label in KNOWN_CUSTOM else f"custom:{_slug(label)}"
    return f"{kind}:{_slug(label).upper()}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")


def _outline(feature: Feature, problems: _Problems, *, repair: bool) -> tuple[shapely.Geometry | None, bool]:
    """Return the checked outline and whether it was repaired; None after saying what is wrong with it."""
    geometry = feature.geometry
    problem = _unfit(geometry)
    if problem is not None or geometry is None:
        problems.add(feature, problem or "it has no outline.")
        return None, False
    geometry = _within_the_world(geometry)
    if shapely.is_valid(geometry):
        return geometry, False
    if not repair:
        problems.add(feature, _crossing(geometry))
        return None, False
    mended = polygonal(geometry)
    if mended.is_empty:
        problems.add(feature, "nothing is left of its outline after the repair: draw it again.")
        return None, False
    return mended, True


def _unfit(geometry: shapely.Geometry | None) -> str | None:
    if geometry is None or geometry.is_empty:
        return "it has no outline: take it out of the file, or draw it."
    if geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        return f"it is a {geometry.geom_type}; a zone is an area: buffer points and lines in a GIS first."
    places = shapely.get_coordinates(geometry)
    if not np.isfinite(places).all():
        return "a point of its outline is no number, or cannot be placed on earth: is the coordinate system right?"
    beyond = np.abs(places).max(axis=0)
    if beyond[1] > 90 + BEYOND_DEGREES or beyond[0] > 180 + BEYOND_DEGREES:
        return _outside_the_world(places, beyond)
    if _jumps(geometry):
        return (
            "its outline jumps across the antimeridian: cut it there into parts that end at 180 and begin at -180 "
            "degrees (`ogr2ogr -wrapdateline …`)."
        )
    return None


def _outside_the_world(places: Any, beyond: Any) -> str:
    bad = places[(np.abs(places[:, 0]) > 180 + BEYOND_DEGREES) | (np.abs(places[:, 1]) > 90 + BEYOND_DEGREES)][0]
    where = f"it has a point outside the world (longitude {bad[0]:g}, latitude {bad[1]:g})"
    if beyond[1] <= 90 + BEYOND_DEGREES and beyond[0] <= 360:
        return f"{where}: longitudes run from -180 to 180; cut it at the antimeridian (`ogr2ogr -wrapdateline …`)."
    if beyond.max() > 1_000:
        return f"{where}: these look like metres; the file must name the coordinate system they are in."
    return f"{where}: longitude comes first; were the two swapped?"


def _jumps(geometry: shapely.Geometry) -> bool:
    """Return whether an edge goes the long way round the world; along a pole it may."""
    for ring in (ring for part in shapely.get_parts(geometry) for ring in (part.exterior, *part.interiors)):
        places = shapely.get_coordinates(ring)
        wide = np.abs(np.diff(places[:, 0])) > 180.0
        at_pole = (np.abs(places[:-1, 1]) > 90 - 1e-6) & (np.abs(places[1:, 1]) > 90 - 1e-6)
        if (wide & ~at_pole).any():
            return True
    return False


def _within_the_world(geometry: shapely.Geometry) -> shapely.Geometry:
    places = shapely.get_coordinates(geometry)
    return shapely.set_coordinates(geometry, np.clip(places, (-180.0, -90.0), (180.0, 90.0)))


def _crossing(geometry: shapely.Geometry) -> str:
    reason = str(shapely.is_valid_reason(geometry))
    found = re.fullmatch(r"(.*?)\[(\S+) (\S+)\]", reason)
    what = {"Self-intersection": "its outline crosses itself", "Ring Self-intersection": "its outline touches itself"}
    said = what.get(found.group(1), f"its outline is not valid ({found.group(1)})") if found else f"invalid: {reason}"
    where = f" near longitude {float(found.group(2)):.6g}, latitude {float(found.group(3)):.6g}" if found else ""
    return f"{said}{where}: mend it in a GIS (“fix geometries”), or import with --repair, which is recorded."


def _check_duplicates(named: Sequence[_Named], problems: _Problems, *, joins: bool) -> None:
    """Refuse one zone twice; pieces of one State's zone are joined, but not the same piece twice."""
    seen: dict[tuple[str, bytes], _Named] = {}
    for entry in named:
        piece = shapely.to_wkb(shapely.normalize(entry.geometry)) if joins else b""
        earlier = seen.setdefault((entry.code, piece), entry)
        if earlier is not entry:
            problems.add(
                entry.feature,
                f"it is the zone {entry.code} like feature {earlier.feature.number}: take one out"
                + ("." if joins else ", or give them ids of their own (--id-field)."),
            )


def _draft(entries: Sequence[_Named], order: ImportOrder, reprojected: str | None) -> ImportDraft:
    first = entries[0]
    geometry = first.geometry if len(entries) == 1 else polygonal(shapely.union_all([one.geometry for one in entries]))
    geometry = shapely.normalize(geometry)
    repaired = [one.feature.number for one in entries if one.repaired]
    note = "; ".join(
        text
        for text in (
            reprojected or "",
            f"{len(entries)} features joined" if len(entries) > 1 else "",
            f"outline repaired on import (feature {', '.join(map(str, repaired))})" if repaired else "",
        )
        if text
    )[:300]
    said = (first.code, first.country, first.name, order.source, order.licence, note, f"{order.accuracy_m:g}")
    return ImportDraft(
        code=first.code,
        kind=KINDS[order.kind],
        country=first.country,
        name=first.name,
        geometry=geometry,
        checksum=hashlib.sha256("\x1f".join(said).encode() + shapely.to_wkb(geometry)).hexdigest(),
        note=note,
    )


def starts_on(order: ImportOrder) -> date:
    """Return the first day on which the zones hold: every day where the operator states none."""
    return order.valid_from or SINCE_EVER
