"""Marks that may be the one asked for: brought up by the database, compared one by one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from cases.canonical import canonical_json
from cases.choices import PartyKind, RecipientKind
from cases.models import Conveyance, Party, Recipient
from cases.redaction import names_pattern
from cases.tracing.catalogue import Asked as ModelAsked
from cases.tracing.catalogue import is_of_model
from cases.tracing.mark_comparison import SENTENCES, Met, compare, compare_span
from cases.tracing.mark_search import Sought, sought_by
from cases.tracing.mark_text import Numbers, ReadMark, read_mark, read_pattern, read_span

# Whoever meets more than these asks again, more narrowly.
MOST_MET: Final = 2_000
# Of what others hold, to be told of it.
MOST_OF_OTHERS: Final = 200
_BRING_UP: Final = "SELECT * FROM cases_marks_meeting(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


class MarkQuery(NamedTuple):
    """What is asked: a mark or pattern, or the numbers from one to another; of a kind, of a make and model."""

    pattern: ReadMark | None
    sought: Sought | None
    span: Numbers | None
    kind: str
    of_model: ModelAsked

    def compared(self, mark: "BorneMark") -> Met | None:
        """Return how the recorded mark answers; None where it does not."""
        read = read_mark(mark.text, is_partial=mark.is_partial)
        if read is None:
            return None
        if self.span is not None:
            return compare_span(self.span, read)
        return None if self.pattern is None else compare(self.pattern, read)


def read_question(words: Mapping[str, str]) -> MarkQuery:
    """Return what is asked as it is searched; it has no `sought` and no `span` where it names no mark well enough."""
    pattern = read_pattern(words.get("text", ""))
    sought = None if pattern is None else sought_by(pattern)
    span = read_span(words["from"], words["to"]) if {"from", "to"} <= words.keys() else None
    of_model = ModelAsked(words.get("make", ""), words.get("model", ""))
    return MarkQuery(pattern, sought, span, words.get("kind", ""), of_model)


class BorneMark(NamedTuple):
    """A recorded mark with what is shown of its item and incident. Hundreds are weighed at once, so it is no model."""

    pk: int
    incident_id: int
    kind: str
    text: str
    is_partial: bool
    folded: str
    item_uuid: UUID
    position: int
    category: str
    make: str
    model: str
    calibre: str
    reference: str
    occurred_on: str
    caveats: list[str]
    agency_id: int
    agency: str


class MarkHit(NamedTuple):
    """A recorded mark, and how it answers to what was asked."""

    mark: BorneMark
    met: Met


class BroughtUp(NamedTuple):
    """The newest marks that may be meant: in incidents shown to the agency, and in others."""

    shown: list[BorneMark]
    others: list[BorneMark]


def bring_up(asked: MarkQuery, agency_id: int) -> BroughtUp:
    """Return the marks that may be meant; of others' only where the database shows everything.

    The function goes past the policies. What it says of others is nobody's to see (see cases.services.tell_holders).
    """
    numbers = asked.span or (None if asked.pattern is None else asked.pattern.numbers)
    groups, pieces, expression = ((), (), "") if asked.sought is None else asked.sought[:3]
    bounds = (None, None, None) if numbers is None else numbers
    with connection.cursor() as cursor:
        limits = (MOST_MET, MOST_OF_OTHERS)
        keys = (canonical_json(groups), list(pieces), expression)
        cursor.execute(_BRING_UP, [agency_id, *keys, *bounds, asked.kind, *limits])
        rows = cursor.fetchall()
    marks = [(BorneMark(*row), is_shown) for *row, is_shown in rows]
    return BroughtUp([mark for mark, is_shown in marks if is_shown], [mark for mark, is_shown in marks if not is_shown])


def hits_among(marks: Iterable[BorneMark], asked: MarkQuery) -> list[MarkHit]:
    """Return the marks that answer, the surest first, of equally sure ones the newest."""
    of_model = (mark for mark in marks if is_of_model(asked.of_model, make=mark.make, model=mark.model))
    met = ((mark, asked.compared(mark)) for mark in of_model)
    return sorted((MarkHit(mark, answer) for mark, answer in met if answer is not None), key=place_of_hit)


def place_of_hit(hit: MarkHit) -> list[float]:
    """Return where a hit stands among others."""
    return [-hit.met.confidence, -hit.mark.pk]


def without_names(hits: Sequence[MarkHit], *, of: Collection[int]) -> list[MarkHit]:
    """Return the hits less those that say a name, an engraved owner's, of incidents whose names may not be read."""
    names = names_in({hit.mark.incident_id for hit in hits}.intersection(of))
    patterns = {incident: names_pattern(stated) for incident, stated in names.items()}
    found = ((hit, patterns.get(hit.mark.incident_id)) for hit in hits)
    return [hit for hit, pattern in found if pattern is None or pattern.search(_words_of(hit)) is None]


def document_of_hit(hit: MarkHit) -> dict[str, Any]:
    """Return a hit as it is shown, with the template of its reason."""
    mark, met = hit
    return {
        "mark": {"kind": mark.kind or None, "text": mark.text},
        "met_by": met.by.value,
        "confidence": met.confidence,
        "template": SENTENCES[met.by],
        "params": met.params,
        "incident": mark.reference,
        "agency": mark.agency,
        "occurred_on": mark.occurred_on or None,
        "item": {
            "id": str(mark.item_uuid),
            "position": mark.position,
            "category": mark.category or None,
            "make": mark.make or None,
            "model": mark.model or None,
            "calibre": mark.calibre or None,
        },
    }


def _words_of(hit: MarkHit) -> str:
    return "\n".join((hit.mark.text, hit.mark.make, hit.mark.model, hit.mark.calibre))


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
