"""What screenings rest on, the result in force of each incident, re-screenings, and where findings stand with people."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = ("cases_screenedfacts", "cases_rulebookfiles", "cases_rescreeningchange")

TRIGGERS = "".join(
    f"""
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""
    for table in APPEND_ONLY
)

# As for the tables before: where the application's role exists, it has not even the right to try.
RIGHTS = f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{settings.DATABASE_APPLICATION_ROLE}') THEN
        REVOKE UPDATE, DELETE ON {", ".join(APPEND_ONLY)} FROM "{settings.DATABASE_APPLICATION_ROLE}";
    END IF;
END
$$;
"""  # noqa: S608  # nosec B608

UNDO = "".join(
    f"DROP TRIGGER {table}_no_change ON {table}; DROP TRIGGER {table}_no_truncate ON {table};" for table in APPEND_ONLY
)

# Results and facts are kept by the hundred thousand: lz4 packs them at a tenth of the cost of PostgreSQL's own method.
# A server that was built without it keeps the latter.
COMPRESSION = """
DO $$
BEGIN
    ALTER TABLE cases_screeningrun ALTER COLUMN result SET COMPRESSION lz4;
    ALTER TABLE cases_screenedfacts ALTER COLUMN text SET COMPRESSION lz4;
    ALTER TABLE cases_finding ALTER COLUMN document SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    RAISE NOTICE 'this PostgreSQL was built without lz4';
END
$$;
"""

# Reviews and moments of findings recorded before this version: the latest decision on the finding itself.
EARLIER = """
UPDATE cases_finding AS finding SET found_at = run.finished_at,
    place_only = (finding.tie = 'place' AND finding.outcome = 'possible'),
    review = coalesce((
        SELECT decision FROM cases_findingreview AS review
        WHERE review.finding_id = finding.id ORDER BY review.id DESC LIMIT 1
    ), 'open')
