"""What follows by law from a finding or an inspection: for whom, with what force, by when if the text says (R17)."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from cases.screening.facts import BoardingFacts, Days, IncidentFacts
from cases.screening.findings import DutyOwed, LegalBasisCited, Reason
from cases.screening.rulebook import Duty, Regime
from cases.screening.ties import Bearings

SATURDAY = 5
# A documented transfer that nobody stopped creates no duty for an inspecting State.
KINDS_WITHOUT_DUTIES = frozenset({"report"})
# What is owed only for goods that are prohibited: not for those of a claimed exemption.
OF_PROHIBITED_GOODS = frozenset({"seize", "dispose", "report_disposal", "further_report", "seek_approval"})
BY_SHIP = frozenset({"divert_to_port", "deny_port", "deny_services", "seize_vessel"})
RULES = {
    "shall": "duty.obligation",
    "authorised": "duty.power",
    "called_upon": "duty.appeal",
    "mandated": "duty.task",
    "undertaking": "duty.undertaking",
}
ENDED = frozenset({"destroyed", "rendered_unusable", "sunk"})
# ITI 9 speaks of arms found on a State's territory.
FOUND_KINDS = frozenset({"seizure", "interdiction", "find", "surrender"})
SMALL_ARMS = frozenset({"small_arm", "light_weapon"})
NO_BOARDING = BoardingFacts()
UNKNOWN = Days(None, None)
# Duties whose bearer is one State that the facts show.
OF_ONE_STATE = frozenset({"flag_state", "supplying_state"})
ITI_9 = LegalBasisCited("International Tracing Instrument (A/60/88, annex)", "9", paragraph_verified=False)


class Situation(NamedTuple):
    """What of an incident says whether a duty arises at all; None is unknown."""

    at_sea: bool
    high_seas: bool
    by_ship: bool | None
    consent_refused: bool
    cooperation_refused: bool
    seizing_state: str | None


def situation_of(facts: IncidentFacts) -> Situation:
    """Return where and how the goods were met with, as far as it decides who owes what."""
    boarding = facts.boarding or NO_BOARDING
    at_sea = _is_at_sea(facts)
    mode = facts.conveyance.mode
    return Situation(
        at_sea=at_sea,
        high_seas=at_sea and not _in_territorial_sea(facts),
        by_ship=True if at_sea else None if mode is None else mode == "sea",
        consent_refused=boarding.consent == "refused",
        cooperation_refused=boarding.consent == "refused" or boarding.cooperation == "none",
        seizing_state=facts.agencies[0].country if facts.agencies else None,
    )


def _is_at_sea(facts: IncidentFacts) -> bool:
    """Powers at sea need a stop at sea: said so, or a ship that was not met on land."""
    place = facts.place
    if place is not None and place.at_sea is not None:
        return place.at_sea
    if facts.conveyance.mode not in {"sea", None}:
        return False
    is_boarded = facts.boarding is not None or facts.conveyance.mode == "sea"
    return is_boarded and (place is None or place.country is None)


def _in_territorial_sea(facts: IncidentFacts) -> bool:
    zones = facts.place.zones if facts.place is not None else ()
    return any(zone.kind == "territorial_sea" and zone.certainty == "inside" for zone in zones)


class DutyBook:
    """The duties of one regime, found by day and situation; the same ones recur, and are put together once."""

    def __init__(self, regime: Regime) -> None:
        self._regime = regime
        bounds = {bound for duty in regime.duties for bound in (duty.in_force.first, duty.in_force.until)}
        self._changes = sorted(bound for bound in bounds if bound is not None)
        self._owed: dict[tuple[int, bool, Situation], tuple[DutyOwed, ...]] = {}

    def owed(self, bearings: Bearings, situation: Situation) -> tuple[DutyOwed, ...]:
        """Return the duties that stood on the day of the stop or find, with due days where the text gives a clock."""
        facts, day = bearings.facts, bearings.window.found.last
        if facts.kind in KINDS_WITHOUT_DUTIES or not self._regime.duties:
            return ()
        in_waters = bool(bearings.waters) and any(
            zone.kind == "territorial_sea" and zone.certainty != "outside" and units & self._regime.countries
            for zone, units in bearings.waters
        )
        key = (-1 if day is None else bisect_right(self._changes, day), in_waters, situation)
        owed = self._owed.get(key)
        if owed is None:
            owed = self._owed[key] = tuple(self._arising(day, situation, in_target_waters=in_waters))
        return tuple([_dated(duty, facts) if _differs(duty) else duty for duty in owed])

    def _arising(self, day: date | None, situation: Situation, *, in_target_waters: bool) -> Iterator[DutyOwed]:
        for duty in self._regime.duties:
            stood = day is None or duty.in_force.covers(day)
            if stood and _arises(duty, situation, in_target_waters=in_target_waters):
                yield _owed(duty, self._regime, situation)


def _arises(duty: Duty, situation: Situation, *, in_target_waters: bool) -> bool:
    """Whether the duty can arise there: powers at sea only at sea, and duties upon refusal only when it was refused."""
    if duty.kind == "divert_to_port" and not situation.consent_refused:
        return False
    if duty.clock_from == "refusal" and not situation.cooperation_refused:
        return False
    if duty.kind in BY_SHIP and situation.by_ship is False:
        return False
    return {
        "anywhere": True,
        "territory": not situation.high_seas,
        "at_sea": situation.at_sea,
        "high_seas": situation.high_seas,
        "territorial_sea": situation.at_sea and in_target_waters,
    }[duty.where]


def _owed(duty: Duty, regime: Regime, situation: Situation) -> DutyOwed:
    is_seizing = duty.on in {"inspecting_state", "seizing_state"} and situation.seizing_state is not None
    is_target = duty.on == "target_government" and len(regime.countries) == 1
    states = (situation.seizing_state or "",) if is_seizing else tuple(regime.countries) if is_target else ()
    return DutyOwed(
        regime=regime.id,
        kind=duty.kind,
        what=duty.what,
        legal_basis=duty.legal_basis,
        force=duty.force,
        reason=Reason(RULES[duty.force], {}),
        on=duty.on,
        states=states,
        to=duty.to,
        clock_from=duty.clock_from,
        days=duty.days,
        working_days=duty.working_days,
        promptly=duty.promptly,
        due_on=None,
    )


def _differs(duty: DutyOwed) -> bool:
    """Whether who owes the duty, or when it is due, can differ from one incident to the next."""
    return duty.on in OF_ONE_STATE or (duty.force == "shall" and duty.days is not None)


def _dated(duty: DutyOwed, facts: IncidentFacts) -> DutyOwed:
    """Add what differs from one incident to the next: the day it is due, the State of the flag or of origin."""
    if duty.on == "flag_state" and facts.conveyance.flag:
        return duty._replace(states=(facts.conveyance.flag,))
    if duty.on == "supplying_state" and facts.route.origin:
        duty = duty._replace(states=(facts.route.origin,))
    # Only an obligation whose text gives a number makes a due day, and only from a day that is known.
    if duty.force != "shall" or duty.days is None:
        return duty
    began = clock_start(duty.clock_from, facts)
    if began.first is None or began.first != began.last:
        return duty
    due = working_days_after(began.first, duty.days) if duty.working_days else began.first + timedelta(days=duty.days)
    return duty._replace(due_on=due.isoformat())


def clock_start(clock_from: str | None, facts: IncidentFacts) -> Days:
    """Return the days on one of which the clock of the text began to run; open where the facts do not tell."""
    if clock_from in {"inspection", "finding"}:
        return facts.stopped if facts.stopped.first is not None else facts.occurred
    if clock_from == "disposal":
        # What is held or stored has a day as well, and is not disposed of by it. Of several, the first.
        ended = [item.disposed for item in facts.items if item.disposition in ENDED]
        return min(ended, key=lambda days: days.first or date.max, default=UNKNOWN)
    return UNKNOWN


@lru_cache(maxsize=4096)
def working_days_after(day: date, count: int) -> date:
    """Count Monday to Friday; holidays differ by State and are left to the officer."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            count -= 1
    return day


