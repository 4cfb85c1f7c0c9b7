"""Recording at a post: a page that works with no line, what a device keeps of it, and who is signed in."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, gettext
from django.views.decorators.http import require_GET

from cases import access
from cases.choices import (
    ConveyanceMode,
    IncidentKind,
    ItemCategory,
    MarkingState,
    MarkKind,
    QuantityBasis,
    Unit,
)
from cases.intake.countries import CURRENT_COUNTRIES
from cases.queries.officers import get_officer
from console.regions import regions

STATIC: Final = Path(__file__).resolve().parent / "static"
# Without these the page does not open with no line; a map needs one anyway.
KEPT: Final = (
    *("console/console.css", "console/mark.svg", "console/vendor/dexie.mjs", "console/vendor/fflate.mjs"),
    *(
        "console/record/*.css",
        "console/record/*.mjs",
        "console/pocket/*.css",
        "console/record/*.svg",
        "console/pocket/*.mjs",
        "console/vendor/geodesy/*.js",
    ),
)
# What posts meet most; the others are a touch further away.
TILES: Final = (
    *(ItemCategory.ARMS_UNSPECIFIED, ItemCategory.SMALL_ARM, ItemCategory.LIGHT_WEAPON, ItemCategory.AMMUNITION),
    *(ItemCategory.GRENADE, ItemCategory.MINE, ItemCategory.EXPLOSIVE, ItemCategory.IED_COMPONENT),
    *(ItemCategory.MISSILE, ItemCategory.UAV, ItemCategory.PART, ItemCategory.MILITARY_EQUIPMENT),
)
# What may go off when it is moved.
HAZARDS: Final = (
    *(ItemCategory.GRENADE, ItemCategory.MINE, ItemCategory.EXPLOSIVE, ItemCategory.IED_COMPONENT),
    *(ItemCategory.MISSILE, ItemCategory.ARTILLERY),
)


@login_required
@require_GET
def room(request: HttpRequest) -> HttpResponse:
    """Show the room; what it lists is on the device alone."""
    officer = get_officer(request.user)
    context = {
        "may_record": access.RECORD in officer.rights and officer.agency is not None,
        "officer": officer.username,
        "needs_passphrase": officer.agency is not None and officer.agency.device_passphrase_required,
    }
    return render(request, "console/record/room.html", _choices() | context)


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """Show the same room with nothing of anybody in it, for a device to open with no line."""
    context = {"may_record": True, "officer": "", "user": AnonymousUser(), "unread": 0}
    return render(request, "console/record/room.html", _choices() | context)


@require_GET
def who(request: HttpRequest) -> HttpResponse:
    """Return who is signed in, so that no device sends one officer's records as another's."""
    return JsonResponse({"officer": request.user.get_username() or None})


@require_GET
def manifest(_request: HttpRequest) -> HttpResponse:
    """Return what a device needs to install the room as an app."""
    document = {
        "id": "/record/",
        "name": gettext("Cordon: record a seizure"),
        "short_name": "Cordon",
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": reverse("console:record"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#12324a",
        "theme_color": "#12324a",
        "icons": [{"src": static("console/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(document, content_type="application/manifest+json")


@require_GET
def service_worker(_request: HttpRequest) -> HttpResponse:
    """Return the worker that keeps the room on the device, with the list of what it keeps."""
    names, version = _kept()
    shells = {reverse(f"console:{room}"): reverse(f"console:{room}_shell") for room in ("record", "pocket")}
    pages = [*shells.values(), reverse("console:words"), reverse("console:record_manifest")]
    kept = {
        "version": version,
        "shells": shells,
        "files": [*pages, *map(static, names)],
    }
    text = (STATIC / "console" / "record" / "worker.js").read_text()
    return HttpResponse(f"const KEPT = {json.dumps(kept)};\n{text}", content_type="text/javascript; charset=utf-8")


@cache
def _kept() -> tuple[tuple[str, ...], str]:
    """Return the names of the files that a device keeps, and the digest of what is in them."""
    files = [path for pattern in KEPT for path in sorted(STATIC.glob(pattern))]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    return tuple(path.relative_to(STATIC).as_posix() for path in files), digest


@cache
def _choices() -> dict[str, Any]:
    return {
        "tiles": [tile.value for tile in TILES],
        "more_tiles": [category.value for category in ItemCategory if category not in TILES],
        "hazards": " ".join(HAZARDS),
        "kinds": [kind.value for kind in IncidentKind],
        "units": [unit.value for unit in Unit],
        "map": _static_if_there("console/map/mini_map.mjs"),
        "counted": [QuantityBasis.COUNTED.value, QuantityBasis.ESTIMATED.value, QuantityBasis.WEIGHED.value],
        "modes": [mode.value for mode in ConveyanceMode],
        "mark_kinds": [kind.value for kind in MarkKind],
        "mark_states": [state.value for state in MarkingState],
        "countries": sorted(CURRENT_COUNTRIES),
        "regions": regions(),
    }


def _static_if_there(name: str) -> str:
    return static(name) if (STATIC / name).is_file() else ""
