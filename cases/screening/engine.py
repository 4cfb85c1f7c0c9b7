"""The whole screening engine: facts, rulebook and designations in, explained result out."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import date

from cases.screening.designations import Designations
from cases.screening.duties import duties
from cases.screening.facts import IncidentFacts
from cases.screening.findings import (
    Answer,
    Condition,
    Considered,
    FindingDraft,
    Flag,
    LegalBasisCited,
    Outcome,
    ScreeningResult,
    unknown,
    yes,
)
from cases.screening.flags import finding_flags, is_more_than_a_travellers, recovery_flags, regime_flags
from cases.screening.rulebook import Measure, Regime, Rulebook
from cases.screening.rules.direction import direction
from cases.screening.rules.exemptions import exemptions
from cases.screening.rules.goods import goods
from cases.screening.rules.in_force import in_force, same_answer
from cases.screening.rules.recipient import recipient
from cases.screening.rules.target import target
from cases.screening.ties import TIE_ORDER, Bearings, GroupIndex, States, take_bearings
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


class Screener:
    """The engine prepared for one rulebook: measures found by the State or group they concern."""

    def __init__(self, rulebook: Rulebook, designations: Designations) -> None:
        self.rulebook = rulebook
        self.designations = designations
        self._states = States(rulebook.states)
        self._groups = GroupIndex(rulebook.regimes)
        self._regimes = {regime.id: regime for regime in rulebook.regimes}
        self._by_unit: dict[str, list[Measure]] = {}
        self._by_regime: dict[str, tuple[Measure, ...]] = {}
        for measure in rulebook.measures:
            self._by_regime[measure.regime] = (*self._by_regime.get(measure.regime, ()), measure)
            for unit in measure.target_countries:
                self._by_unit.setdefault(unit, []).append(measure)
        self._by_area: dict[str, list[str]] = {}
        for regime in rulebook.regimes:
            for area, _ in regime.inspection_areas:
                self._by_area.setdefault(area, []).append(regime.id)
        self._ids = tuple(measure.id for measure in rulebook.measures)

    def screen(self, facts: IncidentFacts) -> ScreeningResult:
        """Weigh the measures that anything ties to the incident; name the rest as untied."""
        window = transfer_window(facts)
        bearings = take_bearings(facts, window, self._states, self._groups)
        tied = self._tied(bearings)
        is_weighty = is_more_than_a_travellers(facts)
        weighed = [self._weigh(bearings, measure, is_weighty=is_weighty) for measure in tied]
        weighed = _agree_across_phases(bearings, weighed)
        findings: list[FindingDraft] = []
        considered: list[Considered] = []
        for measure, conditions in weighed:
            entry = self._conclude(bearings, measure, conditions)
            if isinstance(entry, FindingDraft):
                findings.append(entry)
            else:
                considered.append(entry)
        named = {measure.id for measure in tied}
        return ScreeningResult(
            findings=tuple(findings),
            considered=tuple(considered),
            untied=tuple(measure_id for measure_id in self._ids if measure_id not in named),
            flags=self._flags(bearings, tied, tuple(findings)),
        )

    def _tied(self, bearings: Bearings) -> list[Measure]:
        """Return the measures to which a State, a group or a sea area ties the incident, ordered by id."""
        found = {measure.id: measure for unit in bearings.ties for measure in self._by_unit.get(unit, ())}
        by_name = [*bearings.groups, *self._regimes_of_areas(bearings)]
        if bearings.facts.recipient.kind == "designated_party":
            by_name.extend(regime.id for regime in self.rulebook.regimes if not regime.countries)
        for regime_id in by_name:
            found.update({measure.id: measure for measure in self._by_regime.get(regime_id, ())})
        return [found[measure_id] for measure_id in sorted(found)]

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
            if self._areas(bearings, regime_id)
        ]

    def _areas(self, bearings: Bearings, regime_id: str) -> frozenset[str]:
        """Return the sea areas of the regime's inspection authority on the day of the incident."""
        areas = self._regimes[regime_id].inspection_areas
        if not areas:
            return frozenset()
        day = bearings.window.found.last
        return frozenset(area for area, period in areas if day is None or period.covers(day))

    def _weigh(
        self, bearings: Bearings, measure: Measure, *, is_weighty: bool
    ) -> tuple[Measure, tuple[Condition, ...]]:
        """Return the measure's conditions in the order in which they are explained, up to the first contradicted."""
        conditions: list[Condition] = []
        for condition in self._conditions(bearings, measure, is_weighty=is_weighty):
            conditions.append(condition)
            if condition.answer is Answer.NO:
                break
        return measure, tuple(conditions)

    def _conditions(self, bearings: Bearings, measure: Measure, *, is_weighty: bool) -> Iterator[Condition]:
        facts = bearings.facts
        yield in_force(bearings.window, measure, is_continued=self._is_continued(bearings, measure))
        yield goods(facts.items, facts.kind, measure)
        yield direction(bearings, measure, self._areas(bearings, measure.regime), is_weighty=is_weighty)
        yield target(bearings, measure)
        yield recipient(bearings, measure)
        if facts.basis == "allegation":
            yield unknown("basis", "basis.allegation", "basis = allegation", unknown="basis")

    def _is_continued(self, bearings: Bearings, measure: Measure) -> bool:
        """Whether another phase of the regime, of the same direction, was in force when the goods were met with."""
        day = bearings.window.found.first
        return day is not None and any(
            phase.direction == measure.direction and phase.in_force.covers(day)
            for phase in self._by_regime[measure.regime]
        )

    def _conclude(
        self, bearings: Bearings, measure: Measure, conditions: tuple[Condition, ...]
    ) -> FindingDraft | Considered:
        contradicted = next((condition for condition in conditions if condition.answer is Answer.NO), None)
        tie = _tie(bearings, measure, conditions)
        if contradicted is not None:
            return Considered(regime=measure.regime, measure=measure.id, tie=tie, reason=contradicted.reason)
        regime = self._regimes[measure.regime]
        items = _items(bearings, measure, conditions)
        weighed = exemptions(bearings.facts, bearings.window, measure, items)
        outcome = derive_outcome(conditions, is_exempt=any(exemption.claimed for exemption in weighed))
        return FindingDraft(
            regime=measure.regime,
            measure=measure.id,
            outcome=outcome,
            status=measure.status,
            tie=tie,
            items=items,
            legal_basis=_cited(measure, bearings.window.days.last or bearings.window.found.last),
            rationale=(*conditions, *_readings(measure)),
            exemptions=weighed,
            duties=duties(bearings.facts, bearings.window, regime),
            verified=measure.verified,
        )

    def _flags(self, bearings: Bearings, tied: list[Measure], findings: tuple[FindingDraft, ...]) -> tuple[Flag, ...]:
        found = {finding.regime for finding in findings}
        flags = [*recovery_flags(bearings.facts), *finding_flags(findings)]
        for regime_id in sorted({measure.regime for measure in tied}):
            regime: Regime = self._regimes[regime_id]
            flags.extend(regime_flags(bearings, regime, self._by_regime[regime_id], is_found=regime_id in found))
        return tuple(sorted(flags, key=lambda flag: (flag.code, flag.reason.text)))


