"""Writing a note in a case."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import CaseMerged
from cases.models import Case, CaseNote, Officer
from cases.services.next_reference import next_reference
from cases.services.write_audit_entry import write_audit_entry


def write_note(*, officer: Officer, case: Case, text: str, corrects: CaseNote | None, written_at: datetime) -> CaseNote:
    """Add a note that stands as it is written; one that corrects another names it. A closed case takes notes still.

    Raises CaseMerged where the case goes on in another.
    """
    access.require_on_case(officer, access.RECORD, case)
    with transaction.atomic():
        row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if row.merged_into_id is not None:
            raise CaseMerged(reference=row.reference)
        note = CaseNote.objects.create(
            reference=next_reference(prefix="NOTE", year=written_at.year),
            case=row,
            text=text,
            corrects=corrects,
            written_at=written_at,
            written_by=officer,
        )
        change = {"after": {"corrects": None if corrects is None else corrects.reference}}
        write_audit_entry(action="note.written", subject=note, at=written_at, by=officer, change=change)
    return note
