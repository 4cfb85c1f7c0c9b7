"""What was done to an incident, a referral or a case, by whom, when and why, and where that stands in the chain."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.db.models import Q, QuerySet

from cases.canonical import canonical_json
from cases.choices import CustodyKind, RedactionLevel, Viewed, WithheldFact
from cases.models import AuditEntry, AuditHead, AuditLink, Case, Incident, Officer, Referral
from cases.queries.audit_heads import head_of
from cases.queries.audit_text import columns_of, covered_by, text_of_entry
from cases.redaction import UNHINDERED, Sight, nominal_names

# How the actions of views end.
VIEWED: Final = ".viewed"
# What a history may tell of, in the words of the audit log.
ACTS: Final = frozenset(
    {
        *(
            f"case.{act}"
            for act in ("opened", "incident_joined", "closed", "reopened", "merged", "exported", "released")
        ),
        *(f"{subject}.{act}" for subject in ("case", "incident") for act in ("held", "hold_lifted")),
        *(f"custody.{kind}" for kind in CustodyKind),
        *("diversion.recorded", "exhibit.recorded", "finding.reviewed", "finding.overridden"),
        *(f"evidence.{act}" for act in ("announced", "received", "refused", "quarantined", "inspected", "withdrawn")),
        *(
            f"evidence.{act}"
            for act in ("damaged", "whole_again", "previewed", "preview_damaged", "released", "viewed")
        ),
        *(f"incident.{act}" for act in ("recorded", "amended", "voided", "caveats_set", "exported", "released")),
        *("marks.read", "marks.searched", "marks.settled", "note.written", "work.handed_over"),
        *(f"obligation.{act}" for act in ("arisen", "assigned", "changed", "discharged", "not_owed", "reminded")),
        *(
            f"referral.{act}"
            for act in ("opened", "amended", "checked", "approved", "issued", "tells_of", "superseded")
        ),
        *(
            f"referral.{act}"
            for act in ("dispatch_queued", "dispatched", "dispatch_failed", "link_made", "link_revoked")
        ),
        *(f"referral.{act}" for act in ("answered", "clarified", "reminded", "fell_silent", "withdrawn")),
        *(f"screening.{act}" for act in ("done", "changed", "failed")),
        *(f"sharing.{act}" for act in ("granted", "ended", "same_event", "put_into_operation", "released")),
        *(f"task.{act}" for act in ("made", "amended", "ended", "proposed")),
        *(f"{what}{VIEWED}" for what in Viewed),
    }
)
# What another agency's reader is told of: not with whom else the record is shared, nor into which case it went.
TOLD_TO_OTHERS: Final = ("incident.", "screening.", "finding.")
# Nor to whom a copy of it went, or as part of which case.
LET_OUT: Final = (".exported", ".released")
# How an agency deals out its work is nobody else's affair, nor which of its cases became one.
OF_THE_OWNER: Final = ("work.", "task.", "case.merged")
# What is written in a case, of which whoever is not cleared for all of its incidents is told nothing.
OF_THE_ROOM: Final = ("task.", "note.")
# Of these the sides of the change are the whole record.
OF_THE_RECORD: Final = frozenset({"incident.recorded", "incident.amended"})
NOMINAL: Final = ("evidence.", "custody.")
# How the reader sees each incident that is told of, by its key.
Sights = Mapping[int, Sight]
AT_ONCE: Final = 500


def history_of_incident(incident: Incident, sight: Sight, *, reader: Officer, views: bool) -> list[dict[str, Any]]:
    """Return every act on the incident and on what hangs from it that the reader may see, oldest first."""
    acts = _readable(incident.audit_entries.all(), incident.agency_id, reader, views=views)
    return _seen([_shown(entry) for entry in acts], sight)


def history_of_referral(referral: Referral, *, reader: Officer, views: bool) -> list[dict[str, Any]]:
    """Return every act on the referral, oldest first."""
    acts = referral.incident.audit_entries.filter(object_type="referral", object_reference=referral.reference)
    return [_shown(entry) for entry in _readable(acts, referral.agency_id, reader, views=views)]


def history_of_contact(acts: QuerySet[AuditEntry], *, reader: Officer) -> list[dict[str, Any]]:
    """Return every act on a desk that all agencies share, oldest first; officers of other agencies are not named."""
    unnamed = {"officer": None, "through": None, "on_behalf_of": None}
    return [
        _shown(entry) | ({} if entry.agency_id == reader.agency_id else unnamed)
        for entry in acts.select_related("officer", "link").order_by("pk")
    ]


def history_of_case(
    case: Case, sights: Sights, *, reader: Officer, views: bool, with_work: bool
) -> list[dict[str, Any]]:
    """Return every act on the case and on those of its incidents that the reader may know of, oldest first."""
    acts = list(_readable(_acts_in(case, sights, with_work=with_work), case.agency_id, reader, views=views))
    by_incident: dict[int | None, list[AuditEntry]] = {}
    for entry in acts:
        by_incident.setdefault(entry.incident_id, []).append(entry)
    seen: dict[int, dict[str, Any]] = {}
    for incident_id, entries in by_incident.items():
        sight = UNHINDERED if incident_id is None else sights.get(incident_id)
        if sight is None:
            continue
        told = [entry for entry in entries if sight.is_own or entry.action.startswith(TOLD_TO_OTHERS)]
        shown = _seen([_shown(entry) for entry in told], sight)
        seen.update({entry.pk: document for entry, document in zip(told, shown, strict=True)})
    return [seen[entry.pk] for entry in acts if entry.pk in seen]


def exported_history(case: Case, sights: Sights, *, reader: Officer, views: bool, with_work: bool) -> Iterator[str]:
    """Yield the case's history a line at a time: each act with the text that its link covers, then the signed head.

    SHA-256 over `previous`, a line end and `text` gives `digest`; of each value in `covered` the text holds the digest,
    over the salt, the value's name and the value, a line end between them. Only acts that the reader may see as they
    are can be proved so: of other incidents none is exported.
    """
    whole = {incident_id: sight for incident_id, sight in sights.items() if sight == UNHINDERED}
    acts = _readable(_acts_in(case, whole, with_work=with_work), case.agency_id, reader, views=views)
    for entry in acts.iterator(chunk_size=AT_ONCE):
        link = _link_of(entry)
        text = {"previous": link.previous if link else None, "text": text_of_entry(columns_of(entry))}
        yield canonical_json({**_shown(entry), **text, "covered": covered_by(entry)})
    head = AuditHead.objects.order_by("-position").first()
    yield canonical_json({"head": None if head is None else json.loads(head_of(head).line)})


def released_history(case: Case, sights: Sights, *, level: RedactionLevel) -> Iterator[str]:
    """Yield the case's history as a level below full shows it: what was done to what, when, and where in the chain.

    Who did it, why and with which values is left out: earlier spellings of names stand there.
    """
    own = [incident_id for incident_id, sight in sights.items() if sight.is_own]
    acts = AuditEntry.objects.filter(Q(case=case) | Q(incident__in=own)).exclude(action__endswith=VIEWED)
    yield canonical_json({"redaction": level, "withheld": [WithheldFact.OFFICERS, WithheldFact.AUDIT]})
    for entry in acts.select_related("officer", "link").order_by("pk").iterator(chunk_size=AT_ONCE):
        shown = _shown(entry)
        yield canonical_json({name: shown[name] for name in ("at", "action", "object", "link")})


def _acts_in(case: Case, sights: Sights, *, with_work: bool) -> QuerySet[AuditEntry]:
    acts = AuditEntry.objects.filter(Q(case=case) | Q(incident__in=list(sights)))
    return acts if with_work else _without(acts, OF_THE_ROOM)


def _without(acts: QuerySet[AuditEntry], beginnings: Iterable[str]) -> QuerySet[AuditEntry]:
    for beginning in beginnings:
        acts = acts.exclude(action__startswith=beginning)
    return acts


def _seen(entries: list[dict[str, Any]], sight: Sight) -> list[dict[str, Any]]:
    """Return the acts on one incident as a reader with that sight may see them."""
    if not sight.is_own:
        told = [entry for entry in entries if entry["action"].startswith(TOLD_TO_OTHERS)]
        entries = [entry for entry in told if not entry["action"].endswith(LET_OUT)]
    if not sight.with_nominal:
        # The name of a file, and who held or witnessed what, may be a person's.
        entries = [entry | {"change": {}} if entry["action"].startswith(NOMINAL) else entry for entry in entries]
    changes = [entry["change"] for entry in entries if entry["action"] in OF_THE_RECORD]
    names = set().union(*map(_names_in, changes))
    return [sight.of(entry, names) for entry in entries]


def _names_in(change: dict[str, Any]) -> set[str]:
    """Return the names in the record before and after a change: an earlier spelling is a name, too."""
    sides = (change.get(side) for side in ("before", "after"))
    return {name for side in sides if isinstance(side, dict) for name in nominal_names(side)}


def _readable(acts: QuerySet[AuditEntry], owner: int, reader: Officer, *, views: bool) -> QuerySet[AuditEntry]:
    """Who read a record is told to the agency that owns it; others are told of their own officers only."""
    if reader.agency_id != owner:
        acts = _without(acts, OF_THE_OWNER)
    if not views:
        acts = acts.exclude(action__endswith=VIEWED)
    elif reader.agency_id != owner:
        acts = acts.exclude(Q(action__endswith=VIEWED) & ~Q(agency_id=reader.agency_id))
    return acts.select_related("officer", "link").order_by("pk")


def _link_of(entry: AuditEntry) -> AuditLink | None:
    return getattr(entry, "link", None)


def _shown(entry: AuditEntry) -> dict[str, Any]:
    link = _link_of(entry)
    return {
        "at": entry.recorded_at.isoformat(),
        "officer": None if entry.officer is None else entry.officer.username,
        "through": entry.through or None,
        "on_behalf_of": entry.on_behalf_of or None,
        "action": entry.action,
        "object": {"type": entry.object_type, "reference": entry.object_reference},
        "reason": entry.reason or None,
        "change": json.loads(entry.payload),
        "link": None if link is None else {"position": link.position, "digest": link.digest},
    }
