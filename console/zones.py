"""Zones by set and source, one zone with its outline, and the import of official ones with a preview."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import shapely
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from cases import access
from cases.evidence_store import files
from cases.intake.text import storable
from cases.queries.officers import get_officer
from cases.services.take_over_zones import take_over_zones
from console.zone_map import map_of
from geo.crs import area_m2
from geo.errors import ZoneFileInvalid
from geo.import_zones import PreviewedZone, preview_zones
from geo.queries import find_zone_version, versions_of_zone, zone_sets, zones_in_use
from geo.zone_drafts import KINDS, ImportOrder

PAGE_SIZE: Final = 100
# So many are drawn in a preview; every one is named.
MOST_DRAWN: Final = 12
MOST_NAMED: Final = 500
# As the zone drafts bound them.
_LONGEST: Final = {"source": 200, "licence": 100, "country": 3, "name_field": 60, "country_field": 60, "id_field": 60}
_SQUARE_M_PER_KM2: Final = 1e6


class Upload(NamedTuple):
    """A file as it was sent, for as long as it is read, and the digest by which it is known again."""

    path: Path
    name: str
    sha256: str


@login_required
@require_GET
def zones(request: HttpRequest) -> HttpResponse:
    """Show the sets of zones with their sources, and the zones of the set that is asked for."""
    officer = get_officer(request.user)
    asked = {name: storable(request.GET.get(name, "")).strip() for name in ("kind", "country", "source", "q", "after")}
    rows = zones_in_use(kind=asked["kind"], country=asked["country"].upper())
    if asked["source"]:
        rows = rows.filter(source=asked["source"])
    if asked["q"]:
        rows = rows.filter(zone__name__icontains=asked["q"])
    is_asked = any(asked[name] for name in ("kind", "country", "source", "q"))
    after = rows.filter(zone__code__gt=asked["after"]) if asked["after"] else rows
    found = list(after.order_by("zone__code")[: PAGE_SIZE + 1]) if is_asked else []
    kept = {name: value for name, value in asked.items() if value and name != "after"}
    context = {
        "sets": [each | {"query": urlencode({"kind": each["kind"], "source": each["source"]})} for each in zone_sets()],
        "asked": asked,
        "is_asked": is_asked,
        "zones": found[:PAGE_SIZE],
        "next": urlencode({**kept, "after": found[PAGE_SIZE - 1].zone.code}) if len(found) > PAGE_SIZE else "",
        "kinds": sorted({each["kind"] for each in zone_sets()}),
        "may_import": access.MAINTAIN in officer.rights,
    }
    return render(request, "console/zones/list.html", context)


@login_required
@require_GET
def zone(request: HttpRequest, code: str) -> HttpResponse:
    """Show one zone on a small map, with every version that there was of it."""
    versions = list(versions_of_zone(storable(code)))
    if not versions:
        raise Http404
    in_use = find_zone_version(code=versions[0].zone.code)
    outline = None if in_use is None or not in_use.geometry else shapely.from_geojson(bytes(in_use.geometry))
    context = {
        "zone": versions[0].zone,
        "in_use": in_use,
        "versions": versions,
        "map": map_of(outline),
        "area_km2": None if outline is None else _area_km2(outline),
        "incidents": f"{reverse('console:incidents')}?{urlencode({'zone': versions[0].zone.code})}",
    }
    return render(request, "console/zones/zone.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def import_zones(request: HttpRequest) -> HttpResponse:
    """Show what a file of zones would change, and take it over when it is the one that was looked at."""
    officer = get_officer(request.user)
    access.require(officer, access.MAINTAIN)
    if request.method != "POST":
        return render(request, "console/zones/import.html", _form({}))
    sent = {name: str(value) for name, value in request.POST.items()}
    try:
        with _uploaded(request) as upload:
            order = _order_in(sent)
            if sent.get("act") == "import" and sent.get("sha256") == upload.sha256:
                now = timezone.now()  # noqa: TID251 - an edge
                done = take_over_zones(officer=officer, path=upload.path, order=order, taken_at=now)
                return render(request, "console/zones/imported.html", {"done": done})
            previewed = preview_zones(path=upload.path, order=order, layer=None)
            context = _preview(previewed, upload) | {"is_other": sent.get("act") == "import"}
            status = 422 if context["is_other"] else 200
    except ZoneFileInvalid as error:
        context, status = {"problems": error.problems}, 422
    is_part = request.headers.get("HX-Request") == "true"
    template = "console/zones/preview.html" if is_part else "console/zones/import.html"
    # htmx shows what an answer holds whatever its status; a refusal is one for programs too.
    return render(request, template, _form(sent) | context, status=200 if is_part else status)


@contextmanager
def _uploaded(request: HttpRequest) -> Iterator[Upload]:
    """Give the file that was sent a place of its own while it is read; raises ZoneFileInvalid without one."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile) or not sent.name:
        raise ZoneFileInvalid(gettext("Choose a file."))
    name, digest = Path(storable(sent.name)).name[-100:], hashlib.sha256()
    with TemporaryDirectory(dir=files.scratch_folder()) as folder:
        # Its own name would lead a library to other files; its ending says what it is, and its stem names a lone zone.
        path = Path(folder) / name.replace("/", "_").lstrip(".")
        with path.open("wb") as kept:
            for piece in sent.chunks():
                digest.update(piece)
                kept.write(piece)
        yield Upload(path, name, digest.hexdigest())


