"""What an item tells beside itself: when it can have crossed, and which other incidents bear the same."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import F, Q, QuerySet
from pydantic_core import PydanticCustomError

from cases.choices import MarkKind, PaperAuthenticity, PartyRole
from cases.intake.partial_date import read_partial_date
from cases.models import (
    FoldedMark,
    Incident,
    IncidentState,
    PaperDocument,
    Party,
    Referral,
    ReferralItem,
    Reply,
    SeizedItem,
    SupplyChainStep,
)
from cases.queries.incident_document import record_of_incident
from cases.queries.rulebooks import current_rulebook
from cases.redaction import names_pattern, nominal_names
from cases.screening.facts import Days
from cases.tracing.crossing_window import (
    SENTENCES,
    Bound,
    CrossingWindow,
    ItemDates,
    Paper,
    Stamp,
    Step,
    crossing_window,
    phases_beside,
)

# Numbers so near were made in the same days; the reader may ask for more or fewer.
NEIGHBOURHOOD: Final = 50
# Of each sort of link; whoever sees as many is served by a search for the mark itself.
MOST_LINKS: Final = 100
_SAME_TEXT: Final = (MarkKind.LOT.value, MarkKind.PACKAGING.value)
_UNKNOWN: Final = Days(None, None)

Document = dict[str, Any]


class Reach(NamedTuple):
    """What the reader may know of: marks, incidents, those in which names may be read too, and referrals."""

    marks: QuerySet[FoldedMark]
    incidents: QuerySet[Incident]
    nominal: QuerySet[Incident]
    referrals: QuerySet[Referral]


class Link(NamedTuple):
    """Another incident that shares something with the item."""

    by: str
    value: str
    distance: int | None
    incident: Incident
    item: int | None


def dates_of(item: SeizedItem, reach: Reach) -> ItemDates:
    """Return what dates an item that a door has shown, replies only as far as the reader may see their referrals."""
    incident = item.incident
    ammunition, route = getattr(item, "ammunition", None), getattr(incident, "route", None)
    mark = item.import_mark or {}
    return ItemDates(
        met_with=Days(incident.occurred_first_day, incident.occurred_last_day),
        departed=_days("" if route is None else route.departed_on),
        arrived=_days("" if route is None else route.arrived_on),
        made=item.year_of_manufacture,
        lot_made=None if ammunition is None else ammunition.year,
        headstamp=() if ammunition is None else tuple(_stamps(ammunition.headstamp)),
        import_marked=mark.get("year"),
        import_country=mark.get("country") or "",
        papers=tuple(_papers(incident)),
        steps=tuple(_steps(item, reach)),
    )


def document_of_window(window: CrossingWindow) -> Document:
    """Return the window as it is shown, each bound with the template of its reason."""
    return {
        "first": _iso(window.first),
        "last": _iso(window.last),
        "is_contradictory": window.is_contradictory,
        "not_before": [_bound(bound) for bound in window.not_before],
        "not_after": [_bound(bound) for bound in window.not_after],
    }


def intelligence_on(item: SeizedItem, reach: Reach, *, within: int) -> Document:
    """Return the window, the phases of the regimes that findings name, and the links that the reader may see."""
    window = crossing_window(dates_of(item, reach))
    regimes = sorted(set(item.incident.findings.filter(is_current=True).values_list("regime", flat=True)))
    measures = [measure for measure in current_rulebook().measures if measure.regime in regimes]
    phases = [
        {
            "regime": phase.measure.partition("/")[0],
            "measure": phase.measure,
            "status": phase.status,
            "start": _iso(phase.start),
            "until": _iso(phase.until),
            "holds": phase.holds,
        }
        for phase in phases_beside(window, measures)
    ]
    links = [_link(link) for link in links_of(item, reach, within=within)]
    return {"window": document_of_window(window), "phases": phases, "links": links}


def links_of(item: SeizedItem, reach: Reach, *, within: int) -> Iterator[Link]:
    """Yield what other incidents that the reader may know of share with the item, or with its consignment."""
    standing = reach.marks.exclude(incident__state=IncidentState.VOID.value)
    known = standing.exclude(incident=item.incident)
    marks = _marks_read(item, reach)
    for kind in _SAME_TEXT:
        of_kind = [mark.folded for mark in marks if mark.kind == kind]
        yield from _same_text(kind, known.filter(kind=kind, folded__in=of_kind) if of_kind else known.none())
    yield from _neighbours(known, marks, within)
    yield from _same_papers(item.incident, reach)
    yield from _same_consignees(item.incident, reach)


def _marks_read(item: SeizedItem, reach: Reach) -> list[FoldedMark]:
    """Return the item's marks less those that say a name which the reader may not read."""
    marks = list(item.folded_marks.order_by("pk"))
    if reach.nominal.filter(pk=item.incident_id).exists():
        return marks
    pattern = names_pattern(nominal_names(record_of_incident(item.incident)))
    return [mark for mark in marks if pattern is None or pattern.search(mark.text) is None]


