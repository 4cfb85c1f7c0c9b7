"""Regimes as the rulebook in use has them, and what changed from one version of it to another."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases import access
from cases.errors import VersionNotKept
from cases.queries.officers import get_officer
from cases.queries.regimes import get_regime, regime_rows, rulebook_version
from cases.queries.rescreenings import change_rows, document_of_change
from cases.queries.rulebook_difference import difference_of, rulebook_versions, touched_by
from console import timeline

# The page of changes has the rest.
CHANGES_SHOWN: Final = 50


@login_required
@require_GET
def regimes(request: HttpRequest) -> HttpResponse:
    """Show every regime, those in force first, with its phases on one line of years."""
    today = timezone.now().date()  # noqa: TID251 - an edge
    whole = [get_regime(row["id"]) for row in regime_rows()]
    scale = timeline.scale_of((day for each in whole for day in _days(each)), today=today)
    shown = [
        each
        | {
            "bars": timeline.phases(each["measures"], scale=scale),
            "since": min((day for day in _starts(each) if day), default=None),
            "unverified": _unverified(each),
            "is_stale": (until := timeline.day_in(each["refresh_after"])) is not None and until < today,
        }
        for each in whole
    ]
    in_force = [each for each in shown if each["status"] != "terminated"]
    ended = [each for each in shown if each["status"] == "terminated"]
    context = {
        "groups": [("in_force", in_force), ("ended", ended)],
        "scale": scale,
        "today": scale.place(today),
        "rulebook": rulebook_version(),
    }
    return render(request, "console/regimes/list.html", context)


@login_required
@require_GET
def regime(request: HttpRequest, code: str) -> HttpResponse:
    """Show one regime: its phases, measures, exemptions, duties, bodies and sources, and what of it was verified."""
    today = timezone.now().date()  # noqa: TID251 - an edge
    found = get_regime(code)
    scale = timeline.scale_of(_days(found), today=today)
    bars = timeline.phases(found["measures"], scale=scale)
    measures = [measure | {"bar": bar} for measure, bar in zip(found["measures"], bars, strict=True)]
    context = {
        "regime": found,
        "measures": measures,
        "scale": scale,
        "today": scale.place(today),
        "unverified": _unverified(found),
        "refresh_after": timeline.day_in(found["refresh_after"]),
        "bodies": [body for body in (found["committee"], found["experts"]) if body],
    }
    return render(request, "console/regimes/regime.html", context)


@login_required
@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Show what changed between two versions of the rulebook, and which of the own agency's incidents it touched."""
    officer, known = get_officer(request.user), rulebook_versions()
    by_key = {str(each.pk): each for each in known}
    after = by_key.get(request.GET.get("after", ""), known[0] if known else None)
    earlier = [each for each in known if after is not None and each.pk != after.pk]
    before = by_key.get(request.GET.get("before", ""), _version_before(after, earlier))
    context: dict[str, Any] = {"versions": known, "before": before, "after": after}
    if before is not None and after is not None:
        try:
            context["difference"] = difference_of(before, after)
        except VersionNotKept as error:
            context["not_kept"] = error.params["version"]
        changes = access.changes_for(officer)
        context |= {
            "touched": touched_by(changes, after),
            **_changes(officer, changes.filter(rescreening__rulebook=after)),
        }
    return render(request, "console/regimes/versions.html", context)


def _version_before(after: Any, others: Iterable[Any]) -> Any:
    """Return the version that was loaded last before that one."""
    before = [each for each in others if after is not None and each.loaded_at <= after.loaded_at]
    return before[0] if before else next(iter(others), None)


def _changes(officer: Any, changes: QuerySet[Any]) -> dict[str, Any]:
    rows = list(change_rows(changes).order_by("-changed_at", "-pk")[: CHANGES_SHOWN + 1])
    shown = [document_of_change(row, with_nominal=access.SEE_NOMINAL in officer.rights) for row in rows]
    return {"changes": shown[:CHANGES_SHOWN], "has_more": len(shown) > CHANGES_SHOWN}


def _days(regime: Mapping[str, Any]) -> Iterable[date | None]:
    return (day for measure in regime["measures"] for day in timeline.days_of(measure))


def _starts(regime: Mapping[str, Any]) -> Iterable[date | None]:
    return (timeline.days_of(measure)[0] for measure in regime["measures"])


def _unverified(regime: Mapping[str, Any]) -> int:
    """Return how many statements of a regime were not read in their source."""
    stated = [
        *(measure["imposed_by"] for measure in regime["measures"]),
        *(exemption for measure in regime["measures"] for exemption in measure["exemptions"]),
        *regime["duties"],
    ]
    return sum(not (each["verified"] and each["paragraph_verified"]) for each in stated)