def _order_in(sent: Mapping[str, str]) -> ImportOrder:
    """Return what is said of the file; raises ZoneFileInvalid for what cannot be read."""
    words = {name: storable(sent.get(name, "")).strip()[:most] for name, most in _LONGEST.items()}
    try:
        accuracy_m = float(sent.get("accuracy_m") or 0)
        days = [
            date.fromisoformat(text) if (text := sent.get(name, "")) else None for name in ("valid_from", "valid_until")
        ]
    except ValueError:
        message = gettext("Give days as 2026-03-01, and the accuracy in metres as a number.")
        raise ZoneFileInvalid(message) from None
    return ImportOrder(
        kind=sent.get("kind", ""),
        source=words["source"],
        licence=words["licence"],
        valid_from=days[0],
        valid_until=days[1],
        country=words["country"].upper() or None,
        id_field=words["id_field"] or None,
        country_field=words["country_field"] or None,
        name_field=words["name_field"] or None,
        accuracy_m=accuracy_m,
        repair="repair" in sent,
    )


def _form(sent: Mapping[str, str]) -> dict[str, Any]:
    return {"sent": sent, "kinds": list(KINDS)}


def _preview(previewed: list[PreviewedZone], upload: Upload) -> dict[str, Any]:
    rows = [_row(each, is_drawn=number < MOST_DRAWN) for number, each in enumerate(previewed[:MOST_NAMED])]
    counts = {change: sum(each.change == change for each in previewed) for change in ("new", "replaces", "unchanged")}
    left = len(previewed) - len(rows)
    return {
        "upload": upload,
        "rows": rows,
        "counts": counts,
        "left": left,
        "has_changes": counts["unchanged"] < len(previewed),
    }


def _row(each: PreviewedZone, *, is_drawn: bool) -> dict[str, Any]:
    draft, standing = each.draft, each.standing
    before = None
    if standing is not None and standing.geometry:
        before = shapely.from_geojson(bytes(standing.geometry))
    return {
        "code": draft.code,
        "name": draft.name,
        "kind": draft.kind,
        "country": draft.country,
        "note": draft.note,
        "change": each.change,
        "area_km2": _area_km2(draft.geometry),
        "area_before_km2": None if before is None else _area_km2(before),
        "standing": standing,
        "map": map_of(draft.geometry, before) if is_drawn else None,
    }


def _area_km2(geometry: Any) -> float:
    """Return the area on the ellipsoid."""
    return area_m2(geometry) / _SQUARE_M_PER_KM2
