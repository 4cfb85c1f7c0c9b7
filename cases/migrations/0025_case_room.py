"""Tasks and notes of cases; cases that are closed with a reason, or merged into another."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _erasing, _guards, _policies

KINDS = [
    *('findings_changed', 'reply_recorded', 'reply_due', 'reply_overdue', 'reply_escalated', 'obligation_due'),
    *('obligation_overdue', 'obligation_assigned', 'obligation_doubtful', 'task_given', 'new_device', 'handed_over'),
    *('dispatch_failed', 'contact_wanted', 'mark_asked_about'),
]
STATES = ['open', 'done', 'dropped']

RIGHTS = f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{_guards.APPLICATION}') THEN
        REVOKE UPDATE, DELETE ON cases_casenote FROM "{_guards.APPLICATION}";
        REVOKE DELETE ON cases_casetask FROM "{_guards.APPLICATION}";
    END IF;
END
$$;
"""  # noqa: S608  # nosec B608

GUARD = (
    _policies.CASE_FUNCTIONS
    + _guards.append_only("cases_casenote")
    + RIGHTS
    + "".join(_guards.watching(_guards.Watched(each.table)) for each in _policies.OF_CASES)
    + "".join(_policies.guarding(each) for each in _policies.OF_CASES)
    + _erasing.REPLACE
)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', "0024_papers_say_more"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notification',
            name='notification_kind_known',
        ),
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=64),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', KINDS)), name='notification_kind_known'),
        ),
        migrations.AddField(
            model_name='case',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='closed_reason',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='case',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='cases.case'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at__isnull', False), models.Q(('closed_by__isnull', True), ('closed_reason', ''), ('merged_into__isnull', True)), _connector='OR'), name='case_open_or_closed'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('pk')), _negated=True), name='case_merged_into_another'),
        ),
        migrations.AlterField(
            model_name='case',
            name='incidents',
            field=models.ManyToManyField(related_name='cases', through='cases.CaseIncident', through_fields=('case', 'incident'), to='cases.incident'),
        ),
        migrations.AddField(
            model_name='caseincident',
            name='merged_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.CreateModel(
            name='CaseNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case')),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='cases.casenote')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-written_at', '-id'], name='note_newest_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_says_something')],
            },
        ),
        migrations.CreateModel(
            name='CaseTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('what', models.TextField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('template_key', models.CharField(blank=True, max_length=300)),
                ('regime', models.CharField(blank=True, max_length=100)),
                ('instrument', models.CharField(blank=True, max_length=100)),
                ('paragraph', models.CharField(blank=True, max_length=100)),
                ('paragraph_verified', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('state', models.CharField(choices=[(state, state) for state in STATES], default='open', max_length=64)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_reason', models.TextField(blank=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='cases.case')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handed_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['agency', '-made_at', '-id'], name='task_newest_of_agency'), models.Index(condition=models.Q(('state', 'open')), fields=['handed_to'], name='task_open_of_officer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', STATES)), name='task_state_known'), models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='task_says_what'), models.UniqueConstraint(condition=models.Q(('template_key', ''), _negated=True), fields=('case', 'template_key'), name='task_of_template_once_a_case'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('ended_reason', ''), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='task_ended_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('ended_reason', ''), _negated=True), _connector='OR'), name='task_dropped_with_reason')],
            },
        ),
        # Triggers go with their tables; what cases join is then told as before.
        migrations.RunSQL(GUARD, _policies.UNDO_CASE_FUNCTIONS),
    ]
