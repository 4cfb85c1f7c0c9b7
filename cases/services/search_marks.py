"""Searching for a mark: among what the officer may see, and past it for those who hold it."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from cases import access
from cases.models import Officer
from cases.queries.marks_met import MOST_MET, MarkHit, MarkQuery, bring_up, hits_among, with_bearers, without_names
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
            # Which marks answer at all; what is shown of them is read within the officer's own sight.
            keys = bring_up(asked, agency.pk)
        known = list(with_bearers(access.marks_for(officer).filter(pk__in=keys.shown))) if keys.shown else []
        hits = hits_among(known, asked)
        # That names may be read in the own agency's records is known without asking.
        reads_own = access.SEE_NOMINAL in officer.rights
        if not all(reads_own and hit.mark.incident.agency_id == agency.pk for hit in hits):
            hits = without_names(hits, nominal=access.nominal_incidents_for(officer))
        unseen = [*keys.others, *({*keys.shown} - {mark.pk for mark in known})]
        tell_holders(asking=agency, asked=asked, marks=unseen, asked_at=asked_at)
        change = {"asked": words, "hits": len(hits)}
        write_audit_entry(action="marks.searched", subject=agency, at=asked_at, by=officer, change=change)
    return MarksFound(hits, len(keys.shown) >= MOST_MET)
