"""Incidents as maps and flows count them, with policies; `place_incidents` counts what was recorded before."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from cases.migrations import _policies

GUARD = "".join(_policies.guarding(guarded) for guarded in _policies.OF_MAPS)
UNDO = "".join(_policies.unguarding(guarded) for guarded in _policies.OF_MAPS)


class Migration(migrations.Migration):
    """Four tables; the database guards them like what they are made of."""

    dependencies: ClassVar = [
        ('cases', '0031_mark_questions'),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name='CellCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.SmallIntegerField()),
                ('year', models.SmallIntegerField()),
                ('strip', models.SmallIntegerField()),
                ('cell', models.BigIntegerField()),
                ('west', models.FloatField()),
                ('south', models.FloatField()),
                ('east', models.FloatField()),
                ('north', models.FloatField()),
                ('first_from', models.DateField(blank=True, null=True)),
                ('first_to', models.DateField(blank=True, null=True)),
                ('last_from', models.DateField(blank=True, null=True)),
                ('last_to', models.DateField(blank=True, null=True)),
                ('is_sum', models.BooleanField()),
                ('incidents', models.IntegerField()),
                ('uncertain', models.IntegerField()),
                ('indicated', models.IntegerField()),
                ('possible', models.IntegerField()),
                ('exemption_claimed', models.IntegerField()),
                ('not_indicated', models.IntegerField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.agency')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'size', 'year', 'strip', 'south'], name='cell_count_place'), models.Index(condition=models.Q(('is_sum', False)), fields=['id'], name='cell_count_unsummed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_sum', True)), fields=('agency', 'size', 'year', 'cell'), name='cell_count_sum_once')],
            },
        ),
        migrations.CreateModel(
            name='Leg',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_open', models.BooleanField()),
                ('kind', models.CharField(choices=[('origin_seizure', 'origin_seizure'), ('origin_transit', 'origin_transit'), ('transit_transit', 'transit_transit'), ('transit_seizure', 'transit_seizure'), ('seizure_destination', 'seizure_destination')], max_length=64)),
                ('start', models.CharField(max_length=3)),
                ('end', models.CharField(max_length=3)),
                ('first_day', models.DateField(blank=True, null=True)),
                ('last_day', models.DateField(blank=True, null=True)),
                ('basis', models.CharField(blank=True, max_length=64)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), blank=True, default=list, size=None)),
                ('arms', models.BigIntegerField(blank=True, null=True)),
                ('lacks_count', models.BooleanField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.agency')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legs', to='cases.incident')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'kind', 'start', 'end', 'first_day'], name='leg_first'), models.Index(fields=['agency', 'kind', 'start', 'end', 'last_day'], name='leg_last'), models.Index(fields=['agency', 'first_day'], name='leg_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['origin_seizure', 'origin_transit', 'transit_transit', 'transit_seizure', 'seizure_destination'])), name='leg_kind_known'), models.UniqueConstraint(fields=('incident', 'kind', 'start', 'end'), name='leg_once')],
            },
        ),
        migrations.CreateModel(
            name='LegCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('origin_seizure', 'origin_seizure'), ('origin_transit', 'origin_transit'), ('transit_transit', 'transit_transit'), ('transit_seizure', 'transit_seizure'), ('seizure_destination', 'seizure_destination')], max_length=64)),
                ('start', models.CharField(max_length=3)),
                ('end', models.CharField(max_length=3)),
                ('year', models.SmallIntegerField()),
                ('is_sum', models.BooleanField()),
                ('category', models.CharField(blank=True, max_length=64)),
                ('basis', models.CharField(blank=True, choices=[('observed', 'observed'), ('documents', 'documents'), ('statement', 'statement'), ('assessment', 'assessment'), ('allegation', 'allegation')], max_length=64)),
                ('incidents', models.IntegerField()),
                ('arms', models.BigIntegerField()),
                ('counted', models.IntegerField()),
                ('without_count', models.IntegerField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.agency')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'year'], name='leg_count_year'), models.Index(condition=models.Q(('is_sum', False)), fields=['id'], name='leg_count_unsummed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_sum', True)), fields=('agency', 'kind', 'start', 'end', 'year', 'category', 'basis'), name='leg_count_sum_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['origin_seizure', 'origin_transit', 'transit_transit', 'transit_seizure', 'seizure_destination'])), name='leg_count_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('incident', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='placement', serialize=False, to='cases.incident')),
                ('is_open', models.BooleanField()),
                ('cell', models.BigIntegerField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('accuracy_m', models.FloatField(blank=True, null=True)),
                ('first_day', models.DateField(blank=True, null=True)),
                ('last_day', models.DateField(blank=True, null=True)),
                ('is_indicated', models.BooleanField()),
                ('is_possible', models.BooleanField()),
                ('is_exemption_claimed', models.BooleanField()),
                ('is_not_indicated', models.BooleanField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.agency')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'cell'], name='placement_cell'), models.Index(condition=models.Q(('is_open', False)), fields=['agency'], name='placement_closed'), models.Index(fields=['agency', 'first_day'], name='placement_day'), models.Index(condition=models.Q(('cell__isnull', True)), fields=['agency', 'first_day'], name='placement_nowhere'), models.Index(condition=models.Q(('last_day__gt', models.F('first_day'))), fields=['agency', 'first_day'], name='placement_span')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cell__isnull', True), ('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('cell__isnull', False), ('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='placement_whole_or_absent')],
            },
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]
