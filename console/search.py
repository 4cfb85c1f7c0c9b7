"""One box for anything: what is found, by kind, as a page or as the part of one."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from cases import access
from cases.intake.text import storable
from cases.queries.officers import get_officer
from cases.queries.search import FEWEST_LETTERS, Found, Known, found_by

LONGEST: Final = 200
KINDS: Final[Mapping[str, Promise]] = {
    "incidents": _("Incidents"),
    "marks": _("Marks"),
    "names": _("Names"),
    "conveyances": _("Conveyances"),
    "places": _("Places and operations"),
    "referrals": _("Referrals"),
    "cases": _("Cases"),
    "obligations": _("Obligations"),
    "regimes": _("Regimes"),
}


@login_required
@require_GET
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """Show what the words bring up of all that the officer may know of."""
    text = " ".join(storable(request.GET.get("q", "")).split())[:LONGEST]
    groups = _groups(request, text)
    context = {
        "q": text,
        "groups": groups,
        "is_short": len(text) < FEWEST_LETTERS,
        "in_list": f"{reverse('console:incidents')}?{urlencode({'q': text})}",
        "count": sum(len(found) for _name, found in groups),
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "console/lists/found.html" if is_part else "console/lists/search.html", context)


def _groups(request: HttpRequest, text: str) -> list[tuple[Promise, list[dict[str, Any]]]]:
    officer = get_officer(request.user)
    known = Known(
        incidents=access.incidents_for(officer),
        nominal=access.nominal_incidents_for(officer),
        marks=access.marks_for(officer),
        referrals=access.referrals_for(officer),
        cases=access.cases_for(officer),
        obligations=access.obligations_for(officer),
    )
    return [
        (KINDS[kind], [each._asdict() | {"address": _address(kind, each)} for each in found])
        for kind, found in found_by(text, known).items()
    ]


def _address(kind: str, found: Found) -> str:
    """Return the page on which it is looked at: its own, or that of the incident that it belongs to."""
    if kind == "regimes":
        return reverse("console:regime", kwargs={"code": found.reference})
    if kind == "cases":
        return reverse("console:case", kwargs={"reference": found.reference})
    return reverse("console:incident", kwargs={"reference": found.reference})
