"""Keeping what screenings found: the only way by which a result comes into force."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

from cases.canonical import canonical_json
from cases.choices import ChangeKind, ReviewDecision, ReviewState, RunStatus
from cases.differences import digest_of, is_place_only, substance_of
from cases.facts_document import facts_text
from cases.list_changes import listed_reference
from cases.models import Finding, Incident, ScreenedFacts, ScreeningRun
from cases.screening.facts import IncidentFacts
from cases.search_terms import search_terms
from cases.services.insert_rows import insert_rows, new_keys
from cases.services.keep_placements import keep_placements

Document = dict[str, Any]

# A decision that a later run may not take away in silence.
STANDING: Final = frozenset({ReviewDecision.CONFIRMED.value, ReviewDecision.MORE_NEEDED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the results of a batch rest on beside the facts."""

    rulebook_id: int
    lists: list[dict[str, str]]
    zones_version: str
    zones_digest: str


@dataclass(slots=True, kw_only=True)
class Screened:
    """One incident screened: what was weighed and what came out."""

    incident_id: int
    incident_version: int
    document: Document
    result: str
    facts_digest: str
    # The facts where they are new, else the row that holds them.
    facts: IncidentFacts | None
    facts_id: int | None = None
    # A queued run that this completes, else one is made.
    run_id: int | None = None
    run_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a result changed on one measure; the rows hold the documents."""

    incident_id: int
    run_before: int | None
    run_after: int
    kind: ChangeKind
    regime: str
    measure: str
    outcome_before: str
    outcome_after: str
    before: uuid.UUID | None
    after: Document | None


@dataclass(frozen=True, slots=True)
class _Known:
    """A finding in force before the batch."""

    id: uuid.UUID
    incident_id: int
    regime: str
    measure: str
    outcome: str
    digest: str
    substance: str


@dataclass(frozen=True, slots=True)
class _Decision:
    """The decision in force on a measure of an incident, and the finding it was made on."""

    decision: str
    finding_id: uuid.UUID
    substance: str
    finding_review: str


@dataclass(slots=True)
class _Outgoing:
    """Findings that leave force, by what becomes of their review."""

    plainly: list[uuid.UUID] = field(default_factory=list)
    asking: list[uuid.UUID] = field(default_factory=list)
    found_again: list[uuid.UUID] = field(default_factory=list)


def keep_results(*, screened: Sequence[Screened], basis: Basis, now: datetime) -> list[Change]:
    """Put the results into force and return what they changed; the caller holds the incidents' locks.

    A finding that is found word for word as before keeps its row. One that a person has decided keeps the decision
    while what it rested on stays the same; else it asks again.
    """
    _keep_facts(screened)
    _keep_runs(screened, basis, now)
    known, decisions = _known_findings(screened), _decisions(screened)
    changes: list[Change] = []
    outgoing, rows = _Outgoing(), []
    for each in screened:
        found = known.get(each.incident_id, {})
        for document in each.document["findings"]:
            before = found.pop(document["measure"], None)
            row = _row(each, document, before, decisions.get((each.incident_id, document["measure"])), outgoing)
            if row is not None:
                rows.append(row | {"found_at": now})
                _note(changes, _change(each, before, document))
        for lost in found.values():
            _let_go(lost, decisions.get((lost.incident_id, lost.measure)), outgoing)
            _note(changes, _change(each, lost, None))
    insert_rows(model=Finding, rows=rows)
    _take_out_of_force(outgoing)
    _bring_into_force(screened)
    keep_placements(incident_ids=[each.incident_id for each in screened])
    return changes


def keep_late_result(*, screened: Screened, basis: Basis, now: datetime) -> None:
    """Keep the result of a run that a later one has overtaken: on record, and not in force."""
    _keep_facts([screened])
    _keep_runs([screened], basis, now)
    rows = [
        _plain_row(screened, document, ReviewState.OPEN, is_current=False) | {"found_at": now}
        for document in screened.document["findings"]
    ]
    insert_rows(model=Finding, rows=rows)


def _keep_facts(screened: Sequence[Screened]) -> None:
    new = {each.facts_digest: each.facts for each in screened if each.facts is not None}
    if not new:
        return
    ScreenedFacts.objects.bulk_create(
        [ScreenedFacts(digest=digest, text=facts_text(facts)) for digest, facts in sorted(new.items())],
        ignore_conflicts=True,
    )
    ids = dict(ScreenedFacts.objects.filter(digest__in=new).values_list("digest", "pk"))
    for each in screened:
        if each.facts is not None:
            each.facts_id = ids[each.facts_digest]


def _keep_runs(screened: Sequence[Screened], basis: Basis, now: datetime) -> None:
    waiting = [each for each in screened if each.run_id is not None]
    for each in waiting:
        ScreeningRun.objects.filter(pk=each.run_id or 0).update(**_outcome_of_run(each, basis, now))
    new = [each for each in screened if each.run_id is None]
    for each, run_id in zip(new, new_keys(model=ScreeningRun, count=len(new)), strict=True):
        each.run_id = run_id
    insert_rows(model=ScreeningRun, rows=(_run_row(each, basis, now) for each in new))


def _outcome_of_run(each: Screened, basis: Basis, now: datetime) -> dict[str, Any]:
    return {
        "status": RunStatus.DONE.value,
        "finished_at": now,
        "facts_digest": each.facts_digest,
        "rulebook_id": basis.rulebook_id,
        "zones_version": basis.zones_version,
        "zones_digest": basis.zones_digest,
        "lists": basis.lists,
        "result": each.result,
        "error": "",
    }


def _run_row(each: Screened, basis: Basis, now: datetime) -> dict[str, Any]:
    return _outcome_of_run(each, basis, now) | {
        "id": each.run_id,
        "incident_id": each.incident_id,
        "queued_at": now,
        "sent_at": now,
        "sends": 1,
        "started_at": now,
        "attempts": 1,
    }


def _known_findings(screened: Sequence[Screened]) -> dict[int, dict[str, _Known]]:
    found: dict[int, dict[str, _Known]] = {}
    rows = Finding.objects.filter(incident__in=[each.incident_id for each in screened], is_current=True)
    for row in rows.values_list("pk", "incident_id", "regime", "measure", "outcome", "digest", "substance"):
        known = _Known(*row)
        found.setdefault(known.incident_id, {})[known.measure] = known
    return found


def _decisions(screened: Sequence[Screened]) -> dict[tuple[int, str], _Decision]:
    """Return the decision in force on each measure: the latest, on whichever of its findings it was made."""
    reviewed = (
        Finding.objects.filter(incident__in=[each.incident_id for each in screened], reviews__isnull=False)
        .order_by("reviews__pk")
        .values_list("incident_id", "measure", "reviews__decision", "pk", "substance", "review")
    )
    return {(row[0], row[1]): _Decision(row[2], row[3], row[4], row[5]) for row in reviewed}


def _row(
    each: Screened, document: Document, before: _Known | None, decision: _Decision | None, outgoing: _Outgoing
) -> dict[str, Any] | None:
    """Return the row of a finding, its moment left to add; None where the row there is says the same."""
    if before is not None and before.digest == digest_of(document):
        return None
    if before is not None:
        outgoing.plainly.append(before.id)
    if decision is not None and decision.finding_review == ReviewState.NO_LONGER_FOUND:
        outgoing.found_again.append(decision.finding_id)
    return _plain_row(each, document, _state(document, decision), is_current=True)


def _plain_row(each: Screened, document: Document, state: ReviewState, *, is_current: bool) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "run_id": each.run_id,
        "incident_id": each.incident_id,
        **{name: document[name] for name in ("regime", "measure", "outcome", "status", "tie", "items")},
        "document": document,
        "is_current": is_current,
        "digest": digest_of(document),
        "substance": substance_of(document),
        "place_only": is_place_only(document),
        "review": state.value,
    }


def _state(document: Document, decision: _Decision | None) -> ReviewState:
    if decision is None:
        return ReviewState.OPEN
    # A decision made knowing that the finding was gone says nothing of one that is there again.
    if decision.finding_review == ReviewState.SETTLED or decision.substance != substance_of(document):
        return ReviewState.ASKS_AGAIN
    return ReviewState(decision.decision)


def _let_go(lost: _Known, decision: _Decision | None, outgoing: _Outgoing) -> None:
    is_standing = decision is not None and decision.decision in STANDING
    (outgoing.asking if is_standing else outgoing.plainly).append(lost.id)


def _change(each: Screened, before: _Known | None, after: Document | None) -> Change | None:
    """Return what changed; None where only the wording did."""
    if before is not None and after is not None and before.substance == substance_of(after):
        return None
    shown: Any = after or {"regime": before and before.regime, "measure": before and before.measure}
    kind = ChangeKind.NEW if before is None else ChangeKind.LOST if after is None else ChangeKind.CHANGED
    return Change(
        incident_id=each.incident_id,
        run_before=each.run_before,
        run_after=each.run_id or 0,
        kind=kind,
        regime=shown["regime"],
        measure=shown["measure"],
        outcome_before=before.outcome if before is not None else "",
        outcome_after=after["outcome"] if after is not None else "",
        before=before.id if before is not None else None,
        after=after,
    )


def _note(changes: list[Change], change: Change | None) -> None:
    if change is not None:
        changes.append(change)


def _take_out_of_force(outgoing: _Outgoing) -> None:
    for ids, values in (
        (outgoing.plainly, {"is_current": False}),
        (outgoing.asking, {"is_current": False, "review": ReviewState.NO_LONGER_FOUND.value}),
        (outgoing.found_again, {"review": ReviewState.SETTLED.value}),
    ):
        if ids:
            Finding.objects.filter(pk__in=ids).update(**values)


_CHANGED: Final = """
INSERT INTO cases_currentscreening
    (incident_id, run_id, facts_id, incident_version, first_day, last_day, terms, names, designated)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (incident_id) DO UPDATE SET
    run_id = excluded.run_id, facts_id = excluded.facts_id, incident_version = excluded.incident_version,
    first_day = excluded.first_day, last_day = excluded.last_day, terms = excluded.terms, names = excluded.names,
    designated = excluded.designated
