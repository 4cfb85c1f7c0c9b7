"""The difference report of a re-screening, as it grows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from cases.differences import differences
from cases.models import Finding, Incident, Rescreening, RescreeningChange, ScreeningRun
from cases.services.keep_results import Change, Screened
from cases.services.write_audit_entry import write_audit_entries

Document = Mapping[str, Any]


def keep_rescreening_changes(
    *, rescreening: Rescreening, changes: Sequence[Change], screened: Sequence[Screened], now: datetime
) -> None:
    """Keep what the results changed, with the reasons on both sides, and note it in each incident's history.

    A first result changes nothing.
    """
    changes = [change for change in changes if change.run_before is not None]
    if not changes:
        return
    before = _findings([change.before for change in changes])
    earlier = _earlier_results([change.run_before for change in changes if change.before is None])
    later = {each.incident_id: each.document for each in screened}
    rows = [
        RescreeningChange(
            rescreening=rescreening,
            incident_id=change.incident_id,
            run_before_id=change.run_before,
            run_after_id=change.run_after,
            kind=change.kind.value,
            regime=change.regime,
            measure=change.measure,
            outcome_before=change.outcome_before,
            outcome_after=change.outcome_after,
            reasons=_reasons(change, before, earlier, later[change.incident_id]),
            changed_at=now,
        )
        for change in changes
    ]
    RescreeningChange.objects.bulk_create(rows, batch_size=1000)
    _tell_histories(changes, rescreening, now)


def _findings(ids: Iterable[UUID | None]) -> dict[UUID, Document]:
    wanted = [each for each in ids if each is not None]
    return dict(Finding.objects.filter(pk__in=wanted).values_list("pk", "document"))


def _earlier_results(run_ids: Iterable[int | None]) -> dict[int, Document]:
    wanted = {each for each in run_ids if each is not None}
    rows = ScreeningRun.objects.filter(pk__in=wanted).values_list("pk", "result")
    return {pk: orjson.loads(result) for pk, result in rows}


def _reasons(
    change: Change, before: Mapping[UUID, Document], earlier: Mapping[int, Document], later: Document
) -> list[dict[str, Any]]:
    """Return what is different: between two findings, or between a finding and why there was or is none."""
    was = before[change.before] if change.before is not None else None
    if was is not None and change.after is not None:
        return differences(was, change.after)
    if change.after is not None:
        without = earlier.get(change.run_before or 0)
        return [{"what": "found", "before": _why_not(without, change.measure), "after": _rationale(change.after)}]
    return [{"what": "found", "before": _rationale(was or {}), "after": _why_not(later, change.measure)}]


def _rationale(finding: Document) -> list[dict[str, Any]]:
    return [
        {name: condition[name] for name in ("condition", "satisfied", "rule", "params", "text")}
        for condition in finding.get("rationale", ())
    ]


def _why_not(result: Document | None, measure: str) -> list[dict[str, Any]]:
    """Return why a result does not find the measure; nothing where nothing ties it, or it was not known."""
    considered = result["considered"] if result is not None else ()
    return [
        {"rule": entry["rule"], "params": entry["params"], "text": entry["because"]}
        for entry in considered
        if entry["measure"] == measure
    ]


def _tell_histories(changes: Sequence[Change], rescreening: Rescreening, now: datetime) -> None:
    by_incident: dict[int, dict[str, Any]] = {}
    for change in changes:
        entry = by_incident.setdefault(change.incident_id, {"before": {}, "after": {"rescreening": rescreening.pk}})
        entry["before"][change.measure] = change.outcome_before or None
        entry["after"][change.measure] = change.outcome_after or None
    incidents = Incident.objects.filter(pk__in=by_incident).select_related("agency").order_by("pk")
    told = [(incident, by_incident[incident.pk]) for incident in incidents.defer("as_sent", "circumstances")]
    write_audit_entries(action="screening.changed", changes=told, at=now)
