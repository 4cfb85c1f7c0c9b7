"""Filters of the list of incidents that officers keep, for themselves or for their agency."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _guards, _policies

GUARD = _guards.watching(_guards.Watched("cases_savedfilter")) + "".join(
    _policies.guarding(each) for each in _policies.OF_FILTERS
)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', "0033_record_room"),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('asked', models.JSONField()),
                ('is_shared', models.BooleanField(default=False)),
                ('saved_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_filters', to='cases.agency')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_filters', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'name'], name='saved_filter_of_agency')],
                'constraints': [models.UniqueConstraint(fields=('officer', 'name'), name='saved_filter_name_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_filter_has_a_name')],
            },
        ),
        # Triggers and policies go with their table.
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
