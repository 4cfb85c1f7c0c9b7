"""Importing an edition of a list of designated parties."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction

from cases.lists.changes import ListChanges, changed_parties
from cases.lists.designating import edition_order, state_digest
from cases.lists.entries import ListEdition, ListedParty
from cases.lists.errors import refused
from cases.lists.reading import read_list
from cases.lists.stored import party_text, text_digest
from cases.models import DesignatedParty, ListVersion
from cases.queries.designations import editions_of
from cases.services.write_audit_entry import write_audit_entry

# Two imports at once would each take the other's edition for missing; any number will do.
IMPORT_LOCK: Final = 1_267_001
# A committee removes a few at a time; a list that lost more was cut short, whatever its brackets say.
MOST_REMOVED: Final = 0.2
FEWEST_REMOVED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedList:
    """What an import came to: the edition, whether it is new, and what it changed against the one before it in time."""

    version: ListVersion
    is_new: bool
    changes: ListChanges


def import_list(
    *,
    content: bytes,
    file_name: str,
    imported_at: datetime,
    generated_on: date | None = None,
    accept_removals: bool = False,
) -> ImportedList:
    """Keep the edition that the file holds, or leave everything as it is when the file was imported before.

    ``generated_on`` dates a list that does not say its day; ``accept_removals`` takes an edition from which an unusual
    number of entries is gone. Raises ListRefused, and then the editions before stay in force.
    """
    edition = read_list(content, file_name=file_name, generated_on=generated_on)
    if edition.generated_on > imported_at.date() + timedelta(days=1):
        raise refused(f"The list says that it was generated on {edition.generated_on}, which is yet to come.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
        known = ListVersion.objects.filter(digest=edition.digest).first()
        if known is not None:
            return ImportedList(version=known, is_new=False, changes=ListChanges())
        before = _edition_before(edition)
        changes = changed_parties(before, edition)
        if before is not None and not accept_removals:
            _refuse_loss(before, changes)
        version = _write(edition, changes, imported_at, is_first=before is None)
        write_audit_entry(
            action="list.imported",
            subject=version,
            at=imported_at,
            by=None,
            change={"after": {"list": str(version), "digest": version.digest, **version.counts}},
        )
    return ImportedList(version=version, is_new=True, changes=changes)


def _edition_before(edition: ListEdition) -> ListEdition | None:
    """Return the newest loaded edition of the list that is older than this one."""
    rows = ListVersion.objects.filter(name=edition.name, generated_on__lte=edition.generated_on)
    older = [row for row in rows if edition_order(row) < edition_order(edition)]
    return editions_of([max(older, key=edition_order)])[0] if older else None


def _refuse_loss(before: ListEdition, changes: ListChanges) -> None:
    gone = len(changes.removed)
    if gone > max(FEWEST_REMOVED, MOST_REMOVED * len(before.parties)):
        raise refused(
            f"{gone} of {len(before.parties)} entries of the edition of {before.generated_on} are missing: the file "
            "looks cut short. If the committees did remove so many, import it with --accept-removals."
        )


def _write(edition: ListEdition, changes: ListChanges, at: datetime, *, is_first: bool) -> ListVersion:
    others = ListVersion.objects.filter(name=edition.name).values_list("digest", flat=True)
    kinds = [party.kind for party in edition.parties]
    version = ListVersion.objects.create(
        name=edition.name,
        generated_on=edition.generated_on,
        generated_at=edition.generated_at,
        dated_by=edition.dated_by,
        digest=edition.digest,
        state_digest=state_digest([*others, edition.digest]),
        loaded_at=at,
        counts={"parties": len(kinds), **{kind: kinds.count(kind) for kind in sorted({*kinds})}, **changes.counts()},
        # Of the first edition everybody is new, which says nothing.
        changes={} if is_first else changes.document(),
    )
    version.parties.add(*_rows(edition))
    return version


def _rows(edition: ListEdition) -> list[DesignatedParty]:
    """Return the rows of the edition's entries; what an earlier edition says in the same words is not kept twice."""
    texts = {text_digest(text): (text, party) for party in edition.parties for text in (party_text(party),)}
    of_list = DesignatedParty.objects.filter(list_name=edition.name)
    known = {*of_list.filter(digest__in=texts).values_list("digest", flat=True)}
    DesignatedParty.objects.bulk_create(
        _row(edition.name, digest, text, party) for digest, (text, party) in texts.items() if digest not in known
    )
    return list(of_list.filter(digest__in=texts).only("pk"))


def _row(list_name: str, digest: str, text: str, party: ListedParty) -> DesignatedParty:
    return DesignatedParty(
        list_name=list_name,
        reference_number=party.reference_number,
        kind=party.kind,
        list_type=party.list_type,
        name=party.name,
        listed_on=party.listed_on,
        names=[name.text for name in party.names],
        document=text,
        digest=digest,
    )
