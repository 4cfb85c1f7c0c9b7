"""What of an item a photograph shows; marks read by two readers, and what was settled from both."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _erasing, _guards, _policies

RIGHTS = f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{_guards.APPLICATION}') THEN
        REVOKE UPDATE, DELETE ON cases_markreading, cases_marksettlement FROM "{_guards.APPLICATION}";
    END IF;
END
$$;
"""  # noqa: S608  # nosec B608

# What a photograph is said to show stays like all that was stated of it.
KEEPS_VIEW = """
CREATE TRIGGER cases_evidence_keeps_view BEFORE UPDATE ON cases_evidence FOR EACH ROW
    WHEN (NEW.view IS DISTINCT FROM OLD.view) EXECUTE FUNCTION cases_refuse_change();
ALTER TABLE cases_evidence ENABLE ALWAYS TRIGGER cases_evidence_keeps_view;
"""

GUARD = (
    "".join(_guards.append_only(each.table) + _guards.watching(_guards.Watched(each.table)) for each in _policies.OF_READINGS)
    + RIGHTS
    + "".join(_policies.guarding(each) for each in _policies.OF_READINGS)
    + KEEPS_VIEW
    + _erasing.REPLACE
)

class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0034_saved_filters'),
    ]

    operations = [
        migrations.CreateModel(
            name='MarkReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('place', models.PositiveSmallIntegerField()),
                ('read_at', models.DateTimeField()),
                ('marks', models.JSONField(blank=True, default=list)),
                ('marking_state', models.CharField(blank=True, choices=[('intact', 'intact'), ('partial', 'partial'), ('obliterated', 'obliterated'), ('restored', 'restored'), ('never_marked', 'never_marked'), ('unknown', 'unknown')], max_length=64)),
                ('photographs', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name='MarkSettlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('is_agreed', models.BooleanField()),
                ('marks', models.JSONField(blank=True, default=list)),
                ('marking_state', models.CharField(blank=True, choices=[('intact', 'intact'), ('partial', 'partial'), ('obliterated', 'obliterated'), ('restored', 'restored'), ('never_marked', 'never_marked'), ('unknown', 'unknown')], max_length=64)),
                ('reason', models.TextField(blank=True)),
                ('settled_at', models.DateTimeField()),
                ('version_before', models.PositiveIntegerField()),
                ('version_after', models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='evidence',
            name='view',
            field=models.CharField(blank=True, choices=[('overview', 'overview'), ('left_side', 'left_side'), ('right_side', 'right_side'), ('maker_marks', 'maker_marks'), ('serial_number', 'serial_number'), ('other_mark', 'other_mark')], max_length=64),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('view__in', ['overview', 'left_side', 'right_side', 'maker_marks', 'serial_number', 'other_mark', ''])), name='evidence_view_known'),
        ),
        migrations.AddField(
            model_name='markreading',
            name='incident',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mark_readings', to='cases.incident'),
        ),
        migrations.AddField(
            model_name='markreading',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mark_readings', to='cases.seizeditem'),
        ),
        migrations.AddField(
            model_name='markreading',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='marksettlement',
            name='incident',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mark_settlements', to='cases.incident'),
        ),
        migrations.AddField(
            model_name='marksettlement',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mark_settlements', to='cases.seizeditem'),
        ),
        migrations.AddField(
            model_name='marksettlement',
            name='settled_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='markreading',
            constraint=models.CheckConstraint(condition=models.Q(('marking_state__in', ['intact', 'partial', 'obliterated', 'restored', 'never_marked', 'unknown', ''])), name='reading_marking_state_known'),
        ),
        migrations.AddConstraint(
            model_name='markreading',
            constraint=models.UniqueConstraint(fields=('item', 'round', 'place'), name='reading_place_once'),
        ),
        migrations.AddConstraint(
            model_name='markreading',
            constraint=models.UniqueConstraint(fields=('item', 'round', 'reader'), name='reading_two_readers'),
        ),
        migrations.AddConstraint(
            model_name='markreading',
            constraint=models.CheckConstraint(condition=models.Q(('place__gte', 1), ('place__lte', 2), ('round__gte', 1)), name='reading_first_or_second'),
        ),
        migrations.AddConstraint(
            model_name='markreading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('marks', []), _negated=True), models.Q(('marking_state', ''), _negated=True), _connector='OR'), name='reading_says_something'),
        ),
        migrations.AddConstraint(
            model_name='marksettlement',
            constraint=models.CheckConstraint(condition=models.Q(('marking_state__in', ['intact', 'partial', 'obliterated', 'restored', 'never_marked', 'unknown', ''])), name='settlement_marking_state_known'),
        ),
        migrations.AddConstraint(
            model_name='marksettlement',
            constraint=models.UniqueConstraint(fields=('item', 'round'), name='settlement_once_a_round'),
        ),
        migrations.AddConstraint(
            model_name='marksettlement',
            constraint=models.CheckConstraint(condition=models.Q(('is_agreed', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='settlement_agreed_or_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='marksettlement',
            constraint=models.CheckConstraint(condition=models.Q(('version_after__gte', models.F('version_before')), ('version_before__gte', 1)), name='settlement_of_versions'),
        ),
        # The tables' triggers and policies go with them.
        migrations.RunSQL(GUARD, "DROP TRIGGER cases_evidence_keeps_view ON cases_evidence;"),
    ]
