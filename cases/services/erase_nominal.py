"""Erasing who is named in an incident."""

import json
import secrets
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from cases.canonical import canonical_json
from cases.choices import PartyKind, RecordClass
from cases.differences import digest_of
from cases.erasure import ERASED_FACTS, Erasing
from cases.errors import OnHold
from cases.facts_document import facts_from_text
from cases.intake.incident import DraftSubmission
from cases.models import (
    AuditEntry,
    CurrentScreening,
    CustodyNominal,
    Finding,
    IdempotencyRecord,
    Incident,
    Referral,
    RememberedName,
    SavedFilter,
    ScreenedFacts,
    ScreeningRun,
)
from cases.queries.audit_text import ERASABLE
from cases.queries.incident_document import record_of_incident
from cases.queries.nominal_rows import entries_about, names_elsewhere, rows_about, versions_of_record
from cases.queries.referral_content import digest_of_letter
from cases.queries.retention import is_held
from cases.screening.names.readings import read_name
from cases.search_terms import search_terms
from cases.services.erase_rows import change_row, erase_from_entries, erase_from_rows
from cases.services.keep_placements import keep_placements
from cases.services.write_incident_rows import incident_columns, write_incident_rows


def erase_nominal(*, incident: Incident, erased_at: datetime) -> AuditEntry:
    """Erase names, papers and addresses of persons from the record and wherever else they went; raises OnHold.

    What stays says that something was erased, when and under which class. Results keep what they found; they are not
    reached again from their facts. Nothing of it can be undone.
    """
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=incident.pk)
        if is_held(incident):
            raise OnHold
        entries = list(entries_about(incident))
        erasing = Erasing(
            versions_of_record(incident, entries),
            names_elsewhere(incident),
            on=erased_at.date(),
            of=RecordClass.NOMINAL_DATA,
        )
        teller = erase_from_entries(
            entries=entries,
            left_of=dict.fromkeys(ERASABLE, erasing.text),
            subject=incident,
            record_class=RecordClass.NOMINAL_DATA,
            erased_at=erased_at,
        )
        _erase_record(incident, erasing, erased_at)
        CustodyNominal.objects.filter(event__incident=incident).delete()
        letters = _letters_as_issued(incident)
        erase_from_rows(rows=rows_about(incident), erasing=erasing)
        _take_digests_anew(incident, letters)
        _erase_screening(incident, erasing)
        _forget(incident, erasing)
    return teller


def _erase_record(incident: Incident, erasing: Erasing, at: datetime) -> None:
    record = erasing.record(record_of_incident(incident))
    submission = DraftSubmission.model_validate(record)
    columns = incident_columns(submission) | {"as_sent": record, "void_reason": erasing.text(incident.void_reason)}
    for name, value in columns.items():
        setattr(incident, name, value)
    incident.nominal_erased_on = at.date()
    incident.version += 1
    incident.save()
    write_incident_rows(incident=incident, submission=submission)
    keep_placements(incident_ids=[incident.pk])


def _letters_as_issued(incident: Incident) -> list[int]:
    """Return the letters whose digests hold: one that was changed is not to pass for whole afterwards."""
    letters = Referral.objects.telling_of([incident]).exclude(issued_content="")
    return [letter.pk for letter in letters if digest_of_letter(letter.issued_content) == letter.issued_sha256]


def _take_digests_anew(incident: Incident, letters: list[int]) -> None:
    """Let the digests hold for what stands: those of what was issued or checked would show whether a guess is right."""
    for letter in Referral.objects.filter(pk__in=letters):
        change_row(row=letter, columns={"issued_sha256": digest_of_letter(letter.issued_content)})
    # What was checked and not issued yet no longer says the same; it is checked again.
    Referral.objects.telling_of([incident]).exclude(checked_sha256="").update(checked_sha256="erased")


def _erase_screening(incident: Incident, erasing: Erasing) -> None:
    """Take the names out of facts, results and findings; the facts get a name of their own in the place of a digest."""
    current = CurrentScreening.objects.filter(incident=incident).first()
    runs = list(ScreeningRun.objects.filter(incident=incident).order_by("pk"))
    digests = {run.facts_digest for run in runs if run.facts_digest}
    # A digest of all facts would show whether a guessed name is the right one.
    names = {digest: ERASED_FACTS + secrets.token_hex(16) for digest in sorted(digests)}
    for facts in ScreenedFacts.objects.filter(digest__in=digests):
        change_row(row=facts, columns={"digest": names[facts.digest], "text": erasing.text(facts.text)})
    for run in runs:
        result = erasing.text(run.result)
        if run.facts_digest:
            result = canonical_json(json.loads(result) | {"facts_digest": names[run.facts_digest]}) if result else ""
        digest = names.get(run.facts_digest, "")
        change_row(row=run, columns={"result": result, "error": erasing.text(run.error), "facts_digest": digest})
    for finding in Finding.objects.filter(incident=incident):
        document = erasing.value(finding.document)
        change_row(row=finding, columns={"document": document, "digest": digest_of(document)})
    if current is not None:
        terms = search_terms(facts_from_text(ScreenedFacts.objects.get(pk=current.facts_id).text))
        change_row(row=current, columns={"terms": list(terms.terms), "names": list(terms.names)})


def _forget(incident: Incident, erasing: Erasing) -> None:
    """Drop what was kept to spare work: answers to repeated requests, names compared, filters that ask for a name."""
    told = Q(path__contains=incident.reference) | Q(response_body__contains=incident.reference)
    IdempotencyRecord.objects.filter(told).delete()
    asking = SavedFilter.objects.iterator(chunk_size=500)
    named = [row.pk for row in asking if erasing.value([row.name, row.asked]) != [row.name, row.asked]]
    SavedFilter.objects.filter(pk__in=named).delete()
    keys = {f"{kind.value}:{read_name(name, kind.value).key}" for name in erasing.values for kind in PartyKind}
    if keys:
        RememberedName.objects.filter(reduce(or_, (Q(asked__contains=key) for key in sorted(keys)))).delete()
