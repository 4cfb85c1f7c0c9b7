"""What of the rulebook rests on no source that was read: said plainly, so that nobody relies on it unawares."""

from collections.abc import Iterator

from cases.screening.rulebook import LegalBasis, Measure, Regime, Rulebook

Row = tuple[str, str, str]


def unverified(rulebook: Rulebook) -> Iterator[Row]:
    """Yield regime or measure, the statement, and what of it was not read."""
    for measure in rulebook.measures:
        yield from _of_measure(measure)
    for regime in rulebook.regimes:
        yield from _of_regime(regime)


def _of_measure(measure: Measure) -> Iterator[Row]:
    yield from _rows(f"`{measure.id}`", "the measure", measure.legal_basis, is_verified=measure.verified)
    for exemption in measure.exemptions:
        name = f"exemption: {exemption.what}"
        yield from _rows(f"`{measure.id}`", name, exemption.legal_basis, is_verified=exemption.verified)


def _of_regime(regime: Regime) -> Iterator[Row]:
    for duty in regime.duties:
        yield from _rows(regime.id, f"duty: {duty.what}", duty.legal_basis, is_verified=duty.verified)
    for group in regime.groups:
        if not group.verified:
            yield regime.id, f"group: {group.name}", "that and since when it counts"


def _rows(where: str, what: str, basis: LegalBasis, *, is_verified: bool) -> Iterator[Row]:
    if not basis.paragraph_verified:
        yield where, what, "no paragraph known" if basis.paragraph is None else f"paragraph {basis.paragraph}"
    if not is_verified:
        yield where, what, "content and days"
