"""The whole screening engine: facts, rulebook and designations in, explained result out."""

from bisect import bisect_right
from collections import OrderedDict
from datetime import date
from functools import partial
from typing import NamedTuple

from cases.screening.designations import Designations
from cases.screening.duties import (
    OF_PROHIBITED_GOODS,
    DutyBook,
    Situation,
    marking_duty,
    owed_without_finding,
    situation_of,
)
from cases.screening.facts import Days, IncidentFacts, ItemFacts
from cases.screening.findings import (
    Answer,
    Condition,
    Considered,
    DesignationMatch,
    DutyOwed,
    FindingDraft,
    Flag,
    LegalBasisCited,
    Outcome,
    ScreeningResult,
    unknown,
    yes,
)
from cases.screening.flags import (
    MANY_FIREARMS,
    call_flags,
    finding_flags,
    firearms,
    is_more_than_a_travellers,
    recovery_flags,
    regime_flags,
)
from cases.screening.listed import designated, with_listed
from cases.screening.listed_flags import designation_flags
from cases.screening.names import NameIndex
from cases.screening.places import views_apart
from cases.screening.rulebook import Measure, PhaseBook, Regime, Rulebook
from cases.screening.rules.direction import Setting, direction, unbroken_before
from cases.screening.rules.exemptions import exemptions
from cases.screening.rules.goods import covered, goods, is_military
from cases.screening.rules.in_force import outside, same_answer, while_open
from cases.screening.rules.recipient import recipient
from cases.screening.rules.target import target
from cases.screening.ties import Bearings, GroupIndex, States, take_bearings
from cases.screening.window import made_from, transfer_window


def screen(facts: IncidentFacts, rulebook: Rulebook, designations: Designations) -> ScreeningResult:
    """Weigh every measure against the facts; say why each is a finding, considered, or untied."""
    return screener(rulebook, designations).screen(facts)


def screener(rulebook: Rulebook, designations: Designations) -> "Screener":
    """Return the prepared engine for these versions; the last few are kept, since batches use one."""
    key = (id(rulebook), id(designations))
    found = _PREPARED.get(key)
    if found is None or found.rulebook is not rulebook or found.designations is not designations:
        found = _PREPARED[key] = Screener(rulebook, designations)
        while len(_PREPARED) > _KEPT:
            _PREPARED.popitem(last=False)
    return found


class _Prepared(NamedTuple):
    """One measure with what of it does not depend on the incident."""

    measure: Measure
    regime: Regime
    unit: str | None  # the target, where it is one present-day unit
    place: int  # among all measures in the order of their ids
    coverage: int  # which of the different goods and services that measures cover
    before: tuple[Measure, ...]  # the phases that banned supply without a break until it began, the nearest first
    amended_on: tuple[date, ...]
    cited: tuple[LegalBasisCited, ...]  # the legal basis after so many amendments
    readings: tuple[Condition, ...]


class _Selection(NamedTuple):
    """The measures that are tied together, with what follows for the rest; the same ones are, again and again."""

    entries: tuple[_Prepared, ...]  # in the order of their ids
    regimes: tuple[str, ...]
    untied: tuple[str, ...]  # the ids of all other measures


# A measure with its conditions, which stand in one order: in force, goods, direction, target, recipient.
Weighed = tuple[_Prepared, tuple[Condition, ...]]
IN_FORCE, GOODS, DIRECTION = 0, 1, 2
NO, UNKNOWN = Answer.NO, Answer.UNKNOWN
ALLEGED = unknown("basis", "basis.allegation", "basis = allegation", unknown="basis")
# Whether goods had left the target depends on whose land they were found on.
DECIDED_BY_LEAVING = frozenset({"direction.leaves_target", "direction.not_left", "direction.within_target"})
NO_AREAS: frozenset[str] = frozenset()
NO_PLACES: frozenset[int] = frozenset()
# More than the combinations of States that turn up together; some megabytes.
MOST_SELECTIONS_KEPT = 1 << 13
# See cases.screening.findings: a batch makes these by the million.
_new = tuple.__new__


