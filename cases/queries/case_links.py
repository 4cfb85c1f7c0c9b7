"""What the incidents of a case share with one another and with others; the one bridge to `cases.tracing.case_links`."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, Final, NamedTuple

from django.db.models import F, Q, QuerySet

from cases.choices import MarkKind, PartyRole
from cases.models import Authorisation, Conveyance, FoldedMark, Incident, IncidentState, PaperDocument, Party, Route
from cases.queries.marks_met import names_in
from cases.redaction import names_pattern
from cases.tracing.case_links import (
    NEIGHBOURHOOD,
    SENTENCES,
    Bearer,
    Link,
    LinkedBy,
    Serial,
    Trait,
    folded_name,
    links_among,
    links_beyond,
)
from cases.tracing.mark_text import known_signs

# Of each sort; whoever sees as many is served by a search for the thing itself.
MOST_BEYOND: Final = 200
# Of so few signs too many marks consist.
FEWEST_SIGNS: Final = 4
_IDENTIFYING: Final = (MarkKind.SERIAL.value, MarkKind.LOT.value, MarkKind.PACKAGING.value)
_OF_MARK: Final = (
    *("incident", "kind", "text", "is_partial", "folded", "stem", "first_number", "last_number"),
    "item__position",
)

Document = dict[str, Any]
Traits = dict[int, set[Trait]]


class Reach(NamedTuple):
    """What the reader may know of: incidents, those in which names may be read too, and marks."""

    incidents: QuerySet[Incident]
    nominal: QuerySet[Incident]
    marks: QuerySet[FoldedMark]


def links_in(case: QuerySet[Incident], reach: Reach) -> list[Link]:
    """Return what the incidents of the case share with one another; what was recorded in error shares nothing."""
    inside = _standing(case)
    return links_among(_bearers(inside.values("pk"), reach).values())


def links_out(case: QuerySet[Incident], reach: Reach) -> list[Link]:
    """Return what leads from the case to other incidents that the reader may know of."""
    inside = _bearers(_standing(case).values("pk"), reach)
    near = _candidates(inside.values(), exclude=set(inside), reach=reach)
    return links_beyond(inside.values(), _bearers(near, reach).values())


def document_of_link(link: Link) -> Document:
    """Return a link as it is shown, with the template of its reason."""
    return {
        "by": link.by.value,
        "incidents": [link.one, link.other],
        "values": [link.value, link.other_value],
        "items": [link.item, link.other_item],
        "distance": link.distance,
        "template": SENTENCES[link.by],
        "params": link.params,
    }


def _standing(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    return incidents.exclude(state=IncidentState.VOID)


def _bearers(keys: Any, reach: Reach) -> Mapping[int, Bearer]:
    """Return each incident with what it has that another may share, as far as the reader may see it."""
    known = dict(reach.incidents.filter(pk__in=keys).values_list("pk", "reference"))
    nominal = set(reach.nominal.filter(pk__in=list(known)).values_list("pk", flat=True))
    # What says a name that the reader may not read, an owner's engraved or a vessel's, is not told there either.
    hidden = {key: names_pattern(names) for key, names in names_in(set(known) - nominal).items()}
    traits: Traits = {key: set() for key in known}
    for key, trait in _traits(list(known), nominal):
        if _is_told(trait.shown, hidden.get(key)):
            traits[key].add(trait)
    serials: dict[int, set[Serial]] = {key: set() for key in known}
    marks = reach.marks.filter(incident__in=list(known), kind__in=_IDENTIFYING).select_related("item")
    for mark in marks.only(*_OF_MARK).order_by("pk"):
        if not _is_told(mark.text, hidden.get(mark.incident_id)):
            continue
        if not mark.is_partial and known_signs(mark.folded) >= FEWEST_SIGNS:
            trait = Trait(LinkedBy.MARK, (mark.kind, mark.folded), mark.text, mark.item.position)
            traits[mark.incident_id].add(trait)
        if mark.kind == MarkKind.SERIAL and mark.first_number is not None and mark.last_number is not None:
            numbers = (mark.stem, mark.first_number, mark.last_number)
            serials[mark.incident_id].add(Serial(*numbers, mark.text, mark.item.position))
    return {key: Bearer(reference, frozenset(traits[key]), frozenset(serials[key])) for key, reference in known.items()}


def _is_told(text: str, hidden: re.Pattern[str] | None) -> bool:
    return hidden is None or hidden.search(text) is None


def _traits(known: Collection[int], nominal: Collection[int]) -> Iterator[tuple[int, Trait]]:
    carriers = Conveyance.objects.filter(incident__in=known)
    for key, imo, registration, name in carriers.values_list("incident", "imo", "registration", "name"):
        for by, text in (
            (LinkedBy.IMO_NUMBER, imo),
            (LinkedBy.REGISTRATION, registration),
            (LinkedBy.CONVEYANCE_NAME, name),
        ):
            yield from _named(key, by, text)
    routes = Route.objects.filter(incident__in=known).exclude(origin="").exclude(destination="")
    for key, origin, destination in routes.values_list("incident", "origin", "destination"):
        yield key, Trait(LinkedBy.ROUTE, (origin, destination), f"{origin} → {destination}")
    # Papers of persons say who they are, and stand with their parties.
    papers = PaperDocument.objects.filter(incident__in=known, party=None)
    for key, number in papers.values_list("incident", "number"):
        yield from _named(key, LinkedBy.PAPER, number)
    licences = Authorisation.objects.filter(incident__in=known)
    for key, reference in licences.values_list("incident", "reference"):
        yield from _named(key, LinkedBy.LICENCE, reference)
    yield from _of_parties(nominal)


def _of_parties(nominal: Collection[int]) -> Iterator[tuple[int, Trait]]:
    parties = Party.objects.filter(incident__in=nominal).order_by("pk")
    columns = ("incident", "role", "name", "name_original", "aliases", "registration_number")
    for key, role, name, original, aliases, number in parties.values_list(*columns):
        by = LinkedBy.CONSIGNEE if role == PartyRole.CONSIGNEE else LinkedBy.PARTY
        for each in (name, original, *aliases):
            yield from _named(key, LinkedBy.PARTY, each)
            if by == LinkedBy.CONSIGNEE:
                yield from _named(key, by, each)
        yield from _named(key, LinkedBy.PARTY_IDENTIFIER, number)
    papers = PaperDocument.objects.filter(incident__in=nominal, party__isnull=False)
    for key, number in papers.values_list("incident", "number"):
        yield from _named(key, LinkedBy.PARTY_IDENTIFIER, number)


def _named(key: int, by: LinkedBy, text: str) -> Iterator[tuple[int, Trait]]:
    if text.strip():
        yield key, Trait(by, (folded_name(text),), text)


# --- beyond the case --------------------------------------------------------------------------------------------------


def _candidates(inside: Iterable[Bearer], *, exclude: Collection[int], reach: Reach) -> set[int]:
    """Return incidents outside that may share something, the newest of each sort; they are compared afterwards."""
    inside = list(inside)
    incidents = _standing(reach.incidents).exclude(pk__in=exclude)
    nominal = _standing(reach.nominal).exclude(pk__in=exclude)
    shown = _shown(inside)
    names = shown[LinkedBy.PARTY] | shown[LinkedBy.CONSIGNEE]
    numbers = shown[LinkedBy.PARTY_IDENTIFIER]
    conveyed = Q(imo__in=shown[LinkedBy.IMO_NUMBER]) | Q(registration__in=shown[LinkedBy.REGISTRATION])
    conveyed |= Q(name__in=shown[LinkedBy.CONVEYANCE_NAME])
    sorts: Sequence[QuerySet[Any]] = (
        _marks_like(inside, reach.marks.filter(incident__in=incidents)),
        Conveyance.objects.filter(conveyed, incident__in=incidents),
        Route.objects.filter(_routes(inside), incident__in=incidents),
        PaperDocument.objects.filter(number__in=shown[LinkedBy.PAPER], party=None, incident__in=incidents),
        Authorisation.objects.filter(reference__in=shown[LinkedBy.LICENCE], incident__in=incidents),
        Party.objects.filter(Q(name__in=names) | Q(registration_number__in=numbers), incident__in=nominal),
        PaperDocument.objects.filter(number__in=numbers, party__isnull=False, incident__in=nominal),
    )
    return {key for rows in sorts for key in rows.order_by("-pk").values_list("incident", flat=True)[:MOST_BEYOND]}


def _shown(bearers: Iterable[Bearer]) -> dict[LinkedBy, set[str]]:
    shown: dict[LinkedBy, set[str]] = {by: set() for by in LinkedBy}
    for trait in (trait for bearer in bearers for trait in bearer.traits):
        shown[trait.by].add(trait.shown)
    return shown


def _marks_like(inside: Iterable[Bearer], marks: QuerySet[FoldedMark]) -> QuerySet[FoldedMark]:
    bearers = list(inside)
    folded = {trait.key[-1] for each in bearers for trait in each.traits if trait.by == LinkedBy.MARK}
    wanted = [Q(folded__in=folded, kind__in=_IDENTIFYING)]
    for stem, least, greatest in _spans(bearers):
        single = Q(first_number__range=(least, greatest))
        span = Q(last_number__gt=F("first_number"), last_number__gte=least, first_number__lte=greatest)
        wanted.append(Q(single | span, kind=MarkKind.SERIAL.value, stem=stem))
    return marks.filter(reduce(or_, wanted))


def _spans(bearers: Iterable[Bearer]) -> Iterator[tuple[str, int, int]]:
    """Yield for each stem where numbers near those of the case lie, those that touch as one."""
    of_stem: dict[str, list[tuple[int, int]]] = {}
    for serial in (serial for bearer in bearers for serial in bearer.serials):
        ends = (serial.first - NEIGHBOURHOOD, serial.last + NEIGHBOURHOOD)
        of_stem.setdefault(serial.stem, []).append(ends)
    for stem, spans in of_stem.items():
        least, greatest = min(spans)
        for first, last in sorted(spans):
            if first > greatest:
                yield stem, least, greatest
                least = first
            greatest = max(greatest, last)
        yield stem, least, greatest


def _routes(bearers: Iterable[Bearer]) -> Q:
    ends = {trait.key for each in bearers for trait in each.traits if trait.by == LinkedBy.ROUTE}
    pairs = [Q(origin=origin, destination=destination) for origin, destination in sorted(ends)]
    return reduce(or_, pairs, Q(pk__in=()))
