"""Obligations, what was sent on them and said of them; the scope of calendars; an agency's own rule for "promptly"."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _erasing, _guards, _policies

APPEND_ONLY = ("cases_obligationsending", "cases_obligationreminder")

RIGHTS = f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{_guards.APPLICATION}') THEN
        REVOKE UPDATE, DELETE ON {", ".join(APPEND_ONLY)} FROM "{_guards.APPLICATION}";
        REVOKE DELETE ON cases_obligation FROM "{_guards.APPLICATION}";
    END IF;
END
$$;
"""  # noqa: S608  # nosec B608

GUARD = (
    "".join(_guards.append_only(table) for table in APPEND_ONLY)
    + RIGHTS
    + "".join(_guards.watching(_guards.Watched(each.table)) for each in _policies.OF_OBLIGATIONS)
    + "".join(_policies.guarding(each) for each in _policies.OF_OBLIGATIONS)
    + _erasing.REPLACE
)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0021_marks_searched'),
    ]

    operations = [
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('regime', models.CharField(max_length=100)),
                ('kind', models.CharField(max_length=64)),
                ('what', models.TextField()),
                ('resolution', models.CharField(max_length=100)),
                ('paragraph', models.CharField(blank=True, max_length=100)),
                ('paragraph_verified', models.BooleanField()),
                ('force', models.CharField(max_length=64)),
                ('on', models.CharField(max_length=64)),
                ('states', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), blank=True, default=list, size=None)),
                ('to', models.CharField(blank=True, max_length=64)),
                ('clock_from', models.CharField(blank=True, max_length=64)),
                ('clock_first_day', models.DateField(blank=True, null=True)),
                ('clock_last_day', models.DateField(blank=True, null=True)),
                ('days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('working_days', models.BooleanField()),
                ('promptly', models.BooleanField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('arisen_at', models.DateTimeField()),
                ('is_found', models.BooleanField(default=True)),
                ('state', models.CharField(choices=[('open', 'open'), ('discharged', 'discharged'), ('not_owed', 'not_owed')], default='open', max_length=64)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_reason', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='ObligationReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('due_soon', 'due_soon'), ('due_today', 'due_today'), ('overdue', 'overdue')], max_length=64)),
                ('due_on', models.DateField()),
                ('said_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ObligationSending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.TextField()),
                ('sent_to', models.TextField()),
                ('sent_on', models.DateField()),
                ('reference', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='apitoken',
            name='api_token_scopes_known',
        ),
        migrations.RemoveConstraint(
            model_name='notification',
            name='notification_kind_known',
        ),
        migrations.AddField(
            model_name='agency',
            name='prompt_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[('findings_changed', 'findings_changed'), ('reply_recorded', 'reply_recorded'), ('reply_due', 'reply_due'), ('reply_overdue', 'reply_overdue'), ('reply_escalated', 'reply_escalated'), ('obligation_due', 'obligation_due'), ('obligation_overdue', 'obligation_overdue'), ('obligation_assigned', 'obligation_assigned'), ('obligation_doubtful', 'obligation_doubtful'), ('new_device', 'new_device'), ('handed_over', 'handed_over'), ('dispatch_failed', 'dispatch_failed'), ('contact_wanted', 'contact_wanted'), ('mark_asked_about', 'mark_asked_about')], max_length=64),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('prompt_days__isnull', True), ('prompt_days__range', (1, 365)), _connector='OR'), name='agency_prompt_days_sensible'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('scopes__isnull', True), ('scopes__contained_by', ['read', 'calendar', 'record', 'edit', 'review', 'override', 'refer', 'issue', 'approve_own', 'export', 'see_nominal', 'administer', 'maintain']), _connector='OR'), name='api_token_scopes_known'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['findings_changed', 'reply_recorded', 'reply_due', 'reply_overdue', 'reply_escalated', 'obligation_due', 'obligation_overdue', 'obligation_assigned', 'obligation_doubtful', 'new_device', 'handed_over', 'dispatch_failed', 'contact_wanted', 'mark_asked_about'])), name='notification_kind_known'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='cases.agency'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='begun_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='obligation',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='obligation',
            name='handed_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='obligation',
            name='incident',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='cases.incident'),
        ),
        migrations.AddField(
            model_name='obligationreminder',
            name='obligation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='cases.obligation'),
        ),
        migrations.AddField(
            model_name='obligationsending',
            name='obligation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='cases.obligation'),
        ),
        migrations.AddField(
            model_name='obligationsending',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(fields=['agency', 'due_on', 'reference'], name='obligation_of_agency'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_on'], name='obligation_open'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'discharged', 'not_owed'])), name='obligation_state_known'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.UniqueConstraint(fields=('incident', 'regime', 'kind', 'resolution', 'paragraph', 'on', 'clock_from'), name='obligation_once_an_incident'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__isnull', True), models.Q(('clock_first_day', models.F('clock_last_day')), ('days__isnull', False), ('force', 'shall'), ('due_on__gte', models.F('clock_first_day'))), _connector='OR'), name='obligation_due_as_the_text_says'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('closed_reason', ''), _negated=True)), _connector='OR'), name='obligation_closed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='obligationreminder',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['due_soon', 'due_today', 'overdue'])), name='obligation_reminder_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='obligationreminder',
            constraint=models.UniqueConstraint(fields=('obligation', 'kind', 'due_on'), name='obligation_reminder_once'),
        ),
        # Triggers and policies go with their tables.
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
