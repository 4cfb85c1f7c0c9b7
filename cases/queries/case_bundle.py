"""What a case's bundle holds, part by part, read together from the rows."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from importlib.metadata import version
from typing import Any

from django.db.models import QuerySet

from cases.bundle.packing import BundleFile
from cases.canonical import canonical_json
from cases.choices import RunStatus
from cases.documents import render_referral
from cases.erasure import ERASED_FACTS
from cases.models import (
    AuditEntry,
    AuditLink,
    Case,
    CaseNote,
    CaseTask,
    CustodyEvent,
    CustodyNominal,
    Evidence,
    Incident,
    Officer,
    Referral,
    ScreenedFacts,
    ScreeningRun,
)
from cases.queries.audit_text import columns_of, covered_by, text_of_entry
from cases.queries.case_rows import case_rows, document_of_case
from cases.queries.case_work import document_of_note, documents_of_tasks, note_rows, task_rows
from cases.queries.custody import document_of_exhibit, exhibit_rows
from cases.queries.evidence_rows import document_of_evidence, evidence_rows
from cases.queries.incident_document import document_of_incident
from cases.queries.letter_exhibits import pictures_of
from cases.queries.referral_content import referral_content
from cases.queries.referral_rows import document_of_referral, referral_rows
from cases.queries.stored_blocks import stored_blocks
from cases.row_scope import everything

# Of a file whose bytes do not tell what it is.
UNTOLD_TYPE = "application/octet-stream"


def files_of_case(case: Case, incidents: Sequence[Incident]) -> list[BundleFile]:
    """Return every file of the bundle but those that every bundle has; `incidents` are those that may be told of."""
    known = Incident.objects.filter(pk__in=[incident.pk for incident in incidents])
    shown = document_of_case(case_rows(Case.objects.filter(agency=case.agency_id), known=known).get(pk=case.pk))
    files = [_document("case.json", shown)]
    for incident in incidents:
        files += record_part(incident)
        files += screening_part(incident)
        files += custody_part(incident)
        files += exhibit_part(incident)
        files += referral_part(incident, incidents)
    files += audit_part(case, incidents)
    files += evidence_part(incidents)
    return files


def work_part(tasks: QuerySet[CaseTask], notes: QuerySet[CaseNote], *, at: datetime) -> Iterator[BundleFile]:
    """Yield what was to be done in the case and what was noted, as far as whoever exports may read it."""
    rows = list(task_rows(tasks).order_by("pk"))
    if rows:
        yield _document("tasks.json", documents_of_tasks(rows, today=at.date(), with_nominal=True, translated=str))
    if noted := [document_of_note(row, is_read=True) for row in note_rows(notes).order_by("pk")]:
        yield _document("notes.json", noted)


def facts_of_export(
    case: Case, incidents: Sequence[Incident], *, officer: Officer, exported_at: datetime
) -> dict[str, Any]:
    """Return what the manifest says of the export: which case, by whom, when, and the versions it rests on."""
    done = ScreeningRun.objects.filter(incident__in=incidents, status=RunStatus.DONE).order_by("pk")
    rulebooks = {run.rulebook.version: run.rulebook.digest for run in done.select_related("rulebook") if run.rulebook}
    zones = dict(done.values_list("zones_version", "zones_digest"))
    return {
        "case": case.reference,
        "incidents": [incident.reference for incident in incidents],
        "exported_at": exported_at.isoformat(),
        "exported_by": officer.username,
        "agency": "" if officer.agency is None else officer.agency.name,
        "versions": {
            "cordon": version("cordon"),
            "rulebooks": dict(sorted(rulebooks.items())),
            "zones": dict(sorted(zones.items())),
        },
    }


def record_part(incident: Incident) -> Iterator[BundleFile]:
    """Yield the record as the API answers it."""
    yield _document(f"{_folder(incident)}/record.json", document_of_incident(incident))


def screening_part(incident: Incident) -> Iterator[BundleFile]:
    """Yield each result byte for byte as it was kept, and the facts that it rests on where they were kept too.

    Erased facts are not: their digest is gone, and with it what could be checked.
    """
    runs = incident.runs.filter(status=RunStatus.DONE).order_by("pk")
    digests = list(runs.values_list("facts_digest", flat=True))
    with everything():
        kept = ScreenedFacts.objects.filter(digest__in=digests).exclude(digest__startswith=ERASED_FACTS)
        # Facts are kept once for all incidents of which they are true, and shown by no policy.
        facts = dict(kept.values_list("digest", "text"))
    for run in runs:
        name = f"{_folder(incident)}/screening/run-{run.pk}"
        yield BundleFile.of_text(f"{name}.json", run.result)
        if run.facts_digest in facts:
            yield BundleFile.of_text(f"{name}.facts.json", facts[run.facts_digest])


def custody_part(incident: Incident) -> Iterator[BundleFile]:
    """Yield a file for each chain: the text that each digest covers, the digests, and the names as far as kept."""
    events = CustodyEvent.objects.filter(incident=incident).select_related("item", "exhibit", "nominal")
    chains: dict[str, list[dict[str, Any]]] = {}
    for event in events.order_by("item_id", "exhibit_id", "number"):
        name = f"exhibit:{event.exhibit.code}" if event.exhibit is not None else _name_of_item(event)
        nominal: CustodyNominal | None = getattr(event, "nominal", None)
        names = None if nominal is None else {"salt": nominal.salt, "text": nominal.text}
        link = {"text": event.text, "previous": event.previous, "digest": event.digest, "names": names}
        chains.setdefault(name, []).append(link)
    for name, links in chains.items():
        path = f"{_folder(incident)}/custody/{name.replace(':', '-')}.json"
        yield _document(path, {"subject": name, "events": links})


def exhibit_part(incident: Incident) -> Iterator[BundleFile]:
    """Yield the exhibits of the incident, where it has any."""
    rows = exhibit_rows(incident.exhibits.all()).order_by("pk")
    if exhibits := [document_of_exhibit(exhibit, incident=incident.reference) for exhibit in rows]:
        yield _document(f"{_folder(incident)}/exhibits.json", exhibits)


def referral_part(incident: Incident, incidents: Sequence[Incident]) -> Iterator[BundleFile]:
    """Yield each referral with its replies and, once issued, what it said to the letter, and the letter.

    One over several incidents stands with its leading one, where the bundle holds all of them.
    """
    letters = Referral.objects.telling_only_of(incidents).filter(incident=incident)
    for referral in referral_rows(letters).order_by("pk"):
        folder = f"{_folder(incident)}/referrals/{referral.reference}"
        yield _document(f"{folder}/referral.json", document_of_referral(referral))
        if referral.issued_content:
            yield BundleFile.of_text(f"{folder}/content.json", referral.issued_content)
            content = referral_content(referral)
            pictures = pictures_of(referral.told_incidents, content.all_photos)
            letter = render_referral(content, format="pdf", draft=False, pictures=pictures)
            yield BundleFile.of_bytes(f"{folder}/letter.pdf", letter, "application/pdf")


def audit_part(case: Case, incidents: Sequence[Incident]) -> Iterator[BundleFile]:
    """Yield the audit entries of the case itself and of each incident, one a line.

    `text` is what the entry's link covers, with digests of what is in `covered`; `position`, `previous` and `digest`
    are those of the link, and null for an entry that has none yet. A verifier computes all of them again.
    """
    entries = AuditEntry.objects.select_related("link").order_by("pk")
    yield _audit_file("audit.ndjson", entries.filter(case=case, incident__isnull=True))
    for incident in incidents:
        yield _audit_file(f"{_folder(incident)}/audit.ndjson", entries.filter(incident=incident))


def evidence_part(incidents: Sequence[Incident]) -> Iterator[BundleFile]:
    """Yield what is known of each file of evidence, and the file itself where its content may leave."""
    rows = evidence_rows(Evidence.objects.filter(incident__in=incidents)).order_by("pk")
    if not (known := list(rows)):
        return
    yield _document("evidence/index.json", [document_of_evidence(row, sees_content=True) for row in known])
    for row in known:
        if row.is_given_out and row.damaged_at is None:
            read = partial(stored_blocks, row)
            yield BundleFile(f"evidence/files/{row.uuid}", row.media_type or UNTOLD_TYPE, row.size_bytes, read)


def _audit_file(name: str, entries: QuerySet[AuditEntry]) -> BundleFile:
    lines = (canonical_json(_linked_entry(entry)) + "\n" for entry in entries)
    return BundleFile.of_text(name, "".join(lines), "application/x-ndjson")


def _linked_entry(entry: AuditEntry) -> dict[str, Any]:
    link: AuditLink | None = getattr(entry, "link", None)
    return {
        "position": None if link is None else link.position,
        "previous": None if link is None else link.previous,
        "digest": None if link is None else link.digest,
        "text": text_of_entry(columns_of(entry)),
        "payload": entry.payload,
        "covered": covered_by(entry),
    }


def _document(name: str, document: object) -> BundleFile:
    return BundleFile.of_text(name, json.dumps(document, ensure_ascii=False, default=str))


def _folder(incident: Incident) -> str:
    return f"incidents/{incident.reference}"


def _name_of_item(event: CustodyEvent) -> str:
    return "" if event.item is None else f"item:{event.item.item_uuid}"
