"""Checked regime files into the frozen values of the rulebook."""

from datetime import date

from cases.regimes.schema import (
    AmendmentEntry,
    CallsFile,
    DutyEntry,
    EmbargoCallEntry,
    ExemptionEntry,
    MeasureEntry,
    RegimeFile,
)
from cases.screening.facts import Period
from cases.screening.rulebook import (
    Amendment,
    Duty,
    EmbargoCall,
    Exemption,
    Group,
    LegalBasis,
    Measure,
    Regime,
    StatePeriod,
)
from geo.states import FORMER_CODES, STATE_PERIODS, change_days, territory_of

# Where a duty can arise when its entry does not say.
WHERE_OF_KIND = {
    "inspect": "territory",
    "inspect_high_seas": "high_seas",
    "inspect_territorial_waters": "territorial_sea",
    "use_all_measures": "high_seas",
    "halt_inspect": "at_sea",
    "divert_to_port": "at_sea",
}


def regime_of(file: RegimeFile) -> Regime:
    """Return what the measures of the regime have in common."""
    return Regime(
        id=file.id,
        name=file.name,
        status=file.status,
        countries=frozenset(file.target.countries),
        groups=tuple(
            Group(
                name=group.name,
                aliases=tuple(group.aliases),
                in_force=Period(group.from_, group.until),
                how=group.how,
                verified=group.verified,
            )
            for group in file.groups
        ),
        duties=tuple(_duty(duty) for duty in file.duties),
        inspection_areas=tuple((area.area, Period(area.from_, area.until)) for area in file.inspection_areas),
        committee=file.committee.name,
        experts=file.experts.name,
        refresh_after=file.refresh_after,
        as_of=file.as_of,
    )


def measures_of(file: RegimeFile) -> tuple[Measure, ...]:
    """Return the measures of the regime, each with the target that holds for its phase."""
    return tuple(_measure(entry, file) for entry in file.measures)


def calls_of(file: CallsFile) -> tuple[EmbargoCall, ...]:
    """Return the calls that bind nobody, in the order of their days."""
    made = (
        EmbargoCall(legal_basis=_basis(call), countries=frozenset(call.countries), in_force=Period(call.on, call.until))
        for call in file.voluntary_embargo_calls
    )
    return tuple(sorted(made, key=lambda call: (call.in_force.first or date.min, call.legal_basis.resolution)))


def _measure(entry: MeasureEntry, file: RegimeFile) -> Measure:
    target = entry.target or file.target
    imposed = entry.imposed_by
    return Measure(
        id=entry.id,
        regime=file.id,
        legal_basis=LegalBasis(
            resolution=imposed.resolution,
            paragraph=imposed.paragraph,
            paragraph_verified=imposed.paragraph_verified,
        ),
        amendments=tuple(_amendment(amendment) for amendment in entry.amended_by),
        in_force=Period(entry.in_force.from_, entry.in_force.until),
        status=entry.status,
        direction=entry.direction,
        goods=frozenset(entry.goods),
        services=frozenset(entry.services),
        recipient=entry.recipient.scope,
        binds_private=entry.recipient.binds_private,
        target_countries=frozenset(target.countries),
        target_regions=frozenset(target.regions),
        movement_inside=entry.movement_inside,
        reaches_nationals_and_flag=entry.reaches_nationals_and_flag,
        trade_embargo=entry.trade_embargo,
        exemptions=tuple(_exemption(exemption, entry.in_force.until) for exemption in entry.exemptions),
        readings=tuple(entry.readings),
        verified=entry.verified,
        starts_at=entry.in_force.from_at,
    )


def _amendment(entry: AmendmentEntry) -> Amendment:
    return Amendment(resolution=entry.resolution, paragraph=entry.paragraph, effect=entry.as_, on=entry.on)


def _exemption(entry: ExemptionEntry, measure_until: date | None) -> Exemption:
    return Exemption(
        what=entry.what,
        legal_basis=_basis(entry),
        procedure=entry.procedure,
        in_force=Period(entry.from_, entry.until or measure_until),
        recipients=frozenset(entry.recipients),
        goods=frozenset(entry.goods),
        verified=entry.verified,
    )


def _duty(entry: DutyEntry) -> Duty:
    clock = entry.clock
    return Duty(
        kind=entry.kind,
        what=entry.what,
        legal_basis=_basis(entry),
        force=entry.force,
        on=entry.on,
        to=entry.to,
        clock_from=clock.from_ if clock else None,
        days=clock.days if clock else None,
        working_days=clock.working_days if clock else False,
        promptly=clock.promptly if clock else False,
        in_force=Period(entry.from_, entry.until),
        verified=entry.verified,
        where=entry.where or WHERE_OF_KIND.get(entry.kind, "anywhere"),
    )


def _basis(entry: ExemptionEntry | DutyEntry | EmbargoCallEntry) -> LegalBasis:
    return LegalBasis(
        resolution=entry.resolution, paragraph=entry.paragraph, paragraph_verified=entry.paragraph_verified
    )


def states() -> tuple[StatePeriod, ...]:
    """Return, for each code whose land changed, the periods between the changes, ordered and without overlap (R16)."""
    codes = sorted({*FORMER_CODES, *(period.code for period in STATE_PERIODS)})
    return tuple(period for code in codes for period in _periods_of(code))


def _periods_of(code: str) -> list[StatePeriod]:
    made: list[StatePeriod] = []
    changes = change_days()
    for first, until in zip((None, *changes), (*changes, None), strict=True):
        # Before the first change and after the last the nearest day stands for the open end.
        units = territory_of(code, first or date.min)
        if made and made[-1].units == units:
            made[-1] = StatePeriod(code=code, units=units, in_force=Period(made[-1].in_force.first, until))
        else:
            made.append(StatePeriod(code=code, units=units, in_force=Period(first, until)))
    return made
