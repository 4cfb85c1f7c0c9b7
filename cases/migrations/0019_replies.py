"""Replies: steps of the supply chain as rows, clarifications, links, the clock, and points of diversion."""

import uuid
from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _erasing, _guards, _policies

# Said or decided once; what was wrong is said by a later row.
APPEND_ONLY = ("cases_supplychainstep", "cases_clarification", "cases_replyreminder", "cases_pointofdiversion")

# What replies told of steps until now. Confidence was free text: what is none of the three words stands in the manner.
MOVE = """
INSERT INTO cases_supplychainstep (step_id, reply_id, number, kind, actor, actor_kind, country, from_country,
    to_country, place, "on", on_precision, on_first_day, on_last_day, manner, document, confidence, lines)
SELECT gen_random_uuid(), s.reply_id, s.number, s.kind, s.actor, '', s.country, '', '', s.place, s.day,
    CASE length(s.day) WHEN 0 THEN '' WHEN 4 THEN 'year' WHEN 7 THEN 'month' WHEN 10 THEN 'day' ELSE 'instant' END,
    s.first_day,
    CASE length(s.day) WHEN 4 THEN (s.first_day + interval '1 year - 1 day')::date
        WHEN 7 THEN (s.first_day + interval '1 month - 1 day')::date ELSE s.first_day END,
    concat_ws('; ', nullif(s.manner, ''), CASE WHEN s.is_known THEN NULL ELSE 'confidence as stated: ' || s.said END),
    '', CASE WHEN s.is_known THEN s.said ELSE '' END, '{}'
FROM (
    SELECT r.id AS reply_id, e.number, e.step ->> 'kind' AS kind, coalesce(e.step ->> 'actor', '') AS actor,
        coalesce(e.step ->> 'country', '') AS country, coalesce(e.step ->> 'place', '') AS place,
        coalesce(e.step ->> 'on', '') AS day,
        to_date(left(nullif(e.step ->> 'on', '') || '-01-01', 10), 'YYYY-MM-DD') AS first_day,
        coalesce(e.step ->> 'manner', '') AS manner, coalesce(e.step ->> 'confidence', '') AS said,
        coalesce(e.step ->> 'confidence', '') IN ('', 'high', 'moderate', 'low') AS is_known
    FROM cases_reply r, jsonb_array_elements(r.steps) WITH ORDINALITY AS e (step, number)
) AS s;
SET CONSTRAINTS ALL IMMEDIATE;
"""

RIGHTS = f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{_guards.APPLICATION}') THEN
        REVOKE UPDATE, DELETE ON {", ".join(APPEND_ONLY)} FROM "{_guards.APPLICATION}";
        REVOKE DELETE ON cases_replylink FROM "{_guards.APPLICATION}";
    END IF;
