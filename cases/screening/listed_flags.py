"""What a listed party calls for when it is no arms finding, and a list that has grown old (R9, R20)."""

from collections.abc import Iterator
from datetime import timedelta

from cases.screening.designations import Designations
from cases.screening.facts import IncidentFacts
from cases.screening.findings import DesignationMatch, Flag, Params, Reason
from cases.screening.listed import RECIPIENT_ROLE, compared_kinds

# The Council's committees change the list about every week or two; a month without an edition hides some of it.
STALE_AFTER = timedelta(days=30)


def designation_flags(
    facts: IncidentFacts, matches: tuple[DesignationMatch, ...], lists: Designations
) -> Iterator[Flag]:
    """Yield a notice for each listed party that is no recipient of arms, and for each list too old for the day."""
    for match in matches:
        # For a recipient the arms measure itself speaks, where being on the list counts for one.
        if match.is_certain and match.listed_on_day and not (match.role == RECIPIENT_ROLE and match.regimes):
            yield _notice(match)
    yield from _stale(facts, lists)


def _notice(match: DesignationMatch) -> Flag:
    params: Params = {
        "name": match.stated or match.name,
        "role": match.role,
        "listed": match.name,
        "reference_number": match.reference_number,
        "consequences": ", ".join(match.consequences).replace("_", " "),
    }
    if match.kind == "vessel":
        return _flag("designated_vessel", params)
    if "asset_freeze" in match.consequences:
        return _flag("designated_party_asset_freeze", params)
    return _flag("designated_party_named", params)


def _stale(facts: IncidentFacts, lists: Designations) -> Iterator[Flag]:
    day = facts.occurred.first
    if day is None:
        return
    stale = [used for used in lists.lists if day - used.generated > STALE_AFTER]
    compared = compared_kinds(facts) if stale else frozenset()
    for used in stale:
        if compared & lists.kinds_on(used.name):
            params: Params = {"list": used.name, "newest": used.generated.isoformat(), "days": STALE_AFTER.days}
            yield _flag("stale_list", params)


def _flag(code: str, params: Params) -> Flag:
    return Flag(code, Reason(f"flag.{code}", params))
