"""Steps of a referral before and after it is issued, the digest of what was issued, and its sendings."""

import cases.models.agency
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _guards, _policies

# What the change itself writes is told by this file, so that it is not noted as somebody's tampering.
ANNOUNCED = "SELECT set_config('cordon.audited', pg_current_xact_id()::text, true);"
DIGESTS = """
UPDATE cases_referral SET issued_sha256 = encode(sha256(convert_to(issued_content, 'UTF8')), 'hex')
WHERE issued_content <> '';
"""
# Officers of the demonstration work alone: they go on to issue what they have drafted.
DEMONSTRATION = """
UPDATE cases_officer SET rights_added = array_append(rights_added, 'approve_own')
WHERE is_demo AND role IN ('officer', 'expert') AND NOT 'approve_own' = ANY (rights_added);
"""
WATCH = _guards.watching(
    _guards.Watched(
        "cases_dispatch", ignored=("due_at", "waits_for", "attempts", "nudged_at", "taken_until", "error")
    )
)
GUARD = "".join(_policies.guarding(guarded) for guarded in _policies.OF_SENDING)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0017_handing_over_work'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('channel', models.CharField(choices=[('email', 'email'), ('https', 'https'), ('file_drop', 'file_drop'), ('by_hand', 'by_hand')], max_length=64)),
                ('address', models.CharField(blank=True, max_length=500)),
                ('format', models.CharField(choices=[('pdf', 'pdf'), ('json', 'json')], default='pdf', max_length=8)),
                ('document_sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('queued', 'queued'), ('sent', 'sent'), ('delivered', 'delivered'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='queued', max_length=64)),
                ('queued_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('waits_for', models.CharField(blank=True, choices=[('throttle', 'throttle'), ('retry', 'retry')], max_length=64)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('nudged_at', models.DateTimeField()),
                ('taken_until', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.TextField(blank=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='holding',
            name='holding_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='notification',
            name='notification_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_issued_once_no_draft',
        ),
        migrations.AddField(
            model_name='agency',
            name='committee_number',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='agency',
            name='letters_a_state_a_day',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='approved_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='approved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='checked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='checked_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='referral',
            name='issued_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='referral',
            name='overridden',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='referral',
            name='overridden_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='override_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='supersedes',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseding', to='cases.referral'),
        ),
        migrations.AddField(
            model_name='referral',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='withdrawn_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='agency',
            name='letter_pattern',
            field=models.CharField(blank=True, max_length=100, validators=[cases.models.agency.numbers_letters]),
        ),
        migrations.AlterField(
            model_name='holding',
            name='status',
            field=models.CharField(blank=True, choices=[('held', 'held'), ('stored', 'stored'), ('transferred', 'transferred'), ('destruction_ordered', 'destruction_ordered'), ('destroyed', 'destroyed'), ('rendered_unusable', 'rendered_unusable'), ('returned', 'returned'), ('retained_for_use', 'retained_for_use'), ('sunk', 'sunk'), ('lost', 'lost'), ('stolen', 'stolen'), ('unknown', 'unknown')], max_length=64),
        ),
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[('findings_changed', 'findings_changed'), ('reply_recorded', 'reply_recorded'), ('new_device', 'new_device'), ('handed_over', 'handed_over'), ('dispatch_failed', 'dispatch_failed')], max_length=64),
        ),
        migrations.AlterField(
            model_name='referral',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('checked', 'checked'), ('approved', 'approved'), ('issued', 'issued'), ('sent', 'sent'), ('withdrawn', 'withdrawn'), ('superseded', 'superseded'), ('acknowledged', 'acknowledged'), ('information_requested', 'information_requested'), ('answered_full', 'answered_full'), ('answered_partial', 'answered_partial'), ('delayed', 'delayed'), ('restricted', 'restricted'), ('refused', 'refused'), ('no_record', 'no_record'), ('record_destroyed', 'record_destroyed'), ('not_ours', 'not_ours'), ('forwarded', 'forwarded'), ('duplicate_mark', 'duplicate_mark'), ('no_response', 'no_response')], max_length=64),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('letters_a_state_a_day__isnull', True), ('letters_a_state_a_day__gte', 1), _connector='OR'), name='agency_letters_a_day_sensible'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['held', 'stored', 'transferred', 'destruction_ordered', 'destroyed', 'rendered_unusable', 'returned', 'retained_for_use', 'sunk', 'lost', 'stolen', 'unknown', ''])), name='holding_status_known'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['findings_changed', 'reply_recorded', 'new_device', 'handed_over', 'dispatch_failed'])), name='notification_kind_known'),
        ),
        migrations.RunSQL([ANNOUNCED, DIGESTS, DEMONSTRATION], migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'checked', 'approved', 'issued', 'sent', 'withdrawn', 'superseded', 'acknowledged', 'information_requested', 'answered_full', 'answered_partial', 'delayed', 'restricted', 'refused', 'no_record', 'record_destroyed', 'not_ours', 'forwarded', 'duplicate_mark', 'no_response'])), name='referral_state_known'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('issued_by__isnull', True), ('issued_content', ''), ('issued_sha256', ''), ('state__in', ['approved', 'checked', 'draft', 'withdrawn'])), models.Q(models.Q(('state__in', ['approved', 'checked', 'draft']), _negated=True), ('issued_at__gte', models.F('opened_at')), ('issued_at__isnull', False), ('issued_by__isnull', False), models.Q(('issued_content', ''), _negated=True), models.Q(('issued_sha256', ''), _negated=True)), _connector='OR'), name='referral_written_or_issued'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['checked', 'approved']), _negated=True), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), models.Q(('checked_sha256', ''), _negated=True)), _connector='OR'), name='referral_checked_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='referral_approved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='referral_withdrawn_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('supersedes', models.F('pk')), _negated=True), name='referral_supersedes_another'),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='queued_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='cases.referral'),
        ),
        migrations.AddIndex(
            model_name='dispatch',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['due_at', 'id'], name='dispatch_queued'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'https', 'file_drop', 'by_hand'])), name='dispatch_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'delivered', 'failed', 'cancelled'])), name='dispatch_state_known'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(('waits_for__in', ['throttle', 'retry', ''])), name='dispatch_wait_known'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ('pdf', 'json'))), name='dispatch_format_known'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at__isnull', False), models.Q(('state__in', ['sent', 'delivered']), _negated=True), _connector='XOR'), name='dispatch_sent_at_some_time'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'queued')), fields=('referral', 'channel', 'address'), name='dispatch_queued_once'),
        ),
        migrations.RunSQL(WATCH + GUARD, migrations.RunSQL.noop),
    ]
