"""Telling those who hold a mark that another agency asked about it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from cases.canonical import canonical_json
from cases.intake.problems import quote
from cases.models import Agency, FoldedMark, Incident, NotificationKind, Officer, OfficerRole
from cases.queries.marks_met import MarkHit, MarkQuery, hits_among, with_bearers
from cases.row_scope import everything
from cases.services.notify import notify
from cases.tracing.mark_comparison import MetBy

# A question so vague that it meets more says nothing of any one of them, nor does a short number, which recurs.
MOST_TOLD: Final = 20
FEWEST_AGREEING: Final = 5
SURE_ENOUGH: Final = 0.7
_TOLD: Final = (OfficerRole.FOCAL_POINT.value, OfficerRole.SUPERVISOR.value)
_NOTE: Final = """
INSERT INTO cases_markenquiry (incident_id, folded, agency_id, asked_on)
SELECT incident_id, folded, %s, %s FROM json_to_recordset(%s) AS asked (incident_id bigint, folded text)
ON CONFLICT DO NOTHING RETURNING incident_id, folded
"""


def tell_holders(*, asking: Agency, asked: MarkQuery, marks: Sequence[int], asked_at: datetime) -> None:
    """Tell focal points and supervisors of who holds these marks that the agency asked, once a mark and day.

    Only where the question names the mark well enough. Nothing of it comes back to who asked.
    """
    if not marks:
        return
    with everything():
        # Whoever asked sees none of these rows, and the holders' officers are none of the asker's.
        weighed = hits_among(with_bearers(FoldedMark.objects.filter(pk__in=marks)), asked)
        meant = [hit for hit in weighed if _names_it(hit)]
        if not meant or len(meant) > MOST_TOLD:
            return
        for hit in _first_time_today(asking, meant, asked_at):
            incident = hit.mark.incident
            params = {"agency": asking.name, "mark": str(quote(hit.mark.text)), "reference": incident.reference}
            notify(
                officers=_holders(incident),
                kind=NotificationKind.MARK_ASKED_ABOUT,
                subject=incident,
                params=params,
                at=asked_at,
            )


def _names_it(hit: MarkHit) -> bool:
    if hit.met.agreeing < FEWEST_AGREEING:
        return False
    return hit.met.by is not MetBy.PARTIAL or hit.met.confidence >= SURE_ENOUGH


def _first_time_today(asking: Agency, meant: Sequence[MarkHit], asked_at: datetime) -> Iterator[MarkHit]:
    """Yield those that the agency had not asked about on that day; two requests at a time count as one."""
    by_mark = {(hit.mark.incident_id, hit.mark.folded): hit for hit in meant}
    rows = [{"incident_id": incident, "folded": folded} for incident, folded in by_mark]
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [asking.pk, asked_at.date(), canonical_json(rows)])
        noted = cursor.fetchall()
    yield from (by_mark[incident, folded] for incident, folded in sorted(noted))


def _holders(incident: Incident) -> list[Officer]:
    """Return whom to tell: those of the agency that recorded who are cleared for the record."""
    officers = Officer.objects.admitted().filter(agency=incident.agency_id, role__in=_TOLD).order_by("pk")
    return [officer for officer in officers if {*incident.caveats} <= {*officer.caveats}]