def _same_text(kind: str, marks: QuerySet[FoldedMark]) -> Iterator[Link]:
    for mark in _newest(marks):
        yield Link(kind, mark.text, None, mark.incident, mark.item.position)


def _neighbours(known: QuerySet[FoldedMark], marks: Sequence[FoldedMark], within: int) -> Iterator[Link]:
    for mark in marks:
        if mark.kind != MarkKind.SERIAL.value or mark.first_number is None or mark.last_number is None:
            continue
        least, greatest = mark.first_number - within, mark.last_number + within
        single = Q(first_number__range=(least, greatest))
        span = Q(last_number__gt=F("first_number"), last_number__gte=least, first_number__lte=greatest)
        near = known.filter(single | span, kind=mark.kind, stem=mark.stem, first_number__isnull=False)
        for other in _newest(near):
            first, last = other.first_number or 0, other.last_number or 0
            distance = max(0, first - mark.last_number, mark.first_number - last)
            yield Link("serial", other.text, distance, other.incident, other.item.position)


def _newest(marks: QuerySet[FoldedMark]) -> QuerySet[FoldedMark]:
    return marks.select_related("item", "incident__agency").order_by("-pk")[:MOST_LINKS]


def _same_papers(incident: Incident, reach: Reach) -> Iterator[Link]:
    """Yield incidents with a certificate, licence or waybill of the same number; papers of persons say who they are."""
    numbers = {paper.number for paper in incident.papers.filter(party=None) if paper.number}
    known = reach.incidents.exclude(state=IncidentState.VOID.value).exclude(pk=incident.pk)
    papers = PaperDocument.objects.filter(number__in=numbers, party=None, incident__in=known)
    for paper in papers.select_related("incident__agency").order_by("-pk")[:MOST_LINKS]:
        yield Link("paper", paper.number, None, paper.incident, None)


def _same_consignees(incident: Incident, reach: Reach) -> Iterator[Link]:
    """Yield incidents with a consignee of the same name, where names may be read in both."""
    role = PartyRole.CONSIGNEE.value
    if not reach.nominal.filter(pk=incident.pk).exists():
        return
    names = {party.name for party in incident.parties.filter(role=role) if party.name}
    known = reach.nominal.exclude(state=IncidentState.VOID.value).exclude(pk=incident.pk)
    parties = Party.objects.filter(role=role, name__in=names, incident__in=known)
    for party in parties.select_related("incident__agency").order_by("-pk")[:MOST_LINKS]:
        yield Link("consignee", party.name, None, party.incident, None)


def _link(link: Link) -> Document:
    return {
        "by": link.by,
        "value": link.value,
        "distance": link.distance,
        "incident": link.incident.reference,
        "agency": link.incident.agency.name,
        "occurred_on": link.incident.occurred_on or None,
        "item": link.item,
    }


def _bound(bound: Bound) -> Document:
    template = SENTENCES[bound.reason]
    return {
        "day": bound.day.isoformat(),
        "reason": bound.reason,
        "template": template,
        "params": dict(bound.params),
    }


def _stamps(parts: Iterable[Document]) -> Iterator[Stamp]:
    return (Stamp(part.get("text") or "", part.get("clock")) for part in parts)


def _papers(incident: Incident) -> Iterator[Paper]:
    forged = PaperAuthenticity.FORGED.value
    for paper in incident.papers.filter(party=None).order_by("pk"):
        yield Paper(paper.kind, paper.number, _days(paper.issued_on), is_forged=paper.authenticity == forged)


def _steps(item: SeizedItem, reach: Reach) -> Iterator[Step]:
    """Yield what replies tell of the item; of a reply that a later one corrects nothing counts any more."""
    lines = ReferralItem.objects.filter(item=item, referral__in=reach.referrals)
    numbers = dict(lines.values_list("referral", "number"))
    replies = Reply.objects.filter(referral__in=numbers, corrected_by__isnull=True)
    steps = SupplyChainStep.objects.filter(reply__in=replies).select_related("reply")
    for step in steps.order_by("reply_id", "number"):
        if step.lines and numbers[step.reply.referral_id] not in step.lines:
            # Told of another line of the letter, perhaps of another incident.
            continue
        yield Step(step.kind, Days(step.on_first_day, step.on_last_day), step.country)


def _days(text: str) -> Days:
    """Return the days that a date as typed may mean; what is none dates nothing."""
    if not text:
        return _UNKNOWN
    try:
        when = read_partial_date(text)
    except PydanticCustomError:
        return _UNKNOWN
    return Days(when.first_day, when.last_day)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
