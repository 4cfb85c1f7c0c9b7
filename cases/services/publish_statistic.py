"""Publishing a statistic."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from cases import access
from cases.errors import NothingToRevise, RevisionTellsTooMuch
from cases.models import Agency, Officer, PublishedStatistic
from cases.queries.published_statistics import find_last_publication
from cases.queries.rulebooks import current_rulebook
from cases.queries.statistics import Asked, ToPublish, to_publish
from cases.services.next_reference import next_reference
from cases.services.write_audit_entry import write_audit_entry
from cases.statistics.publication import changes_shown, counted_of, kept_of, withholds_more
from cases.statistics.tables import Tally
from cases.statistics.workbook import workbook

NOTED = ("reference", "statistic", "year", "country", "revision", "revises", "cut_off", "smallest_cell_shown")


def publish_statistic(
    *, officer: Officer, name: str, year: int, cut_off: datetime, reason: str, published_at: datetime
) -> PublishedStatistic:
    """Keep a statistic of one year as everybody may hold it from now on; of a year published before, a revision.

    Raises NotAllowed without the right to export, NothingToPublish of a year without records, NothingToRevise where
    the figures are those of the last publication, and RevisionTellsTooMuch where they would tell of single cases.
    """
    agency = access.require(officer, access.EXPORT)
    with transaction.atomic():
        # One publication of an agency after another: each is weighed against all before it.
        Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
        asked = Asked(
            known=access.incidents_for(officer), agency=agency, years=(year, year), cut_off=cut_off, release=True
        )
        figures, last = to_publish(name, asked, year=year), find_last_publication(agency, name, year)
        if last is not None:
            _check_revision(last, figures.counted)
        published = _published(agency, name, figures, last, asked)
        published.published_at, published.published_by, published.reason = published_at, officer, reason
        published.save(force_insert=True)
        told = {"statistic": name, "year": year, "revision": published.revision, "sha256": published.sha256}
        write_audit_entry(
            action="statistic.published",
            subject=published,
            at=published_at,
            by=officer,
            reason=reason,
            change={"after": told | {"cut_off": cut_off.isoformat()}},
        )
    return published


def _check_revision(last: PublishedStatistic, counted: Tally) -> None:
    before = counted_of(last.counted).published
    if not changes_shown(before, counted.published):
        raise NothingToRevise(reference=last.reference)
    if withholds_more(before, counted.published):
        raise RevisionTellsTooMuch


def _published(
    agency: Agency, name: str, figures: ToPublish, last: PublishedStatistic | None, asked: Asked
) -> PublishedStatistic:
    rulebook = current_rulebook()
    year = figures.document["year"]
    changes = changes_shown(counted_of(last.counted).published, figures.counted.published) if last else []
    document: dict[str, Any] = {
        "reference": next_reference(prefix="STAT", year=asked.cut_off.year),
        "statistic": name,
        "revision": 1 if last is None else last.revision + 1,
        "revises": None if last is None else {"reference": last.reference, "sha256": last.sha256},
        "country": agency.country,
        "cut_off": asked.cut_off.isoformat(),
        "smallest_cell_shown": settings.SMALLEST_CELL_SHOWN,
        "rulebook": {"version": rulebook.version, "digest": rulebook.digest},
        **figures.document,
        "changes": [change.document() for change in changes],
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    book = workbook(document, [(key, _noted(document[key])) for key in NOTED])
    return PublishedStatistic(
        agency=agency,
        reference=document["reference"],
        name=name,
        year=year,
        revision=document["revision"],
        cut_off=asked.cut_off,
        smallest_cell_shown=settings.SMALLEST_CELL_SHOWN,
        rulebook_version=rulebook.version,
        rulebook_digest=rulebook.digest,
        document=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        workbook=book,
        workbook_sha256=hashlib.sha256(book).hexdigest(),
        counted=kept_of(figures.counted),
    )


def _noted(value: Any) -> str:
    return value["reference"] if isinstance(value, dict) else str(value)
