"""The supply chain of an item, from all replies that the reader may know of; the one bridge to `cases.tracing`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from cases.choices import ActorKind, SupplyStepKind
from cases.documents.reference_land import reference_land
from cases.models import Incident, Officer, PointOfDiversion, Referral, ReferralItem, Reply, SeizedItem, SupplyChainStep
from cases.queries.incident_document import record_of_incident
from cases.queries.reply_rows import document_of_step
from cases.redaction import Sight, nominal_names
from cases.tracing.referral_steps import ENDED
from cases.tracing.supply_chain import (
    CONTRADICTIONS,
    GAPS,
    UNDATED,
    WHYS,
    Answered,
    Chain,
    Forwarded,
    Link,
    Proposal,
    Remark,
    Span,
    Step,
    chain_of,
)

Document = dict[str, Any]
# What the record itself says of the item, among steps that replies tell.
OF_RECORD: Final = "record:"
_PERSONS: Final = frozenset({"", ActorKind.PERSON.value, ActorKind.OTHER.value})


@dataclass(frozen=True, slots=True)
class ItemChain:
    """An item's chain, with the rows that its steps come from by their id."""

    chain: Chain
    rows: Mapping[str, SupplyChainStep]
    # The referral that each reply's step came on.
    referrals: Mapping[str, Referral]
    # And the last one that was forwarded to each State.
    forwarded: Mapping[str, Referral]


def supply_chain_of(item: SeizedItem, *, known: QuerySet[Referral], reader: Officer) -> ItemChain:
    """Return the chain of an item that a door has shown, from the referrals that the reader may know of."""
    about = ReferralItem.objects.filter(item=item).values("referral")
    known = known.filter(pk__in=about).order_by("pk")
    referrals = list(known.prefetch_related("lines__item", "replies__steps", "replies__corrected_by"))
    told = [each for referral in referrals for each in _told(referral, item)]
    onward = [each for referral in referrals for each in _forwarded(referral, item)]
    asking = [referral for referral in referrals if referral.state not in ENDED]
    # One's own registers are looked up, not written to.
    own: Collection[str] = () if reader.agency is None else (reader.agency.country,)
    chain = chain_of(
        [*(step for step, _, _ in told), *_of_record(item)],
        answered=[Answered(referral.addressee_country, referral.state) for referral in asking],
        forwarded=[forwarded for forwarded, _ in onward],
        asked={referral.addressee_country for referral in asking},
        own=own,
    )
    return ItemChain(
        chain,
        rows={step.id: row for step, row, _ in told},
        referrals={step.id: referral for step, _, referral in told},
        forwarded={forwarded.country: referral for forwarded, referral in onward},
    )


def document_of_chain(
    found: ItemChain, item: SeizedItem, decided: QuerySet[PointOfDiversion], sight: Sight
) -> Document:
    """Return the chain as answered; sentences as templates, so that each reader's language is met."""
    chain = found.chain
    versions = list(decided.filter(item=item).select_related("recorded_by").order_by("-version"))
    document = {
        "incident": item.incident.reference,
        "item": {"position": item.position, "id": item.item_uuid},
        "steps": [_document_of_link(link, found, sight) for link in chain.links],
        "corrected": [_document_of_step(step, found, sight) for step in chain.corrected],
        "gaps": [_remark(remark, GAPS) for remark in chain.gaps],
        "contradictions": [_remark(remark, CONTRADICTIONS) for remark in chain.contradictions],
        "window": {
            "after": None if chain.window.after is None else chain.window.after.id,
            "before": None if chain.window.before is None else chain.window.before.id,
        },
        "proposals": [_proposal(proposal) for proposal in chain.proposals],
        "points_of_diversion": [
            document_of_diversion(row, sight) | {"is_current": at == 0} for at, row in enumerate(versions)
        ],
        "map": _map(chain, item.incident),
    }
    return document if sight.with_nominal else sight.of(document, _names(item.incident, found))


def document_of_diversion(point: PointOfDiversion, sight: Sight) -> Document:
    """Return one version of a point of diversion as answered."""
    words = ("actor_kind", "country", "place", "on", "manner", "confidence", "words")
    return {
        "version": point.version,
        "kind": point.kind,
        "actor": _actor(point.actor, point.actor_kind, sight),
        **{name: getattr(point, name) or None for name in words},
        "steps": point.steps,
        "documents": point.documents,
        "reason": point.reason,
        "recorded_at": point.recorded_at,
        "recorded_by": point.recorded_by.username,
    }


def _told(referral: Referral, item: SeizedItem) -> Iterator[tuple[Step, SupplyChainStep, Referral]]:
    """Yield the steps that replies to the referral tell of the item."""
    positions = _positions(referral, item)
    number = next(line.number for line in referral.lines.all() if line.item_id == item.pk)
    for at, reply in enumerate(sorted(referral.replies.all(), key=lambda reply: reply.pk)):
        for row in reply.steps.all():
            if not row.lines or number in row.lines:
                yield _step(row, referral, at, reply, positions), row, referral


def _positions(referral: Referral, item: SeizedItem) -> dict[int, int]:
    """Return the positions of what the letter has of the item's own incident, by the numbers of its lines."""
    lines = (line for line in referral.lines.all() if line.item.incident_id == item.incident_id)
    return {line.number: line.item.position for line in lines}


def _forwarded(referral: Referral, item: SeizedItem) -> Iterator[tuple[Forwarded, Referral]]:
    """Yield to which other States the referral was forwarded, by replies that stand."""
    items = tuple(sorted(_positions(referral, item).values()))
    for reply in sorted(referral.replies.all(), key=lambda reply: reply.pk):
        if reply.forwarded_to and not reply.corrected_by.all():
            yield Forwarded(reply.forwarded_to, items, reply.received_at.date().isoformat()), referral


