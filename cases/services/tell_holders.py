"""Telling those who hold a mark that another agency asked about it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from cases import access
from cases.canonical import canonical_json
from cases.intake.problems import quote
from cases.models import Agency, Incident, MarkQuestion, Notification, NotificationKind, Officer, OfficerRole
from cases.queries.marks_met import BorneMark, MarkQuery, bring_up, hits_among, read_question
from cases.services.notify import notices
from cases.tracing.mark_comparison import Met, MetBy

# A question so vague that it meets more says nothing of any one of them, nor does a short number, which recurs.
MOST_TOLD: Final = 20
AT_ONCE: Final = 500
FEWEST_AGREEING: Final = 5
SURE_ENOUGH: Final = 0.7
_TOLD: Final = (OfficerRole.FOCAL_POINT.value, OfficerRole.SUPERVISOR.value)
_NOTE: Final = """
INSERT INTO cases_markenquiry (incident_id, folded, agency_id, asked_on)
SELECT incident_id, folded, %s, %s FROM json_to_recordset(%s) AS asked (incident_id bigint, folded text)
ON CONFLICT DO NOTHING RETURNING incident_id, folded
"""


def tell_holders() -> int:
    """Tell, of each search that waits, those who hold what its asker may not see; return of how many searches."""
    waiting = list(MarkQuestion.objects.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_told(key) for key in waiting)


def _told(key: int) -> bool:
    with transaction.atomic():
        # Whoever asked sees none of these rows, and the holders' officers are none of the asker's.
        question = MarkQuestion.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key)
        found = question.select_related("officer__agency", "agency").first()
        if found is None:
            return False
        _tell(found)
        found.delete()
        return True


def _tell(question: MarkQuestion) -> None:
    """Tell focal points and supervisors of who holds the marks that the agency asked, once a mark and day.

    Only where the question names the mark well enough. Nothing of it comes back to who asked.
    """
    asked, asking = read_question(question.words), question.agency
    meant = [hit.mark for hit in hits_among(_unseen(question, asked), asked) if _names_it(hit.met)]
    if not meant or len(meant) > MOST_TOLD:
        return
    first = list(_first_time_today(asking, meant, question.asked_at))
    agencies = {mark.agency_id for mark in first}
    officers = list(Officer.objects.admitted().filter(agency__in=agencies, role__in=_TOLD).order_by("pk"))
    Notification.objects.bulk_create(
        notice for mark in first for notice in _notices(asking, mark, officers, question.asked_at)
    )


def _unseen(question: MarkQuestion, asked: MarkQuery) -> list[BorneMark]:
    """Return the marks that may be meant and that whoever asked may not see."""
    shown, others = bring_up(asked, question.agency_id)
    if question.officer.is_active:
        known = access.incidents_for(question.officer).filter(pk__in={mark.incident_id for mark in shown})
        seen = {*known.values_list("pk", flat=True)}
        others += [mark for mark in shown if mark.incident_id not in seen]
    return others


def _names_it(met: Met) -> bool:
    if met.agreeing < FEWEST_AGREEING:
        return False
    return met.by is not MetBy.PARTIAL or met.confidence >= SURE_ENOUGH


def _first_time_today(asking: Agency, meant: Sequence[BorneMark], asked_at: datetime) -> Iterator[BorneMark]:
    """Yield those that the agency had not asked about on that day; two requests at a time count as one."""
    by_mark = {(mark.incident_id, mark.folded): mark for mark in meant}
    rows = [{"incident_id": incident, "folded": folded} for incident, folded in by_mark]
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [asking.pk, asked_at.date(), canonical_json(rows)])
        noted = cursor.fetchall()
    yield from (by_mark[incident, folded] for incident, folded in sorted(noted))


def _notices(
    asking: Agency, mark: BorneMark, officers: Iterable[Officer], asked_at: datetime
) -> Iterator[Notification]:
    """Yield what tells those of the agency that recorded who are cleared for the record."""
    holders = (officer for officer in officers if officer.agency_id == mark.agency_id)
    return notices(
        officers=(officer for officer in holders if {*mark.caveats} <= {*officer.caveats}),
        kind=NotificationKind.MARK_ASKED_ABOUT,
        subject=Incident(pk=mark.incident_id, reference=mark.reference),
        params={"agency": asking.name, "mark": str(quote(mark.text)), "reference": mark.reference},
        at=asked_at,
    )
