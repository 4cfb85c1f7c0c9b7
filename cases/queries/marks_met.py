"""Marks that may be the one asked for: brought up by the database, compared one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from cases.canonical import canonical_json
from cases.choices import PartyKind, RecipientKind
from cases.models import Conveyance, FoldedMark, Incident, Party, Recipient
from cases.redaction import names_pattern
from cases.tracing.catalogue import Asked as ModelAsked
from cases.tracing.catalogue import is_of_model
from cases.tracing.mark_comparison import SENTENCES, Met, compare, compare_span
from cases.tracing.mark_search import Sought
from cases.tracing.mark_text import Numbers, ReadMark, read_mark

# Whoever meets more than these asks again, more narrowly.
MOST_MET: Final = 2_000
# Of what others hold, to be told of it.
MOST_OF_OTHERS: Final = 200
_SHOWN: Final = (
    *("kind", "text", "is_partial", "folded"),
    *(f"item__{name}" for name in ("item_uuid", "position", "category", "make", "model", "calibre")),
    *(f"incident__{name}" for name in ("reference", "occurred_on", "caveats", "agency__name")),
)
_BRING_UP: Final = "SELECT mark_id, is_shown FROM cases_marks_meeting(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


class MarkQuery(NamedTuple):
    """What is asked: a mark or pattern, or the numbers from one to another; of a kind, of a make and model."""

    pattern: ReadMark | None
    sought: Sought | None
    span: Numbers | None
    kind: str
    of_model: ModelAsked

    def compared(self, mark: FoldedMark) -> Met | None:
        """Return how the recorded mark answers; None where it does not."""
        read = read_mark(mark.text, is_partial=mark.is_partial)
        if read is None:
            return None
        if self.span is not None:
            return compare_span(self.span, read)
        return None if self.pattern is None else compare(self.pattern, read)


class MarkHit(NamedTuple):
    """A recorded mark, and how it answers to what was asked."""

    mark: FoldedMark
    met: Met


class BroughtUp(NamedTuple):
    """Keys of the newest marks that may be meant: in incidents shown to the agency, and in others."""

    shown: list[int]
    others: list[int]


def bring_up(asked: MarkQuery, agency_id: int) -> BroughtUp:
    """Return the marks that may be meant; of others' only where the database shows everything.

    The function goes past the policies. What it says of others is nobody's to see (see cases.services.search_marks).
    """
    numbers = asked.span or (None if asked.pattern is None else asked.pattern.numbers)
    groups, pieces, expression = ((), (), "") if asked.sought is None else asked.sought[:3]
    bounds = (None, None, None) if numbers is None else numbers
    with connection.cursor() as cursor:
        limits = (MOST_MET, MOST_OF_OTHERS)
        keys = (canonical_json(groups), list(pieces), expression)
        cursor.execute(_BRING_UP, [agency_id, *keys, *bounds, asked.kind, *limits])
        rows = cursor.fetchall()
    return BroughtUp([key for key, is_shown in rows if is_shown], [key for key, is_shown in rows if not is_shown])


def with_bearers(marks: QuerySet[FoldedMark]) -> QuerySet[FoldedMark]:
    """Return the marks with what is shown of the item and the incident of each."""
    return marks.select_related("item", "incident__agency").only(*_SHOWN)


def hits_among(marks: Iterable[FoldedMark], asked: MarkQuery) -> list[MarkHit]:
    """Return the marks that answer, the surest first, of equally sure ones the newest."""
    met = ((mark, asked.compared(mark)) for mark in marks)
    hits = [MarkHit(mark, answer) for mark, answer in met if answer is not None and _is_of_model(mark, asked)]
    return sorted(hits, key=place_of_hit)


def place_of_hit(hit: MarkHit) -> list[float]:
    """Return where a hit stands among others."""
    return [-hit.met.confidence, -hit.mark.pk]


def without_names(hits: Sequence[MarkHit], *, nominal: QuerySet[Incident]) -> list[MarkHit]:
    """Return the hits less those that say a name which the reader may not read: an owner's, engraved."""
    incidents = {hit.mark.incident_id for hit in hits}
    names = names_in(incidents - {*nominal.filter(pk__in=incidents).values_list("pk", flat=True)})
    patterns = {incident: names_pattern(stated) for incident, stated in names.items()}
    found = ((hit, patterns.get(hit.mark.incident_id)) for hit in hits)
    return [hit for hit, pattern in found if pattern is None or pattern.search(_words_of(hit)) is None]


def document_of_hit(hit: MarkHit) -> dict[str, Any]:
    """Return a hit as it is shown, with the template of its reason."""
    mark, met = hit
    item, incident = mark.item, mark.incident
    return {
        "mark": {"kind": mark.kind or None, "text": mark.text},
        "met_by": met.by.value,
        "confidence": met.confidence,
        "template": SENTENCES[met.by],
        "params": met.params,
        "incident": incident.reference,
        "agency": incident.agency.name,
        "occurred_on": incident.occurred_on or None,
        "item": {
            "id": str(item.item_uuid),
            "position": item.position,
            "category": item.category or None,
            "make": item.make or None,
            "model": item.model or None,
            "calibre": item.calibre or None,
        },
    }


def _words_of(hit: MarkHit) -> str:
    item = hit.mark.item
    return "\n".join((hit.mark.text, item.make, item.model, item.calibre))


def _is_of_model(mark: FoldedMark, asked: MarkQuery) -> bool:
    return is_of_model(asked.of_model, make=mark.item.make, model=mark.item.model)


def names_in(incidents: Iterable[int]) -> Mapping[int, set[str]]:
    """Return who is named in each incident, as cases.redaction has it of a record."""
    names: dict[int, set[str]] = {}
    for incident, name in _stated_names(list(incidents)):
        if name:
            names.setdefault(incident, set()).add(name)
    return names


def _stated_names(incidents: list[int]) -> Iterator[tuple[int, str]]:
    parties = Party.objects.filter(incident__in=incidents).exclude(kind=PartyKind.VESSEL.value)
    for incident, name, original, aliases in parties.values_list("incident", "name", "name_original", "aliases"):
        yield from ((incident, each) for each in (name, original, *aliases))
    carriers = Conveyance.objects.filter(~Q(owner="") | ~Q(operator=""), incident__in=incidents)
    for incident, owner, operator in carriers.values_list("incident", "owner", "operator"):
        yield from ((incident, each) for each in (owner, operator))
    private = Recipient.objects.filter(incident__in=incidents, kind=RecipientKind.PRIVATE.value)
    yield from private.values_list("incident", "name")
