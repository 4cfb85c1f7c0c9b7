"""The rulebook: every measure of every regime as plain, frozen values."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from cases.screening.facts import Period
from cases.screening.findings import LegalBasisCited

# What the rulebook holds is cited in results as it stands; a measure's basis with what amended it up to the day.
LegalBasis = LegalBasisCited
BINDING = frozenset({"binding", "contested"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A later resolution that widened, narrowed, renewed, restated, carved out of or re-applied a measure."""

    resolution: str
    paragraph: str | None
    effect: str  # widens, narrows, renews, restates, carves_out, reapplies, continues, ends
    on: date  # the New York day from which it counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A stated exception to a measure: for whom, for which goods, and the procedure that must have been followed."""

    what: str
    legal_basis: LegalBasis
    # standing, notify, no_negative_decision, approve, approve_council, authorised_by_government, notify_government
    procedure: str
    in_force: Period  # within the measure's own period
    # Recipient kinds that can meet it: un_mission, peacekeeping_contingent, international_force, humanitarian, media,
    # government, regional_authority, private_security_company … Empty: the text names no recipient.
    recipients: frozenset[str]
    # Item categories it is confined to (protective_equipment, small_arm …), or "non_lethal". Empty: any goods.
    goods: frozenset[str]
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What follows by law from a finding or an inspection: who must do what, with what force and by when."""

    kind: str  # report, seize, dispose, report_disposal, inspect, deny_services, divert_to_port, prevent …
    what: str
    legal_basis: LegalBasis
    force: str  # shall, authorised, called_upon, mandated; only "shall" makes an obligation
    on: str  # inspecting_state, seizing_state, flag_state, all_states, mission …
    to: str | None  # committee, panel, flag_state …; None where nothing is addressed to anyone
    clock_from: str | None  # inspection, finding, disposal; None where the text gives no clock
    days: int | None  # the number the text gives; never supplied by us
    working_days: bool
    promptly: bool  # the text says "promptly" or "immediately" without a number
    in_force: Period
    verified: bool
    where: str = "anywhere"  # anywhere, territory, at_sea, high_seas, territorial_sea: the stops it speaks of


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An armed group the Council named, or that counts under a regime, with the days from and until which it does."""

    name: str
    aliases: tuple[str, ...]
    in_force: Period
    how: str | None  # on what footing it counts, in a few words
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One restriction of a regime in one phase: what may not go to, or come from, whom, from when until when."""

    id: str  # "<regime>/<resolution number>-<paragraph or x>", "@<start>" where an earlier phase took the plain id
    regime: str
    legal_basis: LegalBasis
    amendments: tuple[Amendment, ...]  # in the order of their days
    in_force: Period
    status: str  # binding, contested, suspended, non_binding
    direction: str  # to_target, from_target, to_and_from_target
    goods: frozenset[str]  # goods classes, see cases.screening.rules.goods
    services: frozenset[str]
    recipient: str  # recipient scope, see cases.screening.rules.recipient
    binds_private: bool  # the text says "entities and individuals": a private recipient is bound too (R4)
    target_countries: frozenset[str]  # present-day ISO alpha-3 units, XKX included; empty for a list without territory
    target_regions: frozenset[str]  # ids of first-level regions ("SDN:north-darfur"); empty: the whole country
    movement_inside: bool  # moving the goods into the region from elsewhere in the same State counts (R14)
    reaches_nationals_and_flag: bool  # the text reaches the target's nationals, flag vessels or aircraft (R6)
    trade_embargo: bool  # all goods; only the arms limb gives findings (R11, R12)
    exemptions: tuple[Exemption, ...]
    readings: tuple[str, ...]  # contested: each reading in one sentence, the Secretariat's first (R11)
    verified: bool
    # The instant of the start where the text gives one (Iran, 2025-09-28T00:00Z); `in_force` then begins with the first
    # whole New York day (R18).
    starts_at: datetime | None = None

    def text_day(self, governing: date | None) -> date | None:
        """Return the day on which the text is read: the governing day, or its first where that is the day before."""
        first = self.in_force.first
        return first if governing is not None and first is not None and governing < first else governing


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A sanctions framework: its measures' common ground - committee, groups, duties, and how fresh our reading is."""

    id: str
    name: str
    status: str  # in_force, in_force_contested, terminated
    countries: frozenset[str]
    groups: tuple[Group, ...]
    duties: tuple[Duty, ...]
    # Areas at sea that the regime's own inspection authority names, with the days on which it ran (R7).
    inspection_areas: tuple[tuple[str, Period], ...]
    committee: str | None
    experts: str | None
    refresh_after: date | None  # the last day the last renewal seen covers; later incidents say needs_refresh (R11)
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbargoCall:
    """A request or call of the Council that binds nobody: not to supply a State, or to be vigilant (R11)."""

    legal_basis: LegalBasis
    countries: frozenset[str]
    in_force: Period  # until it was spent, or overtaken by a ban


class Phase(NamedTuple):
    """The measures of one regime as they stand between two changes of law, each list in the order of the ids."""

    current: tuple[Measure, ...]  # in force
    binding: tuple[Measure, ...]  # of these, those that bind, contested ones included
    asking: tuple[Measure, ...]  # of these, those that only ask, or ban all trade
    closed: tuple[Measure, ...]  # of all, those in whose direction nothing binds


class PhaseBook:
    """The measures of one regime, found by the day on which they are in force."""

    def __init__(self, measures: tuple[Measure, ...]) -> None:
        self._measures = measures
        bounds = {bound for each in measures for bound in (each.in_force.first, each.in_force.until)}
        self._changes = sorted(bound for bound in bounds if bound is not None)
        # Between two changes every day has the same measures; the days before the first have those without a first.
        self._phases = [
            self._phase(tuple(each for each in measures if each.in_force.covers(day)))
            for day in (date.min, *self._changes)
        ]
        self._on_no_day = self._phase(())

    def on(self, day: date | None) -> Phase:
        """Return what stands on the day; nothing is in force where the day is unknown."""
        return self._phases[bisect_right(self._changes, day)] if day is not None else self._on_no_day

    def _phase(self, current: tuple[Measure, ...]) -> Phase:
        binding = tuple(each for each in current if each.status in BINDING)
        directions = {each.direction for each in binding}
        return Phase(
            current=current,
            binding=binding,
            asking=tuple(each for each in current if each.status == "non_binding" or each.trade_embargo),
            closed=tuple(each for each in self._measures if each.direction not in directions),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePeriod:
    """The present-day units that a State's code covered from one day until another (R16)."""

    code: str
    units: frozenset[str]
    in_force: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One version of all regimes and measures, ordered by id, with the digest of the files it was read from."""

    version: str
    digest: str
    regimes: tuple[Regime, ...]
    measures: tuple[Measure, ...]
    states: tuple[StatePeriod, ...]
    calls: tuple[EmbargoCall, ...] = ()

    def regime(self, regime_id: str) -> Regime:
        """Return the regime of that id; KeyError where the rulebook has none."""
        for regime in self.regimes:
            if regime.id == regime_id:
                return regime
        raise KeyError(regime_id)