"""
_SAME_FACTS: Final = """
UPDATE cases_currentscreening AS kept
SET run_id = new.run_id, designated = ARRAY(SELECT jsonb_array_elements_text(new.designated))
FROM unnest(%s::bigint[], %s::bigint[], %s::jsonb[]) AS new (incident_id, run_id, designated)
WHERE kept.incident_id = new.incident_id
"""


def _bring_into_force(screened: Sequence[Screened]) -> None:
    """Point each incident at its new result; the terms that find it are written only where the facts are new."""
    same = [each for each in screened if each.facts is None]
    with connection.cursor() as cursor:
        cursor.executemany(_CHANGED, [_current_row(each, each.facts) for each in screened if each.facts is not None])
        cursor.execute(
            _SAME_FACTS,
            [
                [each.incident_id for each in same],
                [each.run_id for each in same],
                [canonical_json(_designated(each.document)) for each in same],
            ],
        )
    _keep_places([each for each in screened if each.facts is not None])


def _current_row(each: Screened, facts: IncidentFacts) -> tuple[Any, ...]:
    found = search_terms(facts)
    return (
        *(each.incident_id, each.run_id, each.facts_id, each.incident_version),
        *(found.first_day, found.last_day, list(found.terms), list(found.names)),
        _designated(each.document),
    )


def _designated(document: Document) -> list[str]:
    return sorted({listed_reference(match["list"], match["reference_number"]) for match in document["designations"]})


def _keep_places(screened: Sequence[Screened]) -> None:
    """Write where the incidents lie, for search."""
    rows = []
    for each in screened:
        place = each.document["place"] or {}
        row = Incident(pk=each.incident_id)
        row.located_country = place.get("country") or ""
        row.nearest_country = place.get("nearest_country") or ""
        row.zone_ids = sorted({zone["id"] for zone in place.get("zones", ())})
        rows.append(row)
    Incident.objects.bulk_update(rows, ["located_country", "nearest_country", "zone_ids"])
