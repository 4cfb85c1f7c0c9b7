"""The rulebook in the pocket: a page that answers with no line, and the signed file that a device keeps for it."""

from functools import cache
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from cases.choices import ItemCategory, RecipientKind
from cases.intake.countries import CURRENT_COUNTRIES
from cases.queries.officers import get_officer
from cases.queries.pocket import PocketFile, pocket_file
from console.regions import regions

# A kind that nobody knows is the first choice of its list, and has no word of its own.
RECEIVERS: Final = tuple(kind.value for kind in RecipientKind if kind != RecipientKind.UNKNOWN)


@login_required
@require_GET
def pocket(request: HttpRequest) -> HttpResponse:
    """Show the page with the key that the device is to know the file by, and the telephone of the agency."""
    officer = get_officer(request.user)
    telephone = "" if officer.agency is None else officer.agency.contact_telephone
    return render(
        request, "console/pocket.html", _choices() | {"public_key": _file().public_key, "telephone": telephone}
    )


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """Show the same page with nothing of anybody in it, for a device to open with no line."""
    return render(request, "console/pocket.html", _choices() | {"user": AnonymousUser(), "unread": 0})


@login_required
@require_GET
def rulebook(request: HttpRequest) -> HttpResponse:
    """Return the file, or that it is still the one which the device has."""
    found = _file()
    unchanged = get_conditional_response(request, etag=found.etag)
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    # Kept by the device itself, which checks it each time; never by a cache on the way.
    headers = {"ETag": found.etag, "Cache-Control": "private, no-cache"}
    return HttpResponse(found.content, content_type="application/json", headers=headers)


def _file() -> PocketFile:
    today = timezone.now().date()  # noqa: TID251 - an edge
    return pocket_file(key_file=settings.BUNDLE_KEY_FILE, made_on=today)


@cache
def _choices() -> dict[str, Any]:
    return {
        "countries": sorted(CURRENT_COUNTRIES),
        "regions": regions(),
        "categories": [category.value for category in ItemCategory],
        "receivers": RECEIVERS,
    }
