"""Putting a rulebook into the database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.models import Duty, Exemption, Measure, Regime, RulebookFiles, RulebookVersion
from cases.queries.earlier_versions import packed_files
from cases.screening import rulebook as engine
from cases.screening.facts import Period
from cases.services.write_audit_entry import write_audit_entry


def load_rulebook_version(
    *, rulebook: engine.Rulebook, loaded_at: datetime, files: Mapping[str, bytes] | None = None
) -> tuple[RulebookVersion, bool]:
    """Return the rows of this rulebook, and whether they are new; what was loaded before is never edited.

    With the files that it was read from it can be built again when another has taken its place.
    """
    known = RulebookVersion.objects.filter(digest=rulebook.digest).first()
    if known is not None:
        _keep_files(known, files)
        return known, False
    with transaction.atomic():
        version, is_new = RulebookVersion.objects.get_or_create(
            digest=rulebook.digest, defaults={"version": rulebook.version, "loaded_at": loaded_at}
        )
        if is_new:
            _write(version, rulebook)
            _keep_files(version, files)
            change = {"after": {"version": rulebook.version, "digest": rulebook.digest}}
            write_audit_entry(action="rulebook.loaded", subject=version, at=loaded_at, by=None, change=change)
    return version, is_new


def _keep_files(version: RulebookVersion, files: Mapping[str, bytes] | None) -> None:
    if files is not None and not RulebookFiles.objects.filter(pk=version.pk).exists():
        RulebookFiles.objects.bulk_create(
            [RulebookFiles(rulebook=version, packed=packed_files(files))], ignore_conflicts=True
        )


def _write(version: RulebookVersion, rulebook: engine.Rulebook) -> None:
    regimes = Regime.objects.bulk_create(_regime(version, regime) for regime in rulebook.regimes)
    by_code = {row.code: row for row in regimes}
    Duty.objects.bulk_create(_duty(by_code[regime.id], duty) for regime in rulebook.regimes for duty in regime.duties)
    measures = Measure.objects.bulk_create(
        _measure(version, by_code[measure.regime], measure) for measure in rulebook.measures
    )
    Exemption.objects.bulk_create(
        _exemption(row, exemption)
        for row, measure in zip(measures, rulebook.measures, strict=True)
        for exemption in measure.exemptions
    )


def _regime(version: RulebookVersion, regime: engine.Regime) -> Regime:
    return Regime(
        rulebook=version,
        code=regime.id,
        name=regime.name,
        status=regime.status,
        countries=sorted(regime.countries),
        groups=[_group(group) for group in regime.groups],
        inspection_areas=[{"area": area} | _period_texts(period) for area, period in regime.inspection_areas],
        committee=regime.committee or "",
        experts=regime.experts or "",
        refresh_after=regime.refresh_after,
        as_of=regime.as_of,
    )


def _group(group: engine.Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "aliases": list(group.aliases),
        **_period_texts(group.in_force),
        "how": group.how,
        "verified": group.verified,
    }


def _measure(version: RulebookVersion, regime: Regime, measure: engine.Measure) -> Measure:
    return Measure(
        rulebook=version,
        regime=regime,
        code=measure.id,
        **_basis(measure.legal_basis),
        **_period(measure.in_force),
        status=measure.status,
        direction=measure.direction,
        goods=sorted(measure.goods),
        services=sorted(measure.services),
        recipient=measure.recipient,
        target_countries=sorted(measure.target_countries),
        target_regions=sorted(measure.target_regions),
        amendments=[_amendment(amendment) for amendment in measure.amendments],
        readings=list(measure.readings),
        verified=measure.verified,
    )


def _amendment(amendment: engine.Amendment) -> dict[str, Any]:
    return {
        "resolution": amendment.resolution,
        "paragraph": amendment.paragraph,
        "effect": amendment.effect,
        "on": amendment.on.isoformat(),
    }


def _exemption(row: Measure, exemption: engine.Exemption) -> Exemption:
    return Exemption(
        measure=row,
        what=exemption.what,
        **_basis(exemption.legal_basis),
        procedure=exemption.procedure,
        **_period(exemption.in_force),
        recipients=sorted(exemption.recipients),
        goods=sorted(exemption.goods),
        verified=exemption.verified,
    )


def _duty(row: Regime, duty: engine.Duty) -> Duty:
    return Duty(
        regime=row,
        kind=duty.kind,
        what=duty.what,
        **_basis(duty.legal_basis),
        force=duty.force,
        on=duty.on,
        to=duty.to or "",
        clock_from=duty.clock_from or "",
        days=duty.days,
        working_days=duty.working_days,
        promptly=duty.promptly,
        **_period(duty.in_force),
        verified=duty.verified,
    )


def _basis(basis: engine.LegalBasis) -> dict[str, Any]:
    return {
        "resolution": basis.resolution,
        "paragraph": basis.paragraph or "",
        "paragraph_verified": basis.paragraph_verified,
    }


def _period(period: Period) -> dict[str, Any]:
    return {"in_force_from": period.first, "in_force_until": period.until}


def _period_texts(period: Period) -> dict[str, str | None]:
    return {
        "from": None if period.first is None else period.first.isoformat(),
        "until": None if period.until is None else period.until.isoformat(),
    }
