"""The map inset of a letter: land and borders around the place, its accuracy, and the stated route, as an SVG drawing.

Azimuthal equidistant around the place, so that distances from it are true in every direction and at any longitude.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, floor, log10, radians
from typing import Any

# Escapes what we write; nothing is parsed.
from xml.sax.saxutils import escape  # nosec B406

import numpy as np
import shapely
from pyproj import Transformer

from cases.documents.countries import country_name
from cases.documents.map_labels import Label, placed
from cases.documents.reference_land import Land
from cases.documents.wording import Wording, to_say
from cases.tracing.content import Place, RouteStated

# Drawing units of the SVG: a shape that fits the text width of an A4 page without eating it.
WIDTH, HEIGHT = 640.0, 350.0
_METRES_PER_DEGREE = 111_195.0
# A frame shows at least this much around a place, so that a coast or a border comes into it.
_LEAST_HALF_WIDTH_M = 350_000.0
_MOST_HALF_WIDTH_M = 3_000_000.0
# An inscribed circle of this radius, in drawing units, holds a dot of land worth a name.
_LEAST_ROOM = 5.0
# The drawing and a little around it, so that no edge of a cut shows.
_NEAR = (-12.0, -12.0, WIDTH + 12, HEIGHT + 12)


@dataclass(frozen=True, slots=True)
class CountryShape:
    """A present-day unit and the land of it that a drawing shows, in drawing units."""

    code: str
    geometry: shapely.Geometry


@dataclass(frozen=True, slots=True)
class MapInset:
    """The drawing and the half width it shows."""

    svg: str
    half_width_m: float


@dataclass(frozen=True, slots=True)
class Compass:
    """What the degrees of a drawing are followed by."""

    north: str = "N"
    south: str = "S"
    east: str = "E"
    west: str = "W"


@dataclass(frozen=True, slots=True)
class Frame:
    """The piece of the world that the drawing shows, projected around its centre."""

    longitude: float
    latitude: float
    half_width_m: float

    @property
    def scale(self) -> float:
        """Return drawing units per metre."""
        return WIDTH / (2 * self.half_width_m)

    @property
    def half_height_m(self) -> float:
        """Return the metres from the centre to the upper edge."""
        return self.half_width_m * HEIGHT / WIDTH

    def projected(self, geometry: Any) -> Any:
        """Return a geometry, or an array of them, of WGS 84 degrees in drawing units, the y axis downwards."""
        to_metres = _to_metres(self.latitude, self.longitude)

        def project(x: object, y: object) -> tuple[object, object]:
            east, north = to_metres.transform(x, y)
            return WIDTH / 2 + east * self.scale, HEIGHT / 2 - north * self.scale

        return shapely.transform(geometry, project, interleaved=False)

    def windows(self) -> tuple[shapely.Geometry, ...]:
        """Return the boxes of degrees that hold the frame: two where it reaches across the antimeridian."""
        reach = 1.25 * (self.half_width_m**2 + self.half_height_m**2) ** 0.5 / _METRES_PER_DEGREE
        south, north = max(self.latitude - reach, -90.0), min(self.latitude + reach, 90.0)
        widest = max(abs(south), abs(north))
        reach_east = 180.0 if widest > 88 else min(reach / cos(radians(widest)), 180.0)
        west, east = self.longitude - reach_east, self.longitude + reach_east
        boxes = [(max(west, -180.0), min(east, 180.0))]
        if west < -180:
            boxes.append((west + 360, 180.0))
        if east > 180:
            boxes.append((-180.0, east - 360))
        return tuple(shapely.box(left, south, right, north) for left, right in boxes)


@lru_cache(maxsize=64)
def _to_metres(latitude: float, longitude: float) -> Transformer:
    # Spelt out: to look the way between two reference systems up takes longer than to draw the map.
    return Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
        f" +step +proj=aeqd +lat_0={latitude} +lon_0={longitude} +ellps=WGS84"
    )


def draw(place: Place, route: RouteStated, land: Land, wording: Wording) -> MapInset | None:
    """Return the drawing around the place; None where no position is known."""
    if place.longitude is None or place.latitude is None:
        return None
    frame = Frame(place.longitude, place.latitude, _half_width_m(place))
    shown = _land_in_view(frame, land)
    arrows = tuple(_arrows(frame, route, land))
    labels = placed((*_arrow_labels(arrows, wording), *_country_labels(shown, wording)), width=WIDTH, height=HEIGHT)
    return MapInset(
        svg=_document(
            *(_path(shape.geometry) for shape in shown),
            *_graticule(frame, _compass(wording)),
            *_accuracy(frame, place),
            *(_drawn_arrow(arrow) for arrow in arrows),
            _marker(),
            *(_text(label) for label in labels),
            *_scale_bar(frame, wording),
        ),
        half_width_m=frame.half_width_m,
    )


def _half_width_m(place: Place) -> float:
    """Return how far the frame reaches: past the accuracy circle and to the nearest coast or border."""
    needed = [_LEAST_HALF_WIDTH_M]
    needed += [3.0 * place.accuracy_m] if place.accuracy_m is not None else []
    needed += [2.0 * place.coast_distance_m] if place.at_sea and place.coast_distance_m is not None else []
    return min(max(needed), _MOST_HALF_WIDTH_M)


def _land_in_view(frame: Frame, land: Land) -> list[CountryShape]:
    view = shapely.box(-4, -4, WIDTH + 4, HEIGHT + 4)
    found = list(land.within(frame.windows()))
    if not found:
        return []
    # All at once, cut and simplified before anything is joined: what costs is detail that no drawing shows.
    projected = frame.projected(np.concatenate([pieces for _, pieces in found]))
    plain = shapely.simplify(shapely.clip_by_rect(projected, *_NEAR), 0.25)
    # A twentieth of a drawing unit closes the seams of subdivision and of the antimeridian.
    closed = shapely.buffer(plain, 0.05, quad_segs=1)
    ends = np.cumsum([len(pieces) for _, pieces in found])[:-1]
    shapes = (
        CountryShape(code, shapely.intersection(shapely.union_all(pieces), view))
        for (code, _), pieces in zip(found, np.split(closed, ends), strict=True)
    )
    return [shape for shape in shapes if not shape.geometry.is_empty]


def _path(geometry: shapely.Geometry) -> str:
    rings = (ring for polygon in _polygons(geometry) for ring in (polygon.exterior, *polygon.interiors))
    drawn = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring.coords) + "Z" for ring in rings)
    return f'<path class="land" d="{drawn}"/>' if drawn else ""


def _polygons(geometry: shapely.Geometry) -> Iterator[shapely.Polygon]:
    for part in shapely.get_parts(geometry):
        if isinstance(part, shapely.Polygon):
            yield part
        elif isinstance(part, shapely.MultiPolygon | shapely.GeometryCollection):
            yield from _polygons(part)


def _accuracy(frame: Frame, place: Place) -> Iterator[str]:
    if place.accuracy_m is not None:
        radius = place.accuracy_m * frame.scale
        yield f'<circle class="accuracy" cx="{WIDTH / 2}" cy="{HEIGHT / 2}" r="{radius:.1f}"/>'


def _marker() -> str:
    x, y = WIDTH / 2, HEIGHT / 2
    return f'<circle class="place" cx="{x}" cy="{y}" r="4.5"/><circle class="dot" cx="{x}" cy="{y}" r="1.4"/>'


@dataclass(frozen=True, slots=True)
class Arrow:
    """The direction of the stated route to or from the place, cut at the frame."""

    sentence: str
    country: str
    tail: shapely.Point
    tip: shapely.Point


def _arrows(frame: Frame, route: RouteStated, land: Land) -> Iterator[Arrow]:
    """Yield the directions of the stated route: from the origin to the place, from the place to the destination."""
    if route.origin == route.destination:
        return
    place = shapely.Point(WIDTH / 2, HEIGHT / 2)
    for sentence, country in ((to_say("from {country}"), route.origin), (to_say("to {country}"), route.destination)):
        centre = land.centre(country) if country is not None else None
        if country is None or centre is None:
            continue
        ends = [frame.projected(centre), place]
        line = shapely.intersection(
            shapely.LineString(ends if country == route.origin else ends[::-1]),
            shapely.box(10, 10, WIDTH - 10, HEIGHT - 10),
        )
        # A line too short to read as a direction is left out.
        if not line.is_empty and line.length >= 30:
            yield Arrow(sentence, country, line.interpolate(10), line.interpolate(line.length - 10))


def _drawn_arrow(arrow: Arrow) -> str:
    tail, tip = arrow.tail, arrow.tip
    along = ((tip.x - tail.x) / tail.distance(tip), (tip.y - tail.y) / tail.distance(tip))
    across = (-along[1], along[0])
    head = " ".join(
        f"{tip.x - back * along[0] + side * across[0]:.1f},{tip.y - back * along[1] + side * across[1]:.1f}"
        for back, side in ((0, 0), (11, 4.5), (11, -4.5))
    )
    base_x, base_y = tip.x - 9 * along[0], tip.y - 9 * along[1]
    return (
        f'<line class="route" x1="{tail.x:.1f}" y1="{tail.y:.1f}" x2="{base_x:.1f}" y2="{base_y:.1f}"/>'
        f'<polygon class="head" points="{head}"/>'
    )


def _arrow_labels(arrows: tuple[Arrow, ...], wording: Wording) -> Iterator[Label]:
    """Yield what each arrow says, beside its outer end."""
    for arrow in arrows:
        outer = max((arrow.tail, arrow.tip), key=lambda end: end.distance(shapely.Point(WIDTH / 2, HEIGHT / 2)))
        name = country_name(wording, arrow.country) or arrow.country
        text = wording.say(arrow.sentence, country=name)
        beside = 8 + len(text) * 3.2 if abs(arrow.tip.y - arrow.tail.y) > abs(arrow.tip.x - arrow.tail.x) else 0
        yield Label(text, outer.x + beside, outer.y + (4 if beside else 18), "direction")


def _graticule(frame: Frame, compass: Compass) -> Iterator[str]:
    """Yield parallels and meridians, with their degrees at the left and the upper edge."""
    reach = frame.half_width_m / _METRES_PER_DEGREE * 1.6
    spread = min(reach / max(cos(radians(frame.latitude)), 0.05), 170.0)
    bottom, top = max(frame.latitude - reach, -89.0), min(frame.latitude + reach, 89.0)
    for latitude in _multiples(bottom, top, _step(reach)):
        parallel = [(frame.longitude - spread + spread * i / 20, latitude) for i in range(41)]
        yield _grid_line(frame, parallel, _named(latitude, compass.north, compass.south), edge="left")
    for longitude in _multiples(frame.longitude - spread, frame.longitude + spread, _step(spread)):
        meridian = [(longitude, bottom + (top - bottom) * i / 20) for i in range(21)]
        yield _grid_line(frame, meridian, _named((longitude + 180) % 360 - 180, compass.east, compass.west), edge="top")


def _compass(wording: Wording) -> Compass:
    # Within a drawing, from right to left, a word would not stay with its number.
    if wording.is_right_to_left:
        return Compass()
    return Compass(wording.say("N"), wording.say("S"), wording.say("E"), wording.say("W"))


def _step(reach_deg: float) -> int:
    return next((step for step in (1, 2, 5, 10, 20) if reach_deg / step <= 7), 30)


def _named(degrees: int, positive: str, negative: str) -> str:
    side = positive if degrees > 0 else negative if degrees < 0 else ""
    return f"{abs(degrees)}° {side}".strip()


def _multiples(low: float, high: float, step: int) -> range:
    return range(floor(low / step) * step, floor(high / step) * step + step, step)


def _grid_line(frame: Frame, degrees: Sequence[tuple[float, float]], text: str, *, edge: str) -> str:
    drawn = shapely.intersection(frame.projected(shapely.LineString(degrees)), shapely.box(0, 0, WIDTH, HEIGHT))
    if drawn.is_empty or not isinstance(drawn, shapely.LineString):
        return ""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn.coords)
    line = f'<polyline class="grid" points="{points}"/>'
    x, y = min(drawn.coords) if edge == "left" else min(drawn.coords, key=lambda point: point[1])
    at_edge = x < 1 and 24 < y < HEIGHT - 34 if edge == "left" else y < 1 and 24 < x < WIDTH - 34
    if not at_edge:
        return line
    return line + f'<text class="degree" x="{x + 3:.1f}" y="{y - 3 if edge == "left" else y + 10:.1f}">{text}</text>'


def _scale_bar(frame: Frame, wording: Wording) -> Iterator[str]:
    target_km = frame.half_width_m / 1000 * 0.45
    power = 10 ** floor(log10(target_km))
    length_km = max(step * power for step in (1, 2, 5) if step * power <= target_km)
    length, x, y = length_km * 1000 * frame.scale, 14.0, HEIGHT - 14.0
    yield f'<rect class="plate" x="{x - 6}" y="{y - 20}" width="{length + 12:.1f}" height="28"/>'
    yield f'<path class="bar" d="M{x} {y - 5}V{y}H{x + length:.1f}V{y - 5}"/>'
    said = f"{wording.number(length_km)} {wording.say('km')}"
    yield f'<text class="scale" x="{x + length / 2:.1f}" y="{y - 7}">{said}</text>'


def _country_labels(land: list[CountryShape], wording: Wording) -> Iterator[Label]:
    """Yield the names of the countries shown, the widest room first: where two meet, the smaller gives way."""
    rooms = []
    for shape in land:
        largest = max(_polygons(shape.geometry), key=lambda polygon: polygon.area, default=None)
        name = country_name(wording, shape.code)
        if largest is not None and name is not None:
            circle = shapely.maximum_inscribed_circle(largest, 1.0)
            rooms.append((-circle.length, name, circle.coords[0]))
    for room, name, (x, y) in sorted(rooms):
        if -room >= _LEAST_ROOM:
            yield Label(name, x, y, "name")


def _text(label: Label) -> str:
    return f'<text class="{label.style}" x="{label.x:.1f}" y="{label.y:.1f}">{escape(label.text)}</text>'


_STYLE = (
    ".land{fill:#f4f1e8;stroke:#6f6a5f;stroke-width:.7;stroke-linejoin:round}"
    ".grid{fill:none;stroke:#b9c7d2;stroke-width:.3}"
    ".accuracy{fill:#b3261e;fill-opacity:.10;stroke:#b3261e;stroke-width:1;stroke-dasharray:5 3}"
    ".place{fill:none;stroke:#b3261e;stroke-width:1.8}.dot{fill:#b3261e}"
    ".route{stroke:#1f3a5f;stroke-width:1.6;stroke-dasharray:7 4}.head{fill:#1f3a5f}"
    "text{font-family:'Noto Sans';stroke:#fff;stroke-opacity:.75;stroke-width:2.6;paint-order:stroke}"
    ".name{font-size:12px;fill:#3c3a35;text-anchor:middle}"
    ".direction{font-size:10.5px;font-weight:bold;fill:#1f3a5f;text-anchor:middle}"
    ".degree{font-size:8.5px;fill:#5d7486}.scale{font-size:10px;fill:#222;text-anchor:middle}"
    ".edge{fill:none;stroke:#555;stroke-width:.8}"
    ".plate{fill:#fff;fill-opacity:.8}.bar{fill:none;stroke:#222;stroke-width:1.1}"
)


def _document(*parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" '
        f'width="{WIDTH:.0f}" height="{HEIGHT:.0f}"><style>{_STYLE}</style>'
        f'<clipPath id="f"><rect width="{WIDTH:.0f}" height="{HEIGHT:.0f}"/></clipPath>'
        f'<g clip-path="url(#f)"><rect width="{WIDTH:.0f}" height="{HEIGHT:.0f}" fill="#e3edf4"/>{"".join(parts)}</g>'
        f'<rect class="edge" x=".4" y=".4" width="{WIDTH - 0.8}" height="{HEIGHT - 0.8}"/>'
        "</svg>"
    )
