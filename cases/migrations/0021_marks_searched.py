"""Marks in the form in which they are searched, the function that brings them up, and who asked about whose."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, ClassVar

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cases.migrations import _marks_meeting, _policies
from cases.tracing.mark_search import keys_of
from cases.tracing.mark_text import read_mark

AT_ONCE = 2_000
PARTIAL = frozenset({"partial", "obliterated"})

# Behind a policy no index answers (see _marks_meeting): this one table does not force it on the owner.
MEETING = f"ALTER TABLE cases_foldedmark NO FORCE ROW LEVEL SECURITY; {_marks_meeting.KEYS_ALONE}"

GUARD = "".join(_policies.guarding(guarded) for guarded in _policies.OF_MARKS) + MEETING
UNDO = """
DROP FUNCTION cases_marks_meeting;
ALTER TABLE cases_foldedmark FORCE ROW LEVEL SECURITY;
""" + "".join(_policies.unguarding(guarded) for guarded in _policies.OF_MARKS)

def fold_all(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Keep the marks of existing items for search."""
    item_model, mark_model = apps.get_model("cases", "SeizedItem"), apps.get_model("cases", "FoldedMark")
    items = item_model.objects.select_related("ammunition").prefetch_related("marks").order_by("pk")
    rows = (mark_model(**columns) for item in items.iterator(AT_ONCE) for columns in _folded(item))
    while chunk := list(islice(rows, AT_ONCE)):
        mark_model.objects.bulk_create(chunk)


def _folded(item: Any) -> Iterator[dict[str, Any]]:
    for kind, text, is_partial in dict.fromkeys(_borne(item)):
        read = read_mark(text, is_partial=is_partial)
        if read is not None:
            numbers = read.numbers
            yield {
                "item_id": item.pk,
                "incident_id": item.incident_id,
                "kind": kind,
                "text": text,
                "is_partial": is_partial,
                "folded": read.folded,
                "stem": "" if numbers is None else numbers.stem,
                "first_number": None if numbers is None else numbers.first,
                "last_number": None if numbers is None else numbers.last,
                "keys": keys_of(read.folded),
            }


def _borne(item: Any) -> Iterator[tuple[str, str, bool]]:
    if item.serial_number:
        yield "serial", item.serial_number, item.marking_state in PARTIAL
    for mark in item.marks.all():
        if mark.text:
            yield mark.kind, mark.text, mark.state in PARTIAL
    ammunition = getattr(item, "ammunition", None)
    if ammunition is None:
        return
    if ammunition.lot:
        yield "lot", ammunition.lot, False
    parts = sorted(ammunition.headstamp, key=lambda part: (part.get("clock") or 0) % 12)
    if stamped := " ".join(part["text"] for part in parts if part.get("text")):
        yield "headstamp", stamped, False
    for text in ammunition.packaging_marks:
        yield "packaging", text, False


KINDS = (
    "findings_changed",
    "reply_recorded",
    "reply_due",
    "reply_overdue",
    "reply_escalated",
    "new_device",
    "handed_over",
    "dispatch_failed",
    "contact_wanted",
    "mark_asked_about",
)


class Migration(migrations.Migration):
    """Two tables, with policies; what was recorded before is folded here."""

    dependencies: ClassVar = [("cases", "0020_registers")]

    operations: ClassVar = [
        migrations.CreateModel(
            name='FoldedMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, max_length=64)),
                ('text', models.TextField()),
                ('is_partial', models.BooleanField()),
                ('folded', models.CharField(max_length=500)),
                ('stem', models.CharField(blank=True, max_length=500)),
                ('first_number', models.BigIntegerField(blank=True, null=True)),
                ('last_number', models.BigIntegerField(blank=True, null=True)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='folded_marks', to='cases.incident')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='folded_marks', to='cases.seizeditem')),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['keys'], name='folded_mark_keys'),
                    models.Index(fields=['folded'], name='folded_mark_folded'),
                    models.Index(condition=models.Q(('first_number__isnull', False)), fields=['stem', 'first_number'], name='folded_mark_number'),
                    models.Index(condition=models.Q(('last_number__gt', models.F('first_number'))), fields=['stem', 'last_number'], name='folded_mark_span'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('first_number__isnull', True), ('last_number__isnull', True)), models.Q(('first_number__isnull', False), ('last_number__gte', models.F('first_number'))), _connector='OR'), name='folded_mark_numbers_whole_or_absent'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MarkEnquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.CharField(max_length=500)),
                ('asked_on', models.DateField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mark_enquiries', to='cases.agency')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mark_enquiries', to='cases.incident')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('incident', 'folded', 'agency', 'asked_on'), name='mark_enquiry_once_a_day'),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name='notification', name='notification_kind_known'),
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=64),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', KINDS)), name='notification_kind_known'),
        ),
        migrations.RunSQL(GUARD, UNDO),
        # Last, as rows whose keys are still to be checked hold up every change of a table.
        migrations.RunPython(fold_all, migrations.RunPython.noop),
    ]
