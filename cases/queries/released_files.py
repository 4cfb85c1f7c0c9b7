"""What a released copy of a case holds: each record and letter as its redaction level shows it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cases.bundle.packing import BundleFile
from cases.choices import RedactionLevel, WithheldFact
from cases.documents import render_referral
from cases.models import Evidence, Incident, Referral
from cases.queries.incident_document import document_of_incident
from cases.queries.letter_exhibits import pictures_of
from cases.queries.referral_content import referral_content
from cases.redaction_levels import PICTURES, released_record

# Never in a released copy: they name officers and hold earlier states of the record.
ALWAYS_WITHHELD = frozenset({WithheldFact.AUDIT, WithheldFact.CUSTODY, WithheldFact.SCREENING})


def released_files(
    incident: Incident, incidents: Sequence[Incident], level: RedactionLevel
) -> tuple[list[BundleFile], frozenset[WithheldFact]]:
    """Return the record and the letters that went out on it, and which kinds of facts are left out of them.

    `incidents` are all that the copy holds: a letter that tells of another is none of it.
    """
    record = released_record(document_of_incident(incident), level)
    folder = f"incidents/{incident.reference}"
    files = [_document(f"{folder}/record.json", record.document)]
    withheld = record.withheld
    for referral in _released_letters(incident, incidents, level):
        content = referral_content(referral, level=level)
        withheld |= {WithheldFact(entry.what) for entry in content.withheld}
        pictures = pictures_of(referral.told_incidents, content.all_photos)
        for form, media_type in (("json", "application/json"), ("pdf", "application/pdf")):
            letter = render_referral(content, format=form, draft=False, pictures=pictures)
            files.append(BundleFile.of_bytes(f"{folder}/referrals/{referral.reference}.{form}", letter, media_type))
    return files, withheld


def pictures_to_release(incidents: Sequence[Incident], level: RedactionLevel) -> Iterator[Evidence]:
    """Yield the evidence of which a copy may be drawn for that level."""
    shown = [kind for kind, until in PICTURES.items() if level.rank <= until.rank]
    for evidence in Evidence.objects.filter(incident__in=incidents, kind__in=shown).order_by("pk"):
        if evidence.is_given_out and evidence.withdrawn_at is None:
            yield evidence


def statement_of(
    level: RedactionLevel, withheld: Iterable[WithheldFact], incidents: Sequence[Incident]
) -> Mapping[str, Any]:
    """Return what the copy says of itself: its level, and which kinds of facts it leaves out."""
    kinds = {*withheld, *ALWAYS_WITHHELD}
    return {
        "redaction": level.value,
        "withheld": [fact.value for fact in WithheldFact if fact in kinds],
        "incidents": [incident.reference for incident in incidents],
    }


def _released_letters(incident: Incident, incidents: Sequence[Incident], level: RedactionLevel) -> Iterator[Referral]:
    """Yield the letters that were issued at this level or one that shows more."""
    letters = Referral.objects.telling_only_of(incidents).filter(incident=incident).exclude(issued_content="")
    for referral in letters.select_related("incident", "agency").order_by("pk"):
        if level.rank >= referral.level.rank:
            yield referral


def _document(name: str, document: object) -> BundleFile:
    return BundleFile.of_text(name, json.dumps(document, ensure_ascii=False, default=str))
