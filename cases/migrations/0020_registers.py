"""Points of contact, marking practices, an agency's own registers, and the right to keep what all agencies share."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _guards, _policies

WATCHED = ("cases_pointofcontact", "cases_markingpractice", "cases_registerversion", "cases_registerentry")
GUARD = (
    "".join(_guards.watching(_guards.Watched(table)) for table in WATCHED)
    + _guards.append_only("cases_registerlookup")
    + f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{_guards.APPLICATION}') THEN
        REVOKE UPDATE, DELETE ON cases_registerlookup FROM "{_guards.APPLICATION}";
    END IF;
END
$$;
"""  # noqa: S608  # nosec B608
    + "".join(_policies.guarding(guarded) for guarded in _policies.OF_REGISTERS)
)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ("cases", "0019_replies"),
    ]

    operations = [
        migrations.CreateModel(
            name='MarkingPractice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('country', models.CharField(max_length=3)),
                ('event', models.CharField(choices=[('manufacture', 'manufacture'), ('import', 'import'), ('stock', 'stock')], max_length=64)),
                ('manufacturer', models.CharField(blank=True, max_length=500)),
                ('stock', models.CharField(blank=True, max_length=500)),
                ('mark_kind', models.CharField(blank=True, max_length=64)),
                ('pattern', models.CharField(blank=True, max_length=500)),
                ('position', models.CharField(blank=True, max_length=500)),
                ('parts', models.JSONField(blank=True, default=dict)),
                ('elements', models.TextField(blank=True)),
                ('year_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('year_until', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('source', models.CharField(max_length=500)),
                ('is_verified', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('recorded_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PointOfContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(choices=[('national_point_of_contact', 'national_point_of_contact'), ('permanent_mission', 'permanent_mission'), ('sanctions_committee', 'sanctions_committee'), ('national_central_bureau', 'national_central_bureau'), ('wco_regional_office', 'wco_regional_office')], max_length=64)),
                ('country', models.CharField(blank=True, max_length=3)),
                ('body', models.CharField(blank=True, max_length=500)),
                ('name', models.CharField(blank=True, max_length=500)),
                ('office', models.CharField(blank=True, max_length=500)),
                ('telephone', models.CharField(blank=True, max_length=500)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('channel', models.CharField(blank=True, max_length=500)),
                ('address', models.TextField(blank=True)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('confirmed_on', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=500)),
                ('version', models.PositiveIntegerField(default=1)),
                ('recorded_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('national', 'national'), ('lost', 'lost'), ('stolen', 'stolen'), ('contingent', 'contingent')], max_length=64)),
                ('key', models.CharField(max_length=200)),
                ('digest', models.CharField(blank=True, max_length=80)),
                ('line', models.PositiveIntegerField()),
                ('serial', models.CharField(max_length=500)),
                ('serial_key', models.CharField(max_length=500)),
                ('make', models.CharField(blank=True, max_length=500)),
                ('model', models.CharField(blank=True, max_length=500)),
                ('calibre', models.CharField(blank=True, max_length=500)),
                ('country_of_manufacture', models.CharField(blank=True, max_length=3)),
                ('country', models.CharField(blank=True, max_length=3)),
                ('holder', models.CharField(blank=True, max_length=500)),
                ('holder_address', models.CharField(blank=True, max_length=500)),
                ('holder_paper', models.CharField(blank=True, max_length=500)),
                ('holder_erased_on', models.DateField(blank=True, null=True)),
                ('unit', models.CharField(blank=True, max_length=500)),
                ('status', models.CharField(blank=True, max_length=500)),
                ('registered_on', models.CharField(blank=True, max_length=64)),
                ('lost_on', models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterLookup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item_uuid', models.UUIDField()),
                ('looked_up_at', models.DateTimeField()),
                ('marks', models.JSONField(blank=True, default=list)),
                ('registers', models.JSONField(blank=True, default=list)),
                ('hits', models.JSONField(blank=True, default=list)),
                ('incidents', models.JSONField(blank=True, default=list)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('national', 'national'), ('lost', 'lost'), ('stolen', 'stolen'), ('contingent', 'contingent')], max_length=64)),
                ('number', models.PositiveIntegerField()),
                ('file_name', models.CharField(max_length=500)),
                ('digest', models.CharField(max_length=80)),
                ('is_whole', models.BooleanField(default=False)),
                ('rows_done', models.PositiveBigIntegerField(default=0)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
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
        migrations.RemoveConstraint(
            model_name='officer',
            name='officer_rights_known',
        ),
        migrations.RemoveConstraint(
            model_name='retentionperiod',
            name='retention_class_known',
        ),
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[('findings_changed', 'findings_changed'), ('reply_recorded', 'reply_recorded'), ('reply_due', 'reply_due'), ('reply_overdue', 'reply_overdue'), ('reply_escalated', 'reply_escalated'), ('new_device', 'new_device'), ('handed_over', 'handed_over'), ('dispatch_failed', 'dispatch_failed'), ('contact_wanted', 'contact_wanted')], max_length=64),
        ),
        migrations.AlterField(
            model_name='retentionperiod',
            name='record_class',
            field=models.CharField(choices=[('nominal_data', 'nominal_data'), ('evidence', 'evidence'), ('officers', 'officers'), ('sign_in_traces', 'sign_in_traces'), ('notifications', 'notifications'), ('register_holders', 'register_holders')], max_length=64),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(condition=models.Q(('object_type', 'pointofcontact')), fields=['object_reference', 'id'], name='audit_of_contact'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('scopes__isnull', True), ('scopes__contained_by', ['read', 'record', 'edit', 'review', 'override', 'refer', 'issue', 'approve_own', 'export', 'see_nominal', 'administer', 'maintain']), _connector='OR'), name='api_token_scopes_known'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['findings_changed', 'reply_recorded', 'reply_due', 'reply_overdue', 'reply_escalated', 'new_device', 'handed_over', 'dispatch_failed', 'contact_wanted'])), name='notification_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='officer',
            constraint=models.CheckConstraint(condition=models.Q(('rights_added__contained_by', ['record', 'edit', 'review', 'override', 'refer', 'issue', 'approve_own', 'export', 'see_nominal', 'administer', 'maintain']), ('rights_withdrawn__contained_by', ['record', 'edit', 'review', 'override', 'refer', 'issue', 'approve_own', 'export', 'see_nominal', 'administer', 'maintain'])), name='officer_rights_known'),
        ),
        migrations.AddConstraint(
            model_name='retentionperiod',
            constraint=models.CheckConstraint(condition=models.Q(('record_class__in', ['nominal_data', 'evidence', 'officers', 'sign_in_traces', 'notifications', 'register_holders'])), name='retention_class_known'),
        ),
        migrations.AddIndex(
            model_name='markingpractice',
            index=models.Index(fields=['-recorded_at', '-id'], name='practice_newest'),
        ),
        migrations.AddConstraint(
            model_name='markingpractice',
            constraint=models.CheckConstraint(condition=models.Q(('event__in', ['manufacture', 'import', 'stock'])), name='practice_event_known'),
        ),
        migrations.AddConstraint(
            model_name='markingpractice',
            constraint=models.CheckConstraint(condition=models.Q(('country__regex', '^([A-Z]{3})?$')), name='practice_country_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='markingpractice',
            constraint=models.CheckConstraint(condition=models.Q(('country', ''), _negated=True), name='practice_has_country'),
        ),
        migrations.AddConstraint(
            model_name='markingpractice',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='practice_has_source'),
        ),
        migrations.AddConstraint(
            model_name='markingpractice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pattern', ''), _negated=True), models.Q(('elements', ''), _negated=True), _connector='OR'), name='practice_says_something'),
        ),
        migrations.AddConstraint(
            model_name='markingpractice',
            constraint=models.CheckConstraint(condition=models.Q(('year_from__isnull', True), ('year_until__isnull', True), ('year_until__gte', models.F('year_from')), _connector='OR'), name='practice_ends_after_it_begins'),
        ),
        migrations.AddField(
            model_name='markingpractice',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pointofcontact',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register_entries', to='cases.agency'),
        ),
        migrations.AddField(
            model_name='registerlookup',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register_lookups', to='cases.agency'),
        ),
        migrations.AddField(
            model_name='registerlookup',
            name='incident',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register_lookups', to='cases.incident'),
        ),
        migrations.AddField(
            model_name='registerlookup',
            name='looked_up_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='registerversion',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register_versions', to='cases.agency'),
        ),
        migrations.AddField(
            model_name='registerversion',
            name='started_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='ended_in',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.registerversion'),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='imported_in',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='cases.registerversion'),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='seen_in',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.registerversion'),
        ),
        migrations.AddIndex(
            model_name='pointofcontact',
            index=models.Index(fields=['country', 'kind'], name='contact_of_country'),
        ),
        migrations.AddIndex(
            model_name='pointofcontact',
            index=models.Index(fields=['-recorded_at', '-id'], name='contact_newest'),
        ),
        migrations.AddConstraint(
            model_name='pointofcontact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['national_point_of_contact', 'permanent_mission', 'sanctions_committee', 'national_central_bureau', 'wco_regional_office'])), name='contact_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='pointofcontact',
            constraint=models.CheckConstraint(condition=models.Q(('country__regex', '^([A-Z]{3})?$')), name='contact_country_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='pointofcontact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('country', ''), _negated=True), models.Q(('body', ''), _negated=True), _connector='OR'), name='contact_of_state_or_body'),
        ),
        migrations.AddConstraint(
            model_name='pointofcontact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('office', ''), _negated=True), _connector='OR'), name='contact_is_a_desk'),
        ),
        migrations.AddConstraint(
            model_name='pointofcontact',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='contact_has_source'),
        ),
        migrations.AddConstraint(
            model_name='pointofcontact',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='contact_ends_after_it_begins'),
        ),
        migrations.AddIndex(
            model_name='registerlookup',
            index=models.Index(fields=['incident', 'item_uuid', '-id'], name='lookup_newest_of_item'),
        ),
        migrations.AddConstraint(
            model_name='registerversion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['national', 'lost', 'stolen', 'contingent'])), name='register_version_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='registerversion',
            constraint=models.UniqueConstraint(fields=('agency', 'kind', 'number'), name='register_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='registerversion',
            constraint=models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('agency', 'kind'), name='register_import_one_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='registerentry',
            index=models.Index(condition=models.Q(('ended_in__isnull', True)), fields=['agency', 'serial_key'], name='register_serial_of_agency'),
        ),
        migrations.AddIndex(
            model_name='registerentry',
            index=models.Index(fields=['seen_in'], name='register_seen_in'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['national', 'lost', 'stolen', 'contingent'])), name='register_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.CheckConstraint(condition=models.Q(('country__regex', '^([A-Z]{3})?$'), ('country_of_manufacture__regex', '^([A-Z]{3})?$')), name='register_country_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.CheckConstraint(condition=models.Q(('serial_key', ''), _negated=True), name='register_serial_has_key'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_in__isnull', True)), fields=('agency', 'kind', 'key'), name='register_entry_stands_once'),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
