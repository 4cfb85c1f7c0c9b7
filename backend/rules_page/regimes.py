"""What each regime says, as tables: measures, exemptions, duties, groups."""

from collections.abc import Iterator

from backend.rules_page.markdown import NOTHING, cited, days, table, words
from cases.screening.rulebook import Amendment, Duty, Exemption, Group, Measure, Regime, Rulebook

DIRECTIONS = {"to_target": "to", "from_target": "from", "to_and_from_target": "to and from"}
CLOCKS = {True: "working days", False: "days"}


def regime_pages(rulebook: Rulebook) -> Iterator[str]:
    """Yield the lines of all regimes, ordered by id."""
    for regime in rulebook.regimes:
        measures = [measure for measure in rulebook.measures if measure.regime == regime.id]
        yield from _regime(regime, measures)


def _regime(regime: Regime, measures: list[Measure]) -> Iterator[str]:
    yield from (f"### {regime.id}", "", f"**{regime.name}.** {_standing(regime)}", "")
    yield from table(MEASURE_HEAD, (_measure(measure) for measure in measures))
    amended = [(measure, amendment) for measure in measures for amendment in measure.amendments]
    yield from _titled("Amended by", AMENDMENT_HEAD, (_amendment(*pair) for pair in amended))
    yield from _titled("Readings of contested measures", ("measure", "reading"), _readings(measures))
    exempted = [(measure, exemption) for measure in measures for exemption in measure.exemptions]
    yield from _titled("Exemptions", EXEMPTION_HEAD, (_exemption(*pair) for pair in exempted))
    yield from _titled("Duties", DUTY_HEAD, (_duty(duty) for duty in regime.duties))
    yield from _titled("Groups", GROUP_HEAD, (_group(group) for group in regime.groups))
    areas = ((area, days(period)) for area, period in regime.inspection_areas)
    yield from _titled("Waters of the inspection authority", ("waters", "days"), areas)


def _titled(title: str, head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    lines = table(head, rows)
    if lines:
        yield from (f"*{title}*", "", *lines)


def _standing(regime: Regime) -> str:
    parts = [f"Status: {regime.status.replace('_', ' ')}; read as of {regime.as_of.isoformat()}."]
    parts.append(f"Countries: {', '.join(sorted(regime.countries)) or 'none, it binds listed parties anywhere'}.")
    if regime.committee:
        parts.append(f"Committee: {regime.committee}.")
    if regime.experts:
        parts.append(f"Experts: {regime.experts}.")
    if regime.refresh_after:
        parts.append(
            f"The last renewal seen runs to {regime.refresh_after.isoformat()}; later incidents ask for a look."
        )
    return " ".join(parts)


MEASURE_HEAD = ("measure", "imposed by", "in force", "direction", "goods and services", "recipients", "status", "read")


def _measure(measure: Measure) -> tuple[str, ...]:
    return (
        f"`{measure.id}`",
        cited(measure.legal_basis),
        days(measure.in_force),
        f"{DIRECTIONS[measure.direction]} {_where(measure)}",
        words(measure.goods | measure.services),
        measure.recipient.replace("_", " ") + (", private parties too" if measure.binds_private else ""),
        measure.status.replace("_", " "),
        _read(is_verified=measure.verified),
    )


def _where(measure: Measure) -> str:
    if measure.target_regions:
        return ", ".join(sorted(measure.target_regions)) + (", also from within" if measure.movement_inside else "")
    reach = ", its nationals and flag" if measure.reaches_nationals_and_flag else ""
    return (", ".join(sorted(measure.target_countries)) or "listed parties") + reach


AMENDMENT_HEAD = ("measure", "resolution", "effect", "from")


def _amendment(measure: Measure, amendment: Amendment) -> tuple[str, ...]:
    paragraph = f" ¶{amendment.paragraph}" if amendment.paragraph else ""
    effect = amendment.effect.replace("_", " ")
    return f"`{measure.id}`", f"{amendment.resolution}{paragraph}", effect, amendment.on.isoformat()


def _readings(measures: list[Measure]) -> Iterator[tuple[str, ...]]:
    return ((f"`{measure.id}`", reading) for measure in measures for reading in measure.readings)


EXEMPTION_HEAD = ("measure", "what", "paragraph", "procedure", "in force", "for", "goods", "read")


def _exemption(measure: Measure, exemption: Exemption) -> tuple[str, ...]:
    return (
        f"`{measure.id}`",
        exemption.what,
        cited(exemption.legal_basis),
        exemption.procedure.replace("_", " "),
        days(exemption.in_force),
        words(exemption.recipients) if exemption.recipients else "any",
        words(exemption.goods) if exemption.goods else "any",
        _read(is_verified=exemption.verified),
    )


DUTY_HEAD = ("duty", "what", "paragraph", "force", "on", "to", "clock", "in force", "read")


def _duty(duty: Duty) -> tuple[str, ...]:
    return (
        duty.kind.replace("_", " "),
        duty.what,
        cited(duty.legal_basis),
        duty.force.replace("_", " "),
        duty.on.replace("_", " "),
        (duty.to or NOTHING).replace("_", " "),
        _clock(duty),
        days(duty.in_force),
        _read(is_verified=duty.verified),
    )


def _clock(duty: Duty) -> str:
    if duty.days is not None:
        return f"{duty.days} {CLOCKS[duty.working_days]} from {(duty.clock_from or 'the event').replace('_', ' ')}"
    return "promptly" if duty.promptly else NOTHING


GROUP_HEAD = ("group", "also", "counts", "on what footing", "read")


def _group(group: Group) -> tuple[str, ...]:
    also = "; ".join(group.aliases) or NOTHING
    return group.name, also, days(group.in_force), group.how or NOTHING, _read(is_verified=group.verified)


def _read(*, is_verified: bool) -> str:
    return "in a source" if is_verified else "unverified"
