"""Which listed parties a result in force names, so that a change of their entries finds it."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# Results reached before: the parties that each names.
FILL = """
UPDATE cases_currentscreening AS kept SET designated = ARRAY(
    SELECT DISTINCT (match ->> 'list') || ':' || (match ->> 'reference_number') AS party
    FROM jsonb_array_elements(run.result::jsonb -> 'designations') AS match ORDER BY party
)
FROM cases_screeningrun AS run WHERE run.id = kept.run_id AND kept.has_designations
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_rescreening'),
    ]

    operations = [
        migrations.AddField(
            model_name='currentscreening',
            name='designated',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='currentscreening',
            name='has_designations',
        ),
        migrations.AddIndex(
            model_name='currentscreening',
            index=django.contrib.postgres.indexes.GinIndex(fields=['designated'], name='current_screening_designated'),
        ),
    ]
