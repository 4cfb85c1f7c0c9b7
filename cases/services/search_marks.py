"""Searching for a mark among what the officer may see; those who hold others are told apart from it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper

from cases import access, outbox
from cases.models import Agency, MarkQuestion, Officer
from cases.queries.marks_met import MOST_MET, BorneMark, MarkHit, MarkQuery, bring_up, hits_among, without_names
from cases.services.write_audit_entry import write_audit_entry


class MarksFound(NamedTuple):
    """The hits that the officer may see, and whether there were more than are weighed."""

    hits: list[MarkHit]
    is_cut_off: bool


def search_marks(*, officer: Officer, asked: MarkQuery, words: dict[str, Any], asked_at: datetime) -> MarksFound:
    """Return the marks that answer and that the officer may see; `words` are the question, for the trail.

    Where one lies in an incident that the officer may not see, the officer learns nothing of it and its holder is told.
    """
    agency = access.require_reader(officer)
    with transaction.atomic():
        marks = bring_up(asked, agency.pk).shown
        known = _known(officer, agency, marks)
        hits = hits_among((mark for mark in marks if mark.incident_id in known), asked)
        hits = without_names(hits, of=[incident for incident, reads_names in known.items() if not reads_names])
        MarkQuestion.objects.create(officer=officer, agency=agency, words=words, asked_at=asked_at)
        outbox.send_on_commit(outbox.TELL_HOLDERS, queue=outbox.BATCH)
        change = {"asked": words, "hits": len(hits)}
        write_audit_entry(action="marks.searched", subject=agency, at=asked_at, by=officer, change=change)
    return MarksFound(hits, len(marks) >= MOST_MET)


def _known(officer: Officer, agency: Agency, marks: Sequence[BorneMark]) -> dict[int, bool]:
    """Return, of the marks' incidents, those that the officer may know of, and whether names in them may be read.

    They are asked for by key: of a join with the marks the planner thinks that to read every incident is cheaper.
    """
    keys = {mark.incident_id for mark in marks}
    # Most agencies meet hardly any but their own, of which it takes less to know.
    if all(mark.agency_id == agency.pk for mark in marks):
        own = access.own_incidents_for(officer).filter(pk__in=keys)
        return dict.fromkeys(own.values_list("pk", flat=True), access.SEE_NOMINAL in officer.rights)
    reads_names = ExpressionWrapper(access.names_are_readable(officer), output_field=BooleanField())
    return dict(access.incidents_for(officer).filter(pk__in=keys).values_list("pk", reads_names))
