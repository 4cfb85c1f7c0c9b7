"""Keeping what incidents oblige to in step with their results and with what people decided on them."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from cases.choices import IncidentKind, ObligationState, ReviewState
from cases.facts_document import facts_from_text
from cases.models import CurrentScreening, Finding, Incident, IncidentState, NotificationKind, Obligation, Officer
from cases.row_scope import everything
from cases.screening.duties import clock_start
from cases.screening.facts import IncidentFacts
from cases.services.next_reference import next_references
from cases.services.notify import notify
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.obligations import Key, Terms, clock_of, owed_by_inspection, terms_of

Owed = dict[int, dict[Key, Terms]]
Columns = dict[str, Any]

NO_LONGER: Final[Columns] = {"is_found": False}


def keep_obligations(*, incident_ids: Sequence[int], now: datetime) -> None:
    """Let obligations arise, and their clocks follow the facts; the caller holds the incidents' locks.

    They arise from what a person confirmed, and from an inspection by itself. What is owed no more by them is marked
    and asks to be decided on; what is closed stays as it was closed.
    """
    # What was weighed of an incident is nobody's to read.
    with everything():
        owed, kept = _owed(incident_ids), _kept(incident_ids)
        if owed or kept:
            _bring_in_step(owed, kept, now)


def _owed(incident_ids: Sequence[int]) -> Owed:
    owed: Owed = {}
    standing = Incident.objects.filter(pk__in=incident_ids).exclude(state=IncidentState.VOID)
    confirmed = Finding.objects.filter(incident__in=standing, is_current=True, review=ReviewState.CONFIRMED)
    for incident_id, document in confirmed.order_by("measure").values_list("incident_id", "document"):
        for terms in terms_of(document["duties"]):
            owed.setdefault(incident_id, {}).setdefault(terms.key, terms)
    inspections = standing.filter(kind=IncidentKind.INSPECTION, state=IncidentState.FINAL)
    results = CurrentScreening.objects.filter(incident__in=inspections).values_list("incident_id", "run__result")
    for incident_id, text in results:
        result = json.loads(text)
        duties = [*result["duties"], *(duty for finding in result["findings"] for duty in finding["duties"])]
        for terms in filter(owed_by_inspection, terms_of(duties)):
            owed.setdefault(incident_id, {}).setdefault(terms.key, terms)
    return owed


def _kept(incident_ids: Sequence[int]) -> dict[int, dict[Key, Obligation]]:
    kept: dict[int, dict[Key, Obligation]] = {}
    rows = Obligation.objects.filter(incident__in=incident_ids).select_related("incident").order_by("pk")
    for row in rows.select_for_update(of=("self",)):
        key = (row.regime, row.kind, row.resolution, row.paragraph, row.on, row.clock_from)
        kept.setdefault(row.incident_id, {})[key] = row
    return kept


def _bring_in_step(owed: Owed, kept: dict[int, dict[Key, Obligation]], now: datetime) -> None:
    weighed = CurrentScreening.objects.filter(incident__in=list(owed)).values_list("incident_id", "facts__text")
    facts = {incident_id: facts_from_text(text) for incident_id, text in weighed}
    for incident_id in sorted({*owed, *kept}):
        rows, terms = kept.get(incident_id, {}), owed.get(incident_id, {})
        new = [_columns(each, facts[incident_id]) for key, each in terms.items() if key not in rows]
        if new:
            _let_arise(incident_id, new, now)
        for key, row in rows.items():
            if row.state == ObligationState.OPEN:
                _change(row, _columns(terms[key], facts[incident_id]) if key in terms else NO_LONGER, now)


def _columns(terms: Terms, facts: IncidentFacts) -> Columns:
    clock = clock_of(terms, clock_start(terms.clock_from, facts))
    return terms._asdict() | {
        "states": list(terms.states),
        "clock_first_day": clock.first_day,
        "clock_last_day": clock.last_day,
        "due_on": clock.due_on,
        "is_found": True,
    }


def _let_arise(incident_id: int, new: Sequence[Columns], now: datetime) -> None:
    incident = Incident.objects.select_related("agency").defer("as_sent").get(pk=incident_id)
    references = next_references(prefix="OBL", year=now.year, count=len(new))
    for reference, columns in zip(references, new, strict=True):
        row = Obligation.objects.create(
            **columns,
            reference=reference,
            incident=incident,
            agency=incident.agency,
            begun_by_id=incident.responsible_id,
            arisen_at=now,
        )
        write_audit_entry(action="obligation.arisen", subject=row, at=now, by=None, change={"after": columns})


def _change(row: Obligation, columns: Columns, now: datetime) -> None:
    before = {name: getattr(row, name) for name in columns}
    changed = [name for name, value in columns.items() if before[name] != value]
    if not changed:
        return
    for name in changed:
        setattr(row, name, columns[name])
    row.save(update_fields=changed)
    change = {"before": {name: before[name] for name in changed}, "after": {name: columns[name] for name in changed}}
    write_audit_entry(action="obligation.changed", subject=row, at=now, by=None, change=change)
    if not row.is_found:
        officers = Officer.objects.admitted().filter(pk=row.responsible_id)
        params = {"reference": row.reference}
        notify(officers=officers, kind=NotificationKind.OBLIGATION_DOUBTFUL, subject=row, params=params, at=now)