FROM cases_screeningrun AS run WHERE run.id = finding.run_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_designations'),
    ]

    operations = [
        migrations.CreateModel(
            name='CurrentScreening',
            fields=[
                ('incident', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='current_screening', serialize=False, to='cases.incident')),
                ('incident_version', models.PositiveIntegerField()),
                ('first_day', models.DateField(blank=True, null=True)),
                ('last_day', models.DateField(blank=True, null=True)),
                ('terms', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('names', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('has_designations', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Rescreening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(choices=[('rulebook', 'rulebook'), ('lists', 'lists'), ('zones', 'zones'), ('several', 'several'), ('order', 'order')], max_length=64)),
                ('status', models.CharField(choices=[('planned', 'planned'), ('running', 'running'), ('done', 'done'), ('superseded', 'superseded')], max_length=64)),
                ('before', models.JSONField(blank=True, default=list)),
                ('lists', models.JSONField(blank=True, default=list)),
                ('zones_version', models.CharField(max_length=100)),
                ('zones_digest', models.CharField(max_length=80)),
                ('requested_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField()),
                ('incidents', models.PositiveIntegerField()),
                ('chunk_count', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='RescreeningChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('new', 'new'), ('lost', 'lost'), ('changed', 'changed')], max_length=64)),
                ('regime', models.CharField(max_length=100)),
                ('measure', models.CharField(max_length=200)),
                ('outcome_before', models.CharField(blank=True, max_length=64)),
                ('outcome_after', models.CharField(blank=True, max_length=64)),
                ('reasons', models.JSONField(blank=True, default=list)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RescreeningChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('incidents', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('counts', models.JSONField(blank=True, default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='RulebookFiles',
            fields=[
                ('rulebook', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='files', serialize=False, to='cases.rulebookversion')),
                ('packed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='RememberedName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lists_digest', models.CharField(max_length=80)),
                ('asked', models.TextField()),
                ('matches', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('lists_digest', 'asked'), name='remembered_name_once')],
            },
        ),
        migrations.CreateModel(
            name='ScreenedFacts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=80, unique=True)),
                ('text', models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name='finding',
            name='digest',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='finding',
            name='found_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='finding',
            name='place_only',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='finding',
            name='review',
            field=models.CharField(choices=[('open', 'open'), ('confirmed', 'confirmed'), ('rejected', 'rejected'), ('more_needed', 'more_needed'), ('asks_again', 'asks_again'), ('no_longer_found', 'no_longer_found'), ('settled', 'settled')], default='open', max_length=64),
        ),
        migrations.AddField(
            model_name='finding',
            name='substance',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(condition=models.Q(('place_only', False), ('review__in', ['open', 'more_needed', 'asks_again', 'no_longer_found'])), fields=['review', 'found_at', 'id'], name='finding_work_list'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('review__in', ['open', 'confirmed', 'rejected', 'more_needed', 'asks_again', 'no_longer_found', 'settled', ''])), name='finding_review_known'),
        ),
        migrations.AddField(
            model_name='currentscreening',
            name='run',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.screeningrun'),
        ),
        migrations.AddField(
            model_name='rescreening',
            name='requested_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rescreening',
            name='rulebook',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.rulebookversion'),
        ),
        migrations.AddField(
            model_name='rescreeningchange',
            name='incident',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rescreening_changes', to='cases.incident'),
        ),
        migrations.AddField(
            model_name='rescreeningchange',
            name='rescreening',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='cases.rescreening'),
        ),
        migrations.AddField(
            model_name='rescreeningchange',
            name='run_after',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.screeningrun'),
        ),
        migrations.AddField(
            model_name='rescreeningchange',
            name='run_before',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.screeningrun'),
        ),
        migrations.AddField(
            model_name='rescreeningchunk',
            name='rescreening',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='cases.rescreening'),
        ),
        migrations.AddField(
            model_name='currentscreening',
            name='facts',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.screenedfacts'),
        ),
        migrations.AddIndex(
            model_name='rescreening',
            index=models.Index(condition=models.Q(('finished_at__isnull', True)), fields=['-id'], name='rescreening_open'),
        ),
        migrations.AddConstraint(
            model_name='rescreening',
            constraint=models.CheckConstraint(condition=models.Q(('cause__in', ['rulebook', 'lists', 'zones', 'several', 'order'])), name='rescreening_cause_known'),
        ),
        migrations.AddConstraint(
            model_name='rescreening',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'running', 'done', 'superseded'])), name='rescreening_status_known'),
        ),
        migrations.AddConstraint(
            model_name='rescreening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('status__in', ['planned', 'running'])), models.Q(('finished_at__isnull', False), ('status__in', ['done', 'superseded'])), _connector='OR'), name='rescreening_ended_with_moment'),
        ),
        migrations.AddIndex(
            model_name='rescreeningchange',
            index=models.Index(fields=['rescreening', 'changed_at', 'id'], name='change_of_rescreening'),
        ),
        migrations.AddConstraint(
            model_name='rescreeningchange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['new', 'lost', 'changed'])), name='change_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='rescreeningchange',
            constraint=models.UniqueConstraint(fields=('run_after', 'measure'), name='change_once_a_run'),
        ),
        migrations.AddIndex(
            model_name='rescreeningchunk',
            index=models.Index(condition=models.Q(('finished_at__isnull', True)), fields=['rescreening', 'number'], name='chunk_waiting'),
        ),
        migrations.AddConstraint(
            model_name='rescreeningchunk',
            constraint=models.UniqueConstraint(fields=('rescreening', 'number'), name='chunk_number_once'),
        ),
        migrations.AddIndex(
            model_name='currentscreening',
            index=django.contrib.postgres.indexes.GinIndex(fields=['terms'], name='current_screening_terms'),
        ),
        migrations.AddIndex(
            model_name='currentscreening',
            index=django.contrib.postgres.indexes.GinIndex(fields=['names'], name='current_screening_names'),
        ),
        migrations.RunSQL(TRIGGERS + RIGHTS, UNDO),
        migrations.RunSQL(COMPRESSION, migrations.RunSQL.noop),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
    ]
