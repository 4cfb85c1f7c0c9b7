"""What an agency's own registers and permitted records know of an item, by its serial numbers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from cases.choices import MarkKind
from cases.errors import AgencyNotNamed, NoSuchAgency
from cases.models import Agency, Incident, Marking, Referral, RegisterEntry, RegisterLookup, RegisterVersion, SeizedItem
from cases.registers.serials import SHORTEST_KEY, register_key

# A number that stands on more is no serial number.
MOST_HITS: Final = 100
_COMPARED: Final = ("make", "model", "calibre", "country_of_manufacture")
_HOLDER: Final = ("holder", "holder_address", "holder_paper")


class OtherIncident(NamedTuple):
    """Another incident whose item bears the same serial number."""

    reference: str
    item: int
    serial: str


def serials_of(item: SeizedItem) -> tuple[str, ...]:
    """Return the serial numbers read from an item, as transcribed, those left out by which nothing is found."""
    marks = sorted(item.marks.all(), key=lambda mark: mark.number)
    serials = (mark.text for mark in marks if mark.kind == MarkKind.SERIAL.value)
    told = dict.fromkeys(text for text in (item.serial_number, *serials) if text)
    return tuple(text for text in told if len(register_key(text)) >= SHORTEST_KEY)


def entries_with(serials: Iterable[str], entries: QuerySet[RegisterEntry]) -> list[RegisterEntry]:
    """Return which of the entries bear one of the serial numbers, however it is typed; by register, then key."""
    keys = {register_key(serial) for serial in serials}
    found = entries.filter(serial_key__in=keys).select_related("imported_in", "seen_in")
    return list(found.order_by("kind", "key")[:MOST_HITS]) if keys else []


def incidents_with(serials: Sequence[str], *, besides: Incident, known: QuerySet[Incident]) -> list[OtherIncident]:
    """Return which other incidents that the officer may know of bear one of the serial numbers, as typed or in key."""
    texts = {form for serial in serials for form in (serial, register_key(serial))}
    if not texts:
        return []
    others = known.exclude(pk=besides.pk)
    numbered = SeizedItem.objects.filter(serial_number__in=texts, incident__in=others).exclude(serial_number="")
    marked = Marking.objects.filter(text__in=texts, kind=MarkKind.SERIAL.value, item__incident__in=others)
    rows = {
        *numbered.values_list("incident__reference", "position", "serial_number")[:MOST_HITS],
        *marked.exclude(text="").values_list("item__incident__reference", "item__position", "text")[:MOST_HITS],
    }
    return sorted(OtherIncident(*row) for row in rows)[:MOST_HITS]


def registers_of(versions: QuerySet[RegisterVersion]) -> list[dict[str, Any]]:
    """Return the registers there are, each by its newest version."""
    newest = versions.order_by("kind", "-number").distinct("kind")
    return [
        {
            "kind": version.kind,
            "version": version.number,
            "digest": version.digest,
            "imported_at": version.started_at.isoformat(),
            # What is still being taken in, was cut short or refused in part may lack what was looked for.
            "is_complete": "ended" in version.counts and not version.counts.get("refused"),
        }
        for version in newest
    ]


def hit_kept(entry: RegisterEntry) -> dict[str, Any]:
    """Return what is kept of a hit: where it stands, and nothing of whose it is."""
    return {"kind": entry.kind, "entry": entry.key, "version": entry.imported_in.number, "line": entry.line}


def document_of_hit(entry: RegisterEntry, item: SeizedItem, *, with_holder: bool) -> dict[str, Any]:
    """Return an entry as answered, with what of it agrees with the item and what differs."""
    stated = {name: getattr(entry, name) or None for name in (*_COMPARED, "country", "unit", "status")}
    holder = {name: getattr(entry, name) or None for name in _HOLDER} if with_holder else dict.fromkeys(_HOLDER)
    agrees, differs = _compared(entry, item)
    return {
        **hit_kept(entry),
        "last_seen_in": entry.seen_in.number,
        "serial": entry.serial,
        **stated,
        **holder,
        "holder_withheld": not with_holder and any(getattr(entry, name) for name in _HOLDER),
        "holder_erased_on": entry.holder_erased_on,
        "registered_on": entry.registered_on or None,
        "lost_on": entry.lost_on or None,
        "agrees": agrees,
        "differs": differs,
    }


def _compared(entry: RegisterEntry, item: SeizedItem) -> tuple[list[str], list[str]]:
    """Return which facts both state alike, and which otherwise: one serial number stands on arms of several makers."""
    pairs = {name: (register_key(getattr(entry, name)), register_key(getattr(item, name))) for name in _COMPARED}
    both = {name: pair for name, pair in pairs.items() if all(pair)}
    agrees = [name for name, (one, other) in both.items() if one in other or other in one]
    return agrees, [name for name in both if name not in agrees]


def document_of_lookup(lookup: RegisterLookup, item: SeizedItem) -> dict[str, Any]:
    """Return a look-up of an item as it is told of beside the referral that rests on it."""
    return {
        "looked_up_at": lookup.looked_up_at,
        # What was read since was not looked for.
        "is_current": lookup.marks == list(serials_of(item)),
        "registers": lookup.registers,
        "hits": lookup.hits,
        "incidents": lookup.incidents,
    }


def lookups_for_referral(referral: Referral) -> list[dict[str, Any]]:
    """Return for each line of a referral the last look-up that its agency made of the item, or that there was none."""
    rows = referral.lines.select_related("item__incident").prefetch_related("item__marks")
    lines = sorted(rows, key=lambda line: line.number)
    last = _last_of_each(referral, [line.item for line in lines])
    return [
        {
            "line": line.number,
            "incident": line.item.incident.reference,
            "item": line.item.position,
            "lookup": None if found is None else document_of_lookup(found, line.item),
        }
        for line in lines
        for found in (last.get(line.item.item_uuid),)
    ]


def _last_of_each(referral: Referral, items: Sequence[SeizedItem]) -> Mapping[UUID, RegisterLookup]:
    incidents, ids = {item.incident_id for item in items}, [item.item_uuid for item in items]
    rows = RegisterLookup.objects.filter(agency=referral.agency_id, incident__in=incidents, item_uuid__in=ids)
    return {row.item_uuid: row for row in rows.order_by("pk")}


def owner_of_register(name: str | None) -> Agency:
    """Return the agency of that name, or the only one; raises AgencyNotNamed, NoSuchAgency."""
    agencies = Agency.objects.filter(is_active=True).order_by("name")
    if name is None:
        found = list(agencies[:2])
        if len(found) == 1:
            return found[0]
        raise AgencyNotNamed(names=_names(agencies))
    agency = agencies.filter(name=name).first()
    if agency is None:
        raise NoSuchAgency(name=name, names=_names(agencies))
    return agency


def _names(agencies: QuerySet[Agency]) -> str:
    return ", ".join(f"“{agency.name}”" for agency in agencies) or "none"