END
$$;
"""  # noqa: S608  # nosec B608

GUARD = (
    "".join(_guards.append_only(table) for table in APPEND_ONLY)
    + RIGHTS
    + "".join(_guards.watching(_guards.Watched(each.table)) for each in _policies.OF_REPLIES)
    + "".join(_policies.guarding(each) for each in _policies.OF_REPLIES)
    + _erasing.REPLACE
)


class Migration(migrations.Migration):
    """Steps move from a column of replies into rows of their own; going back leaves that column empty."""

    dependencies: ClassVar = [("cases", "0018_sending_letters")]

    operations: ClassVar = [
        migrations.CreateModel(
            name='Clarification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('given', 'given'), ('sought', 'sought')], max_length=64)),
                ('text', models.TextField()),
                ('documents', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PointOfDiversion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('state_stock_loss', 'state_stock_loss'), ('state_stock_theft', 'state_stock_theft'), ('contingent_loss', 'contingent_loss'), ('civilian_loss', 'civilian_loss'), ('civilian_theft', 'civilian_theft'), ('in_transit', 'in_transit'), ('unauthorised_retransfer', 'unauthorised_retransfer'), ('forged_end_use_certificate', 'forged_end_use_certificate'), ('battlefield_loss', 'battlefield_loss'), ('illicit_manufacture', 'illicit_manufacture'), ('not_established', 'not_established')], max_length=64)),
                ('actor', models.CharField(blank=True, max_length=500)),
                ('actor_kind', models.CharField(blank=True, choices=[('manufacturer', 'manufacturer'), ('armed_forces', 'armed_forces'), ('police', 'police'), ('other_authority', 'other_authority'), ('contingent', 'contingent'), ('company', 'company'), ('person', 'person'), ('armed_group', 'armed_group'), ('other', 'other')], max_length=64)),
                ('country', models.CharField(blank=True, max_length=3)),
                ('place', models.CharField(blank=True, max_length=500)),
                ('on', models.CharField(blank=True, max_length=64)),
                ('on_precision', models.CharField(blank=True, choices=[('year', 'year'), ('month', 'month'), ('day', 'day'), ('instant', 'instant')], max_length=64)),
                ('on_first_day', models.DateField(blank=True, null=True)),
                ('on_last_day', models.DateField(blank=True, null=True)),
                ('manner', models.TextField(blank=True)),
                ('confidence', models.CharField(blank=True, choices=[('high', 'high'), ('moderate', 'moderate'), ('low', 'low')], max_length=64)),
                ('steps', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('documents', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('words', models.TextField(blank=True)),
                ('reason', models.TextField()),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ReplyClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('remind_before_days', models.PositiveSmallIntegerField()),
                ('remind_again_days', models.PositiveSmallIntegerField()),
                ('escalate_after_days', models.PositiveSmallIntegerField()),
                ('set_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ReplyLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_sha256', models.CharField(max_length=64, unique=True)),
                ('recipient', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReplyReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('due_soon', 'due_soon'), ('overdue', 'overdue'), ('remind_again', 'remind_again'), ('escalated', 'escalated')], max_length=64)),
                ('due_on', models.DateField()),
                ('said_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SupplyChainStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('manufacture', 'manufacture'), ('export', 'export'), ('transit', 'transit'), ('import', 'import'), ('transfer', 'transfer'), ('re_export', 're_export'), ('loss', 'loss'), ('theft', 'theft'), ('seizure', 'seizure'), ('destruction', 'destruction'), ('point_of_diversion', 'point_of_diversion')], max_length=64)),
                ('actor', models.CharField(blank=True, max_length=500)),
                ('actor_kind', models.CharField(blank=True, choices=[('manufacturer', 'manufacturer'), ('armed_forces', 'armed_forces'), ('police', 'police'), ('other_authority', 'other_authority'), ('contingent', 'contingent'), ('company', 'company'), ('person', 'person'), ('armed_group', 'armed_group'), ('other', 'other')], max_length=64)),
                ('country', models.CharField(blank=True, max_length=3)),
                ('from_country', models.CharField(blank=True, max_length=3)),
                ('to_country', models.CharField(blank=True, max_length=3)),
                ('place', models.CharField(blank=True, max_length=500)),
                ('on', models.CharField(blank=True, max_length=64)),
                ('on_precision', models.CharField(blank=True, choices=[('year', 'year'), ('month', 'month'), ('day', 'day'), ('instant', 'instant')], max_length=64)),
                ('on_first_day', models.DateField(blank=True, null=True)),
                ('on_last_day', models.DateField(blank=True, null=True)),
                ('manner', models.TextField(blank=True)),
                ('document', models.CharField(blank=True, max_length=500)),
                ('confidence', models.CharField(blank=True, choices=[('high', 'high'), ('moderate', 'moderate'), ('low', 'low')], max_length=64)),
                ('lines', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=None)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='notification',
            name='notification_kind_known',
        ),
        migrations.AddField(
            model_name='reply',
            name='corrects',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='cases.reply'),
        ),
        migrations.AddField(
            model_name='reply',
            name='documents',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None),
        ),
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[('findings_changed', 'findings_changed'), ('reply_recorded', 'reply_recorded'), ('reply_due', 'reply_due'), ('reply_overdue', 'reply_overdue'), ('reply_escalated', 'reply_escalated'), ('new_device', 'new_device'), ('handed_over', 'handed_over'), ('dispatch_failed', 'dispatch_failed')], max_length=64),
        ),
        migrations.AlterField(
            model_name='reply',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['findings_changed', 'reply_recorded', 'reply_due', 'reply_overdue', 'reply_escalated', 'new_device', 'handed_over', 'dispatch_failed'])), name='notification_kind_known'),
        ),
        migrations.AddField(
            model_name='clarification',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clarification',
            name='reply',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clarifications', to='cases.reply'),
        ),
        migrations.AddField(
            model_name='pointofdiversion',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.agency'),
        ),
        migrations.AddField(
            model_name='pointofdiversion',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points_of_diversion', to='cases.seizeditem'),
        ),
        migrations.AddField(
            model_name='pointofdiversion',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='replyclock',
            name='agency',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply_clock', to='cases.agency'),
        ),
        migrations.AddField(
            model_name='replyclock',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='replylink',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='replylink',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reply_links', to='cases.referral'),
        ),
        migrations.AddField(
            model_name='replylink',
            name='revoked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reply',
            name='via_link',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='cases.replylink'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recorded_by__isnull', False), ('via_link__isnull', True)), models.Q(('recorded_by__isnull', True), ('via_link__isnull', False)), _connector='OR'), name='reply_by_officer_or_link'),
        ),
        migrations.AddField(
            model_name='replyreminder',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='cases.referral'),
        ),
        migrations.AddField(
            model_name='supplychainstep',
            name='reply',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='cases.reply'),
        ),
        migrations.AddConstraint(
            model_name='clarification',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['given', 'sought'])), name='clarification_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='clarification',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='clarification_says_something'),
        ),
        migrations.AddConstraint(
            model_name='pointofdiversion',
            constraint=models.UniqueConstraint(fields=('item', 'agency', 'version'), name='diversion_version_once'),
        ),
        migrations.AddConstraint(
            model_name='pointofdiversion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['state_stock_loss', 'state_stock_theft', 'contingent_loss', 'civilian_loss', 'civilian_theft', 'in_transit', 'unauthorised_retransfer', 'forged_end_use_certificate', 'battlefield_loss', 'illicit_manufacture', 'not_established'])), name='diversion_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='pointofdiversion',
            constraint=models.CheckConstraint(condition=models.Q(('actor_kind__in', ['manufacturer', 'armed_forces', 'police', 'other_authority', 'contingent', 'company', 'person', 'armed_group', 'other', ''])), name='diversion_actor_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='pointofdiversion',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__in', ['high', 'moderate', 'low', ''])), name='diversion_confidence_known'),
        ),
        migrations.AddConstraint(
            model_name='pointofdiversion',
            constraint=models.CheckConstraint(condition=models.Q(('on_precision__in', ['year', 'month', 'day', 'instant', ''])), name='diversion_precision_known'),
        ),
        migrations.AddConstraint(
            model_name='pointofdiversion',
            constraint=models.CheckConstraint(condition=models.Q(('country__regex', '^([A-Z]{3})?$')), name='diversion_country_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='pointofdiversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('on', ''), ('on_first_day__isnull', True), ('on_last_day__isnull', True), ('on_precision', '')), models.Q(models.Q(('on', ''), _negated=True), models.Q(('on_precision', ''), _negated=True), ('on_first_day__isnull', False), ('on_last_day__gte', models.F('on_first_day'))), _connector='OR'), name='diversion_date_whole_or_absent'),
        ),
        migrations.AddConstraint(
            model_name='pointofdiversion',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='diversion_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='pointofdiversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confidence', ''), ('kind', 'not_established')), models.Q(models.Q(('kind', 'not_established'), _negated=True), models.Q(('confidence', ''), _negated=True), models.Q(models.Q(('steps', []), _negated=True), models.Q(('documents', []), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR')), _connector='OR'), name='diversion_established_with_confidence_and_evidence'),
        ),
        migrations.AddConstraint(
            model_name='replyclock',
            constraint=models.CheckConstraint(condition=models.Q(('escalate_after_days__range', (1, 730)), ('remind_again_days__range', (1, 365)), ('remind_before_days__range', (1, 365))), name='reply_clock_sensible'),
        ),
        migrations.AddConstraint(
            model_name='replylink',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='reply_link_expires'),
        ),
        migrations.AddConstraint(
            model_name='replylink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='reply_link_revoked_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='replyreminder',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['due_soon', 'overdue', 'remind_again', 'escalated'])), name='reply_reminder_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='replyreminder',
            constraint=models.UniqueConstraint(fields=('referral', 'kind', 'due_on'), name='reply_reminder_once'),
        ),
        migrations.AddConstraint(
            model_name='supplychainstep',
            constraint=models.UniqueConstraint(fields=('reply', 'number'), name='step_number_once_a_reply'),
        ),
        migrations.AddConstraint(
            model_name='supplychainstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['manufacture', 'export', 'transit', 'import', 'transfer', 're_export', 'loss', 'theft', 'seizure', 'destruction', 'point_of_diversion'])), name='step_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='supplychainstep',
            constraint=models.CheckConstraint(condition=models.Q(('actor_kind__in', ['manufacturer', 'armed_forces', 'police', 'other_authority', 'contingent', 'company', 'person', 'armed_group', 'other', ''])), name='step_actor_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='supplychainstep',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__in', ['high', 'moderate', 'low', ''])), name='step_confidence_known'),
        ),
        migrations.AddConstraint(
            model_name='supplychainstep',
            constraint=models.CheckConstraint(condition=models.Q(('on_precision__in', ['year', 'month', 'day', 'instant', ''])), name='step_precision_known'),
        ),
        migrations.AddConstraint(
            model_name='supplychainstep',
            constraint=models.CheckConstraint(condition=models.Q(('country__regex', '^([A-Z]{3})?$'), ('from_country__regex', '^([A-Z]{3})?$'), ('to_country__regex', '^([A-Z]{3})?$')), name='step_countries_are_codes'),
        ),
        migrations.AddConstraint(
            model_name='supplychainstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('on', ''), ('on_first_day__isnull', True), ('on_last_day__isnull', True), ('on_precision', '')), models.Q(models.Q(('on', ''), _negated=True), models.Q(('on_precision', ''), _negated=True), ('on_first_day__isnull', False), ('on_last_day__gte', models.F('on_first_day'))), _connector='OR'), name='step_date_whole_or_absent'),
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='reply',
            name='steps',
        ),
        # Triggers and policies go with their tables.
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
