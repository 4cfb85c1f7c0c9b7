"""Imported zones as a layer of the map."""

from functools import lru_cache

import shapely

from geo.map_data import MapLayer
from geo.models import ZoneVersion
from geo.queries import zones_in_use
from geo.tiles import TileName, encoded, window_of

Keys = tuple[int, ...]


def keys_of_imported_zones() -> Keys:
    """Return the keys of the imported zone versions in use today: what names the layer."""
    return tuple(zones_in_use().filter(imported=True).order_by("pk").values_list("pk", flat=True))


def zone_tile(keys: Keys, tile: TileName) -> bytes:
    """Return a tile with the zones."""
    shapes, tree = _zones(keys)
    return encoded("zones", tile, [shapes[number] for number in sorted(tree.query(window_of(tile)).tolist())])


@lru_cache(maxsize=2)
def _zones(keys: Keys) -> tuple[list[MapLayer], shapely.STRtree]:
    versions = ZoneVersion.objects.filter(pk__in=keys).exclude(geometry=b"").select_related("zone").order_by("pk")
    shapes = [
        MapLayer(
            shapely.from_geojson(bytes(version.geometry)),
            {
                "id": version.zone.code,
                "kind": version.zone.kind,
                "name": version.zone.name,
                "country": version.zone.country,
                "computed": version.computed,
            },
        )
        for version in versions
    ]
    return shapes, shapely.STRtree([shape.shape for shape in shapes])