def _step(row: SupplyChainStep, referral: Referral, at: int, reply: Reply, positions: Mapping[int, int]) -> Step:
    return Step(
        id=str(row.step_id),
        kind=SupplyStepKind(row.kind),
        referral=referral.reference,
        reply=at,
        number=row.number,
        country=row.country or None,
        from_country=row.from_country or None,
        to_country=row.to_country or None,
        on=_span(row.on, row.on_first_day, row.on_last_day),
        is_corrected=bool(reply.corrected_by.all()),
        items=tuple(sorted(positions[line] for line in row.lines or positions if line in positions)),
    )


def _of_record(item: SeizedItem) -> Iterator[Step]:
    """Yield what the record says: the marks of manufacture and import, and where it was taken or found."""
    made, mark, incident = item.year_of_manufacture, item.import_mark or {}, item.incident
    if item.country_of_manufacture or made:
        yield _marked("manufacture", SupplyStepKind.MANUFACTURE, item.country_of_manufacture, made)
    if mark.get("country") or mark.get("year"):
        yield _marked("import_mark", SupplyStepKind.IMPORT, mark.get("country"), mark.get("year"))
    yield Step(
        id=f"{OF_RECORD}{incident.kind or 'incident'}",
        kind=SupplyStepKind.SEIZURE,
        country=incident.located_country or None,
        on=_span(incident.occurred_on, incident.occurred_first_day, incident.occurred_last_day),
    )


def _marked(name: str, kind: SupplyStepKind, country: str | None, year: int | None) -> Step:
    on = None if not year else Span(str(year), date(year, 1, 1), date(year, 12, 31))
    return Step(id=f"{OF_RECORD}{name}", kind=kind, country=country or None, on=on)


def _span(text: str, first: date | None, last: date | None) -> Span | None:
    return None if first is None or last is None else Span(text, first, last)


def _document_of_link(link: Link, found: ItemChain, sight: Sight) -> Document:
    return _document_of_step(link.step, found, sight) | {"follows": link.follows}


def _document_of_step(step: Step, found: ItemChain, sight: Sight) -> Document:
    row, referral = found.rows.get(step.id), found.referrals.get(step.id)
    if row is None or referral is None:
        told: Document = dict.fromkeys(("actor", "actor_kind", "place", "manner", "document", "confidence"))
        told |= {"kind": step.kind.value, "country": step.country, "on": None if step.on is None else step.on.text}
        return told | {"id": step.id, "from_country": None, "to_country": None, "lines": [], "source": None}
    document = document_of_step(row)
    source = {"referral": referral.reference, "reply": step.reply, "country": referral.addressee_country}
    return document | {"id": step.id, "actor": _actor(row.actor, row.actor_kind, sight), "source": source}


def _actor(name: str, kind: str, sight: Sight) -> str | None:
    """Return who acts; who may be a person, only to whoever may read names."""
    return name or None if sight.with_nominal or kind not in _PERSONS else None


def _names(incident: Incident, found: ItemChain) -> set[str]:
    """Return the names that stand in the record, and of whoever acts and may be a person."""
    actors = {row.actor for row in found.rows.values() if row.actor and row.actor_kind in _PERSONS}
    return {*nominal_names(record_of_incident(incident)), *actors}


def _remark(remark: Remark, sentences: Mapping[str, str]) -> Document:
    return {
        "code": remark.code,
        "steps": list(remark.steps),
        "template": sentences[remark.code],
        "params": dict(remark.params),
    }


def _proposal(proposal: Proposal) -> Document:
    return {
        "country": proposal.country,
        "part": proposal.part,
        "steps": list(proposal.steps),
        "items": list(proposal.items),
        "template": WHYS[proposal.part],
        "params": {"when": proposal.when},
        "undated": proposal.when == UNDATED,
    }


class Placed(NamedTuple):
    """A step on the map: where, and whether that is the position itself or a point inside the State."""

    step: Step
    at: list[float] | None
    precision: str


def _map(chain: Chain, incident: Incident) -> Document:
    """Return the steps on a map: a point well inside the State that a step names, the position where one is known.

    Lines join steps that follow one another in different places; they show the order, not the way that was taken.
    """
    placed = [_placed(link.step, incident) for link in chain.links]
    known = [each for each in placed if each.at is not None]
    points = [_feature(each, "Point", each.at) for each in placed]
    moves = [(before, after) for before, after in pairwise(known) if before.at != after.at]
    lines = [_feature(after, "LineString", [before.at, after.at]) for before, after in moves]
    return {"type": "FeatureCollection", "features": [*points, *lines]}


def _placed(step: Step, incident: Incident) -> Placed:
    is_here = not step.referral and step.kind is SupplyStepKind.SEIZURE
    if is_here and incident.longitude is not None and incident.latitude is not None:
        return Placed(step, [incident.longitude, incident.latitude], "position")
    country = step.to_country or step.country or step.from_country
    centre = None if country is None else reference_land().centre(country)
    return Placed(step, None if centre is None else [round(centre.x, 4), round(centre.y, 4)], "country")


def _feature(placed: Placed, kind: str, coordinates: Sequence[Any] | None) -> Document:
    return {
        "type": "Feature",
        "geometry": None if coordinates is None else {"type": kind, "coordinates": coordinates},
        "properties": {"step": placed.step.id, "kind": placed.step.kind.value, "precision": placed.precision},
    }
