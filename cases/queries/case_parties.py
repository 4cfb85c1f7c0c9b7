"""The parties of a case's incidents, and its letters, as they are shown."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from cases.choices import PartyKind
from cases.models import Incident, PaperDocument, Party, Referral, ReferralQuerySet
from cases.tracing.case_links import folded_name
from cases.tracing.case_parties import Identifier, SameParty, Stated, same_parties

Document = dict[str, Any]


def parties_of(incidents: QuerySet[Incident], nominal: QuerySet[Incident]) -> list[Document]:
    """Return who stands in the incidents: one where an identifier is equal, else as each record states it.

    Where names may not be read, what says who a party is is left out, and nothing is merged by it.
    """
    named = set(nominal.filter(pk__in=incidents.values("pk")).values_list("pk", flat=True))
    rows = list(Party.objects.filter(incident__in=incidents).select_related("incident").defer("incident__as_sent"))
    papers = _papers([row.pk for row in rows if row.incident_id in named])
    by_place = {(row.incident.reference, row.position): row for row in rows}
    statements = [
        Stated(row.incident.reference, row.position, _identifiers(row, papers) if row.incident_id in named else _NONE)
        for row in rows
    ]
    return [_party(same, by_place, named) for same in same_parties(statements)]


_NONE: frozenset[Identifier] = frozenset()


def _papers(parties: Collection[int]) -> dict[int, list[PaperDocument]]:
    papers: dict[int, list[PaperDocument]] = {}
    for paper in PaperDocument.objects.filter(party__in=parties).exclude(number="").order_by("position"):
        papers.setdefault(paper.party_id or 0, []).append(paper)
    return papers


def _identifiers(row: Party, papers: dict[int, list[PaperDocument]]) -> frozenset[Identifier]:
    """Return the numbers of a party; a number counts within its kind and the State that gave it."""
    of_papers = {Identifier(each.kind, each.country, folded_name(each.number)) for each in papers.get(row.pk, ())}
    if row.registration_number:
        of_papers.add(Identifier("registration_number", row.country, folded_name(row.registration_number)))
    return frozenset(of_papers)


def _party(same: SameParty, rows: dict[tuple[str, int], Party], named: Collection[int]) -> Document:
    return {
        "merged_by": [
            {"kind": each.kind, "country": each.country or None, "number": each.number} for each in same.merged_by
        ],
        "stated": [_stated(rows[each.incident, each.position], named) for each in same.stated],
    }


def _stated(row: Party, named: Collection[int]) -> Document:
    is_named = row.incident_id in named or row.kind == PartyKind.VESSEL
    who = {"name": row.name or None, "name_original": row.name_original or None, "aliases": row.aliases}
    return {
        "incident": row.incident.reference,
        "position": row.position,
        "role": row.role or None,
        "kind": row.kind or None,
        "country": row.country or None,
        "status": row.status or None,
        **(who if is_named else {"name": None, "name_original": None, "aliases": []}),
        "names_withheld": not is_named,
    }


def letters_of(referrals: ReferralQuerySet, incidents: QuerySet[Incident]) -> QuerySet[Referral]:
    """Return the letters on a case's incidents, with what is shown of each."""
    rows = referrals.telling_of(incidents).select_related("incident")
    return rows.defer("issued_content", "incident__as_sent").prefetch_related("lines", "further__incident", "replies")


def document_of_letter(row: Referral) -> Document:
    """Return a letter that `letters_of` has read: whom it asks, and how it stands."""
    replies = sorted(row.replies.all(), key=lambda reply: reply.pk)
    return {
        "reference": row.reference,
        "letter_number": row.letter_number or None,
        "incident": row.incident.reference,
        "further_incidents": [incident.reference for incident in row.told_incidents[1:]],
        "kind": row.kind,
        "country": row.addressee_country,
        "state": row.state,
        "items": len(row.lines.all()),
        "opened_at": row.opened_at,
        "issued_at": row.issued_at,
        "reply_requested_by": row.reply_requested_by,
        "replies": [{"state": reply.state, "received_at": reply.received_at} for reply in replies],
    }
