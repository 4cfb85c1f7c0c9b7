"""Published statistics: what was published before, and how a revision came about, as far as a reader may know."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from cases.models import Agency, Incident, PublishedStatistic
from cases.statistics.publication import changes_shown, counted_of, incident_of, lines_moved
from cases.statistics.suppression import Published
from cases.statistics.tables import CellName

Document = dict[str, Any]


def published_before(agency: Agency, years: tuple[int, int] | None) -> Mapping[int, list[Published[CellName]]]:
    """Return what the agency has published of each year, oldest first: of all statistics, which share cells."""
    found = PublishedStatistic.objects.filter(agency=agency)
    if years is not None:
        found = found.filter(year__range=years)
    by_year: dict[int, list[Published[CellName]]] = defaultdict(list)
    for year, counted in found.order_by("published_at", "pk").values_list("year", "counted"):
        by_year[year].append(counted_of(counted).published)
    return by_year


def find_last_publication(agency: Agency, name: str, year: int) -> PublishedStatistic | None:
    """Return the latest publication of that statistic and year."""
    return PublishedStatistic.objects.filter(agency=agency, name=name, year=year).order_by("-revision").first()


def publication_rows(published: QuerySet[PublishedStatistic]) -> QuerySet[PublishedStatistic]:
    """Return publications with what a list shows of each, and nothing of what is heavy."""
    return published.select_related("published_by").defer("document", "workbook", "counted")


def row_of_publication(row: PublishedStatistic) -> Document:
    """Return a publication as a list shows it."""
    return {
        "reference": row.reference,
        "statistic": row.name,
        "year": row.year,
        "revision": row.revision,
        "cut_off": row.cut_off,
        "smallest_cell_shown": row.smallest_cell_shown,
        "rulebook": {"version": row.rulebook_version, "digest": row.rulebook_digest},
        "sha256": row.sha256,
        "workbook_sha256": row.workbook_sha256,
        "published_at": row.published_at,
        "published_by": row.published_by.username,
        "reason": row.reason,
    }


def document_of_publication(row: PublishedStatistic, known: QuerySet[Incident]) -> Document:
    """Return a publication with what it changed, and by which lines of the incidents that the reader may know of."""
    before = _revised(row)
    return row_of_publication(row) | {
        "revises": before and before.reference,
        "changes": [] if before is None else _changes(before, row, known),
    }


def _revised(row: PublishedStatistic) -> PublishedStatistic | None:
    earlier = PublishedStatistic.objects.filter(agency=row.agency_id, name=row.name, year=row.year)
    return earlier.filter(revision=row.revision - 1).first()


def _changes(before: PublishedStatistic, after: PublishedStatistic, known: QuerySet[Incident]) -> list[Document]:
    """Return the changes as published and, of other cells, those behind which lines moved that the reader may know."""
    old, new = counted_of(before.counted), counted_of(after.counted)
    moved = list(lines_moved(old, new))
    named = {incident_of(line) for each in moved for lines in each[1:] for line in lines}
    may_know = set(known.filter(reference__in=named).values_list("reference", flat=True))
    changes = {each.name: each.document() | _NO_LINES for each in changes_shown(old.published, new.published)}
    for each in moved:
        kinds = {"added": each.added, "removed": each.removed, "recounted": each.recounted}
        seen = {kind: [line for line in lines if incident_of(line) in may_know] for kind, lines in kinds.items()}
        if each.name in changes or any(seen.values()):
            changes.setdefault(each.name, _unchanged(new.published, each.name)).update(seen)
    return [changes[name] for name in sorted(changes)]


_NO_LINES: Document = {"added": [], "removed": [], "recounted": []}


def _unchanged(published: Published[CellName], name: CellName) -> Document:
    table, key, column = name
    shown = published.cells[name] if name in published.shown else None
    return {"table": table, "key": key, "column": column, "before": shown, "after": shown}
