"""What was declared against what was found and authorised; with what else is known of the same papers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from cases.models import Authorisation, Incident, PaperDocument, SameEvent
from cases.models.incident import IncidentState
from cases.queries.incident_document import submission_of_incident
from cases.queries.rulebooks import current_rulebook
from cases.tracing.declared_found import PapersCheck, check_papers
from cases.tracing.mismatches import INQUIRIES, MISMATCHES, Inquiry, Mismatch
from cases.tracing.shown_papers import PaperUse

Document = dict[str, Any]
Numbers = frozenset[str]


def papers_check_of(incident: Incident, *, known: QuerySet[Incident]) -> PapersCheck:
    """Return the comparison for one incident; of others only those are looked at that the reader may know of."""
    record = submission_of_incident(incident)
    papers = frozenset(paper.number for paper in record.documents if paper.number)
    approvals = frozenset(each.reference for each in record.authorisations if each.reference)
    uses = tuple(_uses(_others(incident, known), papers, approvals)) if papers or approvals else ()
    return check_papers(record, current_rulebook(), uses)


def document_of_check(incident: Incident, check: PapersCheck) -> Document:
    """Return the comparison as it is answered; each sentence stands as template and params."""
    return {
        "incident": incident.reference,
        "results": [_of_mismatch(mismatch) for mismatch in check.mismatches],
        "questions": [_of_inquiry(inquiry) for inquiry in check.inquiries],
    }


def _others(incident: Incident, known: QuerySet[Incident]) -> QuerySet[Incident]:
    """Return the other incidents; two records of one event are one use of a paper."""
    pairs = SameEvent.objects.filter(Q(first=incident) | Q(second=incident), withdrawn_at__isnull=True)
    same = {key for pair in pairs.values_list("first", "second") for key in pair}
    return known.exclude(pk__in={*same, incident.pk}).exclude(state=IncidentState.VOID.value)


def _uses(others: QuerySet[Incident], papers: Numbers, approvals: Numbers) -> Iterator[PaperUse]:
    shown = PaperDocument.objects.filter(number__in=papers, party__isnull=True, incident__in=others)
    for paper in _with_goods(shown):
        yield _use(paper.incident, paper.kind, paper.number, paper.country)
    claimed = Authorisation.objects.filter(reference__in=approvals, incident__in=others)
    for approval in _with_goods(claimed):
        yield _use(approval.incident, approval.kind, approval.reference, approval.regime)


def _with_goods(rows: QuerySet[Any]) -> Iterable[Any]:
    return rows.select_related("incident").prefetch_related("incident__items").order_by("incident__reference", "pk")


def _use(incident: Incident, kind: str, number: str, issuer: str) -> PaperUse:
    items = list(incident.items.all())
    counted: dict[str, float] = defaultdict(float)
    for item in items:
        if item.unit and item.quantity:
            counted[item.unit] += item.quantity
    return PaperUse(
        reference=incident.reference,
        kind=kind or None,
        number=number,
        issuer=issuer or None,
        categories=tuple(item.category or None for item in items),
        quantities=tuple(sorted(counted.items())),
    )


def _of_mismatch(mismatch: Mismatch) -> Document:
    return {
        "rule": mismatch.rule,
        "template": MISMATCHES[mismatch.rule],
        "params": dict(mismatch.params),
        "sides": [{"fact": side.fact, "value": side.value} for side in mismatch.sides],
        "sureness": mismatch.sureness.value,
        "document": mismatch.paper,
        "items": list(mismatch.items),
    }


def _of_inquiry(inquiry: Inquiry) -> Document:
    return {
        "code": inquiry.code,
        "template": INQUIRIES[inquiry.code],
        "params": dict(inquiry.params),
        "fact": inquiry.fact,
        "document": inquiry.paper,
    }