class Screener:
    """The engine prepared for one rulebook: measures found by the State or group they concern."""

    def __init__(self, rulebook: Rulebook, designations: Designations) -> None:
        self.rulebook = rulebook
        self.designations = designations
        self._states = States(rulebook.states)
        self._groups = GroupIndex(rulebook.regimes)
        self._regimes = {regime.id: regime for regime in rulebook.regimes}
        self._measures = _prepared(rulebook, self._regimes)
        # The places of the measures whose target the unit is.
        self._by_unit: dict[str, frozenset[int]] = {}
        self._by_regime: dict[str, tuple[_Prepared, ...]] = {}
        for entry in self._measures:
            regime_id = entry.measure.regime
            self._by_regime[regime_id] = (*self._by_regime.get(regime_id, ()), entry)
            for unit in entry.measure.target_countries:
                self._by_unit[unit] = self._by_unit.get(unit, NO_PLACES) | {entry.place}
        self._duties = {regime.id: DutyBook(regime) for regime in rulebook.regimes}
        self._by_list = {
            name: [entry for entry in of if entry.measure.recipient == "designated_parties"]
            for name, of in self._by_regime.items()
        }
        self._phases = {name: PhaseBook(tuple(each.measure for each in of)) for name, of in self._by_regime.items()}
        bounds = {day for each in rulebook.measures for day in (each.in_force.first, each.in_force.until)}
        self._changes = sorted(day for day in bounds if day is not None)
        self._spent_in: dict[tuple[int, int], list[Weighed | None]] = {}
        self._by_area: dict[str, list[str]] = {}
        for regime in rulebook.regimes:
            for area, _ in regime.inspection_areas:
                self._by_area.setdefault(area, []).append(regime.id)
        self._without_territory = tuple(regime.id for regime in rulebook.regimes if not regime.countries)
        self._selections: dict[tuple[int, ...], _Selection] = {}

    @property
    def name_indexes(self) -> tuple[NameIndex, NameIndex]:
        """Return where names are looked up: in the lists, and among the groups of the regimes."""
        return self.designations.names, self._groups.names

    def screen(self, facts: IncidentFacts) -> ScreeningResult:
        """Weigh the measures that anything ties to the incident; name the rest as untied."""
        window = transfer_window(facts)
        bearings = take_bearings(facts, window, self._states, self._groups)
        matches = designated(facts, window, self.designations) if self.designations.entries else ()
        if matches:
            bearings = with_listed(bearings, matches, self.designations)
        tied = self._tied(bearings)
        weighed, is_dated = self._weigh_all(bearings, tied.entries)
        if not is_dated:
            weighed = _agree_across_phases(bearings, weighed)
        situation = situation_of(facts)
        findings, considered = self._conclude_all(bearings, weighed, situation)
        return ScreeningResult(
            findings=findings,
            considered=considered,
            untied=tied.untied,
            flags=self._flags(bearings, tied.regimes, findings, matches),
            designations=matches,
            duties=self._duties_without_finding(bearings, tied.regimes, findings, situation),
        )

    def _tied(self, bearings: Bearings) -> _Selection:
        """Return the measures to which a State, a group or a sea area ties the incident."""
        by_unit = self._by_unit
        found: set[int] = set().union(*[by_unit[unit] for unit in bearings.ties if unit in by_unit])
        by_name = [*bearings.groups, *self._regimes_of_areas(bearings)]
        if bearings.facts.recipient.kind == "designated_party":
            by_name.extend(self._without_territory)
        for regime_id in by_name:
            found.update(entry.place for entry in self._by_regime.get(regime_id, ()))
        for listed in bearings.listed:
            for regime_id in listed.regimes:
                found.update(entry.place for entry in self._by_list.get(regime_id, ()))
        places = tuple(sorted(found))
        selection = self._selections.get(places)
        return self._select(places) if selection is None else selection

    def _select(self, places: tuple[int, ...]) -> _Selection:
        if len(self._selections) >= MOST_SELECTIONS_KEPT:
            self._selections.clear()
        entries = tuple(self._measures[place] for place in places)
        tied = frozenset(places)
        selection = self._selections[places] = _Selection(
            entries=entries,
            regimes=tuple(dict.fromkeys(entry.measure.regime for entry in entries)),
            untied=tuple(entry.measure.id for entry in self._measures if entry.place not in tied),
        )
        return selection

    def _regimes_of_areas(self, bearings: Bearings) -> list[str]:
        """Return the regimes whose inspection authority names a sea area that the place touches (R7)."""
        place = bearings.facts.place
        if place is None or place.at_sea is False:
            return []
        touched = [zone.id.removeprefix("custom:") for zone in place.zones if zone.kind == "custom"]
        return [
            regime_id
            for area in touched
            for regime_id in self._by_area.get(area, ())
            if _areas(bearings, self._regimes[regime_id])
        ]

    def _weigh_all(self, bearings: Bearings, tied: tuple[_Prepared, ...]) -> tuple[list[Weighed], bool]:
        """Return the measures weighed, and whether it is known of each if it was in force."""
        window, is_dated = bearings.window, True
        is_continued = partial(self._is_continued, window.found.first)
        weigh = _Weighing(bearings)
        weighed: list[Weighed] = []
        spent = self._spent(window.council_days)
        for entry in tied:
            gone = spent[entry.place]
            if gone is not None:
                weighed.append(gone)
                continue
            held = while_open(window, entry.measure, is_continued=is_continued)
            is_dated = is_dated and held.answer is not UNKNOWN
            weighed.append((entry, (held,) if held.answer is NO else weigh(entry, held)))
        return weighed, is_dated

    def _spent(self, days: Days) -> list[Weighed | None]:
        """Return, by place, why each measure was in force on none of the days; None where it may have been.

        Between two changes of law every day has the same answer, so few spans of days differ.
        """
        first = -1 if days.first is None else bisect_right(self._changes, days.first)
        last = -1 if days.last is None else bisect_right(self._changes, days.last)
        spent = self._spent_in.get((first, last))
        if spent is None:
            why = ((entry, outside(days, entry.measure)) for entry in self._measures)
            spent = [None if gone is None else (entry, (gone,)) for entry, gone in why]
            self._spent_in[first, last] = spent
        return spent

    def _is_continued(self, day: date | None, measure: Measure) -> bool:
        """Whether another phase of the regime, of the same direction, was in force when the goods were found."""
        return any(phase.direction == measure.direction for phase in self._phases[measure.regime].on(day).current)

    def _conclude_all(
        self, bearings: Bearings, weighed: list[Weighed], situation: Situation
    ) -> tuple[tuple[FindingDraft, ...], tuple[Considered, ...]]:
        findings: list[FindingDraft] = []
        considered: list[Considered] = []
        owed: dict[str, tuple[DutyOwed, ...]] = {}
        for entry, conditions in weighed:
            measure, last = entry.measure, conditions[-1]
            tie = _tie(bearings, entry, conditions)
            if last.answer is NO:
                considered.append(_new(Considered, (measure.regime, measure.id, tie, last.reason)))
                continue
            if measure.regime not in owed:
                owed[measure.regime] = self._duties[measure.regime].owed(bearings, situation)
            findings.append(_finding(bearings, entry, conditions, tie, owed[measure.regime]))
        return tuple(findings), tuple(considered)

    def _duties_without_finding(
        self,
        bearings: Bearings,
        regimes: tuple[str, ...],
        findings: tuple[FindingDraft, ...],
        situation: Situation,
    ) -> tuple[DutyOwed, ...]:
        """Return what an inspection and found small arms owe beside the findings, by regime."""
        facts = bearings.facts
        marking = marking_duty(facts, situation)
        owed = [] if marking is None else [marking]
        if facts.kind != "inspection":
            return tuple(owed)
        found = {finding.regime for finding in findings}
        for regime_id in sorted(set(regimes) - found):
            if _is_bound_to_or_from(bearings, self._regimes[regime_id]):
                owed.extend(owed_without_finding(self._duties[regime_id].owed(bearings, situation)))
        return tuple(owed)

    def _flags(
        self,
        bearings: Bearings,
        regimes: tuple[str, ...],
        findings: tuple[FindingDraft, ...],
        matches: tuple[DesignationMatch, ...],
    ) -> tuple[Flag, ...]:
        found = {finding.regime for finding in findings}
        flags = recovery_flags(bearings.facts)
        flags.extend(finding_flags(findings))
        flags.extend(call_flags(bearings, self.rulebook.calls))
        for regime_id in regimes:
            regime, phases = self._regimes[regime_id], self._phases[regime_id]
            flags.extend(regime_flags(bearings, regime, phases, is_found=regime_id in found))
        if self.designations.entries:
            flags.extend(designation_flags(bearings.facts, matches, self.designations))
        return _in_order(flags)


