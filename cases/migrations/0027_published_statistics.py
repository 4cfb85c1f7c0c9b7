"""Statistics as they were published; no row of them is ever changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _guards, _policies

TABLE = "cases_publishedstatistic"

GUARD = f"""
{_guards.append_only(TABLE)}
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{_guards.APPLICATION}') THEN
        REVOKE UPDATE, DELETE ON {TABLE} FROM "{_guards.APPLICATION}";
    END IF;
END
$$;
{_guards.watching(_guards.Watched(TABLE))}
{"".join(_policies.guarding(each) for each in _policies.OF_STATISTICS)}
"""  # noqa: S608  # nosec B608


class Migration(migrations.Migration):

    dependencies = [
        ('cases', "0026_template_packs"),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedStatistic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=64)),
                ('year', models.PositiveSmallIntegerField()),
                ('revision', models.PositiveSmallIntegerField()),
                ('cut_off', models.DateTimeField()),
                ('smallest_cell_shown', models.PositiveSmallIntegerField()),
                ('rulebook_version', models.CharField(max_length=50)),
                ('rulebook_digest', models.CharField(max_length=80)),
                ('document', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('workbook', models.BinaryField()),
                ('workbook_sha256', models.CharField(max_length=64)),
                ('counted', models.JSONField()),
                ('published_at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published_statistics', to='cases.agency')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'name', 'year', 'revision'), name='statistic_revision_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='statistic_published_with_reason'), models.CheckConstraint(condition=models.Q(('cut_off__lte', models.F('published_at'))), name='statistic_known_when_published')],
            },
        ),
        # Triggers and policies go with their table.
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
