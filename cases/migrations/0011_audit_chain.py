"""The audit chain: links, signed heads, and what the database itself notes of changes made past the application."""

import django.db.models.deletion
from django.db import migrations, models

from cases.migrations import _guards

# Records, decisions, and who may see them. Runs and results are left out: they are written by the hundred thousand, and
# a replay reaches them again from what they rest on.
WATCHED = (
    _guards.Watched("cases_incident"),
    _guards.Watched("cases_seizeditem"),
    _guards.Watched("cases_marking"),
    _guards.Watched("cases_party"),
    _guards.Watched("cases_paperdocument"),
    _guards.Watched("cases_disposition"),
    _guards.Watched("cases_authorisation"),
    _guards.Watched("cases_consignment"),
    _guards.Watched("cases_conveyance"),
    _guards.Watched("cases_route"),
    _guards.Watched("cases_recipient"),
    _guards.Watched("cases_boarding"),
    _guards.Watched("cases_finding"),
    _guards.Watched("cases_findingreview"),
    _guards.Watched("cases_referral"),
    _guards.Watched("cases_referralitem"),
    _guards.Watched("cases_reply"),
    _guards.Watched("cases_case"),
    _guards.Watched("cases_caseincident"),
    _guards.Watched("cases_agency"),
    _guards.Watched("cases_officer", ignored=("last_login",)),
    _guards.Watched("cases_apitoken", ignored=("last_used_on",)),
    _guards.Watched("cases_designatedparty"),
)

class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_evidence'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField()),
                ('digest', models.CharField(max_length=71)),
                ('signed_at', models.DateTimeField()),
                ('key_id', models.CharField(max_length=16)),
                ('signature', models.CharField(max_length=128)),
            ],
        ),
        migrations.CreateModel(
            name='AuditLink',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('previous', models.CharField(max_length=71)),
                ('digest', models.CharField(max_length=71)),
            ],
        ),
        migrations.CreateModel(
            name='RowChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField()),
                ('transaction', models.BigIntegerField()),
                ('table_name', models.CharField(max_length=64)),
                ('operation', models.CharField(max_length=64)),
                ('row_count', models.BigIntegerField()),
                ('rows', models.JSONField()),
                ('signed_in_as', models.CharField(max_length=64)),
                ('acting_as', models.CharField(max_length=64)),
                ('officer', models.TextField(blank=True)),
                ('purpose', models.TextField(blank=True)),
                ('program', models.TextField(blank=True)),
                ('address', models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='UnlinkedEntry',
            fields=[
                ('entry_id', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.AddField(
            model_name='auditentry',
            name='address',
            field=models.CharField(blank=True, default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditentry',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='audit_entries', to='cases.case'),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='on_behalf_of',
            field=models.CharField(blank=True, default='', max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditentry',
            name='seal',
            field=models.CharField(blank=True, default='', max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditentry',
            name='through',
            field=models.CharField(blank=True, default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditentry',
            name='user_agent',
            field=models.CharField(blank=True, default='', max_length=200),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(condition=models.Q(('case__isnull', False)), fields=['case', 'id'], name='audit_of_case'),
        ),
        migrations.AddConstraint(
            model_name='audithead',
            constraint=models.UniqueConstraint(fields=('position',), name='audit_head_once'),
        ),
        migrations.AddField(
            model_name='auditlink',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='link', to='cases.auditentry'),
        ),
        migrations.AddIndex(
            model_name='rowchange',
            index=models.Index(fields=['transaction'], name='row_change_of_transaction'),
        ),
        migrations.AddConstraint(
            model_name='auditlink',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='audit_link_counts_from_one'),
        ),
        migrations.RunSQL(
            _guards.NOTING + "".join(_guards.watching(each) for each in WATCHED) + _guards.LINKING,
            _guards.UNDO,
        ),
        migrations.RunSQL(
            _guards.append_only("cases_auditlink")
            + _guards.append_only("cases_audithead")
            + _guards.NOTED_ROWS_STAY
            + _guards.RIGHTS
            + _guards.ALWAYS,
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "INSERT INTO cases_unlinkedentry (entry_id) SELECT id FROM cases_auditentry", migrations.RunSQL.noop
        ),
    ]