def derive_outcome(conditions: tuple[Condition, ...], *, is_exempt: bool) -> Outcome:
    """The one place where conditions and exemptions become an outcome."""
    answers = {condition.answer for condition in conditions}
    if Answer.NO in answers:
        return Outcome.NOT_INDICATED
    if Answer.UNKNOWN in answers:
        return Outcome.POSSIBLE
    return Outcome.EXEMPTION_CLAIMED if is_exempt else Outcome.INDICATED


def _tie(bearings: Bearings, measure: Measure, conditions: tuple[Condition, ...]) -> str:
    """Return what ties the incident to the target: the tie a condition rests on, else the strongest there is."""
    for condition in conditions:
        if condition.name == "direction" and condition.tie is not None:
            return condition.tie
    if measure.regime in bearings.groups:
        return "recipient"
    kinds = {kind for unit in measure.target_countries for kind in bearings.ties.get(unit, ())}
    return next((kind for kind in TIE_ORDER if kind in kinds), "place")


def _items(bearings: Bearings, measure: Measure, conditions: tuple[Condition, ...]) -> tuple[int, ...]:
    """Return the goods the finding is about; of goods found at rest, those whose own age dates them to the measure."""
    covered = next(condition.items for condition in conditions if condition.name == "goods")
    start = measure.in_force.first
    dated_by_age = bearings.window.manner == "at_rest" and conditions[0].answer is Answer.YES and start is not None
    if not dated_by_age or start is None:
        return covered
    young = {
        item.index
        for item in bearings.facts.items
        if (made := made_from(item.made, item.import_marked)) is not None and made >= start
    }
    return tuple(index for index in covered if index in young) or covered


def _cited(measure: Measure, day: date | None) -> LegalBasisCited:
    """Cite the root of the measure and what amended it up to the governing day."""
    basis = measure.legal_basis
    return LegalBasisCited(
        resolution=basis.resolution,
        paragraph=basis.paragraph,
        paragraph_verified=basis.paragraph_verified,
        amended_by=tuple(
            (amendment.resolution, amendment.paragraph, amendment.effect)
            for amendment in measure.amendments
            if day is None or amendment.on <= day
        ),
    )


def _readings(measure: Measure) -> tuple[Condition, ...]:
    """Show every reading of a contested measure; the outcome follows the Secretariat's, which comes first (R11)."""
    if measure.status != "contested":
        return ()
    return tuple(
        yes("status", "status.contested", "status = contested", reading=reading) for reading in measure.readings
    )


def _agree_across_phases(
    bearings: Bearings, weighed: list[tuple[Measure, tuple[Condition, ...]]]
) -> list[tuple[Measure, tuple[Condition, ...]]]:
    """Where a window straddles phases of one measure that all give the same answer, the date is no unknown (R15)."""
    days = bearings.window.council_days
    if days.first is None or days.last is None:
        return weighed
    straddling: dict[tuple[str, str, tuple[Answer, ...]], list[int]] = {}
    for position, (measure, conditions) in enumerate(weighed):
        if conditions[0].answer is not Answer.NO:
            answers = tuple(condition.answer for condition in conditions[1:])
            straddling.setdefault((measure.regime, measure.direction, answers), []).append(position)
    for positions in straddling.values():
        phases = sorted((weighed[position][0] for position in positions), key=_phase_start)
        if len(phases) > 1 and _cover(phases, days.first, days.last):
            _settle(weighed, positions, bearings, phases)
    return weighed


def _settle(
    weighed: list[tuple[Measure, tuple[Condition, ...]]],
    positions: list[int],
    bearings: Bearings,
    phases: list[Measure],
) -> None:
    change = phases[-1].in_force.first
    agreed = same_answer(bearings.window, change.isoformat() if change else "")
    for position in positions:
        measure, conditions = weighed[position]
        if conditions[0].answer is Answer.UNKNOWN:
            weighed[position] = (measure, (agreed, *conditions[1:]))


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
