"""What the contract shows of an item's whereabouts, from its chain of custody; called inside another's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cases.choices import DispositionStatus
from cases.custody_rules import disposition_of
from cases.models import CustodyEvent, Disposition, Incident, SeizedItem
from cases.queries.custody import seen, weighed
from cases.services.request_screening import request_screening

# What becomes of an item that no custody event tells of: what was sent stays, until an event says otherwise.
TOLD_BY_THE_RECORD = frozenset(
    {
        DispositionStatus.DESTRUCTION_ORDERED,
        DispositionStatus.RENDERED_UNUSABLE,
        DispositionStatus.RETAINED_FOR_USE,
        DispositionStatus.SUNK,
    }
)


def derive_disposition(
    *, incident: Incident, item: SeizedItem, events: Sequence[CustodyEvent], derived_at: datetime
) -> None:
    """Let the item's disposition follow its chain; where its status changes, the record has a new version.

    The chain leads, the field follows: a chain that says nothing of it leaves what was sent.
    """
    before = Disposition.objects.filter(item=item).first()
    values = _said(incident, events)
    if values is None or (before is not None and {name: getattr(before, name) for name in values} == values):
        return
    # The last event may say nothing of where it is; then what is there was derived before, or sent since.
    Disposition.objects.update_or_create(item=item, defaults=values)
    if before is None or before.status != values["status"]:
        # Duties rest on it.
        incident.version += 1
        incident.changed_at = derived_at
        incident.save(update_fields=["version", "changed_at"])
        request_screening(incident=incident, requested_at=derived_at)


def derive_dispositions(*, incident: Incident) -> None:
    """Put the dispositions of a record that was just written anew back in step with its chains."""
    chains: dict[int, list[CustodyEvent]] = {}
    for event in seen(CustodyEvent.objects.filter(item__incident=incident)).order_by("number"):
        chains.setdefault(event.item_id or 0, []).append(event)
    for item, events in chains.items():
        values = _said(incident, events)
        sent = Disposition.objects.filter(item=item).values_list("status", flat=True).first()
        if values is not None and sent not in TOLD_BY_THE_RECORD:
            Disposition.objects.update_or_create(item_id=item, defaults=values)


def _said(incident: Incident, events: Sequence[CustodyEvent]) -> Mapping[str, str] | None:
    says = disposition_of(weighed(events), home=str(incident.agency_id))
    if says is None:
        return None
    status, event = says
    row = events[event.number - 1]
    store = "" if row.holder_store is None else row.holder_store.name
    place = ", ".join(part for part in (store, row.place) if part)
    return {"status": status.value, "on": row.at, "place": place[:500], "certificate": row.certificate}
