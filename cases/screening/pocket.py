"""What of a rulebook goes into a pocket: enough to say on a device, with no line, which measures may be touched.

It holds nothing of any incident. What an answer excludes is worked out here by the engine's own rules, so that the
device compares words and days and judges nothing by itself.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from cases.screening.designations import Designations
from cases.screening.facts import Days, IncidentFacts, ItemFacts, Period, RecipientFacts
from cases.screening.findings import Answer
from cases.screening.rulebook import Measure, Regime, Rulebook
from cases.screening.rules.goods import covered
from cases.screening.rules.recipient import recipient
from cases.screening.ties import GroupIndex, States, take_bearings
from cases.screening.window import council_day, transfer_window

FORMAT = "cordon-pocket/1"
# What may be learnt of an item beside its category and can bring it under a text: its subtype and how it is described.
_SUBTYPES = (None, "ballistic", "cruise", "anti_ship", "anti_tank", "manpads", "surface_to_air", "rocket", "components")
_DESCRIPTIONS = ("", "military, ML 4")
_NOBODY = GroupIndex(())
_TODAYS_STATES = States(())


def pocket_of(
    rulebook: Rulebook,
    designations: Designations,
    *,
    made_on: date,
    categories: Sequence[str],
    receivers: Sequence[str],
) -> dict[str, Any]:
    """Return the pocket rulebook as plain values, in one order: the same for the same versions and day.

    ``categories`` and ``receivers`` are the words from which officers choose; ``made_on`` is the day it is given out.
    """
    coverages, scopes, exemptions = _Numbered(), _Numbered(), _Numbered()
    measures = [
        _measure(measure, categories, receivers, (coverages, scopes, exemptions)) for measure in rulebook.measures
    ]
    return {
        "format": FORMAT,
        "made_on": made_on,
        "rulebook": {"version": rulebook.version, "digest": rulebook.digest},
        "lists": [
            {"name": used.name, "generated": used.generated, "digest": used.digest} for used in designations.lists
        ],
        "categories": list(categories),
        "receivers": list(receivers),
        "states": [
            {"code": period.code, "units": sorted(period.units), **_days(period.in_force)} for period in rulebook.states
        ],
        "coverages": coverages.values,
        "scopes": scopes.values,
        "exemptions": exemptions.values,
        "regimes": {regime.id: _regime(regime) for regime in rulebook.regimes},
        "measures": measures,
    }


class _Numbered:
    """Values that many measures share, each written once and named by its place."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[str, int] = {}

    def place_of(self, value: Any) -> int:
        """Return the place of the value, which is added where it is new."""
        place = self._places.setdefault(repr(value), len(self.values))
        if place == len(self.values):
            self.values.append(value)
        return place


def _regime(regime: Regime) -> dict[str, Any]:
    return {
        "name": regime.name,
        "as_of": regime.as_of,
        "refresh_after": regime.refresh_after,
        "parties": [{"name": group.name, **_days(group.in_force)} for group in regime.groups],
        "areas": [{"name": name, **_days(period)} for name, period in regime.inspection_areas],
    }


def _measure(
    measure: Measure, categories: Iterable[str], receivers: Iterable[str], shared: tuple[_Numbered, ...]
) -> dict[str, Any]:
    coverages, scopes, exemptions = shared
    in_force = _days(measure.in_force)
    if measure.starts_at is not None:
        # An instant begins the measure on a part of the day before its first whole one.
        in_force["from"] = council_day(measure.starts_at)
    return {
        "id": measure.id,
        "regime": measure.regime,
        "resolution": measure.legal_basis.resolution,
        "paragraph": measure.legal_basis.paragraph,
        "verified": measure.verified and measure.legal_basis.paragraph_verified,
        "status": measure.status,
        "direction": measure.direction,
        **in_force,
        "countries": sorted(measure.target_countries),
        "regions": sorted(measure.target_regions),
        "reaches_flag": measure.reaches_nationals_and_flag,
        "goods": coverages.place_of([each for each in categories if _may_cover(measure, each)]),
        "scope": scopes.place_of(_scope(measure, receivers)),
        "exemptions": [
            exemptions.place_of(
                {
                    "what": each.what,
                    "procedure": each.procedure,
                    "receivers": sorted(each.recipients),
                    "resolution": each.legal_basis.resolution,
                    "paragraph": each.legal_basis.paragraph,
                    **_days(each.in_force),
                }
            )
            for each in measure.exemptions
        ],
    }


def _may_cover(measure: Measure, category: str) -> bool:
    """Whether goods of the category can fall under the measure, whatever else is learnt of them."""
    return any(
        covered(_item(category, subtype, description), measure.goods, measure.services) is not Answer.NO
        for subtype in _SUBTYPES
        for description in _DESCRIPTIONS
    )


def _item(category: str, subtype: str | None, description: str) -> ItemFacts:
    return ItemFacts(index=0, category=category, subtype=subtype, description=description)


def _scope(measure: Measure, receivers: Iterable[str]) -> dict[str, list[str]]:
    """Return the kinds of receiver for whom the measure never binds, and those for whom only as the target's own."""
    own_country = min(measure.target_countries, default=None)
    never: list[str] = []
    own: list[str] = []
    for kind in receivers:
        if _binds(measure, RecipientFacts(kind=kind, country=own_country)):
            continue
        (own if _binds(measure, RecipientFacts(kind=kind)) else never).append(kind)
    return {"never": never, "not_own": own}


def _binds(measure: Measure, stated: RecipientFacts) -> bool:
    """Whether the measure binds for that receiver, or may."""
    facts = IncidentFacts(reference="", kind="seizure", occurred=Days(None, None), day_is_exact=False, recipient=stated)
    bearings = take_bearings(facts, transfer_window(facts), _TODAYS_STATES, _NOBODY)
    return recipient(bearings, measure).answer is not Answer.NO


def _days(period: Period) -> dict[str, Any]:
    """Return the first day and the one from which it no longer holds; null where the period is open."""
    return {"from": period.first, "until": period.until}