def _in_order(flags: list[Flag]) -> tuple[Flag, ...]:
    """Order flags by code, those of one code by their sentences, which take longer to write than to sort."""
    if len(flags) < 2:
        return tuple(flags)
    is_repeated = len({flag.code for flag in flags}) < len(flags)
    return tuple(sorted(flags, key=_code_and_text if is_repeated else _code))


def _code(flag: Flag) -> str:
    return flag.code


def _code_and_text(flag: Flag) -> tuple[str, str]:
    return flag.code, flag.reason.text


class _Weighing:
    """The weighing of one incident against the measures that were in force, or may have been."""

    def __init__(self, bearings: Bearings) -> None:
        self._bearings = bearings
        self._is_weighty = partial(is_more_than_a_travellers, bearings.facts)
        # Phases and limbs of a regime mostly cover the same goods: each coverage is judged once.
        self._judged: dict[int, Condition] = {}

    def __call__(self, entry: _Prepared, held: Condition) -> tuple[Condition, ...]:
        """Return the measure's conditions in the order in which they are explained, up to the first contradicted."""
        bearings, measure = self._bearings, entry.measure
        covered = self._covered(entry)
        if covered.answer is NO:
            return (held, covered)
        setting = Setting(_areas(bearings, entry.regime), entry.before, self._is_weighty, _covers)
        bound = direction(bearings, measure, setting)
        if bound.answer is NO:
            return (held, covered, bound)
        aimed = target(bearings, measure)
        if aimed.answer is NO:
            return (held, covered, bound, aimed)
        for_whom = recipient(bearings, measure)
        if bearings.facts.basis == "allegation" and for_whom.answer is not NO:
            return (held, covered, bound, aimed, for_whom, ALLEGED)
        return (held, covered, bound, aimed, for_whom)

    def _covered(self, entry: _Prepared) -> Condition:
        covered = self._judged.get(entry.coverage)
        if covered is None:
            covered = self._judged[entry.coverage] = goods(self._bearings.facts, entry.measure)
        return covered