def owed_without_finding(owed: tuple[DutyOwed, ...]) -> Iterator[DutyOwed]:
    """Yield what an inspection owes by itself: the report on it, and what follows when it was refused."""
    for duty in owed:
        is_report = duty.kind == "report" and duty.clock_from == "inspection"
        if is_report or duty.clock_from == "refusal" or duty.kind == "divert_to_port":
            yield duty


def marking_duty(facts: IncidentFacts, situation: Situation) -> DutyOwed | None:
    """Mark and record, or destroy, small arms found on land: owed whatever the embargoes say (ITI 9)."""
    is_found = facts.kind in FOUND_KINDS and not situation.at_sea
    if not is_found or not any(item.category in SMALL_ARMS and item.disposition not in ENDED for item in facts.items):
        return None
    return DutyOwed(
        regime=None,
        kind="mark_or_destroy",
        what="Mark uniquely and record, or destroy, illicit small arms and light weapons found, as soon as possible",
        legal_basis=ITI_9,
        # A political instrument: States undertake, and no number of days is given.
        force="undertaking",
        reason=Reason(RULES["undertaking"], {}),
        on="territorial_state",
        states=(situation.seizing_state,) if situation.seizing_state else (),
        to=None,
        clock_from=None,
        days=None,
        working_days=False,
        promptly=True,
        due_on=None,
    )
