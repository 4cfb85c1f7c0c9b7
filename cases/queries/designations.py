"""The lists of designated parties as imported: their editions, and what the engine compares with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Max

from cases.errors import NotFound
from cases.lists.designating import designations_from
from cases.lists.entries import ListEdition, ListedParty
from cases.lists.stored import party_from_text
from cases.models import DesignatedParty, ListVersion
from cases.screening.designations import Designations


def current_designations() -> Designations:
    """Return the designated parties of all editions imported; the same object until another edition arrives.

    One short query tells a process that has run for days whether there is a newer edition.
    """
    newest = ListVersion.objects.values_list("name").annotate(newest=Max("pk")).order_by("name")
    return _designations_up_to(tuple(newest))


def designations_as_used(lists: Sequence[Mapping[str, str]]) -> Designations:
    """Return the designated parties as a result names its lists: what was imported of each when it was reached.

    Raises NotFound for a digest that no import of this installation came to.
    """
    return _designations_up_to(
        tuple(sorted((used["name"], _version_of_state(used["name"], used["digest"])) for used in lists))
    )


def list_editions(name: str, *, up_to: int | None = None) -> list[ListEdition]:
    """Return the editions of one list imported so far, or up to that row, in the order of import."""
    versions = ListVersion.objects.filter(name=name)
    if up_to is not None:
        versions = versions.filter(pk__lte=up_to)
    return editions_of(versions.order_by("pk"))


def editions_of(versions: Iterable[ListVersion]) -> list[ListEdition]:
    """Return these versions as they were read from their files."""
    rows = list(versions)
    members: dict[int, list[int]] = {row.pk: [] for row in rows}
    through = ListVersion.parties.through.objects.filter(listversion_id__in=members)
    for version_id, party_id in through.values_list("listversion_id", "designatedparty_id"):
        members[version_id].append(party_id)
    parties = _parties({party_id for ids in members.values() for party_id in ids})
    return [_edition(row, [parties[party_id] for party_id in members[row.pk]]) for row in rows]


def listed_parties(entries: Iterable[tuple[str, str]]) -> dict[tuple[str, str], ListedParty]:
    """Return what lists say of entries given as list and reference number, as it was imported last."""
    wanted = set(entries)
    rows = DesignatedParty.objects.filter(
        list_name__in={name for name, _ in wanted}, reference_number__in={number for _, number in wanted}
    )
    columns = rows.order_by("pk").values_list("list_name", "reference_number", "document")
    texts = {(name, number): text for name, number, text in columns if (name, number) in wanted}
    return {entry: party_from_text(text) for entry, text in texts.items()}


def newest_list_days() -> dict[str, date]:
    """Return the day of the newest edition of each list imported."""
    return dict(ListVersion.objects.values_list("name").annotate(newest=Max("generated_on")).order_by("name"))


def list_rows() -> list[dict[str, Any]]:
    """Return each list with its newest edition, how many are kept, and what the last import changed."""
    by_name: dict[str, list[ListVersion]] = {}
    for version in ListVersion.objects.order_by("name", "generated_on", "generated_at", "pk"):
        by_name.setdefault(version.name, []).append(version)
    return [_in_short(name, versions) for name, versions in by_name.items()]


def _in_short(name: str, versions: Sequence[ListVersion]) -> dict[str, Any]:
    last_import = max(versions, key=lambda version: version.pk)
    return {
        "name": name,
        "newest": _version_document(versions[-1]),
        "editions": len(versions),
        "oldest_generated_on": versions[0].generated_on.isoformat(),
        "last_import": {**_version_document(last_import), "changes": last_import.changes},
    }


def _version_document(version: ListVersion) -> dict[str, Any]:
    return {
        "generated_on": version.generated_on.isoformat(),
        "dated_by": version.dated_by,
        "digest": version.digest,
        "loaded_at": version.loaded_at.isoformat(),
        "counts": version.counts,
    }


# A worker that re-screens under an old state and then goes on needs two; more is memory for nothing.
@lru_cache(maxsize=3)
def _designations_up_to(newest: tuple[tuple[str, int], ...]) -> Designations:
    """Return the union of the editions of each list imported up to the row given with its name."""
    return designations_from(edition for name, up_to in newest for edition in list_editions(name, up_to=up_to))


def _version_of_state(name: str, digest: str) -> int:
    version = ListVersion.objects.filter(name=name, state_digest=digest).order_by("pk").first()
    if version is None:
        raise NotFound(thing=f"state {digest} of the list {name}")
    return version.pk


def _parties(ids: set[int]) -> dict[int, ListedParty]:
    rows = DesignatedParty.objects.filter(pk__in=ids).values_list("pk", "document")
    return {party_id: party_from_text(text) for party_id, text in rows}


def _edition(version: ListVersion, parties: Iterable[ListedParty]) -> ListEdition:
    return ListEdition(
        name=version.name,
        generated_on=version.generated_on,
        generated_at=version.generated_at,
        dated_by=version.dated_by,
        digest=version.digest,
        parties=tuple(sorted(parties, key=lambda party: party.reference_number)),
    )