def _covers(measure: Measure, item: ItemFacts) -> bool:
    return covered(item, measure.goods, measure.services) is Answer.YES


def _prepared(rulebook: Rulebook, regimes: dict[str, Regime]) -> tuple[_Prepared, ...]:
    coverages: dict[tuple[frozenset[str], frozenset[str]], int] = {}
    of_regime: dict[str, list[Measure]] = {}
    for measure in rulebook.measures:
        of_regime.setdefault(measure.regime, []).append(measure)
    return tuple(
        _Prepared(
            measure=measure,
            regime=regimes[measure.regime],
            unit=next(iter(measure.target_countries)) if len(measure.target_countries) == 1 else None,
            place=place,
            coverage=coverages.setdefault((measure.goods, measure.services), len(coverages)),
            before=unbroken_before(measure, of_regime[measure.regime]),
            amended_on=tuple(amendment.on for amendment in measure.amendments),
            cited=tuple(_cited(measure, count) for count in range(len(measure.amendments) + 1)),
            readings=_readings(measure),
        )
        for place, measure in enumerate(rulebook.measures)
    )


def _cited(measure: Measure, count: int) -> LegalBasisCited:
    """Cite the root of the measure and the first so many texts that amended it."""
    amended_by = tuple(
        (amendment.resolution, amendment.paragraph, amendment.effect) for amendment in measure.amendments[:count]
    )
    return measure.legal_basis._replace(amended_by=amended_by)


