"""Searching for a mark: among what the officer may see, and past it for those who hold it."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from cases import access
from cases.models import Incident, Officer
from cases.queries.marks_met import MOST_MET, MarkHit, MarkQuery, bring_up, hits_among, without_names
from cases.row_scope import everything
from cases.services.tell_holders import tell_holders
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
        with everything():
            # Which marks answer at all; which of them are shown is decided by what the officer may know of.
            brought_up = bring_up(asked, agency.pk)
        # By key: of a join with the marks the planner thinks that to read every incident is cheaper.
        bearing = {mark.incident_id for mark in brought_up.shown}
        known = {*access.incidents_for(officer).filter(pk__in=bearing).values_list("pk", flat=True)}
        hits = hits_among((mark for mark in brought_up.shown if mark.incident_id in known), asked)
        # That names may be read in the own agency's records is known without asking.
        reads_own = access.SEE_NOMINAL in officer.rights
        if not all(reads_own and hit.mark.agency_id == agency.pk for hit in hits):
            hits = without_names(hits, nominal=Incident.objects.filter(access.names_are_readable(officer)))
        unseen = [*brought_up.others, *(mark for mark in brought_up.shown if mark.incident_id not in known)]
        tell_holders(asking=agency, asked=asked, marks=unseen, asked_at=asked_at)
        change = {"asked": words, "hits": len(hits)}
        write_audit_entry(action="marks.searched", subject=agency, at=asked_at, by=officer, change=change)
    return MarksFound(hits, len(brought_up.shown) >= MOST_MET)