def _readings(measure: Measure) -> tuple[Condition, ...]:
    """Show every reading of a contested measure; the outcome follows the Secretariat's, which comes first (R11)."""
    if measure.status != "contested":
        return ()
    return tuple(
        yes("status", "status.contested", "status = contested", reading=reading) for reading in measure.readings
    )


def _views(bearings: Bearings, measure: Measure, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Show every view on whose land the place is, where they come to different outcomes."""
    place, decided = bearings.facts.place, conditions[DIRECTION]
    if place is None or not place.views or not (decided.tie == "place" or decided.reason.rule in DECIDED_BY_LEAVING):
        return ()
    return tuple(
        yes(
            "view",
            "view.in_target" if view.country in measure.target_countries else "view.elsewhere",
            f"place.views = {view.country}",
            country=view.country,
            basis=view.basis,
        )
        for view in views_apart(place, measure.target_countries)
    )


def _areas(bearings: Bearings, regime: Regime) -> frozenset[str]:
    """Return the sea areas of the regime's inspection authority on the day of the incident."""
    if not regime.inspection_areas:
        return NO_AREAS
    day = bearings.window.found.last
    return frozenset(area for area, period in regime.inspection_areas if day is None or period.covers(day))


def _is_bound_to_or_from(bearings: Bearings, regime: Regime) -> bool:
    """Whether what was inspected was bound to, or came from, the regime's territory, or lay in its inspection area."""
    ends = bearings.destination | bearings.unloaded | bearings.recipient | bearings.origin | bearings.loaded
    claimed = (units for units, _, _ in (*bearings.claimed_origin, *bearings.claimed_destination))
    place = bearings.facts.place
    zones = {zone.id for zone in place.zones if zone.certainty != "outside"} if place is not None else set()
    return (
        bool(ends & regime.countries)
        or any(units & regime.countries for units in claimed)
        or any(f"custom:{area}" in zones for area in _areas(bearings, regime))
    )


def _finding(
    bearings: Bearings, entry: _Prepared, conditions: tuple[Condition, ...], tie: str, owed: tuple[DutyOwed, ...]
) -> FindingDraft:
    measure = entry.measure
    day = measure.text_day(bearings.window.governing_day)
    items = _items(bearings, measure, conditions)
    weighed = exemptions(bearings.facts, bearings.window, measure, items)
    outcome = derive_outcome(conditions, is_exempt=any(exemption.claimed for exemption in weighed))
    if outcome is Outcome.EXEMPTION_CLAIMED:
        owed = tuple(duty for duty in owed if duty.kind not in OF_PROHIBITED_GOODS)
    return FindingDraft(
        regime=measure.regime,
        measure=measure.id,
        outcome=outcome,
        status=measure.status,
        tie=tie,
        items=items,
        legal_basis=entry.cited[len(entry.amended_on) if day is None else bisect_right(entry.amended_on, day)],
        rationale=conditions + entry.readings + _views(bearings, measure, conditions),
        exemptions=weighed,
        duties=owed,
        verified=measure.verified,
        place_only=tie == "place" and outcome is Outcome.POSSIBLE and not _joins_the_place(bearings.facts),
    )


def _joins_the_place(facts: IncidentFacts) -> bool:
    """Whether a fact joins the place: route, recipient, dated lot, three firearms or any military item (R2)."""
    route, recipient = facts.route, facts.recipient
    is_routed = bool(route.origin or route.destination or route.transit or route.loaded_in or route.unloaded_in)
    is_meant = recipient.kind != "unknown" or bool(recipient.name or recipient.country or recipient.acts_for)
    is_dated = any(made_from(item.made, item.import_marked) is not None for item in facts.items)
    is_told = is_routed or is_meant or is_dated or bool(route.claims)
    return is_told or firearms(facts) >= MANY_FIREARMS or any(is_military(item) for item in facts.items)


def derive_outcome(conditions: tuple[Condition, ...], *, is_exempt: bool) -> Outcome:
    """The one place where conditions and exemptions become an outcome."""
    answers = [condition.answer for condition in conditions]
    if NO in answers:
        return Outcome.NOT_INDICATED
    if UNKNOWN in answers:
        return Outcome.POSSIBLE
    return Outcome.EXEMPTION_CLAIMED if is_exempt else Outcome.INDICATED


def _tie(bearings: Bearings, entry: _Prepared, conditions: tuple[Condition, ...]) -> str:
    """Return what ties the incident to the target: the tie a condition rests on, else the strongest there is."""
    if len(conditions) > DIRECTION and (tie := conditions[DIRECTION].tie) is not None:
        return tie
    if entry.measure.regime in bearings.groups or (bearings.listed and bearings.listed_under(entry.measure.regime)):
        return "recipient"
    if entry.unit is not None:
        kinds = bearings.ties.get(entry.unit)
    else:
        kinds = bearings.kinds_of_tie(entry.measure.target_countries)
    return kinds[0] if kinds else "place"


def _items(bearings: Bearings, measure: Measure, conditions: tuple[Condition, ...]) -> tuple[int, ...]:
    """Return the goods the finding is about; of goods found at rest, those whose own age dates them to the measure."""
    covered = conditions[GOODS].items
    start = measure.in_force.first
    if bearings.window.manner != "at_rest" or conditions[IN_FORCE].answer is not Answer.YES or start is None:
        return covered
    young = {
        item.index
        for item in bearings.facts.items
        if (made := made_from(item.made, item.import_marked)) is not None and made >= start
    }
    return tuple(index for index in covered if index in young) or covered


def _agree_across_phases(bearings: Bearings, weighed: list[Weighed]) -> list[Weighed]:
    """Where a window straddles phases of one measure that all give the same answer, the date is no unknown (R15)."""
    days = bearings.window.council_days
    if days.first is None or days.last is None:
        return weighed
    straddling: dict[tuple[str, str, tuple[Answer, ...]], list[int]] = {}
    for position, (entry, conditions) in enumerate(weighed):
        if conditions[IN_FORCE].answer is not NO:
            answers = tuple(condition.answer for condition in conditions[1:])
            straddling.setdefault((entry.measure.regime, entry.measure.direction, answers), []).append(position)
    for positions in straddling.values():
        phases = sorted((weighed[position][0].measure for position in positions), key=_phase_start)
        if len(phases) > 1 and _cover(phases, days.first, days.last):
            _settle(weighed, positions, bearings, phases)
    return weighed


def _settle(weighed: list[Weighed], positions: list[int], bearings: Bearings, phases: list[Measure]) -> None:
    change = phases[-1].in_force.first
    agreed = same_answer(bearings.window, change.isoformat() if change else "")
    for position in positions:
        entry, conditions = weighed[position]
        if conditions[IN_FORCE].answer is UNKNOWN:
            weighed[position] = (entry, (agreed, *conditions[1:]))


def _phase_start(measure: Measure) -> date:
    return measure.in_force.first or date.min


def _cover(phases: list[Measure], first: date, last: date) -> bool:
    """Return whether the phases, taken in order, leave no day of the span out."""
    reached = first
    for phase in phases:
        if _phase_start(phase) > reached:
            return False
        if phase.in_force.until is None:
            return True
        reached = max(reached, phase.in_force.until)
    return reached > last


_KEPT = 4
_PREPARED: OrderedDict[tuple[int, int], Screener] = OrderedDict()
